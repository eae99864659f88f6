"""The documents of the index: one for each item, and one for each meeting.

A meeting's document has the text around its items. The text of a document is that of the records plus every line of
the source that the records leave out, so that everything in a file can be found, however it was parsed.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from typing import Any, NamedTuple

from minutes.fold import PASSAGE_BREAK, fold
from minutes.models import AgendaItem, AttendanceRole, Meeting
from search.index.facet_fields import (
    ATTENDING,
    FACETS,
    TASKED,
    next_steps_in,
    stages_in,
    topics_of,
)
from search.index.records import meetings_with_all_text

# Increase it when the same records result in other documents, so that every index asks to be rebuilt.
SCHEMA_VERSION = 10
# The searchable fields of a document: all text, its title, the titles of referenced documents, and its tasks.
TEXT_FIELDS = ("text", "title", "document", "task")
# Roles of those present: not people on leave; of a unit that sent somebody else, the unit but not the person.
_CAME = frozenset({AttendanceRole.PRESENT, AttendanceRole.IN_ATTENDANCE})
_WERE_REPRESENTED = _CAME | {AttendanceRole.REPRESENTED}

Value = Any  # a number or a word, depending on the category
Facts = dict[str, tuple[Value, ...]]  # by category name
Organizations = tuple[tuple[int, str], ...]  # organization and role


@dataclass(frozen=True, slots=True)
class DocId:
    """The record of a document: an agenda item, or a meeting (position 0)."""

    pk: int
    is_meeting: bool = False

    def to_int(self) -> int:
        """Return the id as one number, for storage in arrays."""
        return self.pk * 2 + self.is_meeting

    @classmethod
    def from_int(cls, number: int) -> DocId:
        """Return the id that `to_int` made this number of."""
        return cls(number // 2, bool(number % 2))


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text for display, and its paragraph in the item or in the source."""

    text: str
    paragraph: int | None = None
    source: tuple[int, int] | None = None


class Attendee(NamedTuple):
    """An entry of a meeting's attendance; None for names that the text lacks."""

    role: str
    unit: str | None
    title: str
    name: str | None
    note: str

    def text(self) -> str:
        """Return the entry as text of the meeting's document."""
        return f"{self.unit or ''}{self.title}{self.name or ''}{self.note}"


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A record in the form that engines index; engines never access the database."""

    key: DocId
    meeting: int
    position: int  # of the item in its meeting; 0 for the meeting's own document
    date: datetime.date | None
    title: str
    decision: str
    texts: tuple[str, ...]  # phrases match within one of them, never across two
    referred: tuple[str, ...] = ()  # titles of documents
    tasks: tuple[str, ...] = ()
    organizations: Organizations = ()
    facts: Facts = field(default_factory=dict)

    def folded(self, text_field: str = "text") -> str:
        """Return one of the TEXT_FIELDS, folded for searching."""
        texts = {"text": self.texts, "title": (self.title,), "document": self.referred, "task": self.tasks}[text_field]
        return PASSAGE_BREAK.join(fold(text) for text in texts)

    def folded_texts(self) -> dict[str, str]:
        """Return all TEXT_FIELDS in the shape that is searched, by their names."""
        return {name: self.folded(name) for name in TEXT_FIELDS}

    def fingerprint(self) -> int:
        """Return a hash of the whole document, to detect outdated ones in an index."""
        attributes = [getattr(self, name.name) for name in fields(self) if name.name != "facts"]
        described = repr((attributes, sorted((name, values) for name, values in self.facts.items() if values)))
        return int.from_bytes(blake2b(described.encode(), digest_size=7).digest(), "big")

    def values_of(self, category: str) -> tuple[Value, ...]:
        """Return the document's values in a category."""
        return self.facts.get(category, ())


def schema_fingerprint() -> str:
    """Return a hash of the index schema: an index with another one is unreadable."""
    categories = " ".join(f"{each.name}={','.join(value for value, _ in each.choices)}" for each in FACETS)
    return f"{SCHEMA_VERSION} {categories}"


def build_documents(meeting_ids: Collection[int] | None = None) -> Iterator[IndexDocument]:
    """Yield the documents of published meetings, limited to these ids if given.

    The generator reads from the database as it is consumed.
    """
    meetings = Meeting.objects.published().order_by("pk")
    if meeting_ids is not None:
        meetings = meetings.filter(pk__in=meeting_ids)
    for meeting in meetings_with_all_text(meetings):
        # Of the meeting, and of each of its items.
        attending, facts = _attending_organizations(meeting), _facts_of_meeting(meeting)
        yield _meeting_document(meeting, attending, facts)
        for item in meeting.items.all():
            yield _item_document(meeting, item, attending, facts)


def item_passages(item: AgendaItem) -> list[Passage]:
    """Return the title and the paragraphs of an item, in text order."""
    paragraphs = [Passage(f"{each.marker}{each.text}", each.position) for each in item.paragraphs.all()]
    return [Passage(item.title), *paragraphs]


