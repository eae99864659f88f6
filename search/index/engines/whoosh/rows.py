"""Facts of all documents as arrays, for masks of those that pass filters.

A document is a row, with the same index in every array.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from search.index.documents import TEXT_FIELDS, IndexDocument, Value
from search.index.engines.base import Filters
from search.index.engines.whoosh.columns import Column, Mask, Numbers
from search.index.engines.whoosh.organizations import Organizations
from search.index.facet_fields import CATEGORIES, ORGANIZATION, Category
from search.index.ranking import FIELD_WEIGHTS

_NUMBERS_FILE = "rows.npy"
_LENGTHS_FILE = "rows.json"
_NUMBERS = (
    "key",
    "meeting",
    "position",
    "day",  # date.toordinal(); 0 for meetings without date
    "fingerprint",
    *(f"{name}_{side}" for name in TEXT_FIELDS for side in ("start", "end")),  # byte ranges in the text files
    *(f"{name}_words" for name in FIELD_WEIGHTS),  # number of words
)


@dataclass(frozen=True, slots=True)
class Rows:
    """All documents of a generation, by column."""

    numbers: Mapping[str, Numbers]
    categories: Mapping[str, Column]
    organizations: Organizations

    @classmethod
    def load(cls, folder: Path) -> Rows:
        """Return the rows that `save` wrote; the file is mapped, so that all processes share one copy."""
        arrays = _load_arrays(folder)
        return cls(
            {name: arrays[name] for name in _NUMBERS},
            {each.name: Column.from_arrays(each.name, arrays) for each in CATEGORIES},
            Organizations.from_arrays(arrays),
        )

    def save(self, folder: Path) -> None:
        """Write all arrays one after another to one file, and beside it how many numbers each has."""
        arrays = dict(self.numbers) | self.organizations.arrays()
        for name, column in self.categories.items():
            arrays |= column.arrays(name)
        np.save(folder / _NUMBERS_FILE, np.concatenate(list(arrays.values())))
        lengths = {name: len(array) for name, array in arrays.items()}
        (folder / _LENGTHS_FILE).write_text(json.dumps(lengths, indent=1), "utf-8")

    def __len__(self) -> int:
        return len(self.numbers["key"])

    def __getitem__(self, name: str) -> Numbers:
        return self.numbers[name]

    def outside(self, meetings: Collection[int]) -> Mask:
        """Return a mask of the rows of all other meetings."""
        return ~np.isin(self["meeting"], list(meetings))

    def only(self, rows: Mask) -> Rows:
        """Return these rows alone, without gaps."""
        return Rows(
            {name: numbers[rows] for name, numbers in self.numbers.items()},
            {name: column.only(rows) for name, column in self.categories.items()},
            self.organizations.only(rows),
        )

    def followed_by(self, others: Rows) -> Rows:
        """Return these rows followed by the others."""
        return Rows(
            {name: np.concatenate([numbers, others[name]]) for name, numbers in self.numbers.items()},
            {name: column.followed_by(others.categories[name]) for name, column in self.categories.items()},
            self.organizations.followed_by(others.organizations),
        )

    def passing(self, filters: Filters) -> Mask:
        """Return a mask of the rows that match the filters."""
        mask = self.dated(filters.date_from, filters.date_to)
        for category in CATEGORIES:
            if wanted := filters.of(category.name):
                mask &= self.having(category, wanted)
        if filters.of("organization") or filters.of("role"):
            mask &= self.organizations.rows_with(filters.of("organization"), filters.roles())
        return mask

    def dated(self, first: datetime.date | None, last: datetime.date | None) -> Mask:
        """Return a mask of the rows dated between these days, or all without days."""
        mask = np.ones(len(self), dtype=bool)
        if first:
            mask &= self["day"] >= first.toordinal()
        if last:
            mask &= (self["day"] > 0) & (self["day"] <= last.toordinal())
        return mask

    def having(self, category: Category, values: Collection[Value]) -> Mask:
        """Return a mask of the rows with one of these values in a category."""
        return self.categories[category.name].rows_with([_as_number(category, value) for value in values])

    def among(self, category: str, values: Collection[Value], roles: Collection[str]) -> Mask:
        """Return a mask of the rows with one of these values in a category.

        For organizations, in one of these roles.
        """
        if not values:
            return np.zeros(len(self), dtype=bool)
        if category == ORGANIZATION.name:
            return self.organizations.rows_with(values, roles)
        return self.having(next(each for each in CATEGORIES if each.name == category), values)

    def newest_first(self) -> Numbers:
        """Return all rows, newest meeting first and its items in order.

        Meetings without a date are last.
        """
        return np.lexsort((self["position"], -self["meeting"], -self["day"]))

    def oldest_first(self) -> Numbers:
        """Return all rows, oldest meeting first and its items in order.

        Meetings without a date are last.
        """
        return np.lexsort((self["position"], self["meeting"], self["day"], self["day"] == 0))


def meetings_in(folder: Path) -> Numbers:
    """Return the meeting of each row that `Rows.save` wrote to a folder."""
    return _load_arrays(folder)["meeting"]


def _load_arrays(folder: Path) -> dict[str, Numbers]:
    numbers = np.load(folder / _NUMBERS_FILE, mmap_mode="r").view(np.ndarray)
    lengths = json.loads((folder / _LENGTHS_FILE).read_text("utf-8"))
    arrays = np.split(numbers, np.cumsum(list(lengths.values()))[:-1])
    return dict(zip(lengths, arrays, strict=True))


class RowsBuilder:
    """Collect documents into rows."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[int]] = {name: [] for name in _NUMBERS}
        self._values: dict[str, list[tuple[int, ...]]] = {category.name: [] for category in CATEGORIES}
        self._organizations: list[tuple[tuple[int, str], ...]] = []

    def add(self, document: IndexDocument, places: Mapping[str, tuple[int, int]], words: Mapping[str, int]) -> None:
        """Add a document with its byte ranges in the text files and its word counts."""
        numbers = {
            "key": document.key.to_int(),
            "meeting": document.meeting,
            "position": document.position,
            "day": document.date.toordinal() if document.date else 0,
            "fingerprint": document.fingerprint(),
            **{f"{name}_start": start for name, (start, _) in places.items()},
            **{f"{name}_end": end for name, (_, end) in places.items()},
            **{f"{name}_words": words[name] for name in FIELD_WEIGHTS},
        }
        for name, number in numbers.items():
            self._numbers[name].append(number)
        for category in CATEGORIES:
            values = document.values_of(category.name)
            self._values[category.name].append(tuple(_as_number(category, value) for value in values))
        self._organizations.append(document.organizations)

    def rows(self) -> Rows:
        """Return the rows of all documents added."""
        return Rows(
            {name: np.array(numbers, dtype=np.int64) for name, numbers in self._numbers.items()},
            {name: Column.of(values) for name, values in self._values.items()},
            Organizations.of(self._organizations),
        )


def _as_number(category: Category, value: Value) -> int:
    if not category.choices:
        return int(value)
    return _place_of(category)[value]


@cache
def _place_of(category: Category) -> dict[Value, int]:
    return {value: place for place, (value, _) in enumerate(category.choices)}
