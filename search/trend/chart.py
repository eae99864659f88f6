"""Compute an SVG line chart for a template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.trend.occurrences import Period, Point, Series

WIDTH, HEIGHT = 640, 240
_MARGIN = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a series in the chart."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class Line:
    """A series in the chart: its colour (one of five), path and marks."""

    number: int
    label: str
    path: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The lines, and the labels of the axes."""

    lines: tuple[Line, ...]
    highest: float
    first: str
    last: str
    width: int = WIDTH
    height: int = HEIGHT


def chart_of(series: Sequence[Series], periods: Sequence[Period], value: Callable[[Point], float]) -> Chart:
    """Return the chart of these series over these periods, neither empty."""
    first, last = periods[0].first_day.toordinal(), periods[-1].first_day.toordinal()
    highest = max((value(point) for each in series for point in each.points), default=0.0)

    def mark(point: Point) -> Mark:
        along = (point.period.first_day.toordinal() - first) / ((last - first) or 1)
        up = value(point) / (highest or 1.0)
        x = _MARGIN + along * (WIDTH - 2 * _MARGIN) if last > first else WIDTH / 2
        return Mark(round(x, 1), round(HEIGHT - _MARGIN - up * (HEIGHT - 2 * _MARGIN), 1), point)

    lines = []
    for number, each in enumerate(series, start=1):
        # There is no mark for periods without meetings, which are not zero occurrences.
        marks = tuple(mark(point) for point in each.points if point.period.meetings)
        lines.append(Line(number, each.label, _path(marks), marks))
    return Chart(tuple(lines), highest, periods[0].label, periods[-1].label)


def _path(marks: Sequence[Mark]) -> str:
    """Return an SVG path through all marks."""
    return " ".join(f"{'L' if place else 'M'}{mark.x} {mark.y}" for place, mark in enumerate(marks))
