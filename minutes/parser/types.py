"""What reading a text of minutes gives: frozen records, each with the characters it came from."""

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
    """A value and the characters it was read from."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text with its line breaks and padding taken out."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an item; `marker` is its number as written, "（一）", or None."""

    marker: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Chair:
    """Who chaired, with the title as written (县委副书记、县长)."""

    name: str
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A 《document》 that an item is about.

    `title` has no 《》 but keeps every bracket within, that of the stage included: 云川市公交管理办法（草案）.
    `stage` says it once more, wherever it stands: 草案. `documents.base_title` is the title without it.
    """

    title: str
    stage: str | None
    short_title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date by which something is to be done: as written, and resolved where that is certain."""

    text: str
    date: datetime.date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one matter: outcome as written (原则同意), who leads, who supports, what comes next."""

    outcome: Field[str] | None
    lead: tuple[Field[str], ...]
    supporting: tuple[Field[str], ...]
    next_step: Field[str] | None
    deadlines: tuple[Deadline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TaskActor:
    """One who is told to do something, as written.

    `name` is the unit, place, field or crowd; of a post it is the person's name, or None, and `title` the post.
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
    """Something the meeting tells somebody to do.

    `kind` is "procedure" for what becomes of the item's own document, "work" for everything else; `about` is
    what stands before the actor and names the matter. `collective`: the actors are only a crowd (各部门).
    `next_step` is what a procedure says comes next with the document (提请市委常委会审议), as the decision gives it.
    """

    kind: str
    collective: bool
    actors: tuple[TaskActor, ...]
    about: Span | None
    text: str
    span: Span
    deadlines: tuple[Deadline, ...]
    next_step: Field[str] | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A class of the policy library (10.2 城市建设、住房), with the words that decided for it."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One matter of the agenda; `title_derived` says that the text gave it no title of its own."""

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
    """One entry of the attendance: role is present, in_attendance, apologies or represented.

    A represented unit has no name; `note` is what the list says in brackets behind a name (因公请假).
    """

    role: str
    name: str | None
    organization: str | None
    title: str | None
    note: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader must look at; the codes are listed in docs/reference/problems.md."""

    code: str
    message: str
    span: Span | None

    @property
    def weight(self) -> Weight:
        """Whether it must be settled, is worth a look, or is only noted."""
        return weight_of(self.code)


@dataclass(frozen=True, slots=True)
class Noise:
    """Characters that belong to no part of the minutes, and why: a running head, the foot of a web page."""

    text: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedMinutes:
    """Everything read from one text; what the text does not say is None or empty.

    `term` is the government's (十三届), `serial` the issue's (第12期), `web_published_on` the day the web page tells.
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
        """Return the tasks of opening, items and closing, in the order of the text."""
        return (*self.opening_tasks, *(task for item in self.items for task in item.tasks), *self.closing_tasks)
