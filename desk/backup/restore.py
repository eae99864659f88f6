"""Restore a backup: verify and migrate a copy, then replace the archive by it."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from desk.backup.archive_file import is_a_file, read_archive_from, write_archive_to
from desk.backup.comparison import Comparison, compare, keep_withdrawn
from desk.backup.manifest import DATABASE, BackupError, Manifest
from desk.backup.schema import migrate, migrated_schema, refuse_other_schema, refuse_unknown_programs, schema_of
from desk.backup.sqlite_copy import fsync_path
from desk.backup.verify import check_backup
from minutes.messages import translate as _
from minutes.models import AuditAction, AuditEntry, SourceFile
from minutes.models.database_id import draw_new_database_id
from open_data.public import regenerate
from search.service import index_everything


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, the documents indexed, and the copy of the previous archive."""

    manifest: Manifest
    documents: int
    kept_aside: Path | None
    kept_withdrawn: int


def restore(
    folder: Path, force: bool, republish: bool = False, announce: Callable[[Comparison], None] = lambda changes: None
) -> Restored:
    """Restore the backup in this folder, or raise BackupError with nothing changed.

    `announce` is called, before anything changes, with what becomes public and valid again. Meetings withdrawn since
    the backup stay withdrawn unless `republish`.
    """
    manifest = check_backup(folder)
    refuse_later_versions(manifest)
    in_use = archive_exists() and is_in_use()
    kept_withdrawn = 0
    try:
        with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=".restoring-") as temporary:
            copy = prepare(folder / DATABASE, Path(temporary))
            if in_use:
                current = archive_as_file(Path(temporary))
                changes = compare(copy, current)
                announce(changes)
                refuse_without_force(force)
                if not republish:
                    keep_withdrawn(copy, changes.withdrawals)
                    kept_withdrawn = len(changes.withdrawals)
            connection.close()
            kept_aside = keep_previous() if in_use else None
            read_archive_from(copy)
    except (OSError, sqlite3.Error, DatabaseError) as problem:
        raise BackupError(
            _(
                "The backup could not be written to {var_dir} ({problem}). The archive is as it was; "
                "make room there and try again.",
                var_dir=settings.VAR_DIR,
                problem=problem,
            )
        ) from None
    draw_new_database_id()
    detail = f"{folder}，备份于 {manifest.made_at}；其后撤回的 {kept_withdrawn} 次会议仍保持撤回"
    AuditEntry.note(AuditAction.BACKUP_RESTORED, None, "备份", detail)
    documents = index_everything()
    regenerate()
    return Restored(manifest, documents, kept_aside, kept_withdrawn)


def prepare(backup: Path, folder: Path) -> Path:
    """Return a migrated copy of the backup whose schema the migrations make.

    Raise BackupError for any other schema.
    """
    copy = folder / DATABASE
    shutil.copyfile(backup, copy)
    expected = migrated_schema()
    refuse_unknown_programs(schema_of(copy), expected)
    migrate(folder)
    refuse_other_schema(schema_of(copy), expected)
    return copy


def refuse_without_force(force: bool) -> None:
    if not force:
        raise BackupError(
            _(
                "The archive in {var_dir} is not empty. Restore into another directory (ARCHIVE_VAR_DIR), or "
                "replace it with --force, which keeps a copy of it.",
                var_dir=settings.VAR_DIR,
            )
        )


def refuse_later_versions(manifest: Manifest) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    apps = {app for app, _ in known}
    for app, names in manifest.migrations.items():
        unknown = [name for name in names if (app, name) not in known]
        if app in apps and unknown:
            raise BackupError(
                _(
                    "The backup is of a later version of the archive: this one does not know "
                    "{app}.{unknown}. Update the program, then restore.",
                    app=app,
                    unknown=unknown[-1],
                )
            )


def is_in_use() -> bool:
    """Return whether the archive has source files or users, which cannot be rebuilt."""
    try:
        tables = connection.introspection.table_names()
        kept = [model for model in (SourceFile, get_user_model()) if model._meta.db_table in tables]
        return any(model._default_manager.exists() for model in kept)
    except DatabaseError as problem:
        raise BackupError(
            _(
                "The archive in {var_dir} cannot be read ({problem}). Move archive.sqlite3 and its -wal and -shm "
                "files elsewhere, then restore.",
                var_dir=settings.VAR_DIR,
                problem=problem,
            )
        ) from None


def archive_exists() -> bool:
    return not is_a_file() or Path(settings.DATABASES["default"]["NAME"]).exists()


def archive_as_file(folder: Path) -> Path:
    """Return the archive as an SQLite file for comparison: itself, or a copy."""
    if is_a_file():
        return Path(settings.DATABASES["default"]["NAME"])
    (folder / "current").mkdir()
    write_archive_to(folder / "current" / "current.sqlite3")
    return folder / "current" / "current.sqlite3"


def keep_previous() -> Path:
    """Copy the archive into the data directory; return the path."""
    now = datetime.datetime.now(datetime.UTC)
    copy = settings.VAR_DIR / f"archive-before-restore-{now:%Y%m%dT%H%M%S%f}.sqlite3"
    try:
        write_archive_to(copy)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    fsync_path(copy)
    return copy
