"""Store a meeting: its fields, the organizations named, and the attendance."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from minutes.ingest.actor_links import ActorLinks, units_of_tasks
from minutes.ingest.department_names import is_generic
from minutes.ingest.enums import meeting_kind_of
from minutes.ingest.problems import ProblemList
from minutes.ingest.record_items import record_items, units_in
from minutes.ingest.record_tasks import record_deadlines, record_tasks
from minutes.ingest.repeated_number import report_repeated_number
from minutes.ingest.resolve import organizations_named, people_named
from minutes.ingest.stable_ids import StableIds
from minutes.models import Attendance, Body, Meeting, Organization, Person, SourceFile
from minutes.models import Problem as ProblemRow
from minutes.parser.meeting_fields import MEETING_FIELDS, columns_of, names_of
from minutes.parser.types import Attendee, Field, ParsedMinutes, Problem

FACTS = (*columns_of(), "spans")
PARTS_WITH_SPAN = tuple(field.name for field in MEETING_FIELDS if field.type != "texts")


class AlreadyRecorded(Exception):
    """The meeting was ingested from another file.

    `meeting` is its record; `text` is that of the rejected file.
    """

    text = ""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(str(meeting))
        self.meeting = meeting


def record(
    parsed: ParsedMinutes,
    source: SourceFile,
    body: Body,
    parser_version: str,
    problems_of_source: Iterable[Problem],
    distinction: str = "",
) -> Meeting:
    """Store the meeting as a draft with all its rows; call inside a transaction."""
    problems = problems_to_store(problems_of_source, parsed)
    meeting = meeting_of(parsed, body, problems)
    meeting.distinction = distinction
    if known := same_meeting_on_record(meeting):
        raise AlreadyRecorded(known)
    report_repeated_number(meeting, problems)
    source.save()
    meeting.source = source
    meeting.parser_version = parser_version
    meeting.save()
    record_rows(meeting, parsed, StableIds(), problems)
    return meeting


def record_again(meeting: Meeting, parsed: ParsedMinutes, body: Body, problems_of_source: Iterable[Problem]) -> None:
    """Rebuild all rows of a meeting; unchanged rows keep their primary keys.

    Call inside a transaction. Raise `AlreadyRecorded` if it would duplicate another meeting.
    """
    problems = problems_to_store(problems_of_source, parsed)
    facts = meeting_of(parsed, body, problems)
    facts.pk = meeting.pk
    facts.distinction = meeting.distinction
    if known := same_meeting_on_record(facts):
        raise AlreadyRecorded(known)
    report_repeated_number(facts, problems)
    stable_ids = StableIds.of(meeting)
    settled = {
        (problem.code, problem.message, problem.start, problem.end): problem
        for problem in meeting.problems.exclude(settled_at=None)
    }
    for rows in (meeting.tasks, meeting.deadlines, meeting.items, meeting.attendance, meeting.problems):
        rows.all().delete()
    for name in FACTS:
        setattr(meeting, name, getattr(facts, name))
    meeting.save()
    record_rows(meeting, parsed, stable_ids, problems)
    keep_settled(meeting, settled)


def problems_to_store(problems_of_source: Iterable[Problem], parsed: ParsedMinutes) -> ProblemList:
    """Return the problems of file and text, except for a missing body.

    The body of the meeting settles that one.
    """
    return ProblemList(
        [*problems_of_source, *(problem for problem in parsed.problems if problem.code != "body-missing")]
    )


def record_rows(meeting: Meeting, parsed: ParsedMinutes, stable_ids: StableIds, problems: ProblemList) -> None:
    organizations = organizations_of(parsed, meeting.body, problems)
    record_attendance(parsed.attendance, meeting, organizations, stable_ids, problems)
    links = ActorLinks.of(parsed, meeting, organizations)
    decisions = record_items(parsed.items, meeting, links, stable_ids, problems)
    tasks = record_tasks(parsed, meeting, links, stable_ids, problems)
    record_deadlines(tasks, decisions, meeting, stable_ids, problems)
    problems.save(meeting, stable_ids)


def keep_settled(meeting: Meeting, settled: dict[tuple, ProblemRow]) -> None:
    """Keep problems settled that are the same at the same span."""
    again = []
    for problem in meeting.problems.all():
        if before := settled.get((problem.code, problem.message, problem.start, problem.end)):
            problem.settled_at, problem.settled_by_id = before.settled_at, before.settled_by_id
            problem.settlement_id = before.settlement_id
            again.append(problem)
    ProblemRow.objects.bulk_update(again, ["settled_at", "settled_by", "settlement"])


def same_meeting_on_record(meeting: Meeting) -> Meeting | None:
    """Return the same meeting from another file: by number and date, number or time.

    Unique constraints enforce the same against concurrent writers.
    """
    same = Q()
    if meeting.date and meeting.number is not None:
        same |= Q(date=meeting.date, number=meeting.number)
    if meeting.doc_number:
        same |= Q(doc_number=meeting.doc_number)
    elif meeting.date and meeting.number is None:
        same |= Q(date=meeting.date, part_of_day=meeting.part_of_day, number=None, doc_number="")
    if not same:
        return None
    of_this_kind = Meeting.objects.filter(
        body=meeting.body, kind_text=meeting.kind_text, distinction=meeting.distinction
    )
    return of_this_kind.exclude(pk=meeting.pk).filter(same).select_related("body", "source").first()


def meeting_of(parsed: ParsedMinutes, body: Body, problems: ProblemList) -> Meeting:
    """Return the unsaved meeting with the fields of head, opening and imprint."""
    meeting = Meeting(body=body)
    for name in names_of("text"):
        if field := getattr(parsed, name):
            setattr(meeting, name, problems.fitting((Meeting, name), field.value, field.span))
    for name in names_of("number", "date"):
        if field := getattr(parsed, name):
            setattr(meeting, name, field.value)
    if parsed.kind:
        meeting.kind_text = problems.fitting((Meeting, "kind_text"), parsed.kind.value, parsed.kind.span)
    meeting.kind = meeting_kind_of(meeting.kind_text)
    if parsed.chair:
        meeting.chair_name = problems.fitting((Meeting, "chair_name"), parsed.chair.name, parsed.chair.span)
        meeting.chair_title = problems.fitting((Meeting, "chair_title"), parsed.chair.title, parsed.chair.span)
    meeting.distribution = [field.value for field in parsed.distribution]
    meeting.opening = parsed.opening.text if parsed.opening else ""
    meeting.closing = parsed.closing.text if parsed.closing else ""
    parts = {name: getattr(parsed, name) for name in PARTS_WITH_SPAN}
    meeting.spans = {name: list(part.span) for name, part in parts.items() if part}
    return meeting


def organizations_of(parsed: ParsedMinutes, body: Body, problems: ProblemList) -> dict[str, Organization]:
    """Return the organization of each name as written; generic names have none."""
    written = [Field(attendee.organization, attendee.span) for attendee in parsed.attendance if attendee.organization]
    written += [unit for item in parsed.items for _, unit in units_in(item)]
    written += units_of_tasks(parsed)
    span_of = {}
    for unit in written:
        if unit.value in span_of or is_generic(unit.value):
            continue
        if problems.fitting((Organization, "name"), unit.value, unit.span):
            span_of[unit.value] = unit.span
    organizations, ambiguous = organizations_named(span_of, body)
    for name, candidates in ambiguous.items():
        message = f"“{name}”可能是{'、'.join(candidates)}，未与其中任何一个合并，请核对。"
        problems.add("ambiguous-unit", message, span_of[name])
    return organizations


def record_attendance(
    attendees: Iterable[Attendee],
    meeting: Meeting,
    organizations: dict[str, Organization],
    stable_ids: StableIds,
    problems: ProblemList,
) -> None:
    """Store one row per entry of the attendance, in text order."""
    entries = []
    for attendee in attendees:
        organization = organizations.get(attendee.organization or "")
        name = problems.fitting((Person, "name"), attendee.name, attendee.span)
        if name or organization:
            entries.append((attendee, name, organization))
        else:
            problems.add("attendance-unclear", "这一条出席记录没有可收录的姓名或单位，请核对原文。", attendee.span)
    people = people_named({(name, organization) for _, name, organization in entries if name}, meeting.body)
    rows = (
        Attendance(
            meeting=meeting,
            position=position,
            role=attendee.role,
            person=stable_ids.record_at(attendee.span, people.get((name, organization))),
            organization=organization,
            title=problems.fitting((Attendance, "title"), attendee.title, attendee.span),
            note=problems.fitting((Attendance, "note"), attendee.note, attendee.span),
            **attendee.span._asdict(),
        )
        for position, (attendee, name, organization) in enumerate(entries, start=1)
    )
    stable_ids.create(Attendance, rows)
