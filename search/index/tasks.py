"""Propagate changes of the records to the index.

They are recorded in the same transaction, and written to the index by the worker.
"""

from typing import Any

from django_tasks import task

from search import service
from search.models import PendingIndexUpdate


@task()
def bring_index_up_to_date() -> int:
    """Write all recorded changes to the index; return the number of meetings.

    Most later tasks then find nothing left to do.
    """
    return service.bring_up_to_date().meetings


def queue_meeting_update(sender: Any, meeting_id: int, **kwargs: Any) -> None:
    """Record the change and enqueue the update in the caller's transaction.

    The record is what counts: if a task dies, the next one does its work.
    """
    PendingIndexUpdate.objects.create(meeting_id=meeting_id)
    bring_index_up_to_date.enqueue()


def enqueue_pending_updates() -> None:
    """Enqueue an update if recorded changes are not in the index."""
    if PendingIndexUpdate.objects.exists():
        bring_index_up_to_date.enqueue()
