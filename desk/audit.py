"""The audit log: what is noted of every sign-in, and the pages on which administrators read the log."""

from __future__ import annotations

from axes.signals import user_locked_out
from django.contrib import admin
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from desk.accounts.lockout import address_of
from desk.csv_export import WithTable
from minutes.admin import ForReading
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
class AuditEntryAdmin(ForReading, WithTable):
    """Who did what and when; to be read, searched and taken along, and never changed."""

    list_display = ["at", "by_name", "action", "about", "detail"]
    list_filter = ["action", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["by_name", "about", "detail"]
    date_hierarchy = "at"
    fields = ["at", "by_name", "action", "about", "detail"]
    change_list_template = "desk/access/audit_log.html"
    table_title = "审计日志"
    table_columns = ["时间", "用户名", "动作", "对象", "说明"]

    def name_of_table(self) -> str:
        return "audit.csv"

    def line_of_table(self, entry: AuditEntry) -> list[str]:
        at = timezone.localtime(entry.at).isoformat(timespec="seconds")
        return [at, entry.by_name, entry.get_action_display(), entry.about, entry.detail]
