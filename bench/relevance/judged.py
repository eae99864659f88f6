"""Judged queries: from judged.tsv, or derived for generated meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.corpus.meetings import MadeUpItem, MadeUpMeeting
from minutes.models import AgendaItem, Meeting
from search.index.documents import DocId

JUDGED = Path(__file__).with_name("judged.tsv")
SOUGHT = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the grade of every relevant record.

    3 is what was searched for, 1 only mentions it.
    """

    kind: str
    query: str
    grades: dict[DocId, int]


def judged_over_samples() -> list[Judged]:
    """Return the queries of judged.tsv; all records named there must exist."""
    lines = [line for line in JUDGED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    judged = []
    for line in lines:
        kind, query, records = line.split("\t")
        grades = [record.partition(":") for record in records.split()]
        judged.append(Judged(kind, query, {_key(name): int(grade or SOUGHT) for name, _, grade in grades}))
    return judged


def _key(name: str) -> DocId:
    """Return the id of an item (yunchuan-2019-70/2) or meeting (yunchuan-2019-70)."""
    file, _, position = name.partition("/")
    if position:
        return DocId(AgendaItem.objects.get(meeting__source__name=f"{file}.txt", position=position).pk)
    return DocId(Meeting.objects.get(source__name=f"{file}.txt").pk, is_meeting=True)


def known_items(meetings: list[MadeUpMeeting]) -> list[Judged]:
    """Return queries with known answers, from how the meetings were generated."""
    keys = _Keys(meetings)
    judged = []
    for meeting in meetings[:: len(meetings) // 10][:10]:
        item = next((each for each in meeting.items if each.document), meeting.items[0])
        unit, name = meeting.attendees[0]
        judged += [
            Judged("title", item.title, keys.items(lambda other, item=item: other.title == item.title)),
            Judged("part", item.topic, keys.items(lambda other, item=item: item.topic in other.title)),
            Judged(
                "department",
                f"{item.lead} {item.topic}",
                keys.items(lambda other, item=item: item.topic in other.title and other.lead == item.lead),
            ),
            Judged("person", f"{unit}{name}", keys.meetings(lambda other, who=(unit, name): who in other.attendees)),
            Judged(
                "number",
                f"第{meeting.number}次常务会议",
                keys.meetings(lambda other, number=meeting.number: other.number == number),
            ),
            Judged(
                "date",
                f"{meeting.date.year}年{meeting.date.month}月{meeting.date.day}日",
                keys.meetings(lambda other, date=meeting.date: other.date == date),
            ),
        ]
    return judged


class _Keys:
    """The ids of generated records by their attributes."""

    def __init__(self, meetings: list[MadeUpMeeting]) -> None:
        self.kept = list(_kept(meetings))

    def items(self, wanted) -> dict[DocId, int]:
        """Return the items for which `wanted` is true."""
        return {DocId(item.pk): SOUGHT for _, _, items in self.kept for generated, item in items if wanted(generated)}

    def meetings(self, wanted) -> dict[DocId, int]:
        """Return the meetings for which `wanted` is true."""
        return {DocId(meeting.pk, is_meeting=True): SOUGHT for generated, meeting, _ in self.kept if wanted(generated)}


def _kept(
    meetings: list[MadeUpMeeting],
) -> Iterator[tuple[MadeUpMeeting, Meeting, list[tuple[MadeUpItem, AgendaItem]]]]:
    for generated in meetings:
        meeting = Meeting.objects.get(body__name=generated.body, number=generated.number, parser_version="made up")
        yield generated, meeting, list(zip(generated.items, meeting.items.order_by("position"), strict=True))
