"""What belongs to items and tasks, loaded by prepared queries: what pages and API show of each."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet

from minutes.models.documents import Document, DocumentReference
from minutes.models.items import Action, AgendaItem, Decision, Involvement, ItemTopic, Paragraph
from minutes.models.meetings import Meeting
from minutes.models.prepared import attach, prepared, put
from minutes.models.tasks import Deadline, Task, TaskActor


def load_items(meetings: Sequence[Meeting]) -> list[AgendaItem]:
    """Load the items of meetings and return them all."""
    return attach(meetings, "items", _items)


def load_decisions(items: Sequence[AgendaItem]) -> None:
    """Load the units of items, and their decisions with deadlines and units."""
    decisions = attach(items, "decisions", _decisions)
    load_parts_of_decisions(decisions, items)


def load_parts_of_decisions(decisions: Sequence[Decision], items: Sequence[AgendaItem]) -> None:
    """Load deadlines and units, and all units of the items of these decisions."""
    attach(decisions, "deadlines", _deadlines_of_decisions)
    involvements = {involvement.pk: involvement for involvement in load_involvements(items)}
    units: dict[int, list[Involvement]] = {}
    for decision, involvement in _units_of_decisions([decision.pk for decision in decisions]):
        if involvement in involvements:
            units.setdefault(decision, []).append(involvements[involvement])
    put(decisions, "units", units)


def load_involvements(items: Sequence[AgendaItem]) -> list[Involvement]:
    """Load the units of items by role and return them all."""
    return attach(items, "involvements", _involvements)


def load_texts(items: Sequence[AgendaItem]) -> None:
    """Load the paragraphs of items."""
    attach(items, "paragraphs", _paragraphs)


def load_matters(items: Sequence[AgendaItem]) -> None:
    """Load the actions, topics and documents of items."""
    attach(items, "actions", _actions)
    attach(items, "topics", _topics)
    attach(items, "references", _references)


def load_tasks(items: Sequence[AgendaItem]) -> list[Task]:
    """Load the tasks of items and return them all."""
    return attach(items, "tasks", _tasks)


def load_parts_of_tasks(tasks: Sequence[Task]) -> None:
    """Load actors and deadlines."""
    attach(tasks, "actors", _actors)
    attach(tasks, "deadlines", _deadlines_of_tasks)


def load_documents_of_tasks(tasks: Sequence[Task]) -> None:
    """Load the documents that tasks are about."""
    attach(tasks, "documents", _documents_of_tasks)


@prepared
def _items(meetings: list[int]) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting__in=meetings).order_by("position")


@prepared
def _decisions(items: list[int]) -> QuerySet[Decision]:
    return Decision.objects.filter(item__in=items).order_by("position")


@prepared
def _deadlines_of_decisions(decisions: list[int]) -> QuerySet[Deadline]:
    return Deadline.objects.filter(decision__in=decisions)


@prepared
def _units_of_decisions(decisions: list[int]) -> QuerySet:
    """Find the ids of decisions and their involvements."""
    pairs = Decision.units.through.objects.filter(decision__in=decisions).order_by("involvement")
    return pairs.values_list("decision", "involvement")


@prepared
def _involvements(items: list[int]) -> QuerySet[Involvement]:
    return Involvement.objects.filter(item__in=items).select_related("organization")


@prepared
def _paragraphs(items: list[int]) -> QuerySet[Paragraph]:
    return Paragraph.objects.filter(item__in=items).order_by("position")


@prepared
def _actions(items: list[int]) -> QuerySet[Action]:
    return Action.objects.filter(item__in=items)


@prepared
def _topics(items: list[int]) -> QuerySet[ItemTopic]:
    return ItemTopic.objects.filter(item__in=items).order_by("position")


@prepared
def _references(items: list[int]) -> QuerySet[DocumentReference]:
    return DocumentReference.objects.filter(item__in=items).select_related("document")


@prepared
def _tasks(items: list[int]) -> QuerySet[Task]:
    return Task.objects.filter(item__in=items).order_by("position")


@prepared
def _actors(tasks: list[int]) -> QuerySet[TaskActor]:
    return TaskActor.objects.filter(task__in=tasks).select_related("organization", "person").order_by("position")


@prepared
def _deadlines_of_tasks(tasks: list[int]) -> QuerySet[Deadline]:
    return Deadline.objects.filter(task__in=tasks).order_by("start")


@prepared
def _documents_of_tasks(tasks: list[int]) -> QuerySet[Document]:
    return Document.objects.filter(tasks__in=tasks).annotate(of=F("tasks"))
