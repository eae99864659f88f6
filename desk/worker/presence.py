"""Which workers are alive: each holds a lock that the kernel releases when it dies, and touches its file."""

from __future__ import annotations

import datetime
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

SECONDS_BETWEEN_BEATS = 10


def folder() -> Path:
    return settings.VAR_DIR / "workers"


@contextmanager
def present(worker_id: str) -> Iterator[None]:
    """Hold the lock of this worker, and touch its file every few seconds, until the block ends."""
    folder().mkdir(exist_ok=True, mode=0o700)
    path = folder() / worker_id
    ended = threading.Event()
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        threading.Thread(target=_beat, args=(path, ended), daemon=True).start()
        try:
            yield
        finally:
            ended.set()
            path.unlink(missing_ok=True)


def _beat(path: Path, ended: threading.Event) -> None:
    while not ended.wait(SECONDS_BETWEEN_BEATS):
        # A full disk lets an existing file be touched; on a read-only one the beat is missing, as it should be.
        with suppress(OSError):
            os.utime(path)


def living_workers() -> set[str]:
    """Return the ids of workers that hold their lock; remove the files of the others."""
    living = set()
    for path in folder().glob("*"):
        with suppress(FileNotFoundError), path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                living.add(path.name)
            else:
                path.unlink(missing_ok=True)
    return living


def last_beat() -> datetime.datetime | None:
    """Return when a worker was last seen alive; None if there is no trace of one."""
    times = []
    for path in folder().glob("*"):
        with suppress(FileNotFoundError):
            times.append(path.stat().st_mtime)
    return datetime.datetime.fromtimestamp(max(times), datetime.UTC) if times else None
