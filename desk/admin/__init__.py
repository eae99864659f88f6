"""Admin pages: records (read-only), names, users, audit log, uploads and jobs."""

from django.conf import settings
from django.contrib import admin

from desk import audit
from desk.admin import accounts, evidence, items, jobs, meetings, names, reports, synonyms, uploads

__all__ = ["accounts", "audit", "evidence", "items", "jobs", "meetings", "names", "reports", "synonyms", "uploads"]

admin.site.site_header = "会议纪要档案"
admin.site.site_url = f"{settings.FORCE_SCRIPT_NAME}/"
admin.site.site_title = "会议纪要档案"
admin.site.index_title = "收录与审核"
