"""Requeue interrupted and failed tasks a limited number of times; prune others."""

from __future__ import annotations

import datetime
import logging

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from desk.uploads.actions import resume_uploads
from desk.worker.leftovers import remove_leftovers
from desk.worker.presence import forget, living_workers, process_of
from minutes.merging.rebuild import resume_unfinished_operations
from open_data.tasks import enqueue_missing_regeneration
from search.alerts.tasks import enqueue_next_round
from search.index.engines.base import IndexUnreachable
from search.index.tasks import enqueue_pending_updates

logger = logging.getLogger(__name__)

MAX_TRIES = 5
FIRST_RETRY_AFTER = datetime.timedelta(seconds=30)
# No task is scheduled further ahead than the hourly letters, unless the clock was set back.
FURTHEST_AHEAD = datetime.timedelta(minutes=65)
KEEP_FINISHED = datetime.timedelta(days=7)
KEEP_FAILED = datetime.timedelta(days=90)
# Transient failures: database, disk, mail server, index server, or the end of the worker.
PASSING = (OperationalError, OSError, SystemExit, KeyboardInterrupt, IndexUnreachable)


class WorkerDied(Exception):
    """The worker ended before the task did, in each attempt."""


def resume_work() -> None:
    """Queue work left undone by earlier workers, as recorded in the database.

    docs/operate/tasks.md lists each kind.
    """
    enqueue_pending_updates()
    enqueue_missing_regeneration()
    resume_uploads()
    resume_unfinished_operations()
    enqueue_next_round()


def requeue_interrupted(own_id: str) -> None:
    """Requeue tasks whose worker is dead; give up after MAX_TRIES workers.

    Called between tasks, so a task of this worker marked as running could not be marked as finished: it is requeued
    too.
    """
    living = living_workers()
    for task in DBTaskResult.objects.running():
        by = task.worker_ids[-1] if task.worker_ids else ""
        if by != own_id and process_of(by) in living:
            continue
        if len(task.worker_ids) < MAX_TRIES:
            requeue(task, timezone.now())
        elif as_seen(task).exists():
            task.set_failed(WorkerDied(f"The worker ended before the task did, {len(task.worker_ids)} times in a row."))
            logger.error("Given up after %s tries: %s", len(task.worker_ids), task.task_name)
    forget(living | {process_of(own_id)})


def retry_if_passing(task: DBTaskResult) -> None:
    """Queue a failed task again with growing delay, if the failure may be transient."""
    try:
        passes = issubclass(import_string(task.exception_class_path), PASSING)
    except ImportError:
        passes = False
    if passes and len(task.worker_ids) < MAX_TRIES:
        requeue(task, timezone.now() + FIRST_RETRY_AFTER * 2 ** (len(task.worker_ids) - 1))


def requeue(task: DBTaskResult, run_after: datetime.datetime) -> None:
    """Queue a task again unless another worker already did."""
    as_seen(task).update(status=TaskResultStatus.READY, run_after=run_after, started_at=None, finished_at=None)


def as_seen(task: DBTaskResult) -> QuerySet[DBTaskResult]:
    """Return the task if state and worker are unchanged since it was loaded."""
    return DBTaskResult.objects.filter(pk=task.pk, status=task.status, worker_ids=task.worker_ids)


def advance_stranded() -> None:
    """Run deferred work now that no task is scheduled for, after a clock change."""
    now = timezone.now()
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__lt=get_date_max())
    waiting.filter(run_after__gt=now + FURTHEST_AHEAD).update(run_after=now)


def prune() -> None:
    """Delete old finished tasks, expired sessions and old failed logins."""
    now = timezone.now()
    finished = DBTaskResult.objects.filter(finished_at__lt=now - KEEP_FINISHED)
    finished.filter(status=TaskResultStatus.SUCCESSFUL).delete()
    finished.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED).delete()
    remove_leftovers()
    Session.objects.filter(expire_date__lt=now).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - KEEP_FINISHED).delete()
