"""Checks of a running archive; each finding says how to fix it."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from desk.worker.presence import last_beat, living_workers, machines_of
from minutes.messages import translate as _
from minutes.models.database_id import database_id
from search.index.engines import current_engine
from search.index.engines.base import IndexUnreachable, SearchUnavailable
from search.models import PendingIndexUpdate

TASK_LATE_AFTER = datetime.timedelta(minutes=10)
LEAST_FREE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check.

    `needed`: readers cannot be served without it.
    """

    name: str
    ok: bool
    message: str
    action: str = ""
    needed: bool = False


def check_database() -> Finding:
    """Check that the database is reachable and has the tables of this version."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        empty = not executor.loader.applied_migrations
    except DatabaseError as error:
        return Finding(
            "database",
            False,
            _("cannot be read: {error}", error=error),
            _("look at docs/operate/backup.md"),
            needed=True,
        )
    if empty:
        return Finding(
            "database", False, _("is empty or gone"), _("restore a backup, or run manage.py migrate"), needed=True
        )
    if missing:
        message = _("lacks {missing} migrations", missing=len(missing))
        return Finding("database", False, message, _("run manage.py migrate"), needed=True)
    return Finding("database", True, _("exists and is migrated"), needed=True)


def check_index() -> Finding:
    """Check that the index is readable, current, and of this database."""
    rebuild = _("run manage.py index --rebuild")
    try:
        state = current_engine().state()
        if state.database not in (None, database_id()):
            return Finding("index", False, _("was built from another database"), rebuild, needed=True)
        since = PendingIndexUpdate.objects.aggregate(since=Min("noted_at"))["since"]
    except IndexUnreachable as error:
        action = _("start the server of the index, or check ARCHIVE_SEARCH_URL")
        return Finding("index", False, _("cannot be read: {error}", error=error), action, needed=True)
    except SearchUnavailable as error:
        return Finding("index", False, _("cannot be read: {error}", error=error), rebuild, needed=True)
    except DatabaseError:
        return Finding("index", False, _("cannot be compared: the database cannot be read"), needed=True)
    if since and timezone.now() - since > TASK_LATE_AFTER:
        return Finding(
            "index",
            False,
            _("is behind the records since {since:%Y-%m-%d %H:%M} UTC", since=since),
            _("look at the worker"),
        )
    if state.outdated:
        return Finding("index", False, _("should be rebuilt: {outdated}", outdated=state.outdated), rebuild)
    return Finding("index", True, _("matches the database"), needed=True)


def check_worker() -> Finding:
    """Check that a worker is alive, and that no task is late or was given up."""
    try:
        living, seen = living_workers(), last_beat()
        machines = machines_of(living)
        late = DBTaskResult.objects.ready().filter(run_after__lt=timezone.now() - TASK_LATE_AFTER).count()
        failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    except DatabaseError:
        return Finding("worker", False, _("cannot be judged: the database cannot be read"))
    if not living:
        return Finding(
            "worker",
            False,
            _("was last seen {seen:%Y-%m-%d %H:%M} UTC", seen=seen) if seen else _("is not running"),
            _("start manage.py db_worker, or let a service manager do it"),
        )
    if late:
        return Finding(
            "worker", False, _("is late: {late} tasks wait for more than 10 minutes", late=late), _("look at its log")
        )
    if failed:
        return Finding("worker", False, _("gave up {failed} tasks", failed=failed), _("look at 后台任务 in the admin"))
    return Finding(
        "worker",
        True,
        _("{count} alive ({machines}), nothing is late", count=len(living), machines=", ".join(machines)),
    )


def check_disk() -> Finding:
    """Check that the data directory has room."""
    free = shutil.disk_usage(settings.VAR_DIR).free
    message = _("{free} MB free for {var_dir}", free=free // 1_000_000, var_dir=settings.VAR_DIR)
    return Finding("disk", free >= LEAST_FREE_BYTES, message, "" if free >= LEAST_FREE_BYTES else _("make room"))


CHECKS: tuple[Callable[[], Finding], ...] = (check_database, check_index, check_worker, check_disk)
