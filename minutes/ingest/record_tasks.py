"""Store the tasks of a meeting with actors, documents and deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from minutes.ingest.actor_links import ActorLinks
from minutes.ingest.problems import ProblemList
from minutes.ingest.stable_ids import StableIds
from minutes.ingest.unassigned_tasks import unassigned_tasks
from minutes.models import (
    ActorForm,
    AgendaItem,
    Deadline,
    Decision,
    DocumentReference,
    Meeting,
    ReferenceKind,
    Task,
    TaskActor,
    TaskKind,
    TaskPart,
)
from minutes.parser import types as parsed

TaskAndRow = tuple[parsed.Task, Task]


def record_tasks(
    minutes: parsed.ParsedMinutes, meeting: Meeting, links: ActorLinks, stable_ids: StableIds, problems: ProblemList
) -> list[TaskAndRow]:
    """Store tasks, actors and documents, with one or two statements per table.

    Return the tasks with their rows.
    """
    items = {item.position: item for item in meeting.items.all()}
    placed = list(tasks_of(minutes, meeting, items, problems))
    stable_ids.create(Task, (row for _, row in placed))
    stable_ids.create(TaskActor, (each for task, row in placed for each in actors_of(task, row, links, problems)))
    link_documents(placed, meeting)
    return placed


def tasks_of(
    minutes: parsed.ParsedMinutes, meeting: Meeting, items: Mapping[int, AgendaItem], problems: ProblemList
) -> Iterator[TaskAndRow]:
    """Yield each task with its row, numbered in text order."""
    of_items = [
        (task, TaskPart.ITEM, items[item.position])
        for item in minutes.items
        for task in sorted(
            (*item.tasks, *unassigned_tasks(item, minutes, meeting.source.text, problems)), key=lambda task: task.span
        )
    ]
    placed = [
        *((task, TaskPart.OPENING, None) for task in minutes.opening_tasks),
        *of_items,
        *((task, TaskPart.CLOSING, None) for task in minutes.closing_tasks),
    ]
    for position, (task, part, item) in enumerate(placed, start=1):
        row = Task(
            meeting=meeting,
            item=item,
            part=part,
            position=position,
            kind=task.kind,
            collective=task.collective,
            text=task.text,
            **task.span._asdict(),
        )
        if task.about:
            row.about = "".join(meeting.source.text[slice(*task.about)].split())
            row.spans = {"about": list(task.about)}
        yield task, row


def actors_of(task: parsed.Task, row: Task, links: ActorLinks, problems: ProblemList) -> Iterator[TaskActor]:
    for position, actor in enumerate(task.actors, start=1):
        actor_row = TaskActor(
            task=row,
            position=position,
            role=actor.role,
            form=actor.form,
            text=problems.fitting((TaskActor, "text"), actor.text, actor.span),
            name=problems.fitting((TaskActor, "name"), actor.name, actor.span),
            title=problems.fitting((TaskActor, "title"), actor.title, actor.span),
            **actor.span._asdict(),
        )
        if actor.name and actor.form != ActorForm.CROWD:
            links.link(actor_row, actor, problems)
        yield actor_row


def link_documents(placed: Iterable[TaskAndRow], meeting: Meeting) -> None:
    """Link tasks to the documents within their spans.

    A procedure is linked to the documents that its item is about.
    """
    references = defaultdict(list)
    for reference in DocumentReference.objects.filter(item__meeting=meeting).order_by("start"):
        references[reference.item_id].append(reference)
    through = Task.documents.through
    rows = {
        (row.pk, reference.document_id): through(task_id=row.pk, document_id=reference.document_id)
        for _, row in placed
        for reference in references[row.item_id]
        if is_about(row, reference)
    }
    through.objects.bulk_create(rows.values())


def is_about(task: Task, reference: DocumentReference) -> bool:
    within = task.start <= reference.start and reference.end <= task.end
    return within or (task.kind == TaskKind.PROCEDURE and reference.kind == ReferenceKind.SUBJECT)


def record_deadlines(
    tasks: Iterable[TaskAndRow],
    decisions: Iterable[tuple[parsed.Decision, Decision]],
    meeting: Meeting,
    stable_ids: StableIds,
    problems: ProblemList,
) -> None:
    """Store the deadlines of tasks and decisions; a shared one is one row."""
    rows: dict[parsed.Span, Deadline] = {}
    for name, owners in (("task", tasks), ("decision", decisions)):
        for owner, owner_row in owners:
            for deadline in owner.deadlines:
                row = rows.setdefault(deadline.span, deadline_row(deadline, meeting, problems))
                setattr(row, name, owner_row)
                row.item = owner_row.item
    stable_ids.create(Deadline, rows.values())


def deadline_row(deadline: parsed.Deadline, meeting: Meeting, problems: ProblemList) -> Deadline:
    return Deadline(
        meeting=meeting,
        text=problems.fitting((Deadline, "text"), deadline.text, deadline.span),
        date=deadline.date,
        **deadline.span._asdict(),
    )
