"""Bars with a length proportional to the greatest figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pages.charts import WIDTH


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and the length of its bar."""

    count: int
    length: float


@dataclass(frozen=True, slots=True)
class BarRow:
    """The figures of one row, in the order of the columns."""

    label: object
    bars: list[Bar]


def bar_rows(rows: Iterable[object], columns: Sequence[object], counts: Mapping[tuple, int]) -> list[BarRow]:
    """Return the rows with a bar per column; `counts` maps (row, column) to figures."""
    greatest = max(counts.values(), default=0) or 1
    return [BarRow(row, [bar(counts.get((row, column), 0), greatest) for column in columns]) for row in rows]


def latest_years(counts: Mapping[tuple, int]) -> list[int | None]:
    """Return the years of counts by (year, column), the latest first, and None for undated records last."""
    return sorted({year for year, _ in counts}, key=lambda year: year or 0, reverse=True)


def bar(count: int, greatest: int) -> Bar:
    return Bar(count, round(WIDTH * count / greatest, 1))
