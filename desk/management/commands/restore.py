"""Brings back what `manage.py backup` kept: manage.py restore DIR"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from desk.backup import BackupError, restore
from desk.backup.restore import Restored


class Command(BaseCommand):
    help = "Brings back a backup: checks it, brings its tables up to date, puts it in place, builds the index."
    # The archive may be an older one, or not be there yet.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="the folder of the backup")
        parser.add_argument(
            "--force", action="store_true", help="replace an archive that is not empty; it is kept beside the new one"
        )

    def handle(self, *, folder: str, force: bool, **options: object) -> None:
        try:
            self.tell(restore(Path(folder), force))
        except BackupError as problem:
            raise CommandError(str(problem)) from problem

    def tell(self, restored: Restored) -> None:
        manifest = restored.manifest
        self.stdout.write(
            f"Restored as of {manifest.made_at}: {manifest.rows['minutes_meeting']} meetings, {manifest.originals} "
            f"originals, each with the SHA-256 it was received with, {manifest.rows['auth_user']} users."
        )
        self.stdout.write(f"The index is built anew: {restored.documents} documents.")
        if restored.kept_aside:
            self.stdout.write(f"The archive that was here before is kept as {restored.kept_aside}.")
        for name, value in manifest.settings.items():
            self.stdout.write(f"Setting in force when the backup was made: {name}={value}")
        for name in manifest.settings_to_set_again:
            self.stdout.write(f"Was set too, and its value is not in the backup: {name}. Set it again.")
