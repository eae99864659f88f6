"""The steps in their order: lines, sections, head, items, attendance, colophon, and what remains doubtful."""

from __future__ import annotations

from dataclasses import replace

from minutes.parser.attendance.attendees import everyone_named
from minutes.parser.checks import conflicting_numbers, doubts_about, items_left_out
from minutes.parser.coverage import unaccounted_problems
from minutes.parser.head.chair import chair_of, chair_told, several_chairs, words_on_the_chair
from minutes.parser.head.meeting_date import date_of_meeting
from minutes.parser.head.opening import (
    body_of_meeting,
    doc_number_in,
    header_of,
    home_of,
    kind_in,
    number_in,
    part_of_day_in,
    place_in,
    sentence_of_the_meeting,
)
from minutes.parser.imprint import colophon_of, head_or_foot
from minutes.parser.items.agenda import agenda_item
from minutes.parser.items.segmentation import items_of, take_titles_from
from minutes.parser.lines import Line, laid_out, wrap_width
from minutes.parser.sections import divided
from minutes.parser.source_text import NOTHING, Tracked, joined, track
from minutes.parser.types import Field, ParsedMinutes, Problem, Span
from minutes.parser.vocabulary.labels import NUMBER_BELOW, behind_the_colon


def parse(text: str) -> ParsedMinutes:
    """Everything the text says, each field with its span in `text`; what is doubtful stands in `problems`.

    Any text gives a result: one that is no minutes gives empty fields and problems.
    """
    layout = laid_out(track(text))
    width = wrap_width(layout.lines)
    sections = divided(layout.lines, width)
    agenda = items_of(sections.body, width)
    labelled = {fact: behind_the_colon(_running_text(lines)) for fact, lines in sections.labelled.items()}
    time, place, chair = (labelled.get(fact, NOTHING) for fact in ("time", "place", "chair"))

    announced = sections.labelled.get("agenda", ())[1:] if not sections.opening else ()
    opening = _running_text([*announced, *sections.opening, *agenda.preface])
    take_titles_from(opening, agenda)
    closing = _running_text(sections.closing)
    about = sentence_of_the_meeting(opening)
    chaired = words_on_the_chair(about, opening)
    header = header_of(sections.head)
    colophon = head_or_foot(colophon_of(sections.colophon), sections.head)
    number = number_in(about)
    body = body_of_meeting(header, about, colophon, opening, layout.noise)
    date, doubts_about_date = date_of_meeting(time, about, opening, sections.head, header.dates, colophon)
    who_came = _running_text(sections.who_came)
    attendance, doubts_about_names = everyone_named(sections.attendance, (opening, who_came), home_of(body))

    parsed = ParsedMinutes(
        body=body,
        kind=kind_in(about) or header.kind,
        number=number or header.number,
        doc_number=header.doc_number or doc_number_in(sections.colophon, NUMBER_BELOW),
        date=date,
        part_of_day=part_of_day_in(about, time),
        place=_without_full_stop(place) if place else place_in(about),
        chair=chair_told(_as_spaced(sections.labelled["chair"])) if chair else chair_of(chaired),
        recorder=_without_full_stop(_running_text([line for line in sections.record if "：" not in line.folded])),
        compiled_by=colophon.compiled_by,
        compiled_on=colophon.compiled_on,
        issued_by=colophon.issued_by,
        issued_on=colophon.issued_on,
        disclosure=colophon.disclosure,
        distribution=colophon.distribution,
        opening=opening.as_passage() if opening else None,
        items=tuple(
            agenda_item(position, raw, date.value if date else None) for position, raw in enumerate(agenda.items, 1)
        ),
        closing=closing.as_passage() if closing else None,
        attendance=attendance,
        problems=(),
    )
    return replace(
        parsed,
        problems=_in_their_order(
            conflicting_numbers(header.number, number),
            doubts_about_date,
            doubts_about_names,
            items_left_out(agenda.gaps),
            doubts_about(parsed, opening, several_chairs(chaired)),
            unaccounted_problems(parsed, sections),
        ),
    )


def _running_text(lines: list[Line]) -> Tracked:
    """The lines as one passage, their breaks and their padding taken out."""
    return joined([line.text for line in lines]).compact


def _as_spaced(lines: list[Line]) -> Tracked:
    """What stands behind the colon of a labelled fact, its blanks kept."""
    return behind_the_colon(joined([line.raw for line in lines]))


def _without_full_stop(text: Tracked) -> Field[str] | None:
    told = text.stripped("。")
    return told.as_field() if told else None


def _in_their_order(*problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems as they meet the reader of the text; those of the whole text first."""
    every = [problem for some in problems for problem in some]
    return tuple(sorted(every, key=lambda problem: (problem.span or Span(0, 0), problem.code)))
