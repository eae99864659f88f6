"""Admin page of the words that staff add to the search's own list (search/query/synonyms.txt)."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """Words that people type, and what is looked for as well; switched off rather than deleted."""

    list_display = ["typed", "written", "reason", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["typed", "written"]
    fields = ["typed", "written", "reason", "is_active"]

    def has_view_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        """Allow everybody of the staff."""
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow those who may review minutes."""
        return request.user.has_perm("minutes.review_minutes")

    def has_change_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        """Allow those who may review minutes."""
        return request.user.has_perm("minutes.review_minutes")

    def has_delete_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        """Allow nobody: a line that is switched off says who had what in mind."""
        return False
