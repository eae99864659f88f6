"""What a meeting's rows were before they are made again: their keys, and what people chose for them."""

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
    JoiningStep,
    Meeting,
    Paragraph,
    Person,
    Problem,
    RecordKind,
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
    Deadline: ("start", "end"),
    DocumentReference: ("item.position", "start", "end"),
    Attendance: ("start", "end"),
    Problem: ("code", "message", "start", "end"),
}
Record = Person | Document
PARTED: dict[str, type[Record]] = {RecordKind.PERSON: Person, RecordKind.DOCUMENT: Document}
PATH_TO_MEETING = {
    AgendaItem: "meeting",
    Attendance: "meeting",
    Problem: "meeting",
    Deadline: "meeting",
}


Key = tuple[Hashable, ...]


class Identities:
    """Gives rows that are made again the primary keys they had, so that what refers to them stays true.

    Rows that became one with others when records were joined, and come back, get their former keys as well.
    """

    def __init__(self) -> None:
        self.keys: dict[Key, deque[int]] = defaultdict(deque)
        self.partings: dict[Span, list[Parting]] = {}

    @classmethod
    def of(cls, meeting: Meeting) -> Identities:
        identities = cls()
        primary_keys: dict[Key, set[int]] = defaultdict(set)
        for known_by, pk in (*keys_of_rows(meeting), *former_keys(meeting)):
            primary_keys[known_by].add(pk)
        for known_by, pks in primary_keys.items():
            identities.keys[known_by] = deque(sorted(pks))
        identities.partings = partings_in(meeting)
        return identities

    def create(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        """Stores the rows, those known again under their old keys."""
        rows = list(rows)
        for row in rows:
            known = self.keys.get((model.__name__, *(value_at(row, name) for name in KNOWN_BY[model])))
            if known:
                row.pk = known.popleft()
        model.objects.bulk_create(rows)

    def meant_at(self, span: Span, record: Record | None) -> Record | None:
        """The record that these characters mean, where somebody said that it is another one of the same name."""
        for parting in self.partings.get(span, ()):
            if parting.parted.kept == record:
                record = parting.other.kept
        return record


def keys_of_rows(meeting: Meeting) -> Iterator[tuple[Key, int]]:
    """The primary key of every row of a meeting, with what the row is known by."""
    for model, names in KNOWN_BY.items():
        rows = model.objects.filter(**{PATH_TO_MEETING.get(model, "item__meeting"): meeting}).order_by("pk")
        for pk, *known_by in rows.values_list("pk", *(name.replace(".", "__") for name in names)):
            yield (model.__name__, *known_by), pk


def former_keys(meeting: Meeting) -> Iterator[tuple[Key, int]]:
    """The same for rows that are gone since records were joined."""
    steps = JoiningStep.objects.filter(meeting=meeting).exclude(former_keys=[])
    for keys in steps.values_list("former_keys", flat=True):
        for known_by, pk in keys:
            yield tuple(known_by), pk


@dataclass(frozen=True, slots=True)
class Parting:
    """What a person said of some characters: not `parted` is meant there, but `other`."""

    parted: Record
    other: Record


def partings_in(meeting: Meeting) -> dict[Span, list[Parting]]:
    """What people said of characters of a meeting when they parted records, in the order they said it."""
    places = meeting.parted_places.filter(joining__undone_at=None).select_related("joining").order_by("pk")
    partings: dict[Span, list[Parting]] = defaultdict(list)
    known: dict[tuple[str, int], Record] = {}
    for place in places:
        model = PARTED[place.joining.kind]
        parted, other = (
            known.get((model.__name__, pk))
            or known.setdefault((model.__name__, pk), model.objects.select_related("joined_into").get(pk=pk))
            for pk in (place.joining.record, place.joining.other)
        )
        partings[Span(place.start, place.end)].append(Parting(parted, other))
    return partings


def value_at(row: models.Model, path: str) -> Hashable:
    for name in path.split("."):
        row = getattr(row, name)
    return row
