"""Prepare an archive for serving: `python -m config.prepare [MINUTES]`.

Idempotent. Used by `make run` and the container's `setup`.
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
    """Create or update tables, samples, index and static files."""
    report(_("Bringing the database up to date."))
    call_command("migrate", interactive=False, verbosity=0)
    if minutes:
        ingest_and_publish(minutes)
    elif archive_is_empty() and not settings.IN_PRODUCTION:
        # The fictional places of the samples are in no official register.
        call_command("divisions", f"{SAMPLES}/divisions.csv")
        ingest_and_publish(SAMPLES)
    report(_("Bringing the search index up to date."))
    call_command("index")
    report(_("Collecting the static files."))
    call_command("collectstatic", interactive=False, verbosity=0)


def archive_is_empty() -> bool:
    """Return whether no file was ever ingested; only then are samples ingested."""
    from minutes.models import SourceFile

    return not SourceFile.objects.exists()


def ingest_and_publish(minutes: str) -> None:
    """Ingest and publish the files of a folder, skipping unreadable ones."""
    report(_("Ingesting the minutes in {minutes}.", minutes=minutes))
    try:
        call_command("ingest", minutes, "--publish")
    except CommandError as problem:
        report(_("{problem} Continuing with the existing archive.", problem=problem))


def report(sentence: str) -> None:
    print(f"* {sentence}", flush=True)


if __name__ == "__main__":
    main()
