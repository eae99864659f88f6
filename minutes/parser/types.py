"""The output of the parser: frozen dataclasses with spans."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from minutes.parser.problems.kinds import Weight, weight_of

T = TypeVar("T")


class Span(NamedTuple):
    """A half-open range of characters, `[start, end)`, in the text given to `parse`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value with its span."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text without line breaks and padding."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an item; `marker` is its number as written, "（一）", or None."""

    marker: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Chair:
    """The chair, with the title as written (县委副书记、县长)."""

    name: str
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A 《document》 that an item is about.

    `title` is without 《》 but with all brackets inside, including that of the stage: 云川市公交管理办法（草案）.
    `stage` repeats it, wherever it is: 草案. `documents.base_title` is the title without it.
    """

    title: str
    stage: str | None
    short_title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written, with its date if that is certain."""

    text: str
    date: datetime.date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on one matter: outcome as written (原则同意), units, next step."""

    outcome: Field[str] | None
    lead: tuple[Field[str], ...]
    supporting: tuple[Field[str], ...]
    next_step: Field[str] | None
    deadlines: tuple[Deadline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TaskActor:
    """An actor of a task, as written.

    `name` is the unit, place, field or group; of a post it is the person's name, or None, and `title` the post.
    `role` is lead, supporting, leader or reviewing; `form` is unit, post, place, field or crowd.
    """

    text: str
    name: str | None
    title: str | None
    role: str
    form: str
    span: Span


@dataclass(frozen=True, slots=True)
class Task:
    """A task given by the meeting.

    `kind` is "procedure" for next steps of the item's own document, "work" for everything else; `about` is the text
    before the actor that names the matter. `collective`: the actors are only groups (各部门). `next_step` is that of
    a procedure (提请市委常委会审议), as in the decision. `assigned`: a column 责任单位 of a table names the actors.
    """

    kind: str
    collective: bool
    actors: tuple[TaskActor, ...]
    about: Span | None
    text: str
    span: Span
    deadlines: tuple[Deadline, ...]
    next_step: Field[str] | None = None
    assigned: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A class of the policy library (10.2 城市建设、住房), with the matching words."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A matter of the agenda; `title_derived`: its title was made from the text."""

    position: int
    title: Field[str]
    title_derived: bool
    span: Span
    actions: tuple[Field[str], ...]
    documents: tuple[DocumentMention, ...]
    mentions: tuple[Field[str], ...]
    paragraphs: tuple[Paragraph, ...]
    decisions: tuple[Decision, ...]
    reported_by: tuple[Field[str], ...]
    tasks: tuple[Task, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """An entry of the attendance: present, in_attendance, apologies or represented.

    A represented unit has no name; `note` is the text in brackets after a name (因公请假).
    """

    role: str
    name: str | None
    organization: str | None
    title: str | None
    note: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to check; codes are listed in docs/reference/problems.md."""

    code: str
    message: str
    span: Span | None

    @property
    def weight(self) -> Weight:
        """Return whether it must be settled, is worth a look, or is a note."""
        return weight_of(self.code)


@dataclass(frozen=True, slots=True)
class Noise:
    """Characters outside the minutes, with the reason: running head, page footer."""

    text: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedMinutes:
    """The result of parsing a text; missing fields are None or empty.

    `term` is that of the government (十三届), `serial` that of the issue (第12期), `web_published_on` the date on the
    web page.
    """

    body: Field[str] | None
    kind: Field[str] | None
    number: Field[int] | None
    doc_number: Field[str] | None
    date: Field[datetime.date] | None
    part_of_day: Field[str] | None
    place: Field[str] | None
    chair: Chair | None
    recorder: Field[str] | None
    compiled_by: Field[str] | None
    compiled_on: Field[datetime.date] | None
    issued_by: Field[str] | None
    issued_on: Field[datetime.date] | None
    disclosure: Field[str] | None
    distribution: tuple[Field[str], ...]
    opening: Passage | None
    items: tuple[AgendaItem, ...]
    closing: Passage | None
    attendance: tuple[Attendee, ...]
    problems: tuple[Problem, ...]
    term: Field[int] | None = None
    serial: Field[int] | None = None
    web_published_on: Field[datetime.date] | None = None
    noise: tuple[Noise, ...] = ()
    opening_tasks: tuple[Task, ...] = ()
    closing_tasks: tuple[Task, ...] = ()

    def every_task(self) -> tuple[Task, ...]:
        """Return the tasks of opening, items and closing, in text order."""
        of_items = (task for item in self.items for task in item.tasks)
        # Of what was said before an item, the closing has what concerns several.
        return tuple(sorted((*self.opening_tasks, *of_items, *self.closing_tasks), key=lambda task: task.span))
