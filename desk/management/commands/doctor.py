"""Check settings, files, database, worker, backup and more: manage.py doctor"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from desk.operations.checks import CHECKS, Finding
from minutes.messages import translate as _
from minutes.models import AuditAction, AuditEntry
from pages.cards.draw import font_file

OLDEST_BACKUP = datetime.timedelta(days=2)


class Command(BaseCommand):
    help = _(
        "Checks settings, files, database, index, worker, backup and mail, and says what to do about each finding."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def handle(self, **options: Any) -> None:
        findings = [
            *check_settings(),
            *check_files(),
            *(check() for check in CHECKS),
            check_backup(),
            check_mail(),
            check_font(),
        ]
        for finding in findings:
            action = f" -> {finding.action}" if finding.action else ""
            style = self.style.SUCCESS if finding.ok else self.style.ERROR
            self.stdout.write(style(f"{'ok  ' if finding.ok else 'BAD '} {finding.name}: {finding.message}{action}"))
        if bad := sum(not finding.ok for finding in findings):
            raise CommandError(_("{bad} of {findings} checks found something to do.", bad=bad, findings=len(findings)))


def check_settings() -> Iterator[Finding]:
    found = [
        each for each in checks.run_checks(include_deployment_checks=settings.IN_PRODUCTION) if not each.is_silenced()
    ]
    for each in found:
        yield Finding("settings", False, f"{each.id} {each.msg}", each.hint or "see docs/operate/configuration.md")
    if not found:
        yield Finding(
            "settings",
            True,
            _("in production") if settings.IN_PRODUCTION else _("for trying the archive on this machine"),
        )


def check_files() -> Iterator[Finding]:
    """Yield findings on files readable by others or not writable by this user."""
    action = _("run chmod -R go-rwx {var_dir}", var_dir=settings.VAR_DIR)
    paths = [settings.VAR_DIR, *settings.VAR_DIR.glob("*")]
    readable = [path for path in paths if path.stat().st_mode & 0o077]
    if readable:
        yield Finding("files", False, _("{readable} can be read by others", readable=readable[0]), action)
    elif not os.access(settings.VAR_DIR, os.W_OK):
        yield Finding(
            "files",
            False,
            _("{var_dir} cannot be written", var_dir=settings.VAR_DIR),
            _("give it to the user of the archive"),
        )
    else:
        yield Finding("files", True, _("{var_dir} belongs to its owner alone", var_dir=settings.VAR_DIR))


def check_backup() -> Finding:
    try:
        last = AuditEntry.objects.filter(action=AuditAction.EXPORTED, about="备份").order_by("-id").first()
    except DatabaseError:
        return Finding("backup", False, _("cannot be judged: the database cannot be read"))
    if last is None:
        return Finding("backup", False, _("there is none"), _("run manage.py backup DIR, every night"))
    age = timezone.now() - last.at
    message = _("the last one was made {days} days ago", days=age.days)
    return Finding("backup", age <= OLDEST_BACKUP, message, "" if age <= OLDEST_BACKUP else _("look at its timer"))


def check_font() -> Finding:
    """Check that the font for link preview pictures is installed."""
    if file := font_file():
        return Finding("font", True, f"pictures beside links are drawn with {file[0]}")
    action = "apt install fonts-wqy-zenhei, or set ARCHIVE_CARD_FONT"
    return Finding("font", not settings.CARD_FONT, "there is none: pictures beside links carry no titles", action)


def check_mail() -> Finding:
    if not settings.MAIL_IS_SENT:
        return Finding("mail", True, _("no messages are sent or offered: ARCHIVE_EMAIL_URL is not set"))
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except OSError as error:
        return Finding(
            "mail", False, _("the mail server: {kind}", kind=type(error).__name__), _("check ARCHIVE_EMAIL_URL")
        )
    return Finding("mail", True, _("the mail server answers") if settings.IN_PRODUCTION else _("messages are printed"))
