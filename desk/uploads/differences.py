"""Compare two texts of one meeting by lines, or by sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# Comparing takes quadratic time; minutes have a few hundred lines.
MAX_LINES = 2000
LINES_AROUND = 1
# 会议指出，要抓紧实施。（二）关于 (the end of a sentence)
SENTENCE_END = re.compile(r"(?<=[。；！？])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, and whether it is missing from the other text."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both texts or of one, or the number of equal lines left out."""

    kind: str
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Differences:
    """The rows of a comparison, how many differ, and whether it was cut off."""

    rows: list[Row]
    count: int
    cut_off: bool

    @property
    def characters(self) -> int:
        """Return the number of characters marked as different."""
        return sum(len(piece.text) for row in self.rows for piece in (*row.old, *row.new) if piece.differs)


def differences(old_text: str, new_text: str) -> Differences:
    """Return the comparison of two texts, ignoring whitespace."""
    if same_text(old_text, new_text):
        return Differences([], 0, False)
    # Formats break lines in different places; comparing sentences then marks less.
    return min(
        compared(lines_of(old_text), lines_of(new_text)),
        compared(sentences_of(old_text), sentences_of(new_text)),
        key=lambda found: found.characters,
    )


def compared(old: list[str], new: list[str]) -> Differences:
    """Return the comparison of two lists of lines or sentences."""
    rows = list(rows_of(old[:MAX_LINES], new[:MAX_LINES]))
    count = sum(row.kind in ("changed", "old", "new") for row in rows)
    return Differences(rows, count, len(old) > MAX_LINES or len(new) > MAX_LINES)


def same_text(old_text: str, new_text: str) -> bool:
    """Return whether two texts differ only in whitespace."""
    return "".join(old_text.split()) == "".join(new_text.split())


def lines_of(text: str) -> list[str]:
    """Return the lines without whitespace, which depends on the format."""
    return [line for line in ("".join(line.split()) for line in text.splitlines()) if line]


def sentences_of(text: str) -> list[str]:
    """Return the sentences without whitespace and line breaks."""
    return [sentence for sentence in SENTENCE_END.split("".join(text.split())) if sentence]


def rows_of(old: list[str], new: list[str]) -> Iterator[Row]:
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from same_rows(old[old_start:old_end])
        else:
            pairs = zip_longest(old[old_start:old_end], new[new_start:new_end])
            yield from (different_row(before, after) for before, after in pairs)


def same_rows(lines: list[str]) -> Iterator[Row]:
    """Yield equal lines; of many, only those next to a difference."""
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
    before = common_prefix(old, new)
    after = common_prefix(old[before:][::-1], new[before:][::-1])
    return Row("changed", pieces_of(old, before, after), pieces_of(new, before, after))


def common_prefix(one: str, other: str) -> int:
    """Return the length of the common prefix."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def pieces_of(line: str, before: int, after: int) -> tuple[Piece, ...]:
    """Split a line into the common prefix, the difference and the common suffix."""
    end = len(line) - after
    pieces = (Piece(line[:before], False), Piece(line[before:end], True), Piece(line[end:], False))
    return tuple(piece for piece in pieces if piece.text)
