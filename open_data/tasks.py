"""Background job that regenerates the bulk files."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from open_data.public import current_manifest, regenerate

# Meetings are often published in series; the files are regenerated once for all of them.
QUIET_TIME = datetime.timedelta(minutes=1)


@task()
def regenerate_exports() -> int:
    """Regenerate the bulk files and return how many there are."""
    return len(regenerate().files)


def enqueue_missing_regeneration() -> None:
    """Enqueue the job if there are no files of this database.

    That is so after an upgrade, a restore, or a killed task.
    """
    if current_manifest() is None:
        enqueue_regeneration(None, 0)


@transaction.atomic
def enqueue_regeneration(sender: Any, meeting_id: int, **options: Any) -> None:
    """Enqueue the job in the caller's transaction, unless one is queued."""
    waiting = DBTaskResult.objects.filter(
        task_path=regenerate_exports.module_path, status=TaskResultStatus.READY
    ).select_for_update()
    # Locked, so that the worker cannot start it before the caller's change is committed.
    if not waiting.first():
        regenerate_exports.using(run_after=timezone.now() + QUIET_TIME).enqueue()
