"""The list of what was brought."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from desk.models import Upload
from minutes.admin import ForReading


@admin.register(Upload)
class UploadAdmin(ForReading, admin.ModelAdmin):
    """Every file that was brought, by whom, and what became of it; what to do about one is on its own page."""

    list_display = ["received_at", "file", "by", "state", "message", "meeting"]
    list_display_links = None
    list_filter = ["state", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by", "meeting__body"]
    search_fields = ["name", "sha256", "message"]
    date_hierarchy = "received_at"
    fields = ["name", "by", "received_at", "size", "sha256", "state", "message", "meeting", "decided_by", "finished_at"]

    @admin.display(description="文件名", ordering="name")
    def file(self, upload: Upload) -> str:
        return format_html('<a href="{}">{}</a>', upload.get_absolute_url(), upload)

    def has_view_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        """Its links lead to pages for those who upload."""
        return request.user.has_perm("minutes.upload_minutes")
