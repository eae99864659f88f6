"""Compare two texts of one meeting line by line, or sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# Comparing takes a time that grows with the square of the length; minutes have some hundred lines.
MAX_LINES = 2000
LINES_AROUND = 1
# 会议指出，要抓紧实施。（二）关于 (a place where a sentence ends)
SENTENCE_END = re.compile(r"(?<=[。；！？])")


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

    @property
    def characters(self) -> int:
        """Count the characters that are marked as different."""
        return sum(len(piece.text) for row in self.rows for piece in (*row.old, *row.new) if piece.differs)


def differences(old_text: str, new_text: str) -> Differences:
    """Return the comparison of two texts, line by line without white space."""
    if same_text(old_text, new_text):
        return Differences([], 0, False)
    # Formats break lines elsewhere: then sentences are what both texts have alike.
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
    """Return whether two texts differ in nothing but white space."""
    return "".join(old_text.split()) == "".join(new_text.split())


def lines_of(text: str) -> list[str]:
    """Return the lines without any white space: formats put it where they like."""
    return [line for line in ("".join(line.split()) for line in text.splitlines()) if line]


def sentences_of(text: str) -> list[str]:
    """Return the sentences without any white space, wherever the text breaks its lines."""
    return [sentence for sentence in SENTENCE_END.split("".join(text.split())) if sentence]


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
