"""A task for display: actors, matter, deadlines, later records.

Long sentences are collapsed, never truncated.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from minutes.documents.later_records import later_records
from minutes.models import ActorRole, Deadline, DocumentReference, Task, TaskActor
from minutes.models.meetings import with_meeting_summary
from minutes.models.parts import load_documents_of_tasks, load_parts_of_tasks

# Texts up to this length are shown in full; of longer ones, clauses up to this many characters.
LONGEST_UNFOLDED, LONGEST_HEAD = 120, 90
# Beyond this, the number of days is not shown.
A_YEAR = 365
# Where a text may be split: 编制预案，| 立足防大汛。|
CLAUSE_END = re.compile(r"[，。；！？：][”’』」）》]*")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with its actors by role and later records of its documents."""

    task: Task
    today: datetime.date
    later: list[DocumentReference]

    @property
    def lead(self) -> list[TaskActor]:
        return self.in_role(ActorRole.LEAD)

    @property
    def others(self) -> list[tuple[str, list[TaskActor]]]:
        """Return the other roles that occur, each with its label."""
        roles = (ActorRole.LEADER, ActorRole.SUPPORTING, ActorRole.REVIEWING)
        return [(role.label, actors) for role in roles if (actors := self.in_role(role))]

    def in_role(self, role: ActorRole) -> list[TaskActor]:
        """Return the actors of this role in the order of the text."""
        return [actor for actor in self.task.actors.all() if actor.role == role]

    @property
    def head(self) -> str:
        """Return the visible part."""
        return fold(self.task.text)[0]

    @property
    def rest(self) -> str:
        """Return the collapsed part; empty for a short task."""
        return fold(self.task.text)[1]

    @property
    def deadlines(self) -> list[DatedDeadline]:
        return [DatedDeadline(deadline, self.today) for deadline in self.task.deadlines.all()]

    @property
    def concerns_documents(self) -> bool:
        return bool(self.task.documents.all())


@dataclass(frozen=True, slots=True)
class DatedDeadline:
    """A deadline relative to today; it does not say whether it was met."""

    deadline: Deadline
    today: datetime.date

    @property
    def is_past(self) -> bool:
        return self.deadline.date is not None and self.deadline.date < self.today

    @property
    def days(self) -> int | None:
        """Return the days from today to the deadline, or None if undated or over a year."""
        days = abs((self.deadline.date - self.today).days) if self.deadline.date else A_YEAR + 1
        return days if days <= A_YEAR else None


def fold(text: str) -> tuple[str, str]:
    """Split a long text after a clause: 编制预案，立足防大汛。… → head and rest.

    Joined, they are the text again.
    """
    if len(text) <= LONGEST_UNFOLDED:
        return text, ""
    ends = [match.end() for match in CLAUSE_END.finditer(text)]
    cut = max((end for end in ends if end <= LONGEST_HEAD), default=next(iter(ends), len(text)))
    return text[:cut], text[cut:]


def with_place(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Load the tasks with item and meeting."""
    return with_meeting_summary(tasks).select_related("item")


def with_parts(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Load everything that rows show, for long lists read in parts, in a fixed number of queries."""
    actors = TaskActor.objects.select_related("organization", "person").order_by("position")
    deadlines = Deadline.objects.order_by("start")
    return with_place(tasks).prefetch_related("documents", Prefetch("actors", actors), Prefetch("deadlines", deadlines))


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks of an item; those of unnamed groups (各部门) are separate."""

    named: list[TaskRow]
    collective: list[TaskRow]

    def __bool__(self) -> bool:
        return bool(self.named or self.collective)

    @property
    def leading_actors(self) -> list[TaskActor]:
        """Return the leading actors of the tasks, without duplicates."""
        return list({actor.text: actor for row in self.named for actor in row.lead}.values())


def task_list_of(rows: list[TaskRow]) -> TaskList:
    return TaskList([row for row in rows if not row.task.collective], [row for row in rows if row.task.collective])


def rows_of(tasks: Iterable[Task]) -> list[TaskRow]:
    """Return the rows of tasks, with what they show loaded."""
    tasks = list(tasks)
    load_parts_of_tasks(tasks)
    load_documents_of_tasks(tasks)
    today = timezone.localdate()
    later = later_records(tasks)
    return [TaskRow(task, today, later.get(task.pk, [])) for task in tasks]
