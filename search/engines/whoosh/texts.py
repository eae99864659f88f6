"""The folded text of all documents in one file for each field, looked through for what a query holds.

Readers map the file, so that all processes of a machine share one copy. UTF-8 never finds half a character.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from functools import cached_property
from pathlib import Path

import numpy as np

from search.engines.whoosh.columns import Numbers
from search.engines.whoosh.rows import Rows
from search.fold import PASSAGE_BREAK

_BREAK = PASSAGE_BREAK.encode()


class TextFile:
    """One field of a generation's documents, found by what it holds."""

    def __init__(self, path: Path, field: str, rows: Rows) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._starts: list[int] = rows[f"{field}_start"].tolist()
        self._ends: list[int] = rows[f"{field}_end"].tolist()

    def rows_holding(self, text: str) -> Numbers:
        """The rows whose text holds this folded text."""
        sought = text.encode()
        found = []
        place = self._bytes.find(sought)
        while place >= 0:
            row = bisect_right(self._starts, place) - 1
            found.append(row)
            place = self._bytes.find(sought, self._ends[row])
        return np.array(found, dtype=np.int64)

    def only_holding(self, rows: Numbers, text: str) -> Numbers:
        """Those of these rows whose text holds this folded text."""
        sought = text.encode()
        found = [row for row in rows.tolist() if self._bytes.find(sought, self._starts[row], self._ends[row]) >= 0]
        return np.array(found, dtype=np.int64)

    def rows_of_first_texts(self, text: str) -> Numbers:
        """For every time that this folded text stands in the first text of a row, that row."""
        sought = text.encode()
        found = []
        place = self._bytes.find(sought)
        while place >= 0:
            row = bisect_right(self._starts, place) - 1
            if self._bytes.find(_BREAK, self._starts[row], place) >= 0:
                place = self._bytes.find(sought, self._ends[row])
                continue
            found.append(row)
            place = self._bytes.find(sought, place + len(sought))
        return np.array(found, dtype=np.int64)

    @cached_property
    def first_text_characters(self) -> Numbers:
        """How many characters the first text of each row has."""
        rows = range(len(self._starts))
        lengths = (len(self.bytes_of(row).split(_BREAK, 1)[0].decode()) for row in rows)
        return np.fromiter(lengths, dtype=np.int64, count=len(rows))

    def bytes_of(self, row: int) -> bytes:
        """The folded text of one row, encoded."""
        return self._bytes[self._starts[row] : self._ends[row]]

    def bytes_between(self, start: int, end: int) -> bytes:
        """A stretch of the file."""
        return self._bytes[start:end]


class TextFileWriter:
    """Writes the texts of documents one after another; a break between them keeps finds within one document."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(_BREAK)

    def add(self, encoded: bytes) -> tuple[int, int]:
        """Where this text now starts and ends."""
        start = self._file.tell()
        self._file.write(encoded)
        self._file.write(_BREAK)
        return start, start + len(encoded)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
