"""Compare two texts of one meeting line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# Comparing takes a time that grows with the square of the length; minutes have some hundred lines.
MAX_LINES = 2000
LINES_AROUND = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line, and whether the other text has them too."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both texts, or of one; or how many lines are left out because they are the same."""

    kind: str
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Differences:
    """The rows of a comparison, how many of them differ, and whether the texts are longer than was compared."""

    rows: list[Row]
    count: int
    cut_off: bool


def differences(old_text: str, new_text: str) -> Differences:
    """Return the comparison of two texts, without blank lines."""
    old, new = lines_of(old_text), lines_of(new_text)
    rows = list(rows_of(old[:MAX_LINES], new[:MAX_LINES]))
    count = sum(row.kind in ("changed", "old", "new") for row in rows)
    return Differences(rows, count, len(old) > MAX_LINES or len(new) > MAX_LINES)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def rows_of(old: list[str], new: list[str]) -> Iterator[Row]:
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from same_rows(old[old_start:old_end])
        else:
            pairs = zip_longest(old[old_start:old_end], new[new_start:new_end])
            yield from (different_row(before, after) for before, after in pairs)


def same_rows(lines: list[str]) -> Iterator[Row]:
    """Lines that both texts have; of many only the first and last, next to what differs."""
    left_out = len(lines) - 2 * LINES_AROUND
    shown = lines if left_out <= 1 else [*lines[:LINES_AROUND], None, *lines[-LINES_AROUND:]]
    for line in shown:
        if line is None:
            yield Row("left_out", left_out=left_out)
        else:
            yield Row("same", (Piece(line, False),), (Piece(line, False),))


def different_row(old: str | None, new: str | None) -> Row:
    if old is None:
        return Row("new", new=(Piece(new or "", True),))
    if new is None:
        return Row("old", old=(Piece(old, True),))
    before = same_at_the_beginning(old, new)
    after = same_at_the_beginning(old[before:][::-1], new[before:][::-1])
    return Row("changed", pieces_of(old, before, after), pieces_of(new, before, after))


def same_at_the_beginning(one: str, other: str) -> int:
    """How many characters two lines begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def pieces_of(line: str, before: int, after: int) -> tuple[Piece, ...]:
    """Return a line in which so many characters at its beginning and end are in the other text too."""
    end = len(line) - after
    pieces = (Piece(line[:before], False), Piece(line[before:end], True), Piece(line[end:], False))
    return tuple(piece for piece in pieces if piece.text)
