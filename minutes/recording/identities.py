"""What a meeting's rows were before they are made again: their keys, and what people chose for them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable

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
    Meeting,
    Organization,
    Paragraph,
    Person,
    Problem,
)
from minutes.parser.records import Span

# How each kind of row is known again: an item by its position, what belongs to it by its characters.
KNOWN_BY: dict[type[models.Model], tuple[str, ...]] = {
    AgendaItem: ("position",),
    Paragraph: ("item.position", "start", "end"),
    Action: ("item.position", "start", "end"),
    Involvement: ("item.position", "role", "start", "end"),
    Decision: ("item.position",),
    Deadline: ("decision.item.position", "start", "end"),
    DocumentReference: ("item.position", "start", "end"),
    Attendance: ("start", "end"),
    Problem: ("code", "message", "start", "end"),
}
PATH_TO_MEETING = {
    AgendaItem: "meeting",
    Attendance: "meeting",
    Problem: "meeting",
    Deadline: "decision__item__meeting",
}


class Identities:
    """Gives rows that are made again the primary keys they had, so that what refers to them stays true."""

    def __init__(self) -> None:
        self.keys: dict[tuple[Hashable, ...], deque[int]] = defaultdict(deque)
        self.people: dict[Span, Person] = {}
        self.documents: dict[Span, Document] = {}

    @classmethod
    def of(cls, meeting: Meeting) -> Identities:
        identities = cls()
        for model, names in KNOWN_BY.items():
            rows = model.objects.filter(**{PATH_TO_MEETING.get(model, "item__meeting"): meeting}).order_by("pk")
            for pk, *known_by in rows.values_list("pk", *(name.replace(".", "__") for name in names)):
                identities.keys[model, *known_by].append(pk)
        told_apart = meeting.attendance.exclude(person=None).exclude(person__distinction="")
        identities.people = {
            Span(entry.start, entry.end): entry.person for entry in told_apart.select_related("person__organization")
        }
        references = DocumentReference.objects.filter(item__meeting=meeting).exclude(document__distinction="")
        identities.documents = {
            Span(reference.start, reference.end): reference.document
            for reference in references.select_related("document")
        }
        return identities

    def create(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        """Stores the rows, those known again under their old keys."""
        rows = list(rows)
        for row in rows:
            known = self.keys.get((model, *(value_at(row, name) for name in KNOWN_BY[model])))
            if known:
                row.pk = known.popleft()
        model.objects.bulk_create(rows)

    def person_at(self, span: Span, name: str, organization: Organization | None) -> Person | None:
        """The person that somebody chose for these characters, unless they name another person now."""
        person = self.people.get(span)
        return person if person and (person.name, person.organization) == (name, organization) else None

    def document_at(self, span: Span, title: str) -> Document | None:
        """The document that somebody chose for these characters, unless they give another title now."""
        document = self.documents.get(span)
        return document if document and document.title == title else None


def value_at(row: models.Model, path: str) -> Hashable:
    for name in path.split("."):
        row = getattr(row, name)
    return row
