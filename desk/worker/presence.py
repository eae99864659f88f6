"""Which workers are alive: each has a row with a heartbeat, and holds a lock that the kernel releases when it dies.

The row is known on every machine. The lock says at once that a worker of the same machine was killed, and that one
lives that cannot write its row, because the disk is full or another process writes for long.
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
# A new number with each start of the kernel; containers of one machine share it, and its locks.
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
UNFINISHED = ".new"
# What divides the id of a process from the name of one of its lanes.
LANE = "/"


def folder() -> Path:
    return settings.VAR_DIR / "workers"


@contextmanager
def present(worker_id: str) -> Iterator[None]:
    """Hold the lock of this worker and repeat its heartbeat until the block ends."""
    folder().mkdir(exist_ok=True, mode=0o700)
    path = folder() / worker_id
    unfinished = path.with_name(path.name + UNFINISHED)
    ended = threading.Event()
    with unfinished.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(kernel())
        file.flush()
        # Under its name only with its lock: whoever looked in between would take it for that of a dead one.
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
    """Note that this worker lives, by the clock of the database, which all machines share."""
    Worker.objects.update_or_create(
        id=worker_id,
        defaults={"seen_at": Now()},
        create_defaults={"seen_at": Now(), "machine": socket.gethostname()[:100]},
    )


def _beat_until(ended: threading.Event, worker_id: str) -> None:
    while not ended.wait(SECONDS_BETWEEN_BEATS):
        try:
            # Never made here: who made it may not have committed yet, and would be waited for.
            Worker.objects.filter(pk=worker_id).update(seen_at=Now())
        except (DatabaseError, InterfaceError) as error:
            logger.info("A heartbeat could not be written: %s", error)
        finally:
            connection.close()


def living_workers() -> set[str]:
    """Return the ids of the workers that are alive."""
    held, released = _locks()
    beating = Worker.objects.filter(seen_at__gt=Now() - DEAD_AFTER).values_list("pk", flat=True)
    return held | set(beating) - released


def machines_of(workers: Collection[str]) -> list[str]:
    """Return the names of the machines on which these workers run."""
    return list(Worker.objects.filter(pk__in=workers).values_list("machine", flat=True).order_by("machine").distinct())


def forget(living: Collection[str]) -> None:
    """Remove what other workers left; their tasks must have been queued again before."""
    dead = Worker.objects.exclude(pk__in=living)
    # Asked first: deleting nothing would take the write lock of SQLite too.
    if dead.exists():
        dead.delete()
    for worker_id in _locks()[1].difference(living):
        (folder() / worker_id).unlink(missing_ok=True)


def _locks() -> tuple[set[str], set[str]]:
    """Return the workers of this machine that hold their lock, and those that died with it."""
    held, released = set(), set()
    for path in folder().glob("*"):
        with suppress(FileNotFoundError), path.open() as file:
            if path.name.endswith(UNFINISHED):
                continue
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                held.add(path.name)
            else:
                # On a shared file system the lock of another machine may not be seen here.
                if file.read() == kernel():
                    released.add(path.name)
    return held, released


def kernel() -> str:
    """Return what names this start of this machine."""
    return BOOT_ID.read_text().strip() if BOOT_ID.exists() else socket.gethostname()


def last_beat() -> datetime.datetime | None:
    """Return when a worker was last seen alive; None if there is no trace of one."""
    return Worker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
