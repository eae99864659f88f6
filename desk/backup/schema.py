"""Compare the schema of a database with the one that the migrations make."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from desk.backup.manifest import DATABASE, BackupError
from minutes.messages import translate as _


@dataclass(frozen=True, slots=True)
class Schema:
    """Tables with columns and foreign keys, and the SQL of everything else."""

    tables: dict[str, tuple[frozenset[tuple], frozenset[tuple]]]
    others: dict[tuple[str, str], str]

    def programs(self) -> dict[tuple[str, str], str]:
        """Return triggers and views, which execute SQL of their own."""
        return {key: sql for key, sql in self.others.items() if key[0] in ("trigger", "view")}


def schema_of(path: Path) -> Schema:
    """Read the schema of a database file."""
    tables, others = {}, {}
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        listed = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
        for kind, name, sql in database.execute(listed).fetchall():
            if kind == "table":
                columns = frozenset(row[1:4] + row[5:6] for row in database.execute(f'PRAGMA table_xinfo("{name}")'))
                keys = frozenset(row[2:7] for row in database.execute(f'PRAGMA foreign_key_list("{name}")'))
                tables[name] = (columns, keys)
            else:
                others[kind, name] = " ".join((sql or "").split())
    return Schema(tables, others)


@cache
def new_database() -> bytes:
    """Return the file of a newly migrated, empty database: one is enough for all steps of a command."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=".restoring-") as aside:
        migrate(Path(aside))
        return (Path(aside) / DATABASE).read_bytes()


def migrated_schema() -> Schema:
    """Return the schema of a newly migrated, empty database."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=".restoring-") as aside:
        file = Path(aside) / DATABASE
        file.write_bytes(new_database())
        return schema_of(file)


def migrate(var_dir: Path) -> None:
    """Migrate the database in a data directory, in a separate process."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--no-input", "--skip-checks", "-v0"],
        env=os.environ | {"ARCHIVE_VAR_DIR": str(var_dir), "ARCHIVE_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2]
        raise BackupError(
            _(
                "The backup could not be migrated in {var_dir} ({reason}). The archive is unchanged; free space "
                "there if the disk is full, and try again.",
                var_dir=settings.VAR_DIR,
                reason=reason,
            )
        )


def refuse_unknown_programs(found: Schema, expected: Schema) -> None:
    """Raise BackupError for triggers and views that no migration makes.

    Runs before the file is migrated, since writing to it could fire them.
    """
    for key, sql in found.programs().items():
        if expected.programs().get(key) != sql:
            raise BackupError(
                _(
                    "The backup has a {kind} {name} that is not part of the archive. It was modified: use "
                    "another backup, and find out who could write to this one.",
                    kind=key[0],
                    name=key[1],
                )
            )


def refuse_other_schema(found: Schema, expected: Schema) -> None:
    """Raise BackupError if the schema differs from the migrated one."""
    for part in ("tables", "others"):
        there, right = getattr(found, part), getattr(expected, part)
        differing = sorted(str(key) for key in there.keys() | right.keys() if there.get(key) != right.get(key))
        if differing:
            raise BackupError(
                _(
                    "The tables of the backup are not those that the migrations make ({differing}): somebody "
                    "altered it. Take another backup, and find out who could write to this one.",
                    differing=differing[0],
                )
            )
