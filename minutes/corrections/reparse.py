"""Read a meeting again with a newer parser or from another file.

Corrections are carried over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from minutes.corrections.changes import (
    CorrectionRefused,
    corrections_of,
    keep_reading,
    meeting_to_change,
    parse_source,
    questions,
    reading_of,
    rebuild_rows,
    with_corrections,
)
from minutes.corrections.parsed_json import as_stored, problems_from_stored
from minutes.corrections.path_labels import name_of, node_as_text
from minutes.corrections.paths import (
    LISTS_OF_TASKS,
    ORPHANED,
    Node,
    NoSuchPlace,
    Tree,
    is_added,
    is_orphaned,
    keyed,
    node_at,
    without_spans,
)
from minutes.models import AuditAction, AuditEntry, Correction, Meeting, SourceFile
from minutes.parser import PARSER_VERSION
from minutes.parser.types import ParsedMinutes, Problem

CHANGED_SINCE_QUEUED = "排队之后，这次会议又有更改（现在是“{status}”）。请看过更改后的内容，再决定是否替换。"
LISTS_OF_RECORDS = ("items", "attendance", "paragraphs", "documents", "decisions", "deadlines", *LISTS_OF_TASKS)


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that differs between two readings; None where one lacks the record."""

    place: str
    before: Node
    after: Node

    @property
    def name(self) -> str:
        return name_of(self.place)

    @property
    def text_before(self) -> str:
        return node_as_text(self.before)

    @property
    def text_after(self) -> str:
        return node_as_text(self.after)


@dataclass(frozen=True, slots=True)
class Rereading:
    """What a new reading would change, and which corrections need a decision."""

    meeting: Meeting
    from_version: str
    to_version: str
    differences: list[Difference]
    questions: list[Problem]


@transaction.atomic
def reparse(meeting_id: int, by: AbstractBaseUser | None, dry_run: bool = False) -> Rereading:
    """Reparse a meeting and return what changes; store it unless `dry_run`."""
    meeting = meeting_to_change(meeting_id)
    reading = reading_of(meeting)
    from_version = reading.parser_version
    before = with_corrections(keyed(reading.parsed), corrections_of(meeting).values())
    parsed = parse_source(meeting.source)
    move_corrections(meeting, keyed(reading.parsed), keyed(as_stored(parsed)))
    meeting.parser_version = PARSER_VERSION
    keep_reading(meeting, parsed, problems_from_stored(reading.source_problems))
    base = keyed(as_stored(parsed))
    corrections = corrections_of(meeting).values()
    after = with_corrections(base, corrections)
    rereading = Rereading(
        meeting, from_version, PARSER_VERSION, list(differences(before, after)), list(questions(base, corrections))
    )
    if dry_run:
        transaction.set_rollback(True)
        return rereading
    rebuild_rows(meeting)
    detail = f"解析器 {from_version} → {PARSER_VERSION}，{len(rereading.differences)}处不同"
    AuditEntry.note(AuditAction.REPARSED, by, meeting, detail)
    return rereading


@transaction.atomic
def replace_source(
    meeting_id: int,
    revision: int | None,
    source: SourceFile,
    parsed: ParsedMinutes,
    problems: list[Problem],
    by: AbstractBaseUser | None,
) -> Meeting:
    """Replace the source file of a meeting; the former file is kept.

    Corrections of the head stay. The spans of all others refer to the former text, so they are orphaned until a
    person places them.
    """
    meeting = meeting_to_change(meeting_id)
    if revision is not None and meeting.revision != revision:
        raise CorrectionRefused(CHANGED_SINCE_QUEUED.format(status=meeting.get_status_display()))
    old, new = keyed(reading_of(meeting).parsed), keyed(as_stored(parsed))
    former = meeting.source
    source.save()
    meeting.source = source
    meeting.save(update_fields=["source"])
    former.formerly_of = meeting
    former.save(update_fields=["formerly_of"])
    for correction in corrections_of(meeting).values():
        if "/" in correction.place:
            orphan(correction)
        elif isinstance(correction.value, dict):
            here = node_at(new, correction.place) or {}
            correction.value = {**correction.value, "span": here.get("span", [0, 0])}
            correction.parsed = node_at(old, correction.place)
        correction.save()
    meeting.parser_version = PARSER_VERSION
    keep_reading(meeting, parsed, problems)
    rebuild_rows(meeting)
    AuditEntry.note(AuditAction.REPLACED, by, meeting, f"{former} → {source}")
    return meeting


