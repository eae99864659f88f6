"""Periods of time on a common line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from pages.charts import WIDTH

# Minimum length, so that a single day is visible.
SHORTEST = 1.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """The start and length of a period on the line."""

    start: float
    length: float


def stretches(spans: Iterable[tuple[datetime.date | None, datetime.date | None]]) -> list[Stretch | None]:
    """Map periods to a line from the earliest to the latest day; None if undated."""
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
