"""The fields read from a source text, with their spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutes.models import AgendaItem, Meeting
from minutes.models.spanned import Spanned
from minutes.parser.layout.surroundings import REASONS
from minutes.parser.meeting_fields import MEETING_FIELDS

VALUE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class ReadField:
    """A field: its label, value and span."""

    label: str
    value: str
    start: int
    end: int
    # False for further fields with the same span: an id must be unique on a page.
    leads: bool = True

    @property
    def anchor(self) -> str:
        return f"field-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """The fields of the head, of one item, or of the attendance."""

    title: str
    fields: list[ReadField]


def fields_of(meeting: Meeting) -> list[FieldGroup]:
    """Return the fields of a meeting in reading order: head, items, attendance."""
    items = meeting.items.order_by("position")
    related = ("actions", "paragraphs", "involvements__organization", "decisions__deadlines", "references__document")
    entries = meeting.attendance.select_related("person", "organization")
    groups = [FieldGroup("会议", list(head_fields(meeting)))]
    groups += [
        FieldGroup(f"第 {item.position} 项", list(item_fields(item))) for item in items.prefetch_related(*related)
    ]
    groups.append(FieldGroup("出席", [read(entry.get_role_display(), entry, entry) for entry in entries]))
    return [FieldGroup(group.title, fields) for group, fields in zip(groups, with_links(groups), strict=True) if fields]


def with_links(groups: list[FieldGroup]) -> Iterator[list[ReadField]]:
    """Return the fields by group; only the first one of each span is linked."""
    seen: set[str] = set()
    for group in groups:
        fields = []
        for field in group.fields:
            fields.append(replace(field, leads=field.anchor not in seen))
            seen.add(field.anchor)
        yield fields


def head_fields(meeting: Meeting) -> Iterator[ReadField]:
    values = {"chair": meeting.chair_name, "kind": meeting.kind_text}
    for field in MEETING_FIELDS:
        if span := meeting.spans.get(field.name):
            yield ReadField(field.label, shortened(values.get(field.name, getattr(meeting, field.name, ""))), *span)


def item_fields(item: AgendaItem) -> Iterator[ReadField]:
    yield from (read("动作", action.written, action) for action in item.actions.all())
    yield from (read("文件", reference.document, reference) for reference in item.references.all())
    for decision in item.decisions.all():
        yield from decision_fields(decision)
    yield from (
        read(involvement.get_role_display(), involvement.written, involvement)
        for involvement in item.involvements.all()
    )
    for paragraph in item.paragraphs.all():
        yield read(f"段落{paragraph.marker or paragraph.position}", paragraph.text, paragraph)


def decision_fields(decision) -> Iterator[ReadField]:
    for name, label, value in (
        ("outcome", "结果", decision.outcome_text),
        ("next_step", "下一步", decision.next_step),
    ):
        if span := decision.spans.get(name):
            yield ReadField(label, value, *span)
    yield from (read("期限", deadline.text, deadline) for deadline in decision.deadlines.all())


def read(label: str, value: object, place: Spanned) -> ReadField:
    return ReadField(label, shortened(value), place.start, place.end)


def shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= VALUE_LENGTH else f"{text[:VALUE_LENGTH]}……"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of source characters: highlighted, linked to a field, noise, or plain."""

    text: str
    marked: bool = False
    anchor: str = ""
    noise: str = ""


def noise_of(meeting: Meeting) -> list[tuple[int, int, str]]:
    """Return the spans that the parser ignored, with the reason as text."""
    if not hasattr(meeting, "reading"):
        return []
    return [(*noise["span"], REASONS[noise["reason"]]) for noise in meeting.reading.parsed.get("noise", ())]


def count_noise(noise: list[tuple[int, int, str]]) -> list[tuple[str, int]]:
    """Return the number of ignored passages by reason, in text order."""
    return list(Counter(reason for _, _, reason in noise).items())


def pieces_of(
    text: str, groups: list[FieldGroup], noise: list[tuple[int, int, str]], start: int, end: int
) -> Iterator[Piece]:
    """Split the text at the highlighted span, noise and fields, shortest first.

    Links cannot be nested: a field that contains other fields, or crosses the highlighted span, is not linked.
    """
    taken = [(start, end, Piece(text[start:end], marked=True))] if start < end else []
    fields = {(field.start, field.end): field for group in groups for field in group.fields if field.start < field.end}
    covered = bytearray(len(text))
    covered[start:end] = b"\x01" * (end - start)
    for first, last, reason in noise:
        if last <= len(text) and not any(covered[first:last]):
            covered[first:last] = b"\x01" * (last - first)
            taken.append((first, last, Piece(text[first:last], noise=reason)))
    for (first, last), field in sorted(fields.items(), key=lambda each: (each[0][1] - each[0][0], each[0])):
        if last <= len(text) and not any(covered[first:last]):
            covered[first:last] = b"\x01" * (last - first)
            taken.append((first, last, Piece(text[first:last], anchor=field.anchor)))
    at = 0
    for first, last, piece in sorted(taken, key=lambda each: each[0]):
        if first > at:
            yield Piece(text[at:first])
        yield piece
        at = last
    if at < len(text):
        yield Piece(text[at:])
