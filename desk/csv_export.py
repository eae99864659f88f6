"""Lists of the admin, to be taken along as tables for spreadsheets."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from minutes.models import AuditAction, AuditEntry
from open_data.spreadsheets import BYTE_ORDER_MARK, write_line


class WithTable(admin.ModelAdmin):
    """A list that can be taken along: what its conditions find, all pages of it; the audit log tells of it."""

    table_title: str
    table_columns: list[str]

    def name_of_table(self) -> str:
        """The name of the file."""
        raise NotImplementedError

    def line_of_table(self, record: Any) -> list[Any]:
        """What stands in the columns for a record."""
        raise NotImplementedError

    @property
    def address_of_list(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def get_urls(self) -> list[URLPattern]:
        table = path("table/", self.admin_site.admin_view(self.table), name=f"{self.address_of_list}_table")
        return [table, *super().get_urls()]

    @method_decorator(require_safe)
    def table(self, request: HttpRequest) -> HttpResponseBase:
        """The table of what the list shows under the conditions of the address."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            records = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            # As the list itself answers a condition that makes no sense.
            return redirect(f"{reverse(f'admin:{self.address_of_list}_changelist')}?{ERROR_FLAG}=1")
        AuditEntry.note(AuditAction.EXPORTED, request.user, self.table_title, request.GET.urlencode())
        response = StreamingHttpResponse(self.lines(records.iterator()), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.name_of_table()}"'
        return response

    def lines(self, records: Iterable[Model]) -> Iterator[str]:
        yield BYTE_ORDER_MARK + as_line(self.table_columns)
        for record in records:
            yield as_line(self.line_of_table(record))


def as_line(cells: list[Any]) -> str:
    line = io.StringIO()
    write_line(line, cells)
    return line.getvalue()
