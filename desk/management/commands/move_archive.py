"""Move an archive from its SQLite file into PostgreSQL: manage.py move_archive"""

import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from desk.backup import BackupError
from desk.backup.archive_file import is_a_file, read_archive_from
from desk.backup.manifest import DATABASE
from desk.backup.restore import is_in_use, prepare
from minutes.messages import translate as _
from minutes.models import Correction, Meeting, SourceFile


class Command(BaseCommand):
    help = "Copies every record, history, user and file of an SQLite archive into the empty PostgreSQL database in use."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="the archive to move; by default the one in ARCHIVE_VAR_DIR"
        )

    def handle(self, *, file: Path | None, **options: object) -> None:
        file = file or settings.VAR_DIR / DATABASE
        if is_a_file():
            raise CommandError(
                _("The records are in SQLite still: set ARCHIVE_DATABASE_URL to the address of PostgreSQL.")
            )
        if not file.is_file():
            raise CommandError(_("There is no archive {file} to move: give the path of archive.sqlite3.", file=file))
        try:
            call_command("migrate", interactive=False, verbosity=0)
            if is_in_use():
                raise CommandError(_("The database is not empty; nothing was changed. Use an empty one."))
            with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=".moving-") as folder:
                read_archive_from(prepare(file, Path(folder)))
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            _(
                "Moved and compared row by row: {meetings} meetings, {files} files, {corrections} corrections, "
                "{histories} histories, {users} users. {file} is as it was.",
                meetings=Meeting.objects.count(),
                files=SourceFile.objects.count(),
                corrections=Correction.objects.count(),
                histories=Correction.history.count(),
                users=get_user_model().objects.count(),
                file=file,
            )
        )
