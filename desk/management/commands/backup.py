"""Back up the whole archive into a folder: manage.py backup DIR"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from desk.backup import BackupError, create_backup
from minutes.messages import translate as _


class Command(BaseCommand):
    help = _("Backs up database, originals and settings into a new folder, while the archive is in use.")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help=_("a folder that does not exist yet"))

    def handle(self, *, folder: str, **options: object) -> None:
        try:
            manifest = create_backup(Path(folder))
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        meetings, users = (manifest.rows.get(table, 0) for table in ("minutes_meeting", "auth_user"))
        self.stdout.write(
            _(
                "Backed up to {folder}: {meetings} meetings, {originals} originals with verified SHA-256, "
                "{users} users ({size} bytes).",
                folder=folder,
                meetings=meetings,
                originals=manifest.originals,
                users=users,
                size=manifest.size,
            )
        )
        for name in manifest.settings_to_set_again:
            self.stdout.write(_("Not included, because it is secret: the value of {name}.", name=name))
