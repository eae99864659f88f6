"""How a change of the records reaches the index.

Noted in the same transaction, written by the worker.
"""

from typing import Any

from django_tasks import task

from search import service
from search.models import PendingIndexUpdate


@task()
def bring_index_up_to_date() -> int:
    """Return how many meetings were written.

    Every change noted so far is written at once, so most later tasks find none.
    """
    return service.bring_up_to_date().meetings


def queue_meeting_update(sender: Any, meeting_id: int, **kwargs: Any) -> None:
    """Note the change and ask the worker for the update, both in the caller's transaction.

    The note, not the task, is what is lost by nothing: a task that dies half way is done by the next one.
    """
    PendingIndexUpdate.objects.create(meeting_id=meeting_id)
    bring_index_up_to_date.enqueue()


def enqueue_pending_updates() -> None:
    """Ask the worker for an update when changes are noted that the index does not hold."""
    if PendingIndexUpdate.objects.exists():
        bring_index_up_to_date.enqueue()
