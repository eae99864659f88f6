"""What the pages of joining and parting show: records to choose from, acts and how far they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from minutes.merging.mergeable import MODELS, Record, called, record_of
from minutes.merging.operations import entries_of, later_act_on_the_same
from minutes.models import Document, Joining, JoiningAct, JoiningStep, Organization, Person, RecordKind

FOUND_BY = {
    RecordKind.ORGANIZATION: ("name", "full_name", "aliases__name"),
    RecordKind.PERSON: ("name", "organization__name"),
    RecordKind.DOCUMENT: ("title",),
}
ORDER = {
    RecordKind.ORGANIZATION: ("name", "pk"),
    RecordKind.PERSON: ("name", "organization__name", "pk"),
    RecordKind.DOCUMENT: ("title", "pk"),
}


def records_called(kind: str, words: str, beside: Record | None = None) -> QuerySet:
    """The records that stand for themselves and have these words in a name; of the same body as `beside`."""
    records = MODELS[kind].objects.filter(joined_into=None).select_related("body").order_by(*ORDER[kind])
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
    """One place of a person or a document that may belong to another one of the same name."""

    pk: int
    meeting: object
    words: str


def entries_to_choose(record: Person | Document) -> list[Entry]:
    """Where a person or a document stands, told so that people see which is which."""
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
    """How far an act is: its meetings, those that are done, those that could not be."""

    count: int
    done: int
    hindered: list[JoiningStep]

    @property
    def is_finished(self) -> bool:
        return self.done == self.count

    @property
    def is_waiting(self) -> bool:
        """Whether the worker has more to do; what was hindered is left to people."""
        return self.done + len(self.hindered) < self.count


def progress_of(joining: Joining) -> Progress:
    steps = joining.steps.aggregate(count=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    hindered = joining.steps.filter(done_at=None).exclude(problem="").select_related("meeting__body")
    return Progress(steps["count"], steps["done"], list(hindered))


@dataclass(frozen=True, slots=True)
class ToUndo:
    """What undoing an act would do, and the later act that must be undone first."""

    sentences: list[str]
    later: Joining | None


def preview_of_undo(joining: Joining, meetings_count: int) -> ToUndo:
    """What taking the act back would change, in sentences."""
    record, other = (record_of(joining.kind, pk) for pk in (joining.record, joining.other))
    if joining.act == JoiningAct.JOINED:
        sentences = [f"“{called(record)}”重新成为一条独立的记录，地址不再转到“{called(other)}”。"]
        if isinstance(record, Organization):
            sentences.append("合并时移过去的名称回到原单位，随之合并的同名人员重新分开。")
    else:
        sentences = [f"“{called(other)}”的内容回到“{called(record)}”，它的地址转到后者。"]
        if joining.kind == RecordKind.ORGANIZATION:
            sentences.append(f"分出的名称重新属于“{called(record)}”。")
    sentences.append(f"重新整理{meetings_count}次会议的记录；此后收录或更正的内容也一并重新对应，不会丢失。")
    return ToUndo(sentences, later_act_on_the_same(joining))