def meeting_passages(meeting: Meeting, attendance: Sequence[Attendee]) -> list[Passage]:
    """Return the text of a meeting's records around its items.

    That is, name, number, opening, other matters and attendance.
    """
    groups = [
        f"{label}：{'　'.join(entry.text() for entry in attendance if entry.role == role)}"
        for role, label in AttendanceRole.choices
        if any(entry.role == role for entry in attendance)
    ]
    texts = [str(meeting), meeting.doc_number, meeting.opening, meeting.closing, *groups]
    return [Passage(text) for text in texts if text]


def item_source_passages(meeting: Meeting, item: AgendaItem) -> list[Passage]:
    """Return the source lines of an item that its records leave out.

    Examples are 一、 before the title, and page numbers.
    """
    covered = fold(_flowing_text(item_passages(item)))
    return _lines_left_out(meeting.source.text, item.start, item.end, covered)


def meeting_source_passages(meeting: Meeting) -> list[Passage]:
    """Return the source lines around a meeting's items that the records leave out.

    Examples are letterhead and distribution list.
    """
    covered = PASSAGE_BREAK.join(fold(passage.text) for passage in meeting_passages(meeting, _attendees(meeting)))
    passages: list[Passage] = []
    place = 0
    for start, end in sorted((item.start, item.end) for item in meeting.items.all()):
        passages += _lines_left_out(meeting.source.text, place, start, covered)
        place = max(place, end)
    return passages + _lines_left_out(meeting.source.text, place, len(meeting.source.text), covered)


def _item_document(meeting: Meeting, item: AgendaItem, attending: Organizations, facts: Facts) -> IndexDocument:
    decisions = list(item.decisions.all())
    references = list(item.references.all())
    stages = (stage for reference in references for stage in stages_in(reference.stage))
    return IndexDocument(
        key=DocId(item.pk),
        meeting=meeting.pk,
        position=item.position,
        date=meeting.date,
        title=item.title,
        decision=" ".join(f"{each.outcome_text} {each.next_step}" for each in decisions),
        texts=(
            _flowing_text(item_passages(item)),
            *(passage.text for passage in item_source_passages(meeting, item)),
        ),
        referred=tuple(dict.fromkeys(reference.document.title for reference in references)),
        tasks=tuple(task.text for task in item.tasks.all()),
        organizations=(
            *((each.organization_id, each.role) for each in item.involvements.all()),
            *((unit, TASKED) for unit in _units_of_tasks(item)),
            *attending,
        ),
        facts=facts
        | {
            "action": tuple(dict.fromkeys(action.kind for action in item.actions.all())),
            "outcome": tuple(dict.fromkeys(each.outcome for each in decisions if each.outcome)),
            "next_step": tuple(dict.fromkeys(step for each in decisions for step in next_steps_in(each.next_step))),
            "stage": tuple(dict.fromkeys(stages)),
            "topic": topics_of(topic.code for topic in item.topics.all()),
        },
    )


def _units_of_tasks(item: AgendaItem) -> Iterable[int]:
    """Return every unit that a task of the item names, each once."""
    actors = (actor for task in item.tasks.all() for actor in task.actors.all())
    return dict.fromkeys(actor.organization_id for actor in actors if actor.organization_id)


def _meeting_document(meeting: Meeting, attending: Organizations, facts: Facts) -> IndexDocument:
    passages = meeting_passages(meeting, _attendees(meeting)) + meeting_source_passages(meeting)
    return IndexDocument(
        key=DocId(meeting.pk, is_meeting=True),
        meeting=meeting.pk,
        position=0,
        date=meeting.date,
        title=str(meeting),
        decision="",
        texts=tuple(passage.text for passage in passages),
        organizations=attending,
        facts=facts,
    )


def _facts_of_meeting(meeting: Meeting) -> Facts:
    """Return the values of a meeting."""
    people = (each.person_id for each in meeting.attendance.all() if each.person_id and each.role in _CAME)
    return {
        "year": (meeting.date.year,) if meeting.date else (),
        "person": tuple(dict.fromkeys(people)),
        "body": (meeting.body_id,),
        "kind": (meeting.kind,),
    }


def _attending_organizations(meeting: Meeting) -> Organizations:
    attendance = meeting.attendance.all()
    units = (each.organization_id for each in attendance if each.organization_id and each.role in _WERE_REPRESENTED)
    return tuple((unit, ATTENDING) for unit in dict.fromkeys(units))


def _flowing_text(passages: list[Passage]) -> str:
    """Join title and paragraphs as they follow each other in the source."""
    return "\n".join(passage.text for passage in passages)


def _attendees(meeting: Meeting) -> list[Attendee]:
    return [
        Attendee(
            entry.role,
            entry.organization.name if entry.organization else None,
            entry.title,
            entry.person.name if entry.person else None,
            entry.note,
        )
        for entry in meeting.attendance.all()
    ]


def _lines_left_out(source: str, start: int, end: int, covered: str) -> list[Passage]:
    """Return each run of lines in `source[start:end]` not contained in `covered`.

    Lines are compared in folded form; each run is one passage.
    """
    passages: list[Passage] = []
    run_start = place = start
    for line in [*source[start:end].splitlines(keepends=True), ""]:
        folded = fold(line)
        if not line or (folded and folded in covered):
            run = source[run_start:place]
            if fold(run):
                passages.append(Passage(run, source=(run_start, place)))
            run_start = place + len(line)
        place += len(line)
    return passages
