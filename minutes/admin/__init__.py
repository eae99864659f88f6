"""Everything on record, to be looked at by staff. What stands in a meeting is changed on its review page alone."""

from django.contrib import admin

from minutes.admin import evidence, items, names
from minutes.admin.reading import ForReading, ReadingInline

__all__ = ["ForReading", "ReadingInline", "evidence", "items", "names"]

admin.site.site_header = "会议纪要档案"
admin.site.site_title = "会议纪要档案"
admin.site.index_title = "收录与审核"
