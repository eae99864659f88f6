"""What one format gives: the text, and the places of it that somebody has to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

# Called after each page with its number and the number of pages.
TellPage = Callable[[int, int], None]


class Doubt(NamedTuple):
    """A place in the text, or with no place the whole of it, and why to look at it. Codes: docs/problems.md."""

    code: str
    message: str
    start: int | None
    end: int | None


class Found(NamedTuple):
    text: str
    doubts: list[Doubt]
