"""Copy one SQLite database into another atomically, while both are in use."""

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
    """Replace the content of one database with another's, in one transaction of both.

    All pages are copied in one step: with several, the copy would restart after every write of another process.
    """
    give_up_at = time.monotonic() + SECONDS_TO_WAIT

    def give_up_in_time(status: int, remaining: int, total: int) -> None:
        # SQLite itself would retry forever.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > give_up_at:
            raise BackupError(
                _("{target} is in use: stop the web server and the worker, then try again.", target=target)
            )

    # Opened read-write although nothing is written: a read-only connection leaves the files of the write-ahead log
    # behind.
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy, progress=give_up_in_time)


def make_one_file(path: Path) -> None:
    """Turn off the copy's write-ahead log, so that it is a single file."""
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


def fsync_path(path: Path) -> None:
    """Flush a file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
