"""Categories as arrays: which values a row has, kept once for all rows that have the same ones.

All items of a meeting have the same people, and most items one of a handful of outcomes. So a row knows the number
of its set of values, and the values are kept by set: filters look at sets, counts at how many rows each set has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """One category of all rows.

    A set's values lie side by side, in their order, and say to which set they belong.
    """

    set_of_row: Numbers
    distinct: Numbers  # every value, in order
    places: Numbers  # the values of the sets, as places in `distinct`
    sets: Numbers  # to which set each of them belongs
    size: int  # how many sets there are, empty ones among them

    @classmethod
    def of(cls, values_of_rows: Iterable[Collection[int]]) -> Column:
        """Return the column in which every row has these values."""
        numbers: dict[tuple[int, ...], int] = {}
        set_of_row = [numbers.setdefault(tuple(sorted(set(values))), len(numbers)) for values in values_of_rows]
        sets = [number for values, number in numbers.items() for _ in values]
        distinct, places = np.unique(_numbers([value for values in numbers for value in values]), return_inverse=True)
        return cls(_numbers(set_of_row), distinct, places.astype(np.int64), _numbers(sets), len(numbers))

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, Numbers]) -> Column:
        """Return the column that `arrays` was asked of."""
        set_of_row, distinct, places, sets, size = (
            arrays[f"{name}.{part}"] for part in ("rows", "distinct", "places", "sets", "size")
        )
        return cls(set_of_row, distinct, places, sets, int(size[0]))

    def arrays(self, name: str) -> dict[str, Numbers]:
        """Return the column as arrays with names of their own, to be written to a file."""
        return {
            f"{name}.rows": self.set_of_row,
            f"{name}.distinct": self.distinct,
            f"{name}.places": self.places,
            f"{name}.sets": self.sets,
            f"{name}.size": _numbers([self.size]),
        }

    def rows_where(self, wanted: Mask) -> Mask:
        """Return which rows have one of the distinct values that are marked here."""
        return self.sets_where(wanted)[self.set_of_row]

    def sets_where(self, wanted: Mask) -> Mask:
        """Return which sets have one of the distinct values that are marked here."""
        sets = np.zeros(self.size, dtype=bool)
        sets[self.sets[wanted[self.places]]] = True
        return sets

    def rows_with(self, values: Collection[int]) -> Mask:
        """Return which rows have one of these values."""
        return self.rows_where(np.isin(self.distinct, list(values)))

    def count(self, rows: Numbers) -> dict[int, int]:
        """Return how many of these rows have each value."""
        counts = np.bincount(self.places, weights=self.rows_of_sets(rows)[self.sets], minlength=len(self.distinct))
        return as_counts(self.distinct, counts)

    def rows_of_sets(self, rows: Numbers) -> Numbers:
        """Return how many of these rows have each set."""
        return np.bincount(self.set_of_row[rows], minlength=self.size)

    def only(self, rows: Mask) -> Column:
        """Return the column of these rows alone, without the sets that none of them has."""
        used = np.zeros(self.size, dtype=bool)
        used[self.set_of_row[rows]] = True
        renumbered = np.cumsum(used) - 1
        kept = used[self.sets]
        set_of_row, sets = renumbered[self.set_of_row[rows]], renumbered[self.sets[kept]]
        return Column(set_of_row, self.distinct, self.places[kept], sets, int(used.sum()))

    def followed_by(self, other: Column) -> Column:
        """Return the column of these rows and then those."""
        distinct = np.union1d(self.distinct, other.distinct)
        places = [np.searchsorted(distinct, each.distinct)[each.places] for each in (self, other)]
        return Column(
            np.concatenate([self.set_of_row, other.set_of_row + self.size]),
            distinct,
            np.concatenate(places),
            np.concatenate([self.sets, other.sets + self.size]),
            self.size + other.size,
        )


def as_counts(values: Numbers, counts: NDArray) -> dict[int, int]:
    """Return the values that are counted at all, each with its count."""
    found = np.flatnonzero(counts)
    return dict(zip(values[found].tolist(), counts[found].astype(np.int64).tolist(), strict=True))


def _numbers(values: list[int]) -> Numbers:
    return np.array(values, dtype=np.int64)
