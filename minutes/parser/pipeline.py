"""The stages of the parser: lines, sections, head, items, imprint, problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from minutes.parser.attendance.attendees import read_attendance
from minutes.parser.attendance.segmentation import behind_the_unit
from minutes.parser.decisions.deadlines import deadlines_in
from minutes.parser.head.body import documents_named, infer_body, meeting_body, place_name
from minutes.parser.head.chair import chair_behind_label, chair_clause, chair_of, several_chairs
from minutes.parser.head.holder import body_of_holder, group_that_met
from minutes.parser.head.meeting_date import resolve_meeting_date
from minutes.parser.head.notice import read_notice
from minutes.parser.head.opening import (
    doc_number_in,
    header_of,
    kind_by_its_matter,
    kind_in,
    meeting_sentence,
    number_in,
    part_of_day_in,
    place_in,
    term_in,
    web_date_in,
)
from minutes.parser.imprint import complete_from_head, read_imprint
from minutes.parser.items.agenda import agenda_item
from minutes.parser.items.announced import items_announced, lines_of_agenda
from minutes.parser.items.opening_matters import (
    items_named_in,
    items_only_named,
    items_spoken_of,
    split_opening,
)
from minutes.parser.items.raw_item import RawItem
from minutes.parser.items.segmentation import Body, items_of, take_titles_from
from minutes.parser.items.unnumbered import item_at_the_end
from minutes.parser.layout.lines import Line, read_lines, with_marked_paragraph_ends, wrap_width
from minutes.parser.layout.sections import Sections, separate_attendance_prose, split_sections
from minutes.parser.layout.surroundings import separate_surroundings
from minutes.parser.problems.checks import (
    character_problems,
    conflicting_numbers,
    find_problems,
    item_number_gaps,
    matters_left,
    several_meetings,
    unread_tables,
)
from minutes.parser.problems.coverage import unaccounted_lines_as_problems
from minutes.parser.source_text import NOTHING, Tracked, joined, track
from minutes.parser.tasks.read_tasks import tasks_in
from minutes.parser.types import Field, Noise, ParsedMinutes, Problem, Span
from minutes.parser.vocabulary.labels import NUMBER_BELOW, behind_the_colon

# 云川融媒讯（记者王岚） (who reports, at the very start of the opening)
LONGEST_DATELINE = 12


def parse(text: str) -> ParsedMinutes:
    """Parse a text; every field has its span, and doubts are problems.

    Any text gives a result: text that is not minutes gives empty fields and problems.
    """
    page_breaks = (index for index, character in enumerate(text) if character == "\f")
    surroundings = separate_surroundings(read_lines(track(text)), page_breaks)
    lines = with_marked_paragraph_ends(surroundings.lines)
    width = wrap_width(lines)
    sections = split_sections(lines, width)
    sections.opening, first_lines = split_opening(sections.opening, sections.body)
    sections.body = [*first_lines, *sections.body]
    if first_lines:
        separate_attendance_prose(sections)
    announced = lines_of_agenda(sections.labelled.get("agenda", []))
    agenda = items_of(sections.body, width, announced, sections.further_openings)
    came, spoken_of, said = items_spoken_of(sections.opening, sections.body, width)
    if spoken_of:
        agenda = Body(came, spoken_of, [], [], said)
    sections.closing = [*agenda.said, *sections.closing]
    if not agenda.items:
        sections.opening, agenda.items = items_named_in(sections.opening)
    if not agenda.items and announced:
        agenda.items, agenda.agenda_left, announced = items_announced(announced), [], []
    labelled = {fact: behind_the_colon(_running_text(lines)) for fact, lines in sections.labelled.items()}
    time, place = (labelled.get(fact, NOTHING) for fact in ("time", "place"))

    about_meeting = [*(() if sections.opening else announced), *sections.opening, *agenda.preface]
    # What the items begin with may stand before an opening that is not at the head of its text.
    opening = _running_text(sorted(about_meeting, key=lambda line: line.text.starts))
    take_titles_from(opening, agenda)
    sections.closing, last = item_at_the_end(sections.closing)
    agenda.items += last
    named = items_only_named(sections.opening, agenda.items, _running_text([*sections.body, *sections.closing]))
    of_this_meeting = _before_another_meeting(agenda.items, sections.further_openings)
    agenda.items[of_this_meeting:of_this_meeting] = named
    closing = _running_text(sections.closing)
    about = meeting_sentence(opening)
    chaired = chair_clause(about, opening)
    header = header_of(sections.head)
    notice = read_notice(sections.head)
    foot = read_imprint(sections.imprint)
    imprint = complete_from_head(foot, sections.head)
    number = number_in(about)
    web_page = surroundings.of_web_page()
    published = web_date_in(web_page)
    is_printed = foot.issued_on or imprint.issued_by or header.doc_number or header.serial
    if published is None and web_page and not is_printed:
        # A day alone above the text of a web page is that of the page.
        published, imprint = imprint.issued_on, replace(imprint, issued_on=None)
    kind = kind_in(about) or header.kind or kind_by_its_matter(opening)
    attendance_prose = _running_text(sections.attendance_prose)
    chair = (
        chair_behind_label(_as_spaced(sections.labelled["chair"]))
        if labelled.get("chair")
        else chair_of(chaired) or chair_of(attendance_prose)
    )
    body = meeting_body(header.body, about, imprint, opening, chaired, web_page) or group_that_met(about)
    body_problems: list[Problem] = []
    if body is None:
        everything = _running_text(lines)
        body, body_problems = infer_body(about, _signs_of_the_body(sections, web_page, everything), everything)
    if body is None:
        held = body_of_holder(about, [line.text for line in sections.head], chair, kind.value if kind else None)
        body, body_problems = held if any(held) else (body, body_problems)
    date, date_problems = resolve_meeting_date(
        time, about, opening, sections.head, header.dates, imprint, published.value if published else None
    )
    met = date.value if date else None
    attendance, attendance_problems = read_attendance(
        sections.attendance, opening, attendance_prose, place_name(body), chair
    )

    parsed = ParsedMinutes(
        body=body,
        kind=kind,
        number=number or header.number,
        doc_number=header.doc_number or doc_number_in(sections.imprint, NUMBER_BELOW),
        date=date,
        part_of_day=part_of_day_in(about, time),
        place=_without_full_stop(place) if place else place_in(about),
        chair=chair,
        recorder=_recorder(sections.record),
        compiled_by=imprint.compiled_by,
        compiled_on=imprint.compiled_on,
        issued_by=imprint.issued_by,
        issued_on=imprint.issued_on,
        disclosure=imprint.disclosure,
        distribution=imprint.distribution,
        opening=opening.as_passage() if opening else None,
        items=tuple(agenda_item(position, raw, met) for position, raw in enumerate(agenda.items, 1)),
        closing=closing.as_passage() if closing else None,
        attendance=attendance,
        problems=(),
        noise=_in_order(*surroundings.as_noise(), *notice.as_noise()),
        opening_tasks=tuple(tasks_in(opening, deadlines_in(opening, met))),
        closing_tasks=tuple(tasks_in(closing, deadlines_in(closing, met))),
        term=term_in(about) or header.term,
        serial=header.serial,
        web_published_on=published,
    )
    return replace(
        parsed,
        problems=_in_text_order(
            character_problems(text),
            conflicting_numbers(header.number, number),
            body_problems,
            date_problems,
            attendance_problems,
            item_number_gaps(agenda.gaps),
            matters_left(agenda.agenda_left),
            unread_tables(sections.body, agenda.items),
            several_meetings(sections.further_openings, parsed.number, parsed.kind),
            find_problems(parsed, opening, several_chairs(chaired)),
            unaccounted_lines_as_problems(parsed, sections, notice),
            surroundings.problems(),
        ),
    )


def _running_text(lines: list[Line]) -> Tracked:
    """Return the lines as one passage without line breaks and padding."""
    return joined([line.text for line in lines]).compact


def _before_another_meeting(items: list[RawItem], openings: list[Line]) -> int:
    """Return how many of the items are of the meeting itself, and not of a further one told of below."""
    if not openings:
        return len(items)
    start = openings[0].text.span.start
    before = (item for item in items if not item.paragraphs or item.paragraphs[0].text.span.start < start)
    return sum(1 for _ in before)


def _signs_of_the_body(sections: Sections, web_page: list[Line], text: Tracked) -> dict[str, Iterable[Tracked]]:
    """Return the texts that may name the place of the body, by source."""
    attendance = [line.text for group in sections.attendance for line in group.lines]
    return {
        "标题": [line.text for line in sections.head],
        "文件名称": documents_named(text),
        "名单": attendance,
        "落款": [line.text for line in sections.imprint],
        "网页": [line.text for line in web_page],
        "电头": [line.text[:LONGEST_DATELINE] for line in sections.opening[:1]],
    }


def _as_spaced(lines: list[Line]) -> Tracked:
    """Return the text after the colon of a labelled field, with spaces."""
    return behind_the_colon(joined([line.raw for line in lines]))


def _recorder(lines: list[Line]) -> Field[str] | None:
    """Return the recorder, without the unit before the name, or the post in brackets after it."""
    text = _running_text([line for line in lines if "：" not in line.folded])
    bracket = text.folded.find("（")
    text = text[:bracket] if bracket > 0 else text
    return _without_full_stop(text[behind_the_unit(text.folded.rstrip("。")) :])


def _without_full_stop(text: Tracked) -> Field[str] | None:
    stripped = text.stripped("。")
    return stripped.as_field() if stripped else None


def _in_order(*noise: Noise) -> tuple[Noise, ...]:
    return tuple(sorted(noise, key=lambda one: one.span))


def _in_text_order(*problems: list[Problem]) -> tuple[Problem, ...]:
    """Sort problems by position in the text; those of the whole text first."""
    every = [problem for some in problems for problem in some]
    return tuple(sorted(every, key=lambda problem: (problem.span or Span(0, 0), problem.code)))
