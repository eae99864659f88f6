"""Joining two records into one, parting one into two, and taking either back."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from minutes.merging import units
from minutes.merging.mergeable import JoinRefused, Record, attendance_of, called, kind_of, meetings_of, record_of
from minutes.merging.rebuild import have_made_again
from minutes.models import (
    Attendance,
    AuditAction,
    AuditEntry,
    Document,
    DocumentReference,
    Joining,
    JoiningAct,
    Organization,
    PartedPlace,
    Person,
    RecordKind,
)

LONGEST_DISTINCTION = 30


@transaction.atomic
def join(kind: str, record_id: int, into_id: int, by: AbstractBaseUser | None) -> Joining:
    """The act by which a record stands for another one from now on."""
    record, other = joinable(kind, record_id, into_id)
    meetings = set(meetings_of(record).values_list("pk", flat=True))
    said = f"{called(record)} → {called(other)}"
    changes = {}
    if isinstance(record, Organization):
        changes = units.join_unit(record, other)
        meetings |= meetings_naming_people(pk for pk, _ in changes["pairs"])
    else:
        units.lead_to(record, other)
    return noted(JoiningAct.JOINED, record, other, said, changes, meetings, by)


def joinable(kind: str, record_id: int, into_id: int) -> tuple[Record, Record]:
    """Both records, if the one can be joined into the other."""
    record, other = standing(kind, record_id), standing(kind, into_id)
    if record == other:
        raise JoinRefused("这是同一条记录，不能并入它自己。")
    if record.body_id != other.body_id:
        raise JoinRefused(f"两者分属{record.body}和{other.body}，不同会议主体的记录不能合并。")
    return record, other


def standing(kind: str, pk: int) -> Record:
    """The record of this key, if it stands for itself."""
    record = record_of(kind, pk)
    if record is None:
        raise JoinRefused("没有这条记录，请重新选择。")
    if record.joined_into:
        raise JoinRefused(f"“{called(record)}”已并入“{called(record.kept)}”，请改选后者，或先撤销那次合并。")
    return record


@transaction.atomic
def part_unit(unit_id: int, chosen: Collection[str], name: str, by: AbstractBaseUser | None) -> Joining:
    """The act by which some names of a unit belong to a unit of their own from now on."""
    unit = standing(RecordKind.ORGANIZATION, unit_id)
    names = units.names_to_part(unit, set(chosen))
    meetings = set(meetings_of(unit).values_list("pk", flat=True))
    new, changes = units.part_unit(unit, names, name)
    said = f"{unit} 分出 {new}（{'、'.join(sorted(names))}）"
    return noted(JoiningAct.PARTED, unit, new, said, changes, meetings, by)


@transaction.atomic
def part_entries(
    kind: str, record_id: int, entry_ids: Collection[int], distinction: str, by: AbstractBaseUser | None
) -> Joining:
    """The act by which some entries of a person or a document mean another one of the same name from now on."""
    record = standing(kind, record_id)
    entries, distinction = what_to_part(record, entry_ids, distinction)
    new, is_made = told_apart(record, distinction)
    meetings = {meeting for meeting, _, _ in entries}
    said = f"{called(record)} 分出 {called(new)}（{len(entries)}处）"
    joining = noted(JoiningAct.PARTED, record, new, said, {"is_made": is_made}, (), by)
    PartedPlace.objects.bulk_create(
        PartedPlace(joining=joining, meeting_id=meeting, start=start, end=end) for meeting, start, end in entries
    )
    have_made_again(joining, meetings)
    return joining


def what_to_part(
    record: Record, entry_ids: Collection[int], distinction: str
) -> tuple[list[tuple[int, int, int]], str]:
    """The places of these entries and the distinction, if they can be parted from the record under it."""
    entries = entries_to_part(record, entry_ids)
    distinction = checked(distinction, record)
    known = of_same_name(record, distinction)
    if known and known.kept not in (known, record):
        raise JoinRefused(f"“{called(known)}”已并入“{called(known.kept)}”，请另写一个区分。")
    return entries, distinction


def entries_of(record: Record):
    """Where a person stands in attendance, or a document in items, in the order of time."""
    if isinstance(record, Person):
        entries = attendance_of(record).select_related("meeting__body", "organization")
        return entries.order_by("meeting__date", "meeting", "position")
    entries = DocumentReference.objects.filter(document=record).select_related("item__meeting__body")
    return entries.order_by("item__meeting__date", "item__meeting", "start")


def entries_to_part(record: Record, entry_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """The meeting and the characters of each of these entries."""
    wanted = set(entry_ids)
    entries = {entry.pk: entry for entry in entries_of(record)}
    if not wanted:
        raise JoinRefused("请选出属于另一条记录的各处。")
    if not wanted <= set(entries):
        raise JoinRefused("所选的各处中，有的已不在这条记录里。请重新打开本页再选。")
    if wanted == set(entries):
        raise JoinRefused("不能把全部各处都分出去，请至少留下一处。")
    return [(meeting_of(entry), entry.start, entry.end) for pk, entry in entries.items() if pk in wanted]


def meeting_of(entry: Attendance | DocumentReference) -> int:
    return entry.meeting_id if isinstance(entry, Attendance) else entry.item.meeting_id


def checked(distinction: str, record: Record) -> str:
    """The distinction without brackets, which are written around it anyway."""
    distinction = distinction.strip().strip("（）()").strip()
    if not distinction or len(distinction) > LONGEST_DISTINCTION:
        raise JoinRefused(f"请写明怎样区分两者，如“女”“2021年”，不超过{LONGEST_DISTINCTION}字。")
    if distinction == record.distinction:
        raise JoinRefused(f"原记录已用“{distinction}”区分，请另写一个。")
    return distinction


def of_same_name(record: Person | Document, distinction: str) -> Record | None:
    """The record of the same name with this distinction."""
    return type(record).objects.filter(**name_of(record), distinction=distinction).first()


def name_of(record: Person | Document) -> dict[str, object]:
    if isinstance(record, Person):
        return {"body": record.body, "name": record.name, "organization": record.organization}
    return {"body": record.body, "title": record.title}


def told_apart(record: Person | Document, distinction: str) -> tuple[Record, bool]:
    """The record of the same name with this distinction, and whether it was made, or stands again, only now."""
    known = of_same_name(record, distinction)
    if known is None:
        return type(record).objects.create(**name_of(record), distinction=distinction), True
    if known.joined_into is None:
        return known, False
    units.lead_to(known, None)
    return known, True


@transaction.atomic
def undo(joining_id: int, by: AbstractBaseUser | None) -> Joining:
    """The act, taken back: the newest act on a record first."""
    joining = Joining.objects.select_for_update().get(pk=joining_id)
    if joining.undone_at:
        raise JoinRefused("这一步已经撤销了。")
    if later := later_act_on_the_same(joining):
        raise JoinRefused(f"其后还有一步涉及同样的记录：{later}。请先撤销那一步。")
    meetings = meetings_to_undo(joining)
    record, other = record_of(joining.kind, joining.record), record_of(joining.kind, joining.other)
    joining.undone_at, joining.undone_by = timezone.now(), by
    joining.save(update_fields=["undone_at", "undone_by"])
    if joining.act == JoiningAct.JOINED and joining.kind == RecordKind.ORGANIZATION:
        units.undo_join_of_unit(record, other, joining.changes)
    elif joining.act == JoiningAct.JOINED:
        units.lead_to(record, None)
    elif joining.kind == RecordKind.ORGANIZATION:
        units.undo_parting_of_unit(record, other, joining.changes)
    elif joining.changes["is_made"]:
        # It leads to the other one, so that its address does.
        units.lead_to(other, record)
    AuditEntry.note(AuditAction.UNDONE, by, joining)
    have_made_again(joining, meetings)
    return joining


def meetings_to_undo(joining: Joining) -> set[int]:
    """The meetings that tell otherwise once an act is undone: those it concerned, and those that came since."""
    meetings = set(joining.steps.values_list("meeting", flat=True))
    if other := record_of(joining.kind, joining.other):
        meetings |= set(meetings_of(other).values_list("pk", flat=True))
    return meetings | meetings_naming_people(into for _, into in joining.changes.get("pairs", ()))


def later_act_on_the_same(joining: Joining) -> Joining | None:
    """The newest later act, not undone, that has to do with any record that this one has to do with."""
    touched = records_touched(joining)
    later = Joining.objects.filter(pk__gt=joining.pk, undone_at=None).order_by("-pk")
    return next((each for each in later if touched & records_touched(each)), None)


def records_touched(joining: Joining) -> set[tuple[str, int]]:
    people = {pk for pair in joining.changes.get("pairs", ()) for pk in pair}
    touched = {(joining.kind, joining.record), (joining.kind, joining.other)}
    return touched | {(RecordKind.PERSON, pk) for pk in people}


def meetings_naming_people(people) -> set[int]:
    entries = Attendance.objects.filter(person__in=list(people))
    return set(entries.order_by().values_list("meeting", flat=True))


def noted(
    act: str,
    record: Record,
    other: Record,
    said: str,
    changes: units.Changes,
    meetings: Collection[int],
    by: AbstractBaseUser | None,
) -> Joining:
    """The act on record, with its line in the audit log; the meetings are made again."""
    joining = Joining.objects.create(
        act=act, kind=kind_of(record), record=record.pk, other=other.pk, said=said, changes=changes, by=by
    )
    AuditEntry.note(AuditAction.JOINED if act == JoiningAct.JOINED else AuditAction.PARTED, by, joining)
    have_made_again(joining, meetings)
    return joining
