"""The manifest of a backup, written last: a folder without one is incomplete."""

from __future__ import annotations

import datetime
import json
import os
import platform
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path

import django
import msgspec

from minutes.messages import translate as _
from minutes.parser import PARSER_VERSION
from search.index.documents import SCHEMA_VERSION

MANIFEST = "manifest.json"
DATABASE = "archive.sqlite3"
FORMAT = 1

# Secrets: the manifest only records that they were set.
SECRETS = {"ARCHIVE_SECRET_KEY", "ARCHIVE_EMAIL_URL"}
SOUNDS_SECRET = ("KEY", "SECRET", "PASSWORD", "TOKEN", "URL")
OTHER_SETTINGS = {"WEB_CONCURRENCY"}


class BackupError(Exception):
    """A backup could not be made or restored; the message says what to do next."""


class Versioned(msgspec.Struct):
    """The field that manifests of every version have."""

    format: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup contains, and when it was made from what.

    `size` (bytes) and `sha256` are those of its database.
    """

    format: int
    made_at: str
    size: int
    sha256: str
    originals: int
    rows: dict[str, int]
    migrations: dict[str, list[str]]
    versions: dict[str, str]
    settings: dict[str, str]
    settings_to_set_again: list[str]

    def write_into(self, folder: Path) -> None:
        with (folder / MANIFEST).open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read_from(cls, folder: Path) -> Manifest:
        """Return the manifest of a backup; raise BackupError if missing or unreadable."""
        path = folder / MANIFEST
        try:
            content = path.read_bytes()
            known = msgspec.json.decode(content, type=Versioned).format
            if known != FORMAT:
                raise BackupError(
                    _(
                        "{folder} is a backup of format {known}, and this program knows format {format}: restore "
                        "it with the version of the archive that made it, or a later one.",
                        folder=folder,
                        known=known,
                        format=FORMAT,
                    )
                )
            return msgspec.json.decode(content, type=cls)
        except FileNotFoundError:
            raise BackupError(
                _(
                    "{folder} is no backup, or one that was never finished: it has no {manifest}. Name another folder.",
                    folder=folder,
                    manifest=MANIFEST,
                )
            ) from None
        except (OSError, msgspec.MsgspecError, RecursionError) as problem:
            raise BackupError(
                _("{path} cannot be read ({problem}): it was altered. Take another backup.", path=path, problem=problem)
            ) from None


def manifest_of(database: sqlite3.Connection, size: int, sha256: str, originals: int) -> Manifest:
    """Return the manifest of a copy of the database, dated now."""
    in_force = {name: value for name, value in sorted(os.environ.items()) if is_setting(name)}
    return Manifest(
        format=FORMAT,
        made_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        size=size,
        sha256=sha256,
        originals=originals,
        rows=rows_of(database),
        migrations=migrations_of(database),
        versions={
            "python": platform.python_version(),
            "django": django.get_version(),
            "sqlite": sqlite3.sqlite_version,
            "parser": PARSER_VERSION,
            "index": str(SCHEMA_VERSION),
        },
        settings={name: value for name, value in in_force.items() if not is_secret(name)},
        settings_to_set_again=[name for name in in_force if is_secret(name)],
    )


def is_setting(name: str) -> bool:
    return name.startswith("ARCHIVE_") or name in OTHER_SETTINGS


def is_secret(name: str) -> bool:
    return name in SECRETS or any(part in name for part in SOUNDS_SECRET)


def rows_of(database: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of each table."""
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [name for (name,) in database.execute(tables)]
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def migrations_of(database: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the applied migrations of each app."""
    steps: dict[str, list[str]] = {}
    for app, name in database.execute("SELECT app, name FROM django_migrations ORDER BY app, name"):
        steps.setdefault(app, []).append(name)
    return steps
