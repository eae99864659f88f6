"""Apply and revert corrections of a meeting, and rebuild its rows, atomically."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from minutes.corrections.corrected_problems import without_corrected
from minutes.corrections.parsed_json import as_stored, from_stored, problems_as_stored, problems_from_stored
from minutes.corrections.path_labels import name_of
from minutes.corrections.paths import (
    Node,
    NoSuchPlace,
    Tree,
    fingerprint,
    is_added,
    is_orphaned,
    keyed,
    node_at,
    original_place,
    overlaid,
    unkeyed,
    without_spans,
)
from minutes.divisions.placement import get_or_create_body
from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.read_file import parse_again
from minutes.extraction.results import WebFacts
from minutes.ingest.record_meeting import AlreadyRecorded, record_again
from minutes.models import Correction, Meeting, Reading, SourceFile
from minutes.parser import PARSER_VERSION
from minutes.parser.types import ParsedMinutes, Problem, Span
from minutes.workflow import announce_change


class CorrectionRefused(Exception):
    """A correction is not possible; the message says why."""


class ChangedMeanwhile(CorrectionRefused):
    """Another user changed the part since it was shown; `now` is its current node."""

    def __init__(self, now: Node, correction: Correction | None) -> None:
        who = f"{correction.made_by}在{correction.made_at:%H:%M}" if correction and correction.made_by else "其他人"
        super().__init__(f"您打开之后，{who}改过这一处。请看过现在的内容，再决定是否更正。")
        self.now = now


def keep_reading(meeting: Meeting, parsed: ParsedMinutes, source_problems: Iterable[Problem]) -> Reading:
    """Store what the parser read, replacing an earlier reading."""
    reading, _ = Reading.objects.update_or_create(
        meeting=meeting,
        defaults={
            "parser_version": meeting.parser_version,
            "parsed": as_stored(parsed),
            "source_problems": problems_as_stored(source_problems),
        },
    )
    return reading


def reading_of(meeting: Meeting) -> Reading:
    """Return what the parser read; parse now if no reading is stored."""
    reading = Reading.objects.filter(meeting=meeting).first()
    if reading is None:
        meeting.parser_version = PARSER_VERSION
        reading = keep_reading(meeting, parse_source(meeting.source), ())
    return reading


def parse_source(source: SourceFile) -> ParsedMinutes:
    """Parse the text of a source file with the current parser."""
    web = msgspec.convert(source.web, WebFacts) if source.web else None
    try:
        return parse_again(source.text, web)
    except UnreadableText as error:
        raise CorrectionRefused(str(error)) from error


def corrections_of(meeting: Meeting) -> dict[str, Correction]:
    return {correction.place: correction for correction in meeting.corrections.select_related("made_by")}


@dataclass(frozen=True, slots=True)
class Current:
    """The parser's tree, the corrections, and the tree with both, by path."""

    reading: Reading
    base: Tree
    corrections: dict[str, Correction]
    tree: Tree


def current_reading(meeting: Meeting) -> Current:
    reading = reading_of(meeting)
    base = keyed(reading.parsed)
    corrections = corrections_of(meeting)
    return Current(reading, base, corrections, with_corrections(base, corrections.values()))


def with_corrections(tree: Tree, corrections: Iterable[Correction]) -> Tree:
    return overlaid(tree, {each.place: each.value for each in corrections if not is_orphaned(each.place)})


@dataclass(frozen=True, slots=True)
class Change:
    """A node to set at a path, where the user saw one with fingerprint `seen`."""

    place: str
    node: Node
    seen: str


def correct(meeting_id: int, place: str, node: Node, seen: str, by: AbstractBaseUser | None) -> Meeting:
    """Correct one part of a meeting; see `apply_changes` for errors."""
    return apply_changes(meeting_id, [Change(place, node, seen)], by)


@transaction.atomic
def apply_changes(meeting_id: int, changes: Iterable[Change], by: AbstractBaseUser | None) -> Meeting:
    """Replace the nodes at these paths: all of them or none.

    Raise `ChangedMeanwhile` if the fingerprint of a node is no longer `seen`, and `CorrectionRefused` if a new node
    is not valid at its path.
    """
    meeting = meeting_to_change(meeting_id)
    current = current_reading(meeting)
    for change in changes:
        apply_change(meeting, current, change, by)
    rebuild_rows(meeting)
    return meeting


def apply_change(meeting: Meeting, current: Current, change: Change, by: AbstractBaseUser | None) -> None:
    try:
        now = node_at(current.tree, change.place)
    except NoSuchPlace as error:
        raise CorrectionRefused("这一处已不在记录中，请重新打开本页。") from error
    if fingerprint(now) != change.seen:
        raise ChangedMeanwhile(now, current.corrections.get(change.place))
    try:
        parsed = node_at(current.base, change.place)
    except NoSuchPlace:
        parsed = None  # part of a record that a person added
    if change.node == parsed:
        remove_correction_at(meeting, change.place)
    else:
        Correction.objects.update_or_create(
            meeting=meeting, place=change.place, defaults={"parsed": parsed, "value": change.node, "made_by": by}
        )


