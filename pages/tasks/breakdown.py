"""The breakdown table of a meeting (议定事项分解表): tasks, actors, deadlines.

The same table is a page to print, an Excel workbook and a Word document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.dateformat import format as format_date

from minutes.models import ActorForm, ActorRole, AgendaItem, Meeting, Paragraph, Task, TaskActor, TaskPart
from pages.tasks.rows import with_parts

# Heading and width in centimetres; the sum is the text width of A4 landscape.
COLUMNS = (
    ("序号", 1.3),
    ("议题", 3.6),
    ("议定事项（原文）", 7.4),
    ("责任领导", 2.2),
    ("牵头单位", 2.7),
    ("配合单位", 2.7),
    ("完成时限", 3.1),
    ("原文位置", 3.2),
)
HEAD_GREY = "EFEFEF"
NO_TASKS = "（纪要没有写明由谁办理什么。）"


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """A task; several people, units or dates are one per line, as are matter and task."""

    text: str
    leaders: str = ""
    lead: str = ""
    supporting: str = ""
    due: str = ""
    place: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.text, self.leaders, self.lead, self.supporting, self.due, self.place)


@dataclass(frozen=True, slots=True)
class BreakdownGroup:
    """The rows of an item, which share the cells of its number and title."""

    number: str
    title: str
    rows: list[BreakdownRow]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The table with its title."""

    title: str
    subtitle: str
    groups: list[BreakdownGroup]

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _ in COLUMNS]


def breakdown_of(meeting: Meeting) -> Breakdown:
    """Return the table of a meeting of any status; callers check permissions."""
    tasks = list(with_parts(meeting.tasks.all()).order_by("position"))
    items = list(meeting.items.order_by("position").prefetch_related("paragraphs"))
    facts = (meeting.doc_number, format_date(meeting.date, "Y年n月j日") if meeting.date else "")
    return Breakdown(
        f"{meeting}议定事项分解表",
        "　".join(fact for fact in facts if fact),
        list(groups_of(tasks, items)),
    )


def groups_of(tasks: list[Task], items: list[AgendaItem]) -> Iterator[BreakdownGroup]:
    """Yield the opening, every item and the closing; items without tasks say so."""
    yield from group_outside(tasks, TaskPart.OPENING)
    for item in items:
        rows = [row_of(task, item.paragraphs.all()) for task in tasks if task.item_id == item.pk]
        yield BreakdownGroup(str(item.position), item.title, rows or [BreakdownRow(NO_TASKS)])
    yield from group_outside(tasks, TaskPart.CLOSING)


def group_outside(tasks: list[Task], part: TaskPart) -> Iterator[BreakdownGroup]:
    if rows := [row_of(task, ()) for task in tasks if task.part == part]:
        yield BreakdownGroup("—", part.label, rows)


def row_of(task: Task, paragraphs: Iterable[Paragraph]) -> BreakdownRow:
    actors: dict[str, list[str]] = {role: [] for role in ActorRole.values}
    for actor in task.actors.all():
        actors[actor.role].append(called(actor))
    reviewing = [f"（审核）{name}" for name in actors[ActorRole.REVIEWING]]
    return BreakdownRow(
        f"{task.about}\n{task.text}".strip(),
        "\n".join([*actors[ActorRole.LEADER], *reviewing]),
        "\n".join(actors[ActorRole.LEAD]),
        "\n".join(actors[ActorRole.SUPPORTING]),
        "\n".join(due_of(task)),
        place_of(task, paragraphs),
    )


def called(actor: TaskActor) -> str:
    """Return the actor as written, or its unit if only its field is written.

    应急 → 市应急局, if linked.
    """
    if actor.form == ActorForm.FIELD and actor.organization:
        return actor.organization.name
    return actor.text


def due_of(task: Task) -> Iterator[str]:
    """Yield each deadline as written, followed by its date if that adds anything."""
    for deadline in task.deadlines.all():
        yield deadline.text
        if deadline.date and (day := format_date(deadline.date, "Y年n月j日")) not in deadline.text:
            yield day


def place_of(task: Task, paragraphs: Iterable[Paragraph]) -> str:
    """Return the position of the task: paragraph, and span in the source text."""
    paragraph = next((each for each in paragraphs if each.start <= task.start < each.end), None)
    within = (paragraph.marker or f"第{paragraph.position}段") if paragraph else ""
    return f"{within}\n第{task.start}—{task.end}字".strip()
