"""Keep primary keys of rebuilt rows, and what people decided about them."""

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

# The fields that identify a row across rebuilds: an item's position; for its parts, their spans.
KNOWN_BY: dict[type[models.Model], tuple[str, ...]] = {
    AgendaItem: ("position",),
    Paragraph: ("item.position", "start", "end"),
    Action: ("item.position", "start", "end"),
    # Several units in one paragraph are distinguished by their written form.
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
    """Give rebuilt rows their former primary keys, so that references stay valid.

    Rows that were joined when records were merged, and reappear, get their former keys too.
    """

    def __init__(self) -> None:
        self.keys: dict[Key, deque[int]] = defaultdict(deque)
        self.splits: dict[Span, list[Split]] = {}

    @classmethod
    def of(cls, meeting: Meeting) -> StableIds:
        stable_ids = cls()
        primary_keys: dict[Key, set[int]] = defaultdict(set)
        for identity, pk in (*keys_of_rows(meeting), *former_keys(meeting)):
            primary_keys[identity].add(pk)
        for identity, pks in primary_keys.items():
            stable_ids.keys[identity] = deque(sorted(pks))
        stable_ids.splits = splits_in(meeting)
        return stable_ids

    def create(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        """Store the rows; those recognized keep their old primary keys."""
        rows = list(rows)
        for row in rows:
            known = self.keys.get((model.__name__, *(value_at(row, name) for name in KNOWN_BY[model])))
            if known:
                row.pk = known.popleft()
        model.objects.bulk_create(rows)

    def record_at(self, span: Span, record: Record | None) -> Record | None:
        """Return the record that a span means, considering splits of namesakes."""
        for split in self.splits.get(span, ()):
            if split.record.kept == record:
                record = split.other.kept
        return record


def keys_of_rows(meeting: Meeting) -> Iterator[tuple[Key, int]]:
    """Yield the primary key of every row of a meeting with its identifying values."""
    for model, names in KNOWN_BY.items():
        rows = model.objects.filter(**{model.PATH_TO_MEETING: meeting}).order_by("pk")
        for pk, *identity in rows.values_list("pk", *(name.replace(".", "__") for name in names)):
            yield (model.__name__, *identity), pk


def former_keys(meeting: Meeting) -> Iterator[tuple[Key, int]]:
    """Yield the same for rows that disappeared when records were merged."""
    steps = MergeStep.objects.filter(meeting=meeting).exclude(former_keys=[])
    for keys in steps.values_list("former_keys", flat=True):
        for identity, pk in keys:
            yield tuple(identity), pk


@dataclass(frozen=True, slots=True)
class Split:
    """A decision on a span by a person: it means `other`, not `record`."""

    record: Record
    other: Record


def splits_in(meeting: Meeting) -> dict[Span, list[Split]]:
    """Return the splits of each span in a meeting, oldest first."""
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