def move_corrections(meeting: Meeting, old: Tree, new: Tree) -> None:
    """Move every correction to the path with its span, or mark it as orphaned."""
    corrections = [each for each in corrections_of(meeting).values() if not is_orphaned(each.place)]
    taken: set[str] = set()
    for correction in corrections:
        place = place_in(new, old, correction.place)
        if place is None or place in taken:
            orphan(correction)
        else:
            correction.place = place
            taken.add(place)
    # Via temporary paths: paths are unique per meeting, and corrections may swap them.
    of_these = Correction.objects.filter(pk__in=[correction.pk for correction in corrections])
    of_these.update(place=Concat(Value("moving/"), Cast("pk", CharField())))
    Correction.objects.bulk_update(corrections, ["place"])


def orphan(correction: Correction) -> None:
    if not is_orphaned(correction.place):
        correction.place = f"{ORPHANED}{correction.pk}/{correction.place}"


def place_in(new: Tree, old: Tree, place: str) -> str | None:
    """Return the new path with the span of an old one; None when there is none."""
    parts = place.split("/")
    moved: list[str] = []
    for index, part in enumerate(parts):
        if moved and moved[-1] in LISTS_OF_RECORDS and not is_added(part):
            records = node_at_path(new, moved)
            record = node_at_path(old, parts[: index + 1])
            if not isinstance(records, dict) or record is None:
                return None
            key = most_overlapping(record, records)
            if key is None:
                return None
            part = key
        elif moved and is_added(moved[-1]):
            # Parts of a record added by a person move with it.
            return "/".join([*moved, *parts[index:]])
        moved.append(part)
    return "/".join(moved)


def node_at_path(tree: Tree, path: list[str]) -> Node:
    try:
        return node_at(tree, "/".join(path))
    except NoSuchPlace:
        return None


def most_overlapping(record: Mapping[str, Any], records: Mapping[str, Node]) -> str | None:
    """Return the key of the record that overlaps most with this one, or None."""
    shared = {key: characters_shared(record, other) for key, other in records.items() if other is not None}
    best = max(shared, key=lambda key: shared[key], default=None)
    return best if best is not None and shared[best] > 0 else None


def characters_shared(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    return min(one["span"][1], other["span"][1]) - max(one["span"][0], other["span"][0])


def differences(before: Node, after: Node, place: str = "") -> Iterator[Difference]:
    """List the differences of two trees; records are compared by span."""
    if without_spans(before) == without_spans(after) or place == "problems":
        return
    *path, name = place.split("/")
    if path and path[-1] in LISTS_OF_TASKS:
        yield Difference(place, before, after)
    elif name in LISTS_OF_RECORDS:
        yield from differences_of_records(before, after, place)
    elif isinstance(before, dict) and isinstance(after, dict) and "value" not in after:
        for part in after:
            if part != "span":
                yield from differences(before.get(part), after[part], f"{place}/{part}".lstrip("/"))
    else:
        yield Difference(place, before, after)


def differences_of_records(before: Mapping[str, Node], after: Mapping[str, Node], place: str) -> Iterator[Difference]:
    left = {key: record for key, record in after.items() if record is not None}
    for key, record in before.items():
        if record is None:
            continue
        match = key if is_added(key) and key in left else most_overlapping(record, left)
        if match is None:
            yield Difference(f"{place}/{key}", record, None)
        else:
            yield from differences(record, left.pop(match), f"{place}/{match}")
    for key, record in left.items():
        yield Difference(f"{place}/{key}", None, record)
