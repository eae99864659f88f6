"""Records that first become public with a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from minutes.models import Attendance, Document, Involvement, Meeting, Organization, Person, TaskActor
from minutes.models.spanned import Spanned


@dataclass(frozen=True, slots=True)
class FirstAppearances:
    """Organizations, people and documents that no other published meeting names."""

    units: list[Organization]
    people: list[Person]
    documents: list[Document]

    @property
    def count(self) -> int:
        return len(self.units) + len(self.people) + len(self.documents)


def first_appearances(meeting: Meeting) -> FirstAppearances:
    """Return the organizations, people and documents that are not public yet."""
    units = units_of(meeting)
    people = Person.objects.filter(named_in(meeting, Attendance, "person") | named_in(meeting, TaskActor, "person"))
    documents = Document.objects.filter(references__item__meeting=meeting).distinct()
    return FirstAppearances(
        not_among(units, Organization.objects.published()),
        not_among(people, Person.objects.published()),
        not_among(documents, Document.objects.published()),
    )


def units_of(meeting: Meeting) -> QuerySet[Organization]:
    """Return the organizations named in a meeting's items, tasks or attendance."""
    involved, listed, acting = (
        named_in(meeting, part, "organization") for part in (Involvement, Attendance, TaskActor)
    )
    return Organization.objects.filter(involved | listed | acting, body=meeting.body)


def named_in(meeting: Meeting, part: type[Spanned], name: str) -> Exists:
    """Return the condition that rows of a meeting's part name the record in the field `name`."""
    return Exists(part.objects.filter(**{name: OuterRef("pk"), part.PATH_TO_MEETING: meeting}))


def not_among(records, public) -> list:
    by_pk = {record.pk: record for record in records}
    seen = set(public.filter(pk__in=by_pk).values_list("pk", flat=True))
    return sorted((record for pk, record in by_pk.items() if pk not in seen), key=str)
