"""How often words stand in the minutes, period by period."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.urls import reverse

from minutes.models import Body, Meeting

# With fewer meetings than this, one more or less changes everything.
SMALL_SAMPLE = 3
CHARACTERS = 10_000
# In the place of governments: the minutes of all.
NO_BODY: Sequence[Body | None] = (None,)


class By(StrEnum):
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A year or month with meetings: how many, and how much text they left."""

    first_day: datetime.date
    last_day: datetime.date
    label: str
    meetings: int
    characters: int

    @property
    def is_small(self) -> bool:
        """Whether there are too few meetings to tell much."""
        return self.meetings < SMALL_SAMPLE


@dataclass(frozen=True, slots=True)
class Point:
    """How often a term stands in the minutes of a period, and the address of where."""

    period: Period
    times: int
    url: str

    @property
    def per_meeting(self) -> float:
        """The times for each meeting of the period."""
        return self.times / self.period.meetings if self.period.meetings else 0.0

    @property
    def per_characters(self) -> float:
        """The times for every ten thousand characters of the period."""
        return self.times * CHARACTERS / self.period.characters if self.period.characters else 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """One term through all periods, in the minutes of one government or of all."""

    term: str
    points: tuple[Point, ...]
    body: Body | None = None

    @property
    def label(self) -> str:
        """What the line is called: 绿化, or 绿化（云川市人民政府）."""
        return f"{self.term}（{self.body}）" if self.body else self.term

    @property
    def times(self) -> int:
        """How often it stands in all of them."""
        return sum(point.times for point in self.points)


def periods_of(
    characters: Mapping[int, int], by: By, bodies: Sequence[Body] = ()
) -> dict[Body | None, dict[Period, frozenset[int]]]:
    """Return for each government the periods, the earliest first, and its meetings in them.

    Without governments, all meetings are under None. Every government has every period in which one of them met.
    """
    dated = Meeting.objects.published().filter(date__isnull=False)
    if bodies:
        dated = dated.filter(body__in=bodies)
    meetings: dict[tuple[int, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for pk, day, body in dated.values_list("pk", "date", "body"):
        if pk in characters and day:
            meetings[day.year, day.month if by == By.MONTH else 0][body if bodies else 0].append(pk)
    return {
        body: {
            _period(year, month, [characters[pk] for pk in held]): frozenset(held)
            for (year, month), by_body in sorted(meetings.items(), key=lambda each: each[0])
            for held in [by_body.get(body.pk if body else 0, [])]
        }
        for body in (bodies or NO_BODY)
    }


def series_of(
    term: str, times: Mapping[int, int], periods: Mapping[Period, Iterable[int]], body: Body | None = None
) -> Series:
    """Return the points of a term of which it is known how many times it stands in the minutes of each meeting."""
    return Series(
        term,
        tuple(
            Point(period, sum(times.get(pk, 0) for pk in meetings), _address(term, period, body))
            for period, meetings in periods.items()
        ),
        body,
    )


def _period(year: int, month: int, characters: Sequence[int]) -> Period:
    last_month = month or 12
    return Period(
        datetime.date(year, month or 1, 1),
        datetime.date(year, last_month, calendar.monthrange(year, last_month)[1]),
        f"{year}年{month}月" if month else f"{year}年",
        len(characters),
        sum(characters),
    )


def _address(term: str, period: Period, body: Body | None) -> str:
    """Return the search for a term, exactly as written, in a period, and in the minutes of one government."""
    params = QueryDict(mutable=True)
    params["q"] = f"“{term}”"
    params["date_after"] = period.first_day.isoformat()
    params["date_before"] = period.last_day.isoformat()
    if body:
        params["body"] = str(body.pk)
    return f"{reverse('search')}?{params.urlencode()}"
