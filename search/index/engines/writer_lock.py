"""The lock for writing an index that several machines share."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

# Any number, the same in every process of the archive.
_ADVISORY_LOCK = 5_236_417_082


@contextmanager
def one_writer() -> Iterator[None]:
    """Hold the writer's lock, blocking; released if the process dies.

    With PostgreSQL it is an advisory lock, which machines share. With SQLite all processes are on one machine, so it
    is a file lock.
    """
    if connection.vendor != "postgresql":
        with locked_file(Path(settings.INDEX_DIR)):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])


@contextmanager
def locked_file(folder: Path) -> Iterator[None]:
    """Acquire the folder's lock, blocking.

    The kernel releases it if the process dies.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
