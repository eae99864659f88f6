"""The tasks of one meeting, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutes.models import AgendaItem, Meeting, TaskPart
from pages.tasks.rows import TaskList, TaskRow, rows_of, task_list_of, with_parts


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


def tasks_of_meeting(meeting: Meeting, items: Iterable[AgendaItem]) -> TasksOfMeeting:
    """Return the tasks of a meeting with these items."""
    rows = rows_of(with_parts(meeting.tasks.all()))
    return TasksOfMeeting([group for group in groups_of(rows, items) if group.tasks])


def groups_of(rows: list[TaskRow], items: Iterable[AgendaItem]) -> Iterator[TasksOfItem]:
    yield outside(rows, TaskPart.OPENING)
    for item in items:
        yield TasksOfItem(item, "", task_list_of([row for row in rows if row.task.item_id == item.pk]))
    yield outside(rows, TaskPart.CLOSING)


def outside(rows: list[TaskRow], part: TaskPart) -> TasksOfItem:
    return TasksOfItem(None, part.label, task_list_of([row for row in rows if row.task.part == part]))
