"""Keeps the whole archive in a folder: manage.py backup DIR"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from desk.backup import BackupError, create_backup


class Command(BaseCommand):
    help = "Keeps database, originals and settings in a new folder, while the archive goes on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="a folder that does not exist yet")

    def handle(self, *, folder: str, **options: object) -> None:
        try:
            manifest = create_backup(Path(folder))
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        meetings, users = (manifest.rows.get(table, 0) for table in ("minutes_meeting", "auth_user"))
        self.stdout.write(
            f"Kept in {folder}: {meetings} meetings, {manifest.originals} originals, each "
            f"with the SHA-256 it was received with, {users} users ({manifest.size} bytes)."
        )
        for name in manifest.settings_to_set_again:
            self.stdout.write(f"Not kept, because it is secret: the value of {name}.")
