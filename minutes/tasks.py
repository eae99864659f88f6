"""What the worker does after the public records changed."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from open_data.public import regenerate

# Many meetings are often published one after another: the files are made again once for all of them.
QUIET_TIME = datetime.timedelta(minutes=1)


@task()
def regenerate_exports() -> int:
    """How many files the public can download were made again."""
    return len(regenerate().files)


def ask_for_exports(sender: Any, meeting_id: int, **options: Any) -> None:
    """Asks the worker to make the files again, in the caller's transaction, unless it is asked already."""
    asked = DBTaskResult.objects.filter(
        task_path=regenerate_exports.module_path, status=TaskResultStatus.READY
    ).select_for_update()
    # Locked, so that the worker cannot take this request before the caller's change is stored.
    if not asked.first():
        regenerate_exports.using(run_after=timezone.now() + QUIET_TIME).enqueue()
