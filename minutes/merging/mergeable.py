"""The records that can be joined or parted, and where they stand."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from minutes.models import (
    AgendaItem,
    Attendance,
    Document,
    DocumentReference,
    Involvement,
    Meeting,
    Organization,
    Person,
    RecordKind,
)

Record = Organization | Person | Document
MODELS: dict[str, type[Record]] = {
    RecordKind.ORGANIZATION: Organization,
    RecordKind.PERSON: Person,
    RecordKind.DOCUMENT: Document,
}


class JoinRefused(Exception):
    """What cannot be joined, parted or undone; the message says why, and what to do."""


def record_of(kind: str, pk: int) -> Record | None:
    """The record with its body; None when there is none."""
    model = MODELS[kind]
    related = ["body", "joined_into"] + (["organization"] if model is Person else [])
    return model.objects.select_related(*related).filter(pk=pk).first()


def kind_of(record: Record) -> str:
    return next(kind for kind, model in MODELS.items() if isinstance(record, model))


def called(record: Record) -> str:
    """What tells a record from others for people: a person with the unit."""
    if isinstance(record, Person) and record.organization:
        return f"{record}（{record.organization}）"
    return str(record)


def all_names(record: Record) -> list[str]:
    """Every name that stands for the record, its own first."""
    if isinstance(record, Organization):
        names = [record.name, record.full_name, *record.aliases.values_list("name", flat=True)]
    elif isinstance(record, Person):
        names = [record.name, *record.joined.values_list("name", flat=True)]
    else:
        names = [record.title, *record.joined.values_list("title", flat=True)]
    return [name for name in dict.fromkeys(names) if name]


def attendance_of(record: Organization | Person) -> QuerySet[Attendance]:
    """The entries of attendance, of whatever meetings, that name the unit, someone of it, or the person."""
    if isinstance(record, Organization):
        return Attendance.objects.filter(Q(organization=record) | Q(person__organization=record))
    return Attendance.objects.filter(person=record)


def items_of(record: Organization | Document) -> QuerySet[AgendaItem]:
    """The items, of whatever meetings, in which the record stands."""
    if isinstance(record, Organization):
        rows = Involvement.objects.filter(organization=record)
    else:
        rows = DocumentReference.objects.filter(document=record)
    return AgendaItem.objects.filter(pk__in=rows.order_by().values("item"))


def meetings_of(record: Record) -> QuerySet[Meeting]:
    """The meetings, published or not, that name the record."""
    named = Q()
    if not isinstance(record, Document):
        named |= Q(pk__in=attendance_of(record).order_by().values("meeting"))
    if not isinstance(record, Person):
        named |= Q(pk__in=items_of(record).order_by().values("meeting"))
    return Meeting.objects.filter(named)
