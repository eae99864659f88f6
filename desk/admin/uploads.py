"""Admin list of uploads."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from desk.admin.base import ReadOnlyAdmin
from desk.models import Upload


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """All uploads with uploader and outcome; actions are on the upload's own page."""

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
        """Allow users who may upload: rows link to pages that require it."""
        return request.user.has_perm("minutes.upload_minutes")
