"""Write the published records as files: manage.py export DIR"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from minutes.messages import translate as _
from open_data.archive import export_to


class Command(BaseCommand):
    help = _("Writes all published records as JSON Lines, CSV and SQLite into a folder, as /data/ offers them.")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help=_("the folder to write into; files of an earlier export go"))

    def handle(self, *, folder: str, **options: object) -> None:
        try:
            manifest = export_to(Path(folder))
        except OSError as problem:
            reason = f"{problem.filename or folder}: {problem.strerror}"
            raise CommandError(
                _("The export could not be written: {reason}. Name another folder.", reason=reason)
            ) from problem
        for file in manifest.files:
            self.stdout.write(
                _("{sha256}  {name}  ({size} bytes)", sha256=file.sha256, name=Path(folder) / file.name, size=file.size)
            )
        counts = manifest.files[-1].counts
        self.stdout.write(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()))
