"""What becomes public with a meeting that was not before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from minutes import published
from minutes.models import Attendance, Document, Involvement, Meeting, Organization, Person


@dataclass(frozen=True, slots=True)
class Appearing:
    """The units, people and documents that the public has not seen in any other meeting."""

    units: list[Organization]
    people: list[Person]
    documents: list[Document]

    @property
    def count(self) -> int:
        return len(self.units) + len(self.people) + len(self.documents)


def appearing_with(meeting: Meeting) -> Appearing:
    """What of this meeting's units, people and documents is not public yet."""
    units = units_of(meeting)
    people = Person.objects.filter(attendance__meeting=meeting).distinct()
    documents = Document.objects.filter(references__item__meeting=meeting).distinct()
    return Appearing(
        not_among(units, published.organizations()),
        not_among(people, published.people()),
        not_among(documents, published.documents()),
    )


def units_of(meeting: Meeting) -> QuerySet[Organization]:
    """The units that a meeting's items or attendance name."""
    involved = Exists(Involvement.objects.filter(organization=OuterRef("pk"), item__meeting=meeting))
    listed = Exists(Attendance.objects.filter(organization=OuterRef("pk"), meeting=meeting))
    return Organization.objects.filter(involved | listed, body=meeting.body)


def not_among(records, public) -> list:
    found = {record.pk: record for record in records}
    seen = set(public.filter(pk__in=found).values_list("pk", flat=True))
    return sorted((record for pk, record in found.items() if pk not in seen), key=str)
