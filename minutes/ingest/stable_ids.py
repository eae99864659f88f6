"""Keep the primary keys of rows that are rebuilt, and what people chose for them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from minutes.models import (
    Action,
    AgendaItem,
    Attendance,
    Deadline,
    Decision,
    Document,
    DocumentReference,
    Involvement,
    ItemTopic,
    Meeting,
    MergeStep,
    Paragraph,
    Person,
    Problem,
    Task,
    TaskActor,
)
from minutes.parser.types import Span

# How each kind of row is known again: an item by its position, what belongs to it by its characters.
KNOWN_BY: dict[type[models.Model], tuple[str, ...]] = {
    AgendaItem: ("position",),
    Paragraph: ("item.position", "start", "end"),
    Action: ("item.position", "start", "end"),
    # Of several units in one paragraph, which one is told by how it is written.
    Involvement: ("item.position", "role", "start", "end", "written"),
    Decision: ("item.position", "position"),
    ItemTopic: ("item.position", "position"),
    Task: ("start", "end"),
    TaskActor: ("task.start", "role", "start", "end"),
    Deadline: ("start", "end"),
    DocumentReference: ("item.position", "start", "end"),
    Attendance: ("start", "end"),
    Problem: ("code", "message", "start", "end"),
}
Record = Person | Document


Key = tuple[Hashable, ...]


class StableIds:
    """Give rebuilt rows the primary keys they had, so that references to them stay true.

    Rows that fell together with others when records were merged, and come back, get their former keys as well.
    """

    def __init__(self) -> None:
        self.keys: dict[Key, deque[int]] = defaultdict(deque)
        self.splits: dict[Span, list[Split]] = {}

    @classmethod
    def of(cls, meeting: Meeting) -> StableIds:
        stable_ids = cls()
        primary_keys: dict[Key, set[int]] = defaultdict(set)
        for known_by, pk in (*keys_of_rows(meeting), *former_keys(meeting)):
            primary_keys[known_by].add(pk)
        for known_by, pks in primary_keys.items():
            stable_ids.keys[known_by] = deque(sorted(pks))
        stable_ids.splits = splits_in(meeting)
        return stable_ids

    def create(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        """Store the rows, those recognized under their old primary keys."""
        rows = list(rows)
        for row in rows:
            known = self.keys.get((model.__name__, *(value_at(row, name) for name in KNOWN_BY[model])))
            if known:
                row.pk = known.popleft()
        model.objects.bulk_create(rows)

    def meant_at(self, span: Span, record: Record | None) -> Record | None:
        """Return the record that a span means, where somebody said that it is a namesake."""
        for split in self.splits.get(span, ()):
            if split.record.kept == record:
                record = split.other.kept
        return record


def keys_of_rows(meeting: Meeting) -> Iterator[tuple[Key, int]]:
    """Yield the primary key of every row of a meeting, with what the row is recognized by."""
    for model, names in KNOWN_BY.items():
        rows = model.objects.filter(**{model.PATH_TO_MEETING: meeting}).order_by("pk")
        for pk, *known_by in rows.values_list("pk", *(name.replace(".", "__") for name in names)):
            yield (model.__name__, *known_by), pk


def former_keys(meeting: Meeting) -> Iterator[tuple[Key, int]]:
    """Yield the same for rows that are gone since records were merged."""
    steps = MergeStep.objects.filter(meeting=meeting).exclude(former_keys=[])
    for keys in steps.values_list("former_keys", flat=True):
        for known_by, pk in keys:
            yield tuple(known_by), pk


@dataclass(frozen=True, slots=True)
class Split:
    """What a person said of a span: it means `other`, not `record`."""

    record: Record
    other: Record


def splits_in(meeting: Meeting) -> dict[Span, list[Split]]:
    """Return what people said of spans of a meeting when they split records, oldest first."""
    spans = meeting.split_spans.filter(operation__undone_at=None).order_by("pk")
    sides = ("person", "other_person", "document", "other_document")
    splits: dict[Span, list[Split]] = defaultdict(list)
    for span in spans.select_related(*(f"operation__{side}__merged_into" for side in sides)):
        splits[Span(span.start, span.end)].append(Split(span.operation.record, span.operation.other))
    return splits


def value_at(row: models.Model, path: str) -> Hashable:
    for name in path.split("."):
        row = getattr(row, name)
    return row