@transaction.atomic
def remove_correction(meeting_id: int, place: str) -> Meeting:
    """Restore what the parser reads at a path."""
    meeting = meeting_to_change(meeting_id)
    remove_correction_at(meeting, place)
    rebuild_rows(meeting)
    return meeting


@transaction.atomic
def revert(line: Any, by: AbstractBaseUser | None) -> Meeting:
    """Apply a line of the correction history; a line of removal restores the parser's."""
    meeting = meeting_to_change(line.meeting_id)
    if line.history_type == "-":
        remove_correction_at(meeting, line.place)
    else:
        Correction.objects.update_or_create(
            meeting=meeting, place=line.place, defaults={"parsed": line.parsed, "value": line.value, "made_by": by}
        )
    try:
        rebuild_rows(meeting)
    except NoSuchPlace as error:
        raise CorrectionRefused("这一处已不在记录中，无法改回。") from error
    return meeting


def remove_correction_at(meeting: Meeting, place: str) -> None:
    """Remove the correction at a path, and those within a record added by a person."""
    removed = Q(place=place)
    if is_added(place.rpartition("/")[2]):
        removed |= Q(place__startswith=f"{place}/")
    # One by one, because each deletion adds a line to the history.
    for correction in meeting.corrections.filter(removed):
        correction.delete()


@transaction.atomic
def keep_correction(meeting_id: int, place: str) -> Meeting:
    """Keep a correction although the parser reads something new there."""
    meeting = meeting_to_change(meeting_id)
    base = keyed(reading_of(meeting).parsed)
    for correction in meeting.corrections.filter(place=place):
        try:
            correction.parsed = node_at(base, place)
        except NoSuchPlace as error:
            raise CorrectionRefused("解析器在这一处没有读出内容，不用选择：人工更正本来就保留着。") from error
        correction.save()
    rebuild_rows(meeting)
    return meeting


def meeting_to_change(meeting_id: int) -> Meeting:
    """Return the meeting, locked until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("body", "source").get(pk=meeting_id)


def rebuild_rows(meeting: Meeting) -> None:
    """Rebuild the meeting's rows from reading and corrections; announce the change."""
    current = current_reading(meeting)
    corrections = current.corrections.values()
    parsed = minutes_from(current.tree)
    parsed = replace(parsed, problems=without_corrected(parsed.problems, corrections))
    body = meeting.body
    if "body" in current.corrections and parsed.body:
        body = get_or_create_body(parsed.body.value)
    of_source = without_corrected(problems_from_stored(current.reading.source_problems), corrections)
    problems = [*of_source, *questions(current.base, corrections)]
    meeting.parser_version = current.reading.parser_version
    meeting.revision += 1
    try:
        record_again(meeting, parsed, body, problems)
    except AlreadyRecorded as error:
        message = f"这样更正后，本次会议将与已收录的“{error.meeting}”相同。请先核对两者的次数、日期和文号。"
        raise CorrectionRefused(message) from error
    announce_change(meeting)


def minutes_from(tree: Tree) -> ParsedMinutes:
    """Convert a tree to records; raise `CorrectionRefused` if it describes none."""
    positions = [item["position"] for item in tree["items"].values() if item is not None]
    if None in positions:
        raise CorrectionRefused("每个议题都要有序号。")
    if twice := {position for position in positions if positions.count(position) > 1}:
        raise CorrectionRefused(f"序号{min(twice)}有两个议题，请先改其中一个的序号。")
    try:
        return from_stored(unkeyed(tree))
    except msgspec.ValidationError as error:
        raise CorrectionRefused(f"这个值不能放在这里：{error}") from error


def questions(base: Tree, corrections: Iterable[Correction]) -> Iterator[Problem]:
    """Yield problems for orphaned corrections, and where the parser's value changed."""
    for correction in corrections:
        if is_orphaned(correction.place):
            message = "新的解析结果中找不到这处人工更正的位置，请在新的位置重新更正，或删去它。"
            yield Problem("correction-adrift", f"{message}（{name_of(original_place(correction.place))}）", None)
        elif is_questioned(base, correction):
            message = (
                f"人工更正之后，新的解析器在此读出了不同的内容，现仍按人工更正，请选择。（{name_of(correction.place)}）"
            )
            yield Problem("correction-questioned", message, span_of(correction.value) or span_of(correction.parsed))


def is_questioned(base: Tree, correction: Correction) -> bool:
    """Return whether the parser's value differs from both values at correction time.

    Those are what it had read then, and what the person entered.
    """
    try:
        now = without_spans(node_at(base, correction.place))
    except NoSuchPlace:
        return False
    return now not in (without_spans(correction.parsed), without_spans(correction.value))


def span_of(node: Any) -> Span | None:
    return Span(*node["span"]) if isinstance(node, dict) and node.get("span") else None
