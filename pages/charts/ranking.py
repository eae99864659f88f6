"""A ranking as one picture with its names and figures: a bar each, the part that is meant filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LINE, BAR_HEIGHT = 26, 14
# Where the bars begin and how long the longest is; the names stand before them, the figures behind.
BARS_FROM, LONGEST_BAR, WIDTH = 140, 240, 460


@dataclass(frozen=True, slots=True)
class RankingBar:
    """One line of the picture."""

    name: str
    whole: int
    part: int
    top: int
    length: float
    part_length: float

    @property
    def baseline(self) -> int:
        return self.top + BAR_HEIGHT - 2

    @property
    def figure_at(self) -> float:
        return BARS_FROM + self.length + 8


@dataclass(frozen=True, slots=True)
class Ranking:
    """The bars of a picture and its size."""

    bars: list[RankingBar]

    width, bars_from, bar_height, names_at = WIDTH, BARS_FROM, BAR_HEIGHT, BARS_FROM - 10

    @property
    def height(self) -> int:
        return LINE * len(self.bars) + 6


def ranking_of(rows: Iterable[tuple[str, int, int]]) -> Ranking:
    """Return the picture of rows of name, whole and part, in their order."""
    rows = list(rows)
    greatest = max((whole for _, whole, _ in rows), default=0) or 1
    return Ranking(
        [
            RankingBar(name, whole, part, LINE * number + 4, scaled(whole, greatest), scaled(part, greatest))
            for number, (name, whole, part) in enumerate(rows)
        ]
    )


def scaled(value: int, greatest: int) -> float:
    return round(LONGEST_BAR * value / greatest, 1)
