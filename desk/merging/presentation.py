"""Context of the merge and split pages: candidates, operations, progress."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from minutes.merging.mergeable import MODELS, Record, display_name
from minutes.merging.operations import entries_of, later_operation_on_same_records
from minutes.models import Document, MergeAction, MergeOperation, MergeStep, Organization, Person, RecordKind
from minutes.models.bodies import PEOPLE_BY_NAME

FOUND_BY = {
    RecordKind.ORGANIZATION: ("name", "full_name", "aliases__name"),
    RecordKind.PERSON: ("name", "organization__name"),
    RecordKind.DOCUMENT: ("title",),
}
ORDER = {
    RecordKind.ORGANIZATION: ("name", "pk"),
    RecordKind.PERSON: (*PEOPLE_BY_NAME, "pk"),
    RecordKind.DOCUMENT: ("title", "pk"),
}


def records_called(kind: str, words: str, beside: Record | None = None) -> QuerySet:
    """Return unmerged records with these words in a name.

    Limited to the body of `beside`, if given.
    """
    records = MODELS[kind].objects.filter(merged_into=None).select_related("body").order_by(*ORDER[kind])
    if kind == RecordKind.PERSON:
        records = records.select_related("organization")
    if beside is not None:
        records = records.filter(body=beside.body).exclude(pk=beside.pk)
    for word in words.split():
        same = Q()
        for name in FOUND_BY[kind]:
            same |= Q(**{f"{name}__icontains": word})
        records = records.filter(same)
    return records.distinct()


@dataclass(frozen=True, slots=True)
class Entry:
    """One mention of a person or a document, which may be a namesake."""

    pk: int
    meeting: object
    words: str


def entries_to_choose(record: Person | Document) -> list[Entry]:
    """Return the mentions of a record, described so that people can tell them apart."""
    if isinstance(record, Person):
        return [
            Entry(each.pk, each.meeting, " ".join(filter(None, [each.get_role_display(), each.title, each.note])))
            for each in entries_of(record)
        ]
    return [
        Entry(each.pk, each.item.meeting, f"第{each.item.position}项 {each.item.title} {each.stage}".strip())
        for each in entries_of(record)
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of an operation: its meetings, and how many are done or failed."""

    count: int
    done: int
    failed: list[MergeStep]

    @property
    def is_finished(self) -> bool:
        return self.done == self.count

    @property
    def is_waiting(self) -> bool:
        """Return whether the worker has more to do; failed meetings need a person."""
        return self.done + len(self.failed) < self.count


def progress_of(operation: MergeOperation) -> Progress:
    steps = operation.steps.aggregate(count=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    failed = operation.steps.filter(done_at=None).exclude(problem="").select_related("meeting__body")
    return Progress(steps["count"], steps["done"], list(failed))


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What undoing an operation would do, and the later operation to undo first."""

    sentences: list[str]
    later: MergeOperation | None


def preview_undo(operation: MergeOperation, meetings_count: int) -> UndoPreview:
    """Describe what undoing the operation would change."""
    record, other = operation.record, operation.other
    if operation.action == MergeAction.MERGED:
        sentences = [f"“{display_name(record)}”重新成为一条独立的记录，地址不再转到“{display_name(other)}”。"]
        if isinstance(record, Organization):
            sentences.append("合并时移过去的名称回到原单位，随之合并的同名人员重新分开。")
    else:
        sentences = [f"“{display_name(other)}”的内容回到“{display_name(record)}”，它的地址转到后者。"]
        if operation.kind == RecordKind.ORGANIZATION:
            sentences.append(f"分出的名称重新属于“{display_name(record)}”。")
    sentences.append(f"重新整理{meetings_count}次会议的记录；此后收录或更正的内容也一并重新对应，不会丢失。")
    return UndoPreview(sentences, later_operation_on_same_records(operation))
