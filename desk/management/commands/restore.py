"""Restore a backup made by `manage.py backup`: manage.py restore DIR"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from desk.backup import BackupError, restore
from desk.backup.comparison import Comparison
from desk.backup.restore import Restored
from minutes.messages import translate as _


class Command(BaseCommand):
    help = _("Restores a backup: verifies and migrates it, replaces the archive, rebuilds the index.")
    requires_system_checks = ()
    # The database may be of an earlier version, or not exist.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help=_("the folder of the backup"))
        parser.add_argument(
            "--force",
            action="store_true",
            help=_("replace an archive that is not empty; a copy of it is kept"),
        )
        parser.add_argument(
            "--republish",
            action="store_true",
            help=_("make meetings public again that were withdrawn since the backup"),
        )

    def handle(self, *, folder: str, force: bool, republish: bool, **options: object) -> None:
        self.republish = republish
        try:
            self.report(restore(Path(folder), force, republish, self.announce))
        except BackupError as problem:
            raise CommandError(str(problem)) from problem

    def announce(self, changes: Comparison) -> None:
        """Print what is different in the backup, before anything changes."""
        for meeting in changes.withdrawals:
            becomes = (
                _("becomes public again") if self.republish else _("stays withdrawn (--republish would show it again)")
            )
            self.stdout.write(
                _("Withdrawn since the backup: {title}: {becomes}.", title=meeting.title, becomes=becomes)
            )
        for account in changes.accounts:
            self.stdout.write(_("Account {account}.", account=account))

    def report(self, restored: Restored) -> None:
        manifest = restored.manifest
        meetings, users = (manifest.rows.get(table, 0) for table in ("minutes_meeting", "auth_user"))
        self.stdout.write(
            _(
                "Restored as of {made_at}: {meetings} meetings, {originals} originals, each with the "
                "SHA-256 it was received with, {users} users.",
                made_at=manifest.made_at,
                meetings=meetings,
                originals=manifest.originals,
                users=users,
            )
        )
        self.stdout.write(_("The index was rebuilt: {documents} documents.", documents=restored.documents))
        if restored.kept_aside:
            self.stdout.write(
                _("The archive that was here before is kept as {kept_aside}.", kept_aside=restored.kept_aside)
            )
        for name, value in manifest.settings.items():
            self.stdout.write(_("Setting in force when the backup was made: {name}={value}", name=name, value=value))
        for name in manifest.settings_to_set_again:
            self.stdout.write(_("Was set too, and its value is not in the backup: {name}. Set it again.", name=name))
