"""The recurring task that sends digests."""

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

# Nobody gets more than one digest a day; waiting or failed ones are retried in the next round.
BETWEEN_ROUNDS = datetime.timedelta(hours=1)


@task()
def send_letters() -> int:
    """Send the digests that are due; return how many.

    The next round is enqueued first, so that a failure does not end the series.
    """
    enqueue_next_round()
    # Digests depend on the index, which may be unreachable for longer than tasks are retried.
    enqueue_pending_updates()
    # Two rounds at once would send the same digest twice.
    if rounds().filter(status=TaskResultStatus.RUNNING).count() > 1:
        return 0
    forget_unconfirmed()
    return send_digests().letters


@transaction.atomic
def enqueue_next_round() -> None:
    """Enqueue a round in an hour unless one is queued."""
    one_at_a_time(send_letters.module_path)
    if not rounds().filter(status=TaskResultStatus.READY).exists():
        send_letters.using(run_after=timezone.now() + BETWEEN_ROUNDS).enqueue()


def rounds() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=send_letters.module_path)
