"""A ranking as a bar chart with names and figures; a part of each bar is filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# The name is above its bar, so that a long one can use the whole width.
LINE, NAME_HEIGHT, BAR_HEIGHT = 44, 18, 12
LONGEST_BAR, WIDTH = 260, 340
# Names are truncated to this many characters; the table beside the chart has them in full.
LONGEST_NAME = 23


@dataclass(frozen=True, slots=True)
class RankingBar:
    """A line of the chart."""

    name: str
    whole: int
    part: int
    baseline: int
    length: float
    part_length: float

    @property
    def top(self) -> int:
        return self.baseline + 6

    @property
    def figure_at(self) -> float:
        return self.length + 8

    @property
    def figure_baseline(self) -> int:
        return self.top + BAR_HEIGHT - 1


@dataclass(frozen=True, slots=True)
class Ranking:
    """The bars of a chart and its size."""

    bars: list[RankingBar]

    width, bar_height = WIDTH, BAR_HEIGHT

    @property
    def height(self) -> int:
        return LINE * len(self.bars)


def ranking_of(rows: Iterable[tuple[str, int, int]]) -> Ranking:
    """Return the chart of rows with name, total and part, in their order."""
    rows = list(rows)
    greatest = max((whole for _, whole, _ in rows), default=0) or 1
    return Ranking(
        [
            RankingBar(
                shortened(name),
                whole,
                part,
                LINE * number + NAME_HEIGHT - 4,
                scaled(whole, greatest),
                scaled(part, greatest),
            )
            for number, (name, whole, part) in enumerate(rows)
        ]
    )


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def scaled(value: int, greatest: int) -> float:
    return round(LONGEST_BAR * value / greatest, 1)
