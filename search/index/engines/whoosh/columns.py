"""Categories as arrays, storing each distinct set of values once.

All items of a meeting have the same people, and most items one of a few outcomes. So a row has the number of its set,
and values are stored by set: filters look at sets, and counts at the number of rows of each set.
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

    The values of all sets are in one array, in order, with another array of their sets.
    """

    set_of_row: Numbers
    distinct: Numbers  # the distinct values, sorted
    places: Numbers  # the values of the sets, as indices into `distinct`
    sets: Numbers  # the set of each of them
    size: int  # number of sets, including empty ones

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
        """Return the column from the result of `arrays`."""
        set_of_row, distinct, places, sets, size = (
            arrays[f"{name}.{part}"] for part in ("rows", "distinct", "places", "sets", "size")
        )
        return cls(set_of_row, distinct, places, sets, int(size[0]))

    def arrays(self, name: str) -> dict[str, Numbers]:
        """Return the column as named arrays, to be written to a file."""
        return {
            f"{name}.rows": self.set_of_row,
            f"{name}.distinct": self.distinct,
            f"{name}.places": self.places,
            f"{name}.sets": self.sets,
            f"{name}.size": _numbers([self.size]),
        }

    def rows_where(self, wanted: Mask) -> Mask:
        """Return a mask of the rows with one of the marked distinct values."""
        return self.sets_where(wanted)[self.set_of_row]

    def sets_where(self, wanted: Mask) -> Mask:
        """Return a mask of the sets with one of the marked distinct values."""
        sets = np.zeros(self.size, dtype=bool)
        sets[self.sets[wanted[self.places]]] = True
        return sets

    def rows_with(self, values: Collection[int]) -> Mask:
        """Return a mask of the rows with one of these values."""
        return self.rows_where(np.isin(self.distinct, list(values)))

    def count(self, rows: Numbers) -> dict[int, int]:
        """Return the number of these rows with each value."""
        counts = np.bincount(self.places, weights=self.rows_of_sets(rows)[self.sets], minlength=len(self.distinct))
        return as_counts(self.distinct, counts)

    def rows_of_sets(self, rows: Numbers) -> Numbers:
        """Return the number of these rows with each set."""
        return np.bincount(self.set_of_row[rows], minlength=self.size)

    def only(self, rows: Mask) -> Column:
        """Return the column of these rows, without sets not used by them."""
        used = np.zeros(self.size, dtype=bool)
        used[self.set_of_row[rows]] = True
        renumbered = np.cumsum(used) - 1
        kept = used[self.sets]
        set_of_row, sets = renumbered[self.set_of_row[rows]], renumbered[self.sets[kept]]
        return Column(set_of_row, self.distinct, self.places[kept], sets, int(used.sum()))

    def followed_by(self, other: Column) -> Column:
        """Return the column of these rows followed by those."""
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
    """Return the values with a count above 0, with their counts."""
    found = np.flatnonzero(counts)
    return dict(zip(values[found].tolist(), counts[found].astype(np.int64).tolist(), strict=True))


def _numbers(values: list[int]) -> Numbers:
    return np.array(values, dtype=np.int64)
