"""Occurrences of words in the minutes by period."""

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

# With fewer meetings, a single one changes the result.
SMALL_SAMPLE = 3
CHARACTERS = 10_000
# Stands for all bodies together.
NO_BODY: Sequence[Body | None] = (None,)


class By(StrEnum):
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A year or month with meetings: their number, and the characters of their items."""

    first_day: datetime.date
    last_day: datetime.date
    label: str
    meetings: int
    characters: int

    @property
    def is_small(self) -> bool:
        """Return whether there are too few meetings for a conclusion."""
        return self.meetings < SMALL_SAMPLE


@dataclass(frozen=True, slots=True)
class Point:
    """Occurrences of a term in a period, and the URL of the search for them."""

    period: Period
    times: int
    url: str

    @property
    def per_meeting(self) -> float:
        """Return the occurrences per meeting."""
        return self.times / self.period.meetings if self.period.meetings else 0.0

    @property
    def per_characters(self) -> float:
        """Return the occurrences per ten thousand characters."""
        return self.times * CHARACTERS / self.period.characters if self.period.characters else 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """A term over all periods, for one body or for all."""

    term: str
    points: tuple[Point, ...]
    body: Body | None = None

    @property
    def label(self) -> str:
        """Return the label of the line: 绿化, or 绿化（云川市人民政府）."""
        return f"{self.term}（{self.body}）" if self.body else self.term

    @property
    def times(self) -> int:
        """Return the occurrences in all periods."""
        return sum(point.times for point in self.points)


def periods_of(
    characters: Mapping[int, int], by: By, bodies: Sequence[Body] = ()
) -> dict[Body | None, dict[Period, frozenset[int]]]:
    """Return the periods of each body, earliest first, with its meetings in them.

    Without bodies, the key is None for all meetings. Every body has all periods in which any of them met.
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
            _period(year, month, [characters[pk] for pk in in_period]): frozenset(in_period)
            for (year, month), by_body in sorted(meetings.items(), key=lambda each: each[0])
            for in_period in [by_body.get(body.pk if body else 0, [])]
        }
        for body in (bodies or NO_BODY)
    }


def series_of(
    term: str, times: Mapping[int, int], periods: Mapping[Period, Iterable[int]], body: Body | None = None
) -> Series:
    """Return the series of a term from its occurrences in each meeting."""
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
    """Return the URL of an exact search for a term, limited to period and body."""
    params = QueryDict(mutable=True)
    params["q"] = f"“{term}”"
    params["date_after"] = period.first_day.isoformat()
    params["date_before"] = period.last_day.isoformat()
    if body:
        params["body"] = str(body.pk)
    return f"{reverse('search')}?{params.urlencode()}"
