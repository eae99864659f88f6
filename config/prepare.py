"""Brings an archive up to date before it is served: `python -m config.prepare [MINUTES]`.

Run again it changes nothing that is already there. `make run` and the container's `setup` share it.
"""

import os
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError

from minutes.messages import translate as _

SAMPLES = "samples"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        prepare(minutes=sys.argv[1] if len(sys.argv) > 1 else "")
    except CommandError as problem:
        sys.exit(str(problem))
    except DatabaseError as problem:
        sys.exit(
            _(
                "The database in {var_dir} cannot be used ({problem}). If its disk has room, it is "
                "damaged: restore the last good backup; docs/operate/backup.md says how.",
                var_dir=settings.VAR_DIR,
                problem=problem,
            )
        )


def prepare(minutes: str) -> None:
    """Bring tables, minutes, index and static files up to date."""
    tell(_("Bringing the database up to date."))
    call_command("migrate", interactive=False, verbosity=0)
    if minutes:
        take_in(minutes)
    elif archive_is_empty() and not settings.IN_PRODUCTION:
        # The samples' places exist in no register of real divisions.
        call_command("divisions", f"{SAMPLES}/divisions.csv")
        take_in(SAMPLES)
    tell(_("Bringing the search index up to date."))
    call_command("index")
    tell(_("Collecting the static files."))
    call_command("collectstatic", interactive=False, verbosity=0)


def archive_is_empty() -> bool:
    """Whether no file was ever taken in: only then do the fictional samples belong into an archive."""
    from minutes.models import SourceFile

    return not SourceFile.objects.exists()


def take_in(minutes: str) -> None:
    """Ingest and publish the files of a folder; one that cannot be read does not keep the others out."""
    tell(_("Taking in the minutes of {minutes}.", minutes=minutes))
    try:
        call_command("ingest", minutes, "--publish")
    except CommandError as problem:
        tell(_("{problem} The archive goes on with what it has.", problem=problem))


def tell(sentence: str) -> None:
    print(f"* {sentence}", flush=True)


if __name__ == "__main__":
    main()
