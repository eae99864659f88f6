"""Arrange recognized characters with bounding boxes into lines."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import NamedTuple

# Characters of one word touch. In 陆 岚 there is room for another one between 陆 and 岚.
GAP_OF_A_BLANK = 0.6


class Character(NamedTuple):
    """A character, its score (from 0 to 1), and its bounding box in pixels."""

    sign: str
    score: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Line(NamedTuple):
    text: str
    score: float


def lines_of(characters: Iterable[Character]) -> list[Line]:
    """Return the lines from top to bottom.

    The score is that of the least certain letter or digit.
    """
    return [line_of(row) for row in rows_of(characters)]


def rows_of(characters: Iterable[Character]) -> list[list[Character]]:
    """Group characters into rows.

    A character joins the row whose last character's middle is within half its height.
    """
    rows: list[list[Character]] = []
    for character in sorted(characters, key=lambda each: each.left):
        height = character.bottom - character.top
        near = [row for row in rows if abs(row[-1].middle - character.middle) < height / 2]
        if near:
            min(near, key=lambda row: abs(row[-1].middle - character.middle)).append(character)
        else:
            rows.append([character])
    return sorted(rows, key=lambda row: median(each.middle for each in row))


def line_of(row: list[Character]) -> Line:
    em = median(max(each.right - each.left, 1) for each in row)
    text = row[0].sign
    for before, character in pairwise(row):
        is_apart = character.left - before.right > GAP_OF_A_BLANK * em
        # Chinese punctuation includes a blank: 《 on its left, 。 on its right.
        text += " " if is_apart and before.sign[-1:].isalnum() and character.sign[:1].isalnum() else ""
        text += character.sign
    return Line(text, min((each.score for each in row if each.sign.isalnum()), default=1.0))
