"""Later references to a task's documents in published minutes.

The absence of one proves nothing: the matter may have continued without minutes, or in minutes that the archive
lacks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, QuerySet

from minutes.models import DocumentReference, Task
from minutes.models.meetings import with_meeting_summary
from minutes.models.prepared import prepared


def concerns_a_document() -> Exists:
    """Return the condition that a task names a document, so it can have later records."""
    return Exists(Task.documents.through.objects.filter(task=OuterRef("pk")))


def has_later_record() -> Exists:
    """Return the condition that a later published meeting names a task's document."""
    return Exists(
        DocumentReference.objects.published_each().filter(
            document__tasks=OuterRef("pk"), item__meeting__date__gt=OuterRef("meeting__date")
        )
    )


def later_records(tasks: Iterable[Task]) -> dict[int, list[DocumentReference]]:
    """Return the later references to each task's documents, by task id.

    Earliest first, one per item. The tasks must have been fetched with meeting and documents.
    """
    tasks = list(tasks)
    documents = {document.pk for task in tasks for document in task.documents.all()}
    if not documents:
        return {}
    by_document: dict[int, list[DocumentReference]] = defaultdict(list)
    for reference in _dated_references(documents):
        by_document[reference.document_id].append(reference)
    return {task.pk: later_than(task, by_document) for task in tasks if task.meeting.date}


@prepared
def _dated_references(documents: set[int]) -> QuerySet[DocumentReference]:
    return (
        with_meeting_summary(DocumentReference.objects.published_each(), "item__meeting")
        .filter(document__in=documents)
        .exclude(item__meeting__date=None)
        .select_related("document")
        .order_by(F("item__meeting__date"), "item__meeting", "item__position", "start")
    )


def later_than(task: Task, by_document: dict[int, list[DocumentReference]]) -> list[DocumentReference]:
    later: dict[int, DocumentReference] = {}
    for document in task.documents.all():
        for reference in by_document[document.pk]:
            if reference.item.meeting.date > task.meeting.date:
                later.setdefault(reference.item_id, reference)
    return sorted(later.values(), key=lambda reference: (reference.item.meeting.date, reference.item_id))
