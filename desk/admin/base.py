"""Base classes of the admin: read-only lists, and lists exported as CSV."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from minutes.models import AuditAction, AuditEntry
from open_data.spreadsheets import streamed_csv_response


class ReadOnlyAdmin:
    """Deny adding, changing and deleting.

    Records are changed on the review page of their meeting.
    """

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyInline(ReadOnlyAdmin, admin.TabularInline):
    extra = 0
    show_change_link = True


class CsvExportAdmin(admin.ModelAdmin):
    """Admin list that can be exported with its filters applied; exports are audited."""

    csv_title: str
    csv_columns: list[str]

    def csv_file_name(self) -> str:
        """Return the file name of the export."""
        raise NotImplementedError

    def csv_row(self, record: Any) -> list[Any]:
        """Return the cells of a record, in the order of the header."""
        raise NotImplementedError

    @property
    def list_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def get_urls(self) -> list[URLPattern]:
        table = path("table/", self.admin_site.admin_view(self.table), name=f"{self.list_url_name}_table")
        return [table, *super().get_urls()]

    @method_decorator(require_safe)
    def table(self, request: HttpRequest) -> HttpResponseBase:
        """Stream the filtered list as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            records = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            # The changelist handles an invalid filter in the same way.
            return redirect(f"{reverse(f'admin:{self.list_url_name}_changelist')}?{ERROR_FLAG}=1")
        AuditEntry.note(AuditAction.EXPORTED, request.user, self.csv_title, request.GET.urlencode())
        rows = map(self.csv_row, records.iterator())
        return streamed_csv_response(self.csv_file_name(), chain([self.csv_columns], rows))
