"""A backup brought back: checked and brought up to date aside, then put in the place of the archive in one step."""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from desk.backup.exceptions import BackupError
from desk.backup.manifest import DATABASE, Manifest
from desk.backup.sqlite_copy import copy_database, fsync_path
from desk.backup.verify import check_backup
from minutes.models import AuditAction, AuditEntry, SourceFile
from open_data.public import regenerate
from search.service import index_everything


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out: what the backup held, how many documents the index has, and where the old archive is kept."""

    manifest: Manifest
    documents: int
    kept_aside: Path | None


def restore(folder: Path, force: bool) -> Restored:
    """What came out of the backup in this folder; BackupError when nothing did, and then nothing was changed."""
    manifest = check_backup(folder)
    refuse_later_versions(manifest)
    archive = Path(settings.DATABASES["default"]["NAME"])
    holds_something = archive.exists() and is_in_use()
    if holds_something and not force:
        raise BackupError(
            f"The archive in {settings.VAR_DIR} is not empty. Restore into another directory (ARCHIVE_VAR_DIR), "
            "or put the backup in its place with --force: then the present archive is kept beside it."
        )
    connection.close()
    try:
        kept_aside = keep_aside(archive) if holds_something else None
        put_in_place(folder / DATABASE, archive)
    except (OSError, sqlite3.Error) as problem:
        raise BackupError(
            f"The backup could not be written to {settings.VAR_DIR} ({problem}). The archive is as it was; "
            "make room there and try again."
        ) from None
    AuditEntry.note(AuditAction.BACKUP_RESTORED, None, "备份", f"{folder}，备份于 {manifest.made_at}")
    documents = index_everything()
    regenerate()
    return Restored(manifest, documents, kept_aside)


def refuse_later_versions(manifest: Manifest) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    apps = {app for app, _ in known}
    for app, names in manifest.migrations.items():
        unknown = [name for name in names if (app, name) not in known]
        if app in apps and unknown:
            raise BackupError(
                f"The backup is of a later version of the archive: this one does not know {app}.{unknown[-1]}. "
                "Update the program, then restore."
            )


def is_in_use() -> bool:
    """Whether the archive holds a file or a user: anything that cannot be made again."""
    tables = connection.introspection.table_names()
    kept = [model for model in (SourceFile, get_user_model()) if model._meta.db_table in tables]
    return any(model._default_manager.exists() for model in kept)


def keep_aside(archive: Path) -> Path:
    """Where a copy of the archive lies, as it was before."""
    now = datetime.datetime.now(datetime.UTC)
    aside = archive.with_name(f"archive-before-restore-{now:%Y%m%dT%H%M%S%f}.sqlite3")
    try:
        copy_database(archive, aside)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    fsync_path(aside)
    return aside


def put_in_place(backup: Path, archive: Path) -> None:
    """Makes the archive what the backup is, brought up to date; in one transaction, so that it is the one or the other.

    It is brought up to date aside, by a process that takes the folder aside for the directory of its data.
    """
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".restoring-") as aside:
        copy = Path(aside) / archive.name
        shutil.copyfile(backup, copy)
        bring_up_to_date(Path(aside))
        copy_database(copy, archive)


def bring_up_to_date(var_dir: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--no-input", "--verbosity", "0"],
        env=os.environ | {"ARCHIVE_VAR_DIR": str(var_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(
            f"The tables of the backup could not be brought up to date; the archive is as it was. {done.stderr.strip()}"
        )
