"""The audit log: entries for every sign-in, and the admin pages of the log."""

from __future__ import annotations

from axes.signals import user_locked_out
from django.contrib import admin
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from desk.accounts.lockout import address_of
from desk.admin.base import CsvExportAdmin, ReadOnlyAdmin
from minutes.models import AuditAction, AuditEntry


@receiver(user_logged_in)
def log_login(request: HttpRequest, user: AbstractUser, **kwargs) -> None:
    AuditEntry.note(AuditAction.LOGGED_IN, user, detail=origin_of(request))


@receiver(user_logged_out)
def log_logout(request: HttpRequest, user: AbstractUser | None, **kwargs) -> None:
    if user is not None:
        AuditEntry.note(AuditAction.LOGGED_OUT, user, detail=origin_of(request))


@receiver(user_login_failed)
def log_login_failure(credentials: dict, request: HttpRequest, **kwargs) -> None:
    """Log a failed login; attempts during a lockout are not logged."""
    if request.axes_failures_since_start is not None:
        name = credentials.get("username") or ""
        AuditEntry.note(AuditAction.LOGIN_FAILED, None, detail=origin_of(request), by_name=name)


@receiver(user_locked_out)
def log_lockout(request: HttpRequest, username: str | None, **kwargs) -> None:
    """Log the start of a lockout."""
    if request.axes_failures_since_start is not None:
        AuditEntry.note(AuditAction.LOCKED_OUT, None, detail=origin_of(request), by_name=username or "")


def origin_of(request: HttpRequest) -> str:
    return f"来自 {address_of(request) or '未知地址'}"


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin, CsvExportAdmin):
    """Read-only audit log, searchable and exportable."""

    list_display = ["at", "by_name", "action", "about", "detail"]
    list_filter = ["action", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["by_name", "about", "detail"]
    date_hierarchy = "at"
    fields = ["at", "by_name", "action", "about", "detail"]
    change_list_template = "desk/accounts/audit_log.html"
    csv_title = "审计日志"
    csv_columns = ["时间", "用户名", "动作", "对象", "说明"]

    def csv_file_name(self) -> str:
        return "audit.csv"

    def csv_row(self, entry: AuditEntry) -> list[str]:
        at = timezone.localtime(entry.at).isoformat(timespec="seconds")
        return [at, entry.by_name, entry.get_action_display(), entry.about, entry.detail]
