"""The folded texts of all documents, in one memory-mapped file per field.

Readers map the file, so that all processes of a machine share one copy. It is UTF-16: nearly every character is one
number of two bytes, and a long stretch of numbers is compared at once.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minutes.fold import PASSAGE_BREAK
from search.index.engines.whoosh.columns import Numbers
from search.index.engines.whoosh.rows import Rows

Units = NDArray[np.uint16]

_ENCODING = "utf-16-le"
_UNIT = np.dtype("<u2")
_UNITS_AT_A_TIME = 1 << 20  # limits the memory used by a comparison
_BREAK = PASSAGE_BREAK.encode(_ENCODING)


class TextFile:
    """The texts of one field of a segment's documents, searchable for substrings."""

    def __init__(self, path: Path, field: str, rows: Rows) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._units: Units = np.frombuffer(self._bytes, dtype=_UNIT)
        self._starts: list[int] = rows[f"{field}_start"].tolist()
        self._ends: list[int] = rows[f"{field}_end"].tolist()
        self._start_units = rows[f"{field}_start"] // _UNIT.itemsize

    def rows_containing(self, text: str) -> Numbers:
        """Return the rows whose text contains this folded text."""
        rows = [np.searchsorted(self._start_units, places, "right") - 1 for places in self._places_of(text)]
        found = np.concatenate([np.array([-1]), *rows])
        return found[1:][np.diff(found) > 0]

    def only_containing(self, rows: Numbers, text: str) -> Numbers:
        """Return those of these rows whose text contains this folded text."""
        sought = text.encode(_ENCODING)
        found = [row for row in rows.tolist() if self._find(sought, self._starts[row], self._ends[row]) >= 0]
        return np.array(found, dtype=np.int64)

    def rows_of_first_texts(self, text: str) -> Numbers:
        """Return the row of each occurrence of this folded text in a first text."""
        sought = text.encode(_ENCODING)
        found = []
        place = self._find(sought, 0, len(self._bytes))
        while place >= 0:
            row = bisect_right(self._starts, place) - 1
            if self._find(_BREAK, self._starts[row], place) >= 0:
                place = self._find(sought, self._ends[row], len(self._bytes))
                continue
            found.append(row)
            place = self._find(sought, place + len(sought), len(self._bytes))
        return np.array(found, dtype=np.int64)

    @cached_property
    def first_text_characters(self) -> Numbers:
        """Return the number of characters in the first text of each row."""
        rows = range(len(self._starts))
        lengths = (len(self.bytes_of(row).decode(_ENCODING).split(PASSAGE_BREAK, 1)[0]) for row in rows)
        return np.fromiter(lengths, dtype=np.int64, count=len(rows))

    def bytes_of(self, row: int) -> bytes:
        """Return the folded text of one row, encoded."""
        return self._bytes[self._starts[row] : self._ends[row]]

    def bytes_between(self, start: int, end: int) -> bytes:
        """Return a range of the file."""
        return self._bytes[start:end]

    def _places_of(self, text: str) -> Iterator[Numbers]:
        """Yield the positions of the text in the file, in UTF-16 units, by stretch."""
        sought: Units = np.frombuffer(text.encode(_ENCODING), dtype=_UNIT)
        rarest = int(np.argmin(self._frequencies[sought]))
        last = len(self._units) - len(sought)
        for start in range(0, len(self._units), _UNITS_AT_A_TIME):
            stretch = self._units[start : start + _UNITS_AT_A_TIME]
            places = np.flatnonzero(stretch == sought[rarest]) + (start - rarest)
            places = places[(places >= 0) & (places <= last)]
            for offset, unit in enumerate(sought):
                if offset != rarest:
                    places = places[self._units[places + offset] == unit]
            if len(places):
                yield places

    @cached_property
    def _frequencies(self) -> Numbers:
        """Return the approximate frequency of every unit, from the start of the file."""
        return np.bincount(self._units[:_UNITS_AT_A_TIME], minlength=1 << 16)

    def _find(self, sought: bytes, start: int, end: int) -> int:
        """Return the first position of these bytes in a range, aligned to units, or -1."""
        place = self._bytes.find(sought, start, end)
        while place % _UNIT.itemsize and place >= 0:
            place = self._bytes.find(sought, place + 1, end)
        return place


class FieldText:
    """One field of all documents of a generation: the text files of its segments, less their removed rows."""

    def __init__(self, files: Sequence[TextFile], kept: Sequence[Numbers]) -> None:
        """Take the files with the rows that are kept of each, which follow one another in the generation."""
        self._files = files
        self._kept = kept
        self._first = np.cumsum([0, *(len(rows) for rows in kept)])

    def rows_containing(self, text: str) -> Numbers:
        """Return the rows whose text contains this folded text."""
        return self._of_generation([file.rows_containing(text) for file in self._files])

    def only_containing(self, rows: Numbers, text: str) -> Numbers:
        """Return those of these rows whose text contains this folded text."""
        found = []
        for file, kept, first, end in zip(self._files, self._kept, self._first, self._first[1:], strict=False):
            its_rows = rows[(rows >= first) & (rows < end)] - first
            found.append(file.only_containing(kept[its_rows], text))
        return self._of_generation(found)

    def rows_of_first_texts(self, text: str) -> Numbers:
        """Return the row of each occurrence of this folded text in the first text of a row."""
        return self._of_generation([file.rows_of_first_texts(text) for file in self._files])

    def first_text_characters(self) -> Numbers:
        """Return how many characters the first text of each row has."""
        lengths = [file.first_text_characters[kept] for file, kept in zip(self._files, self._kept, strict=True)]
        return np.concatenate(lengths)

    def _of_generation(self, found: Sequence[Numbers]) -> Numbers:
        """Return rows of the files as rows of the generation, without those removed."""
        rows = []
        for its_rows, kept, first in zip(found, self._kept, self._first, strict=False):
            places = np.searchsorted(kept, its_rows)
            alive = places < len(kept)
            alive[alive] = kept[places[alive]] == its_rows[alive]
            rows.append(places[alive] + first)
        return np.concatenate(rows)


class TextFileWriter:
    """Write the texts of documents one after another.

    A separator prevents matches across documents.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(_BREAK)

    def add(self, text: str) -> tuple[int, int]:
        """Append a folded text; return its byte range."""
        return self.add_bytes(text.encode(_ENCODING))

    def add_bytes(self, encoded: bytes) -> tuple[int, int]:
        """Append texts of another file; return their byte range."""
        start = self._file.tell()
        self._file.write(encoded)
        self._file.write(_BREAK)
        return start, start + len(encoded)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
