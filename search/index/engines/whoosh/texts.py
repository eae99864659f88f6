"""The folded text of all documents in one file for each field, looked through for what a query holds.

Readers map the file, so that all processes of a machine share one copy. It is UTF-16: nearly every character is one
number of two bytes, and a whole stretch of numbers is compared at once.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterator
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
_UNITS_AT_A_TIME = 1 << 20  # what is compared at once takes little memory
_BREAK = PASSAGE_BREAK.encode(_ENCODING)


class TextFile:
    """One field of a generation's documents, found by what it holds."""

    def __init__(self, path: Path, field: str, rows: Rows) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._units: Units = np.frombuffer(self._bytes, dtype=_UNIT)
        self._starts: list[int] = rows[f"{field}_start"].tolist()
        self._ends: list[int] = rows[f"{field}_end"].tolist()
        self._start_units = rows[f"{field}_start"] // _UNIT.itemsize

    def rows_holding(self, text: str) -> Numbers:
        """Return the rows whose text holds this folded text."""
        rows = [np.searchsorted(self._start_units, places, "right") - 1 for places in self._places_of(text)]
        found = np.concatenate([np.array([-1]), *rows])
        return found[1:][np.diff(found) > 0]

    def only_holding(self, rows: Numbers, text: str) -> Numbers:
        """Return those of these rows whose text holds this folded text."""
        sought = text.encode(_ENCODING)
        found = [row for row in rows.tolist() if self._find(sought, self._starts[row], self._ends[row]) >= 0]
        return np.array(found, dtype=np.int64)

    def rows_of_first_texts(self, text: str) -> Numbers:
        """For every time that this folded text stands in the first text of a row, that row."""
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
        """How many characters the first text of each row has."""
        rows = range(len(self._starts))
        lengths = (len(self.bytes_of(row).decode(_ENCODING).split(PASSAGE_BREAK, 1)[0]) for row in rows)
        return np.fromiter(lengths, dtype=np.int64, count=len(rows))

    def bytes_of(self, row: int) -> bytes:
        """Return the folded text of one row, encoded."""
        return self._bytes[self._starts[row] : self._ends[row]]

    def bytes_between(self, start: int, end: int) -> bytes:
        """Return a stretch of the file."""
        return self._bytes[start:end]

    def _places_of(self, text: str) -> Iterator[Numbers]:
        """Return where the text begins in the file, in units, stretch by stretch."""
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
        """About how frequent every unit is: the beginning of the file tells."""
        return np.bincount(self._units[:_UNITS_AT_A_TIME], minlength=1 << 16)

    def _find(self, sought: bytes, start: int, end: int) -> int:
        """Return where these bytes first stand between two places, as whole units.

        -1 when they do not.
        """
        place = self._bytes.find(sought, start, end)
        while place % _UNIT.itemsize and place >= 0:
            place = self._bytes.find(sought, place + 1, end)
        return place


class TextFileWriter:
    """Writes the texts of documents one after another.

    A break between them keeps finds within one document.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(_BREAK)

    def add(self, text: str) -> tuple[int, int]:
        """Return where this folded text now starts and ends."""
        return self.add_bytes(text.encode(_ENCODING))

    def add_bytes(self, encoded: bytes) -> tuple[int, int]:
        """Return where these texts of another file now start and end."""
        start = self._file.tell()
        self._file.write(encoded)
        self._file.write(_BREAK)
        return start, start + len(encoded)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
