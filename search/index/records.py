"""Meetings with everything that the documents of the index are made of, loaded by prepared queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet

from minutes.models import (
    Action,
    Attendance,
    Decision,
    DocumentReference,
    Involvement,
    ItemTopic,
    Meeting,
    Task,
    TaskActor,
)
from minutes.models.parts import load_items, load_texts
from minutes.models.prepared import attach, prepared

MEETINGS_AT_ONCE = 50


def meetings_with_all_text(meetings: QuerySet[Meeting]) -> Iterator[Meeting]:
    """Yield the meetings with their source text, items and attendance, some at a time."""
    rows = meetings.select_related("body", "source").defer("source__content").iterator(chunk_size=MEETINGS_AT_ONCE)
    while batch := list(islice(rows, MEETINGS_AT_ONCE)):
        _load(batch)
        yield from batch


def _load(meetings: Sequence[Meeting]) -> None:
    attach(meetings, "attendance", _attendance)
    items = load_items(meetings)
    load_texts(items)
    attach(items, "decisions", _decisions)
    attach(items, "topics", _topics)
    attach(items, "involvements", _involvements)
    attach(items, "actions", _actions)
    attach(items, "references", _references)
    attach(attach(items, "tasks", _tasks), "actors", _actors)


@prepared
def _attendance(meetings: list[int]) -> QuerySet[Attendance]:
    entries = Attendance.objects.filter(meeting__in=meetings).select_related("organization", "person")
    names = ("organization__name", "person__name")
    return entries.only("meeting", "role", "title", "note", *names).order_by("position")


@prepared
def _decisions(items: list[int]) -> QuerySet[Decision]:
    columns = ("item", "outcome", "outcome_text", "next_step")
    return Decision.objects.filter(item__in=items).only(*columns).order_by("position")


@prepared
def _topics(items: list[int]) -> QuerySet[ItemTopic]:
    return ItemTopic.objects.filter(item__in=items).only("item", "code").order_by("position")


@prepared
def _involvements(items: list[int]) -> QuerySet[Involvement]:
    return Involvement.objects.filter(item__in=items).only("item", "organization", "role")


@prepared
def _actions(items: list[int]) -> QuerySet[Action]:
    return Action.objects.filter(item__in=items).only("item", "kind")


@prepared
def _references(items: list[int]) -> QuerySet[DocumentReference]:
    references = DocumentReference.objects.filter(item__in=items).select_related("document")
    return references.only("item", "stage", "document__title")


@prepared
def _tasks(items: list[int]) -> QuerySet[Task]:
    return Task.objects.filter(item__in=items).only("item", "text").order_by("position")


@prepared
def _actors(tasks: list[int]) -> QuerySet[TaskActor]:
    return TaskActor.objects.filter(task__in=tasks).only("task", "organization").order_by("position")
