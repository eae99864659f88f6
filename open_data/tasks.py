"""Background job that regenerates the bulk files."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from open_data.public import present_manifest, regenerate

# Many meetings are often published one after another: the files are regenerated once for all of them.
QUIET_TIME = datetime.timedelta(minutes=1)


@task()
def regenerate_exports() -> int:
    """Regenerate the bulk files and return how many there are."""
    return len(regenerate().files)


def enqueue_missing_regeneration() -> None:
    """Enqueue the job where there are no files of this database: after an upgrade, a copy, a killed task."""
    if present_manifest() is None:
        enqueue_regeneration(None, 0)


@transaction.atomic
def enqueue_regeneration(sender: Any, meeting_id: int, **options: Any) -> None:
    """Enqueue the job in the caller's transaction, unless one is waiting already."""
    waiting = DBTaskResult.objects.filter(
        task_path=regenerate_exports.module_path, status=TaskResultStatus.READY
    ).select_for_update()
    # Locked, so that the worker cannot take it before the caller's change is stored.
    if not waiting.first():
        regenerate_exports.using(run_after=timezone.now() + QUIET_TIME).enqueue()
