"""Many values as marks on one line, and numbers as the runs they form."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pages.charts import WIDTH

# So that a single number of hundreds can be seen.
THINNEST = 0.6


@dataclass(frozen=True, slots=True)
class Strip:
    """Where the values of a row lie on the line, each place once."""

    places: list[float]


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers that follow one another: where they begin on the line, and how far they reach."""

    start: float
    length: float


def strips(rows: Iterable[Collection[int]]) -> list[Strip]:
    """Each row's values on a common line from 0 to the greatest value of all."""
    rows = list(rows)
    greatest = max((value for row in rows for value in row), default=0) or 1
    return [Strip(sorted({round(WIDTH * value / greatest, 1) for value in row})) for row in rows]


def runs_of(numbers: Iterable[int]) -> list[Run]:
    """Return the runs of these numbers on a line from lowest to highest."""
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
