"""Admin page of synonyms added by staff to search/query/synonyms.txt."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """Words that people type, and what is searched for as well.

    Synonyms are disabled rather than deleted.
    """

    list_display = ["typed", "written", "reason", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["typed", "written"]
    fields = ["typed", "written", "reason", "is_active"]

    def has_view_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        """Allow all staff."""
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow users who may review minutes."""
        return request.user.has_perm("minutes.review_minutes")

    def has_change_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        """Allow users who may review minutes."""
        return request.user.has_perm("minutes.review_minutes")

    def has_delete_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        """Deny deletion: a disabled synonym still records who added it and why."""
        return False
