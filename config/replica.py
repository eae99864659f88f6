"""Read public pages from a replica while it is fresh: docs/operate/scale.md."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, models
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from desk.models import Worker

logger = logging.getLogger(__name__)

REPLICA = "replica"
SECONDS_BETWEEN_CHECKS = 1

reads_replica: ContextVar[bool] = ContextVar("reads_replica", default=False)


class Router:
    """Route reads of public requests to the replica, until the request writes."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return REPLICA if reads_replica.get() else of_primary(hints)

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        # A request's own writes may not have reached the replica yet.
        reads_replica.set(False)
        return of_primary(hints)

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool | None:
        return True if REPLICA in (one._state.db, other._state.db) else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == REPLICA else None


def of_primary(hints: dict[str, Any]) -> str | None:
    """Return the primary for objects read from the replica, so that relations work."""
    instance = hints.get("instance")
    return DEFAULT_DB_ALIAS if instance is not None and instance._state.db == REPLICA else None


class Freshness:
    """Whether the replica may be used, checked once a second by one of the threads."""

    def __init__(self) -> None:
        self._is_fresh = False
        self._next_check = -float("inf")
        self._checking = Lock()

    def __bool__(self) -> bool:
        if time.monotonic() >= self._next_check and self._checking.acquire(blocking=False):
            try:
                self.note(is_fresh())
            finally:
                self._checking.release()
        return self._is_fresh

    def note(self, fresh: bool) -> None:
        if fresh != self._is_fresh:
            logger.warning("Public pages read the %s", "replica" if fresh else "primary: the replica is gone or late")
        self._is_fresh = fresh
        self._next_check = time.monotonic() + SECONDS_BETWEEN_CHECKS


def is_fresh() -> bool:
    """Return whether a recent heartbeat of a worker has reached the replica."""
    oldest = timedelta(seconds=settings.REPLICA_LAG_SECONDS)
    try:
        return Worker.objects.using(REPLICA).filter(seen_at__gt=Now() - oldest).exists()
    except DatabaseError:
        return False


class ReadPublicPagesFromReplica:
    """Let public requests read from the replica; retry failed ones on the primary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.freshness = Freshness()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_public = request.method in ("GET", "HEAD") and not request.path_info.startswith("/admin/")
        if not is_public or not self.freshness:
            return self.get_response(request)
        request.replica_failed = False
        token = reads_replica.set(True)
        try:
            response = self.get_response(request)
        finally:
            reads_replica.reset(token)
        return self.get_response(request) if request.replica_failed else response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Record a failure of the replica before other middleware renders an error page."""
        if isinstance(error, OperationalError) and reads_replica.get():
            request.replica_failed = True
            self.freshness.note(False)
