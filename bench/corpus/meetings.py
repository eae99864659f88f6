"""Generate meetings with the statistics of real minutes.

A meeting depends on its number alone, so the first 2,000 of 20,000 are the same as those of 2,000. Every choice
follows Zipf's law: few entries of a list are very common, most are rare.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from bench.corpus.words import (
    DISTRICTS,
    FORMS,
    GIVEN_FIRST,
    GIVEN_SECOND,
    NEXT_STEPS,
    PLACE_FIRST,
    PLACE_KINDS,
    PLACE_SECOND,
    SENTENCES,
    STAGES,
    SURNAMES,
    TOPICS,
    UNITS,
)

MEETINGS_OF_A_BODY = 500
FIRST_DAY, LAST_DAY = datetime.date(1995, 1, 5), datetime.date(2026, 6, 30)
ITEMS = range(5, 12)
PARAGRAPHS = range(1, 6)
PARAGRAPH_CHARACTERS = (60, 300)
ATTENDEES = 25
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class MadeUpItem:
    """A matter on the agenda."""

    action: str  # 审议 or 听取
    title: str
    document: str  # without its stage; empty for a report
    stage: str
    short_title: str
    paragraphs: tuple[str, ...]
    next_step: str
    lead: str
    supporting: tuple[str, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class MadeUpMeeting:
    """A meeting and its minutes."""

    body: str
    number: int
    date: datetime.date
    doc_number: str
    chair: str
    items: tuple[MadeUpItem, ...]
    attendees: tuple[tuple[str, str], ...]  # unit, name


def made_up_meetings(count: int) -> Iterator[MadeUpMeeting]:
    """Yield the first `count` meetings, always the same ones."""
    for serial in range(count):
        yield made_up_meeting(serial)


def made_up_meeting(serial: int) -> MadeUpMeeting:
    """Return the meeting with this serial number, counted over all bodies."""
    chance = Random(f"meeting {serial}")  # noqa: S311
    place, number = divmod(serial, MEETINGS_OF_A_BODY)
    days = (LAST_DAY - FIRST_DAY).days * number // MEETINGS_OF_A_BODY
    date = FIRST_DAY + datetime.timedelta(days=days + chance.randrange(12))
    items = tuple(_item(chance, date.year) for _ in range(chance.choice(ITEMS)))
    units = chance.sample(UNITS, ATTENDEES)
    return MadeUpMeeting(
        body=body_name(place),
        number=number + 1,
        date=date,
        doc_number=f"〔{date.year}〕{number + 1}号",
        chair=_person(place, "市长", date.year // 6),
        items=items,
        # An office is held for about four years, so the same name attends many meetings.
        attendees=tuple((unit, _person(place, unit, date.year // 4)) for unit in units),
    )


def body_name(place: int) -> str:
    """Return the name of a body: the city, then its invented counties."""
    if place == 0:
        return "云川市人民政府"
    first, second = divmod(place, len(PLACE_SECOND))
    return f"{PLACE_FIRST[(first * 7 + place) % len(PLACE_FIRST)]}{PLACE_SECOND[second]}县人民政府"


def _item(chance: Random, year: int) -> MadeUpItem:
    topic = _zipf(chance, TOPICS)
    units = _distinct(chance, UNITS, 3)
    slots = _Slots(chance, year, topic, units)
    if chance.random() < 0.6:
        form, stage = _zipf(chance, FORMS), _zipf(chance, STAGES)
        place = chance.choice(("云川市", "云川市", "云川市", f"云川市{_place(chance)}"))
        document, short = f"{place}{topic}{form}", f"《{form}》"
        item_title = f"审议《{document}{stage}》"
        step = _zipf(chance, NEXT_STEPS)
        decision = (
            f"原则同意《{document}{stage}》（以下简称{short}）。由{units[0]}会同{units[1]}根据本次会议讨论意见"
            f"作进一步修改完善后{step}。"
        )
        action = "审议"
    else:
        document = stage = short = step = ""
        about = chance.choice((f"{topic}工作情况", f"{topic}进展情况", f"{_place(chance)}{topic}情况"))
        item_title = f"听取{year}年{about}的汇报"
        decision = (
            f"原则同意{units[0]}关于{about}的汇报。由{units[0]}会各地和各相关部门根据本次会议讨论意见作进一步研究完善。"
        )
        action = "听取"
    paragraphs = (decision, *(_paragraph(chance, slots) for _ in range(chance.choice(PARAGRAPHS) - 1)))
    return MadeUpItem(
        action, item_title, document, stage, short.strip("《》"), paragraphs, step, units[0], tuple(units[1:2]), topic
    )


def _paragraph(chance: Random, slots: _Slots) -> str:
    """Return sentences of a total length between the usual minimum and maximum."""
    shortest, longest = PARAGRAPH_CHARACTERS
    wanted = chance.randint(shortest, longest - 40)
    text = ""
    while len(text) < wanted:
        text += slots.fill(_zipf(chance, SENTENCES))
    return text


class _Slots:
    """Fills placeholders in sentences with words that fit one item."""

    def __init__(self, chance: Random, year: int, topic: str, units: Sequence[str]) -> None:
        self.chance, self.year, self.topic, self.units = chance, year, topic, units

    def fill(self, sentence: str) -> str:
        """Return the sentence with its placeholders filled."""
        chance = self.chance
        topic = self.topic if chance.random() < 0.6 else _zipf(chance, TOPICS)
        unit, other, third = self.units if chance.random() < 0.7 else _distinct(chance, UNITS, 3)
        return sentence.format(
            topic=topic,
            unit=unit,
            other=other,
            third=third,
            district=_zipf(chance, DISTRICTS),
            place=_place(chance),
            month=chance.randint(1, 12),
            days=chance.randint(3, 30),
            year=self.year,
            next_year=self.year + 1,
            n=chance.randint(11, 999),
            share=round(chance.uniform(3, 97), 1),
            money=chance.randint(10, 900) * 10,
        )


def _place(chance: Random) -> str:
    """Return one of some 50,000 place names, most of which are rare."""
    names = len(PLACE_FIRST) * len(PLACE_SECOND)
    rank = int(names ** chance.random()) - 1
    first, second = divmod(rank * 977 % names, len(PLACE_SECOND))
    return f"{PLACE_FIRST[first]}{PLACE_SECOND[second]}{_zipf(chance, PLACE_KINDS)}"


def _person(place: int, office: str, term: int) -> str:
    chance = Random(f"person {place} {office} {term}")  # noqa: S311
    given = chance.choice(GIVEN_SECOND)
    if chance.random() < 0.7:
        given = chance.choice(GIVEN_FIRST) + given
    return chance.choice(SURNAMES) + given


def _zipf(chance: Random, entries: Sequence[str]) -> str:
    return chance.choices(entries, cum_weights=_zipf_weights(len(entries)))[0]


def _distinct(chance: Random, entries: Sequence[str], count: int) -> list[str]:
    chosen: list[str] = []
    while len(chosen) < count:
        entry = _zipf(chance, entries)
        if entry not in chosen:
            chosen.append(entry)
    return chosen


@cache
def _zipf_weights(count: int) -> list[float]:
    # Mandelbrot's form of the law: as in real texts, the first few differ less in frequency.
    return list(accumulate(1 / (rank + 2) for rank in range(1, count + 1)))
