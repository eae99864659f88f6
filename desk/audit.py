"""The audit log: what is noted of every sign-in, and the pages on which administrators read the log."""

from __future__ import annotations

import io
from collections.abc import Iterator

from axes.signals import user_locked_out
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk.access.lockout import address_of
from minutes.admin import ForReading
from minutes.exports.spreadsheets import BYTE_ORDER_MARK, write_line
from minutes.models import AuditAction, AuditEntry


@receiver(user_logged_in)
def note_login(request: HttpRequest, user: AbstractUser, **kwargs) -> None:
    AuditEntry.note(AuditAction.LOGGED_IN, user, detail=from_where(request))


@receiver(user_logged_out)
def note_logout(request: HttpRequest, user: AbstractUser | None, **kwargs) -> None:
    if user is not None:
        AuditEntry.note(AuditAction.LOGGED_OUT, user, detail=from_where(request))


@receiver(user_login_failed)
def note_failure(credentials: dict, request: HttpRequest, **kwargs) -> None:
    """A line for each wrong password; whoever is locked out already cannot fill the log by going on."""
    if request.axes_failures_since_start is not None:
        name = credentials.get("username") or ""
        AuditEntry.note(AuditAction.LOGIN_FAILED, None, detail=from_where(request), by_name=name)


@receiver(user_locked_out)
def note_lockout(request: HttpRequest, username: str | None, **kwargs) -> None:
    """A line when it begins."""
    if request.axes_failures_since_start is not None:
        AuditEntry.note(AuditAction.LOCKED_OUT, None, detail=from_where(request), by_name=username or "")


def from_where(request: HttpRequest) -> str:
    return f"来自 {address_of(request) or '未知地址'}"


@admin.register(AuditEntry)
class AuditEntryAdmin(ForReading, admin.ModelAdmin):
    """Who did what and when; to be read, searched and taken along, and never changed."""

    list_display = ["at", "by_name", "action", "about", "detail"]
    list_filter = ["action", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["by_name", "about", "detail"]
    date_hierarchy = "at"
    fields = ["at", "by_name", "action", "about", "detail"]
    change_list_template = "desk/access/audit_log.html"

    def get_urls(self) -> list[URLPattern]:
        table = path("table/", self.admin_site.admin_view(self.table), name="minutes_auditentry_table")
        return [table, *super().get_urls()]

    def table(self, request: HttpRequest) -> HttpResponseBase:
        """The entries that the list shows, all pages of it, as a table for spreadsheets."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return audit_table(request, self)


@require_safe
def audit_table(request: HttpRequest, entries_admin: AuditEntryAdmin) -> HttpResponseBase:
    try:
        entries = entries_admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        # As the list itself answers a condition that makes no sense.
        return redirect(f"{reverse('admin:minutes_auditentry_changelist')}?{ERROR_FLAG}=1")
    AuditEntry.note(AuditAction.EXPORTED, request.user, "审计日志", request.GET.urlencode())
    response = StreamingHttpResponse(lines_of(entries.iterator()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def lines_of(entries: Iterator[AuditEntry]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + line_of(["时间", "用户名", "动作", "对象", "说明"])
    for entry in entries:
        at = timezone.localtime(entry.at).isoformat(timespec="seconds")
        yield line_of([at, entry.by_name, entry.get_action_display(), entry.about, entry.detail])


def line_of(cells: list[str]) -> str:
    line = io.StringIO()
    write_line(line, cells)
    return line.getvalue()
