"""Copy one SQLite database into another, whole or not at all, while others read and write it."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from desk.backup.manifest import BackupError
from minutes.messages import translate as _

SECONDS_TO_WAIT = 20


def copy_database(source: Path, target: Path) -> None:
    """Replace the content of one database by another's, in one transaction of both.

    All pages are taken in one step: taken in several, the copy would begin anew after every write of another process.
    """
    give_up_at = time.monotonic() + SECONDS_TO_WAIT

    def give_up_in_time(status: int, remaining: int, total: int) -> None:
        # Without this, SQLite would be asked again for ever.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > give_up_at:
            raise BackupError(
                _("{target} is in use: stop the web server and the worker, then try again.", target=target)
            )

    # Opened for writing too, though nothing is: who may only read leaves files of the write-ahead log behind.
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy, progress=give_up_in_time)


def make_one_file(path: Path) -> None:
    """Leave the copy without a write-ahead log beside it: one file that can be carried away."""
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


def fsync_path(path: Path) -> None:
    """Return when file or folder would survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
