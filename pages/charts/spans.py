"""Stretches of time on one common line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from pages.charts import WIDTH

# So that a single day can be seen.
SHORTEST = 1.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a stretch of time begins on the line, and how long it is."""

    start: float
    length: float


def stretches(spans: Iterable[tuple[datetime.date | None, datetime.date | None]]) -> list[Stretch | None]:
    """Each span on a line from the earliest day to the latest; None for one whose days are not known."""
    spans = list(spans)
    days = [day for span in spans for day in span if day is not None]
    if not days:
        return [None] * len(spans)
    first, whole = min(days), max(1, (max(days) - min(days)).days)
    return [
        stretch((start - first).days / whole, (end - first).days / whole) if start and end else None
        for start, end in spans
    ]


def stretch(start: float, end: float) -> Stretch:
    length = max(SHORTEST, WIDTH * (end - start))
    return Stretch(round(min(WIDTH * start, WIDTH - length), 1), round(length, 1))
