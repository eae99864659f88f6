"""Create a backup: written to a temporary folder, verified, then renamed."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from django.conf import settings

from desk.backup.archive_file import is_a_file, write_archive_to
from desk.backup.manifest import DATABASE, BackupError, Manifest, manifest_of
from desk.backup.sqlite_copy import fsync_path
from desk.backup.verify import check_database, opened_for_reading, sha256_of
from desk.worker.leftovers import remove_old
from minutes.messages import translate as _
from minutes.models import AuditAction, AuditEntry


def create_backup(folder: Path) -> Manifest:
    """Write a new backup into this folder and return its manifest.

    Raise BackupError on failure; nothing is left under this name then.
    """
    if folder.exists():
        raise BackupError(
            _("{folder} exists, and backups are never overwritten. Choose another folder.", folder=folder)
        )
    if is_a_file() and not Path(settings.DATABASES["default"]["NAME"]).exists():
        raise BackupError(
            _(
                "There is no archive in {var_dir}: set ARCHIVE_VAR_DIR to the directory of its data.",
                var_dir=settings.VAR_DIR,
            )
        )
    try:
        manifest = write_and_rename(folder.absolute())
    except (OSError, sqlite3.OperationalError) as problem:
        raise BackupError(
            _(
                "The backup could not be written to {folder} ({problem}). Nothing was left under this "
                "name; make room there, or name another folder.",
                folder=folder,
                problem=problem,
            )
        ) from None
    except sqlite3.DatabaseError as problem:
        raise BackupError(
            _(
                "The database of the archive is damaged ({problem}), so there is no backup of it. "
                "Restore the last good one; docs/operate/backup.md says how.",
                problem=problem,
            )
        ) from None
    # It contains unpublished data. A database older than the audit log is backed up too, before it is migrated.
    if AuditEntry._meta.db_table in manifest.rows:
        AuditEntry.note(AuditAction.EXPORTED, None, "备份", str(folder.absolute()))
    return manifest


def write_and_rename(folder: Path) -> Manifest:
    folder.parent.mkdir(parents=True, exist_ok=True)
    remove_old(folder.parent.glob(".*.unfinished-*"))
    # The folder is accessible to its owner only.
    with tempfile.TemporaryDirectory(
        dir=folder.parent, prefix=f".{folder.name}.unfinished-", ignore_cleanup_errors=True
    ) as unfinished:
        manifest = write_into(Path(unfinished))
        Path(unfinished).rename(folder)
        fsync_path(folder.parent)
    return manifest


def write_into(folder: Path) -> Manifest:
    """Write a verified copy of the database, then the manifest."""
    copy = folder / DATABASE
    write_archive_to(copy)
    with opened_for_reading(copy) as database:
        originals = check_database(database)
        manifest = manifest_of(database, copy.stat().st_size, sha256_of(copy), originals)
    fsync_path(copy)
    manifest.write_into(folder)
    fsync_path(folder)
    return manifest
