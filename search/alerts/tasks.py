"""The letters go out by themselves.

A task of the worker, which asks for itself again.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from minutes.models.engine_sql import one_at_a_time
from search.alerts.digest import send_digests
from search.alerts.subscribe import forget_unconfirmed
from search.index.tasks import enqueue_pending_updates

# Nobody gets more than one letter a day; what waits for the index or failed is tried again in the next round.
BETWEEN_ROUNDS = datetime.timedelta(hours=1)


@task()
def send_letters() -> int:
    """Return how many letters were sent.

    The next round is asked for first, so that one that fails is not the last.
    """
    ask_for_the_next_round()
    # Letters tell of what is in the index, which may have been out of reach for longer than tasks are tried again.
    enqueue_pending_updates()
    # Two rounds at once would send the same letter twice.
    if rounds().filter(status=TaskResultStatus.RUNNING).count() > 1:
        return 0
    forget_unconfirmed()
    return send_digests().letters


@transaction.atomic
def ask_for_the_next_round() -> None:
    """Queue a round in an hour unless one is queued."""
    one_at_a_time(send_letters.module_path)
    if not rounds().filter(status=TaskResultStatus.READY).exists():
        send_letters.using(run_after=timezone.now() + BETWEEN_ROUNDS).enqueue()


def rounds() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=send_letters.module_path)
