"""Many values as marks on a line, and numbers as runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pages.charts import WIDTH

# Minimum length, so that one number of hundreds is visible.
THINNEST = 0.6


@dataclass(frozen=True, slots=True)
class Strip:
    """The positions of a row's values on the line, without duplicates."""

    places: list[float]


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive numbers: start and length on the line."""

    start: float
    length: float


def strips(rows: Iterable[Collection[int]]) -> list[Strip]:
    """Map each row's values to a common line from 0 to the greatest value."""
    rows = list(rows)
    greatest = max((value for row in rows for value in row), default=0) or 1
    return [Strip(sorted({round(WIDTH * value / greatest, 1) for value in row})) for row in rows]


def runs_of(numbers: Iterable[int]) -> list[Run]:
    """Return the runs of these numbers on a line from the lowest to the highest."""
    ordered = sorted(set(numbers))
    whole = ordered[-1] - ordered[0] + 1
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [run(first - ordered[0], last - first + 1, whole) for first, last in runs]


def run(before: int, length: int, whole: int) -> Run:
    drawn = max(THINNEST, WIDTH * length / whole)
    return Run(round(min(WIDTH * before / whole, WIDTH - drawn), 2), round(drawn, 2))
