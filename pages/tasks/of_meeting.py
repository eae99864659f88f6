"""The tasks of one meeting, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from minutes.models import AgendaItem, Meeting, Task, TaskPart
from minutes.models.prepared import attach, prepared
from pages.tasks.rows import TaskList, TaskRow, rows_of, task_list_of


@dataclass(frozen=True, slots=True)
class TasksOfItem:
    """The tasks of an item, or of the opening or closing."""

    item: AgendaItem | None
    part: str
    tasks: TaskList


@dataclass(frozen=True, slots=True)
class TasksOfMeeting:
    """All tasks of a meeting in text order."""

    groups: list[TasksOfItem]

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def rows(self) -> list[TaskRow]:
        return [row for group in self.groups for row in group.tasks.named]

    @property
    def with_deadline(self) -> int:
        """Return the number of tasks with a deadline."""
        return sum(bool(row.deadlines) for row in self.rows)


def tasks_of_meeting(meeting: Meeting, items: list[AgendaItem]) -> TasksOfMeeting:
    """Return the tasks of a meeting with these items."""
    by_id = {item.pk: item for item in items}
    tasks = attach([meeting], "tasks", _tasks)
    for task in tasks:
        task.item = by_id.get(task.item_id)
    rows = rows_of(tasks)
    return TasksOfMeeting([group for group in groups_of(rows, items) if group.tasks])


@prepared
def _tasks(meetings: list[int]) -> QuerySet[Task]:
    return Task.objects.filter(meeting__in=meetings).order_by("position")


def groups_of(rows: list[TaskRow], items: Iterable[AgendaItem]) -> Iterator[TasksOfItem]:
    yield outside(rows, TaskPart.OPENING)
    for item in items:
        yield TasksOfItem(item, "", task_list_of([row for row in rows if row.task.item_id == item.pk]))
    yield outside(rows, TaskPart.CLOSING)


def outside(rows: list[TaskRow], part: TaskPart) -> TasksOfItem:
    return TasksOfItem(None, part.label, task_list_of([row for row in rows if row.task.part == part]))
