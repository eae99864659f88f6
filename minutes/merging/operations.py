"""Merge two records into one, split one in two, and undo either."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from minutes.merging import organizations
from minutes.merging.mergeable import MergeRefused, Record, attendance_of, display_name, kind_of, meetings_of, record_of
from minutes.merging.rebuild import rebuild_or_enqueue
from minutes.models import (
    Attendance,
    AuditAction,
    AuditEntry,
    Document,
    DocumentReference,
    MergeAction,
    MergeOperation,
    Organization,
    Person,
    RecordKind,
    SplitSpan,
)

LONGEST_DISTINCTION = 30


@transaction.atomic
def merge(kind: str, record_id: int, into_id: int, by: AbstractBaseUser | None) -> MergeOperation:
    """Merge a record into another one of its kind and body."""
    record, other = check_mergeable(kind, record_id, into_id)
    meetings = set(meetings_of(record).values_list("pk", flat=True))
    description = f"{display_name(record)} → {display_name(other)}"
    changes = {}
    if isinstance(record, Organization):
        changes = organizations.merge_organization(record, other)
        meetings |= meetings_naming_people(pk for pk, _ in changes["pairs"])
    else:
        organizations.set_merged_into(record, other)
    return record_operation(MergeAction.MERGED, record, other, description, changes, meetings, by)


def check_mergeable(kind: str, record_id: int, into_id: int) -> tuple[Record, Record]:
    """Return both records; raise `MergeRefused` if they cannot be merged."""
    record, other = unmerged_record(kind, record_id), unmerged_record(kind, into_id)
    if record == other:
        raise MergeRefused("这是同一条记录，不能并入它自己。")
    if record.body_id != other.body_id:
        raise MergeRefused(f"两者分属{record.body}和{other.body}，不同会议主体的记录不能合并。")
    return record, other


def unmerged_record(kind: str, pk: int) -> Record:
    """Return a record; raise `MergeRefused` if it is missing or already merged."""
    record = record_of(kind, pk)
    if record is None:
        raise MergeRefused("没有这条记录，请重新选择。")
    if record.merged_into:
        raise MergeRefused(
            f"“{display_name(record)}”已并入“{display_name(record.kept)}”，请改选后者，或先撤销那次合并。"
        )
    return record


@transaction.atomic
def split_organization(
    organization_id: int, chosen: Collection[str], name: str, by: AbstractBaseUser | None
) -> MergeOperation:
    """Move some names of an organization to an organization of their own."""
    organization = unmerged_record(RecordKind.ORGANIZATION, organization_id)
    names = organizations.names_to_split(organization, set(chosen))
    meetings = set(meetings_of(organization).values_list("pk", flat=True))
    new, changes = organizations.split_organization(organization, names, name)
    description = f"{organization} 分出 {new}（{'、'.join(sorted(names))}）"
    return record_operation(MergeAction.SPLIT, organization, new, description, changes, meetings, by)


@transaction.atomic
def split_entries(
    kind: str, record_id: int, entry_ids: Collection[int], distinction: str, by: AbstractBaseUser | None
) -> MergeOperation:
    """Assign mentions of a person or document to a namesake with this distinction."""
    record = unmerged_record(kind, record_id)
    entries, distinction = check_split(record, entry_ids, distinction)
    new, is_made = get_or_create_namesake(record, distinction)
    meetings = {meeting for meeting, _, _ in entries}
    description = f"{display_name(record)} 分出 {display_name(new)}（{len(entries)}处）"
    operation = record_operation(MergeAction.SPLIT, record, new, description, {"is_made": is_made}, (), by)
    SplitSpan.objects.bulk_create(
        SplitSpan(operation=operation, meeting_id=meeting, start=start, end=end) for meeting, start, end in entries
    )
    rebuild_or_enqueue(operation, meetings)
    return operation


def check_split(record: Record, entry_ids: Collection[int], distinction: str) -> tuple[list[tuple[int, int, int]], str]:
    """Return the spans of the mentions, and the distinction.

    Raise `MergeRefused` if they cannot be split off.
    """
    entries = spans_to_split(record, entry_ids)
    distinction = clean_distinction(distinction, record)
    known = find_namesake(record, distinction)
    if known and known.kept not in (known, record):
        raise MergeRefused(f"“{display_name(known)}”已并入“{display_name(known.kept)}”，请另写一个区分。")
    return entries, distinction


def entries_of(record: Record):
    """Return a person's attendance or a document's references, oldest first."""
    if isinstance(record, Person):
        entries = attendance_of(record).select_related("meeting__body", "organization")
        return entries.order_by(F("meeting__date").asc(nulls_first=True), "meeting", "position")
    entries = DocumentReference.objects.filter(document=record).select_related("item__meeting__body")
    return entries.order_by(F("item__meeting__date").asc(nulls_first=True), "item__meeting", "start")


def spans_to_split(record: Record, entry_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """Return meeting id, start and end of each of these mentions."""
    wanted = set(entry_ids)
    entries = {entry.pk: entry for entry in entries_of(record)}
    if not wanted:
        raise MergeRefused("请选出属于另一条记录的各处。")
    if not wanted <= set(entries):
        raise MergeRefused("所选的各处中，有的已不在这条记录里。请重新打开本页再选。")
    if wanted == set(entries):
        raise MergeRefused("不能把全部各处都分出去，请至少留下一处。")
    return [(meeting_of(entry), entry.start, entry.end) for pk, entry in entries.items() if pk in wanted]


def meeting_of(entry: Attendance | DocumentReference) -> int:
    return entry.meeting_id if isinstance(entry, Attendance) else entry.item.meeting_id


def clean_distinction(distinction: str, record: Record) -> str:
    """Return the distinction without the brackets it is displayed in."""
    distinction = distinction.strip().strip("（）()").strip()
    if not distinction or len(distinction) > LONGEST_DISTINCTION:
        raise MergeRefused(f"请写明怎样区分两者，如“女”“2021年”，不超过{LONGEST_DISTINCTION}字。")
    if distinction == record.distinction:
        raise MergeRefused(f"原记录已用“{distinction}”区分，请另写一个。")
    return distinction


def find_namesake(record: Person | Document, distinction: str) -> Record | None:
    """Return the record of the same name with this distinction, if any."""
    return type(record).objects.filter(**identifying_fields(record), distinction=distinction).first()


def identifying_fields(record: Person | Document) -> dict[str, object]:
    """Return the fields that, with the distinction, identify a record."""
    if isinstance(record, Person):
        return {"body": record.body, "name": record.name, "organization": record.organization}
    return {"body": record.body, "title": record.title}


def get_or_create_namesake(record: Person | Document, distinction: str) -> tuple[Record, bool]:
    """Return the namesake with this distinction, and whether it is new or revived."""
    known = find_namesake(record, distinction)
    if known is None:
        return type(record).objects.create(**identifying_fields(record), distinction=distinction), True
    if known.merged_into is None:
        return known, False
    organizations.set_merged_into(known, None)
    return known, True


@transaction.atomic
def undo(operation_id: int, by: AbstractBaseUser | None) -> MergeOperation:
    """Undo an operation; the latest one on a record must be undone first."""
    operation = MergeOperation.objects.select_for_update().get(pk=operation_id)
    if operation.undone_at:
        raise MergeRefused("这一步已经撤销了。")
    if later := later_operation_on_same_records(operation):
        raise MergeRefused(f"其后还有一步涉及同样的记录：{later}。请先撤销那一步。")
    meetings = meetings_to_undo(operation)
    record, other = operation.record, operation.other
    operation.undone_at, operation.undone_by = timezone.now(), by
    operation.save(update_fields=["undone_at", "undone_by"])
    if operation.action == MergeAction.MERGED and operation.kind == RecordKind.ORGANIZATION:
        organizations.undo_merge(record, other, operation.changes)
    elif operation.action == MergeAction.MERGED:
        organizations.set_merged_into(record, None)
    elif operation.kind == RecordKind.ORGANIZATION:
        organizations.undo_split(record, other, operation.changes)
    elif operation.changes["is_made"]:
        # It redirects to the other one, so that its URL stays valid.
        organizations.set_merged_into(other, record)
    AuditEntry.note(AuditAction.UNDONE, by, operation)
    rebuild_or_enqueue(operation, meetings)
    return operation


def meetings_to_undo(operation: MergeOperation) -> set[int]:
    """Return the meetings to rebuild: those of the operation, and later ones.

    Later ones name the record since.
    """
    meetings = set(operation.steps.values_list("meeting", flat=True))
    meetings |= set(meetings_of(operation.other).values_list("pk", flat=True))
    return meetings | meetings_naming_people(into for _, into in operation.changes.get("pairs", ()))


def later_operation_on_same_records(operation: MergeOperation) -> MergeOperation | None:
    """Return the latest operation after this one on the same records, if not undone."""
    touched = records_touched(operation)
    later = MergeOperation.objects.filter(pk__gt=operation.pk, undone_at=None).order_by("-pk")
    later = later.select_related(*RecordKind.values, *(f"other_{kind}" for kind in RecordKind.values))
    return next((each for each in later if touched & records_touched(each)), None)


def records_touched(operation: MergeOperation) -> set[tuple[str, int]]:
    people = {pk for pair in operation.changes.get("pairs", ()) for pk in pair}
    touched = {(operation.kind, operation.record.pk), (operation.kind, operation.other.pk)}
    return touched | {(RecordKind.PERSON, pk) for pk in people}


def meetings_naming_people(people) -> set[int]:
    entries = Attendance.objects.filter(person__in=list(people))
    return set(entries.order_by().values_list("meeting", flat=True))


def record_operation(
    action: str,
    record: Record,
    other: Record,
    description: str,
    changes: organizations.Changes,
    meetings: Collection[int],
    by: AbstractBaseUser | None,
) -> MergeOperation:
    """Store an operation with its audit entry, and rebuild the meetings."""
    kind = kind_of(record)
    operation = MergeOperation.objects.create(
        action=action,
        kind=kind,
        description=description,
        changes=changes,
        by=by,
        **{kind: record, f"other_{kind}": other},
    )
    AuditEntry.note(AuditAction.MERGED if action == MergeAction.MERGED else AuditAction.SPLIT, by, operation)
    rebuild_or_enqueue(operation, meetings)
    return operation
