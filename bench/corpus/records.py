"""Store generated meetings as published records, with bulk inserts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import islice

from django.db import models, transaction

from bench.corpus.meetings import NUMERALS, MadeUpItem, MadeUpMeeting
from minutes.models import (
    Action,
    ActionKind,
    AgendaItem,
    Attendance,
    AttendanceRole,
    Body,
    Decision,
    Document,
    DocumentReference,
    Involvement,
    InvolvementRole,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Organization,
    Outcome,
    Paragraph,
    Person,
    ReferenceKind,
    SourceFile,
)
from minutes.models.engine_sql import collect_statistics

MEETINGS_AT_ONCE = 500


def keep(meetings: Iterable[MadeUpMeeting]) -> int:
    """Store the meetings; return how many."""
    known = _Known()
    waiting = iter(meetings)
    kept = 0
    while some := list(islice(waiting, MEETINGS_AT_ONCE)):
        with transaction.atomic():
            _keep_together(some, known)
        kept += len(some)
    collect_statistics("default")
    return kept


class _Known:
    """Bodies, units, people and documents, created when first named."""

    def __init__(self) -> None:
        self.body = cache(lambda name: Body.objects.get_or_create(name=name)[0])
        self.unit = cache(lambda body, name: Organization.objects.get_or_create(body=body, name=name)[0])
        self.person = cache(
            lambda body, unit, name: Person.objects.get_or_create(body=body, organization=unit, name=name)[0]
        )
        self.document = cache(lambda body, title: Document.objects.get_or_create(body=body, title=title)[0])


class _Text:
    """The text of minutes while it is built; returns the span of every piece."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, piece: str, after: str = "\n\n") -> dict[str, int]:
        """Append a piece of text; return its span."""
        start = len(self.text)
        self.text += piece + after
        return {"start": start, "end": start + len(piece)}


class _Rows:
    """Rows waiting to be written, by table, in the order of their references."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)

    def add(self, row: models.Model) -> None:
        """Add a row."""
        self.rows[type(row)].append(row)

    def write(self) -> None:
        """Write all rows added."""
        for table, rows in self.rows.items():
            table.objects.bulk_create(rows, batch_size=2000)


def _keep_together(meetings: list[MadeUpMeeting], known: _Known) -> None:
    first, rows = _Rows(), _Rows()
    for generated in meetings:
        meeting, text = _meeting(generated, known)
        first.add(meeting.source)
        first.add(meeting)
        spans = [_item_text(text, position, item) for position, item in enumerate(generated.items)]
        _keep_attendance(rows, meeting, generated, text, known)
        meeting.source.text = text.text
        meeting.source.content = text.text.encode()
        for position, (item, (start, paragraphs)) in enumerate(zip(generated.items, spans, strict=True), start=1):
            end = paragraphs[-1]["end"]
            kept = AgendaItem(meeting=meeting, position=position, title=item.title, start=start, end=end)
            rows.add(kept)
            _keep_item(rows, kept, item, paragraphs, known)
    first.write()
    rows.write()
    _link_units(rows)


def _link_units(rows: _Rows) -> None:
    """Link the units of every item to its only decision."""
    decisions = {decision.item_id: decision for decision in rows.rows[Decision]}
    through = Decision.units.through
    links = [through(decision=decisions[unit.item_id], involvement=unit) for unit in rows.rows[Involvement]]
    through.objects.bulk_create(links, batch_size=2000)


def _meeting(generated: MadeUpMeeting, known: _Known) -> tuple[Meeting, _Text]:
    text = _Text()
    text.add(generated.body)
    text.add("常务会议纪要")
    text.add(generated.doc_number)
    date = f"{generated.date.year}年{generated.date.month}月{generated.date.day}日"
    opening = (
        f"{date}上午，{generated.chair}市长主持召开市政府第{generated.number}次常务会议，"
        f"{'，'.join(item.title for item in generated.items)}。"
    )
    text.add(opening)
    text.add("会议议定以下意见：")
    sha256 = hashlib.sha256(f"{generated.body}{generated.number}".encode()).hexdigest()
    meeting = Meeting(
        body=known.body(generated.body),
        source=SourceFile(name=f"{generated.date}-{generated.number}.txt", sha256=sha256, encoding="utf-8"),
        status=MeetingStatus.PUBLISHED,
        kind=MeetingKind.EXECUTIVE,
        kind_text="常务会议",
        number=generated.number,
        doc_number=generated.doc_number,
        date=generated.date,
        part_of_day="上午",
        chair_name=generated.chair,
        chair_title="市长",
        opening=opening,
        parser_version="made up",
    )
    return meeting, text


def _item_text(text: _Text, position: int, item: MadeUpItem) -> tuple[int, list[dict[str, int]]]:
    """Add the text of an item; return its start and the spans of its paragraphs."""
    numeral = NUMERALS[position] if position < len(NUMERALS) else f"十{NUMERALS[position - 10]}"
    start = text.add(f"{numeral}、{item.title}")["start"]
    return start, [text.add(_marker(place) + words) for place, words in enumerate(item.paragraphs)]


def _marker(place: int) -> str:
    return f"（{NUMERALS[place]}）"


def _keep_item(
    rows: _Rows, kept: AgendaItem, item: MadeUpItem, paragraphs: list[dict[str, int]], known: _Known
) -> None:
    body = kept.meeting.body
    kind = ActionKind.DELIBERATE if item.action == "审议" else ActionKind.HEAR_REPORT
    whole = {"start": kept.start, "end": kept.end}
    rows.add(Action(item=kept, kind=kind, written=item.action, **whole))
    for place, (text, span) in enumerate(zip(item.paragraphs, paragraphs, strict=True)):
        rows.add(Paragraph(item=kept, position=place + 1, marker=_marker(place), text=text, **span))
    rows.add(
        Decision(
            item=kept,
            outcome=Outcome.APPROVED_IN_PRINCIPLE,
            outcome_text="原则同意",
            next_step=item.next_step,
            **paragraphs[0],
        )
    )
    for units, role in (((item.lead,), InvolvementRole.LEAD), (item.supporting, InvolvementRole.SUPPORTING)):
        for unit in units:
            rows.add(Involvement(item=kept, organization=known.unit(body, unit), role=role, written=unit, **whole))
    if item.document:
        document = known.document(body, item.document)
        rows.add(
            DocumentReference(
                item=kept,
                document=document,
                kind=ReferenceKind.SUBJECT,
                stage=item.stage,
                short_title=item.short_title,
                **paragraphs[0],
            )
        )


def _keep_attendance(rows: _Rows, meeting: Meeting, generated: MadeUpMeeting, text: _Text, known: _Known) -> None:
    role = AttendanceRole.IN_ATTENDANCE
    text.add("列席：", after="")
    for position, (unit, name) in enumerate(generated.attendees, start=1):
        span = text.add(f"{unit}{name}", after=" ")
        organization = known.unit(meeting.body, unit)
        person = known.person(meeting.body, organization, name)
        rows.add(
            Attendance(meeting=meeting, position=position, role=role, person=person, organization=organization, **span)
        )
