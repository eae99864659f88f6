"""Verify a copy of the database: integrity, and the SHA-256 of each original."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desk.backup.manifest import DATABASE, BackupError, Manifest, rows_of
from desk.models import Upload
from minutes.messages import translate as _
from minutes.models import SourceFile

# The tables with originals and their SHA-256, and the rows that have them: an upload's content is emptied once it is
# a source file.
KEEPS_BYTES = {SourceFile: "1", Upload: "content <> x''"}


@contextmanager
def opened_for_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database read-only."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        yield database


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_database(database: sqlite3.Connection) -> int:
    """Return the number of originals.

    Raise BackupError if the database is damaged or an original does not match its SHA-256.
    """
    problem = database.execute("PRAGMA integrity_check").fetchone()[0]
    if problem != "ok":
        raise BackupError(
            _(
                "The database is damaged: {problem}. Restore the last good backup: docs/operate/backup.md.",
                problem=problem,
            )
        )
    if broken := database.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupError(
            _(
                "The database is damaged: a row of {table} refers to a missing row of {other}.",
                table=broken[0],
                other=broken[2],
            )
        )
    tables = rows_of(database)
    return sum(
        check_originals(database, model._meta.db_table, which)
        for model, which in KEEPS_BYTES.items()
        if model._meta.db_table in tables
    )


def check_originals(database: sqlite3.Connection, table: str, which: str) -> int:
    count = 0
    originals = f"SELECT name, sha256, content FROM {table} WHERE {which}"  # noqa: S608
    for name, sha256, content in database.execute(originals):
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
            raise BackupError(
                _(
                    "The original of {name} was modified: its SHA-256 is no longer {sha256}. An older backup may "
                    "still have it: keep all of them until it is found.",
                    name=name,
                    sha256=sha256,
                )
            )
        count += 1
    return count


def check_backup(folder: Path) -> Manifest:
    """Return the manifest of a backup after verifying files and row counts.

    Raise BackupError if anything differs from the manifest.
    """
    manifest = Manifest.read_from(folder)
    path = folder / DATABASE
    altered = _("{path} is not the file in the manifest", path=path)
    try:
        size = path.stat().st_size
        if size != manifest.size:
            raise BackupError(
                _(
                    "{altered}: it has {size} bytes instead of {expected}. Take another backup.",
                    altered=altered,
                    size=size,
                    expected=manifest.size,
                )
            )
        if sha256_of(path) != manifest.sha256:
            raise BackupError(
                _("{altered}: its SHA-256 is not the one in the manifest. Take another backup.", altered=altered)
            )
        with opened_for_reading(path) as database:
            originals, rows = check_database(database), rows_of(database)
    except (OSError, sqlite3.Error) as problem:
        raise BackupError(
            _("{path} cannot be read ({problem}). Take another backup.", path=path, problem=problem)
        ) from None
    if (originals, rows) != (manifest.originals, manifest.rows):
        raise BackupError(
            _("{altered}: the number of rows differs from the manifest. Use another backup.", altered=altered)
        )
    return manifest
