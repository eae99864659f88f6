"""Arrange recognized characters, each with its box, into lines as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import NamedTuple

# Characters of one word touch. Between 陆 and 岚 in 陆　岚 there is room for another one.
GAP_OF_A_BLANK = 0.6


class Character(NamedTuple):
    """One character, how sure the recognition is of it (from 0 to 1), and its box in pixels."""

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
    """Yield the lines from top to bottom, each with the score of its least certain letter or digit."""
    return [line_of(row) for row in rows_of(characters)]


def rows_of(characters: Iterable[Character]) -> list[list[Character]]:
    """Yield the characters of each row: those whose middle is within half a height of the one to their left."""
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
        # Chinese punctuation brings its own blank: 《 on its left, 。 on its right.
        text += " " if is_apart and before.sign[-1:].isalnum() and character.sign[:1].isalnum() else ""
        text += character.sign
    return Line(text, min((each.score for each in row if each.sign.isalnum()), default=1.0))
