"""The kinds of records that can be merged or split, and the rows naming them."""

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
    Task,
)

Record = Organization | Person | Document
MODELS: dict[str, type[Record]] = {
    RecordKind.ORGANIZATION: Organization,
    RecordKind.PERSON: Person,
    RecordKind.DOCUMENT: Document,
}


class MergeRefused(Exception):
    """The operation is impossible; the message gives the reason and a remedy."""


def record_of(kind: str, pk: int) -> Record | None:
    """Return the record with its body, or None."""
    model = MODELS[kind]
    related = ["body", "merged_into"] + (["organization"] if model is Person else [])
    return model.objects.select_related(*related).filter(pk=pk).first()


def kind_of(record: Record) -> str:
    return next(kind for kind, model in MODELS.items() if isinstance(record, model))


def display_name(record: Record) -> str:
    """Return a name that distinguishes the record: a person with the organization."""
    if isinstance(record, Person) and record.organization:
        return f"{record}（{record.organization}）"
    return str(record)


def all_names(record: Record) -> list[str]:
    """Return every name of the record, its own first."""
    if isinstance(record, Organization):
        names = [record.name, record.full_name, *record.aliases.values_list("name", flat=True)]
    elif isinstance(record, Person):
        names = [record.name, *record.merged_from.values_list("name", flat=True)]
    else:
        names = [record.title, *record.merged_from.values_list("title", flat=True)]
    return [name for name in dict.fromkeys(names) if name]


def attendance_of(record: Organization | Person) -> QuerySet[Attendance]:
    """Return attendance of an organization's people or of a person, of any status."""
    if isinstance(record, Organization):
        return Attendance.objects.filter(Q(organization=record) | Q(person__organization=record))
    return Attendance.objects.filter(person=record)


def items_of(record: Organization | Document) -> QuerySet[AgendaItem]:
    """Return the items, of any status, that name the record."""
    if isinstance(record, Organization):
        rows = Involvement.objects.filter(organization=record)
    else:
        rows = DocumentReference.objects.filter(document=record)
    return AgendaItem.objects.filter(pk__in=rows.order_by().values("item"))


def tasks_of(record: Organization | Person) -> QuerySet[Task]:
    """Return the tasks, of any status, given to the record."""
    given = Q(actors__organization=record) if isinstance(record, Organization) else Q(actors__person=record)
    return Task.objects.filter(given)


def meetings_of(record: Record) -> QuerySet[Meeting]:
    """Return the meetings, of any status, that name the record."""
    named = Q()
    if not isinstance(record, Document):
        named |= Q(pk__in=attendance_of(record).order_by().values("meeting"))
        named |= Q(pk__in=tasks_of(record).order_by().values("meeting"))
    if not isinstance(record, Person):
        named |= Q(pk__in=items_of(record).order_by().values("meeting"))
    return Meeting.objects.filter(named)
