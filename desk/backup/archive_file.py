"""Copy the archive's database to and from an SQLite file, on any engine."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from desk.backup.manifest import DATABASE, BackupError
from desk.backup.rows import copy_rows, database_file, differing_tables
from desk.backup.schema import new_database
from desk.backup.sqlite_copy import copy_database, make_one_file
from minutes.messages import translate as _


def is_a_file() -> bool:
    """Return whether the archive's database is an SQLite file."""
    return connection.vendor == "sqlite"


def write_archive_to(file: Path) -> None:
    """Write a consistent snapshot of the archive to a file that does not exist yet."""
    if is_a_file():
        copy_database(Path(settings.DATABASES["default"]["NAME"]), file)
        make_one_file(file)
        return
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".copying-") as folder:
        written = Path(folder) / DATABASE
        written.write_bytes(new_database())
        with database_file(written) as copy:
            copy_rows("default", copy)
        make_one_file(written)
        written.rename(file)


def read_archive_from(file: Path) -> None:
    """Replace the archive with the rows of a file of the same schema, atomically.

    Raise BackupError, with nothing changed, if the database does not return the rows as they were written.
    """
    if is_a_file():
        copy_database(file, Path(settings.DATABASES["default"]["NAME"]))
        return
    call_command("migrate", interactive=False, verbosity=0)
    with database_file(file) as copy, transaction.atomic():
        copy_rows(copy, "default")
        if differing := differing_tables(copy, "default"):
            raise BackupError(
                _(
                    "{engine} does not return the rows of {tables} as they were written. Nothing was changed: check "
                    "its encoding (UTF8) and its log.",
                    engine=connection.display_name,
                    tables=", ".join(differing),
                )
            )
