"""Detect live workers by a heartbeat row and a lock file.

The row is visible on all machines. The lock shows at once that a worker of this machine was killed, because the
kernel releases it; and that one is alive that cannot write its row, because the disk is full or another process holds
the write lock.
"""

from __future__ import annotations

import datetime
import fcntl
import logging
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models.functions import Now

from desk.models import Worker

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_BEATS = 10
DEAD_AFTER = datetime.timedelta(seconds=45)
# Changes with each boot; containers of one machine share it, and its locks.
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
UNFINISHED = ".new"
# Separates the process id from the name of one of its lanes.
LANE = "/"


def folder() -> Path:
    return settings.VAR_DIR / "workers"


@contextmanager
def present(worker_id: str) -> Iterator[None]:
    """Hold the lock of this worker and send its heartbeat while in the context."""
    folder().mkdir(exist_ok=True, mode=0o700)
    path = folder() / worker_id
    unfinished = path.with_name(path.name + UNFINISHED)
    ended = threading.Event()
    with unfinished.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(kernel())
        file.flush()
        # Renamed only once locked: an unlocked file is taken for that of a dead worker.
        unfinished.rename(path)
        beats = threading.Thread(target=_beat_until, args=(ended, worker_id), daemon=True)
        beats.start()
        try:
            yield
        finally:
            ended.set()
            beats.join()
            with suppress(DatabaseError, InterfaceError):
                Worker.objects.filter(pk=worker_id).delete()
            path.unlink(missing_ok=True)


def process_of(worker_id: str) -> str:
    """Return the id of the process that a lane belongs to."""
    return worker_id.partition(LANE)[0]


def beat(worker_id: str) -> None:
    """Record a heartbeat by the clock of the database, which all machines share."""
    Worker.objects.update_or_create(
        id=worker_id,
        defaults={"seen_at": Now()},
        create_defaults={"seen_at": Now(), "machine": socket.gethostname()[:100]},
    )


def _beat_until(ended: threading.Event, worker_id: str) -> None:
    while not ended.wait(SECONDS_BETWEEN_BEATS):
        try:
            # Only updated: inserting could block on a row not committed yet.
            Worker.objects.filter(pk=worker_id).update(seen_at=Now())
        except (DatabaseError, InterfaceError) as error:
            logger.info("A heartbeat could not be written: %s", error)
        finally:
            connection.close()


def living_workers() -> set[str]:
    """Return the ids of the workers that are alive."""
    locked, released = _locks()
    beating = Worker.objects.filter(seen_at__gt=Now() - DEAD_AFTER).values_list("pk", flat=True)
    return locked | set(beating) - released


def machines_of(workers: Collection[str]) -> list[str]:
    """Return the names of the machines on which these workers run."""
    return list(Worker.objects.filter(pk__in=workers).values_list("machine", flat=True).order_by("machine").distinct())


def forget(living: Collection[str]) -> None:
    """Delete rows and locks of dead workers, once their tasks are queued again."""
    dead = Worker.objects.exclude(pk__in=living)
    # Checked first: deleting nothing would still take SQLite's write lock.
    if dead.exists():
        dead.delete()
    for worker_id in _locks()[1].difference(living):
        (folder() / worker_id).unlink(missing_ok=True)


def _locks() -> tuple[set[str], set[str]]:
    """Return the ids of this machine's workers: those whose lock is taken, those whose lock is free."""
    locked, released = set(), set()
    for path in folder().glob("*"):
        with suppress(FileNotFoundError), path.open() as file:
            if path.name.endswith(UNFINISHED):
                continue
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                locked.add(path.name)
            else:
                # On a shared file system, locks of other machines may be invisible here.
                if file.read() == kernel():
                    released.add(path.name)
    return locked, released


def kernel() -> str:
    """Return an id of the running kernel of this machine."""
    return BOOT_ID.read_text().strip() if BOOT_ID.exists() else socket.gethostname()


def last_beat() -> datetime.datetime | None:
    """Return the time of the last heartbeat of any worker, or None."""
    return Worker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
