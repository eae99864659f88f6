"""The worker's loop, which continues through database outages."""

from __future__ import annotations

import logging
import sys
import threading
import time
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from desk.uploads.tasks import RECOGNITION_QUEUE
from desk.worker import recovery
from desk.worker.presence import LANE, beat, present, process_of

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_ROUNDS = 20
SECONDS_BETWEEN_PRUNINGS = 24 * 60 * 60
LONGEST_WAIT = 30


class Lane(Worker):
    """One loop of django-tasks' worker, running one task at a time.

    The library's own would end with the first database error.
    """

    _round_at = -float("inf")

    def _work(self) -> None:
        wait = 1
        while self.running:
            try:
                # A batch ends before its connection expires.
                if not self.batch:
                    close_old_connections()
                self._look_after_tasks()
                task = self._claim_next()
                if task is not None:
                    self.run_task(task)
                elif self.batch:
                    return
                wait = 1
            except (DatabaseError, InterfaceError, OSError) as error:
                connection.close()
                if self.batch:
                    raise
                logger.warning("The worker waits %s s and tries again: %s", wait, error)
                self._sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
                continue
            if self.max_tasks is not None and self._run_tasks >= self.max_tasks:
                return
            if task is None:
                self._sleep(self.interval)

    def _look_after_tasks(self) -> None:
        """Requeue, three times a minute, tasks that this lane or a dead worker left."""
        now = time.monotonic()
        if now - self._round_at >= SECONDS_BETWEEN_ROUNDS:
            self._round()
            self._round_at = now

    def _round(self) -> None:
        # Before the first task is claimed: tasks of a worker without a row count as orphaned.
        beat(process_of(self.worker_id))
        recovery.requeue_interrupted(self.worker_id)

    def _claim_next(self) -> DBTaskResult | None:
        tasks = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not self.process_all_queues:
            tasks = tasks.filter(queue_name__in=self.queue_names)
        # Claiming takes the write lock, which would block others each second, and fails on a read-only database.
        if not tasks.exists():
            return None
        with exclusive_transaction(tasks.db):
            task = tasks.get_locked()
            if task is not None:
                task.claim(self.worker_id)
        return task

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            recovery.retry_if_passing(db_task_result)

    def _sleep(self, seconds: float) -> None:
        if self.running:
            time.sleep(seconds)


class ArchiveWorker(Lane):
    """A worker of two lanes: fast tasks, and in a thread the recognition of scans.

    In batch mode, or with a maximum number of tasks, it runs both in one lane.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        own = {"worker_id": f"{self.worker_id}{LANE}{RECOGNITION_QUEUE}", "queue_names": [RECOGNITION_QUEUE]}
        self.recognition = Lane(**options | own)
        self.has_one_lane = self.batch or self.max_tasks is not None
        if self.has_one_lane:
            self.queue_names = [*self.queue_names, RECOGNITION_QUEUE]
        self._pruned_at = -float("inf")
        self._resumed = False

    def run(self) -> None:
        while self.running:
            try:
                with present(self.worker_id):
                    return self._work() if self.has_one_lane else self._work_in_both_lanes()
            except OSError as error:
                # Its own files cannot be written; errors of tasks do not get here.
                if self.batch:
                    raise
                logger.warning("The worker waits %s s and tries again: %s", LONGEST_WAIT, error)
                self._sleep(LONGEST_WAIT)

    def _work_in_both_lanes(self) -> None:
        beside = threading.Thread(target=self._recognize, daemon=True)
        beside.start()
        self._work()
        self.recognition.running = False
        if self.recognition.running_task:
            beside.join()

    def _recognize(self) -> None:
        try:
            self.recognition._work()
        except Exception:
            # The service manager restarts the worker.
            logger.exception("The recognition of scans ended, so the worker ends")
            self.running = False

    def _round(self) -> None:
        super()._round()
        recovery.advance_stranded()
        if not self._resumed:
            recovery.resume_work()
            self._resumed = True
        if time.monotonic() - self._pruned_at >= SECONDS_BETWEEN_PRUNINGS:
            recovery.prune()
            self._pruned_at = time.monotonic()

    def shutdown(self, signum: int, frame: object) -> None:
        """Stop after the current tasks; a second signal stops at once.

        The next worker requeues what was interrupted.
        """
        if self.running and (self.running_task or self.recognition.running_task):
            self.running = self.recognition.running = False
            return
        sys.exit(0 if self.running else 1)
