"""Units and their roles by row.

The units of an item are few and its own; those that attended are many, and the same for all items of a meeting. So
there are two columns: `named` has unit and role as one number, `attending` the units alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from search.index.documents import Value
from search.index.engines.whoosh.columns import Column, Mask, Numbers, as_counts
from search.index.facet_fields import ATTENDING, ROLE_LABELS

T = TypeVar("T")
_ROLES = tuple(ROLE_LABELS)
# Rows whose units are listed one by one in one step, if no array is cached for them.
_ROWS_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Organizations:
    """The units of all rows with their roles."""

    named: Column
    attending: Column
    # Cache of what most searches need; the data never changes while it is searched.
    _worked_out: dict[tuple[str, Hashable], Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, organizations_of_rows: Iterable[Collection[tuple[int, str]]]) -> Organizations:
        """Return the object for these units and roles of each row."""
        rows = list(organizations_of_rows)
        return cls(
            Column.of([_number(unit, role) for unit, role in row if role != ATTENDING] for row in rows),
            Column.of([unit for unit, role in row if role == ATTENDING] for row in rows),
        )

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Numbers]) -> Organizations:
        """Return the object from the result of `arrays`."""
        return cls(Column.from_arrays("standing", arrays), Column.from_arrays("attending", arrays))

    def arrays(self) -> dict[str, Numbers]:
        """Return everything as arrays, to be written to a file."""
        return self.named.arrays("standing") | self.attending.arrays("attending")

    def rows_with(self, units: Collection[Value], roles: Collection[Value]) -> Mask:
        """Return a mask of the rows with one of these units (or any) in these roles."""
        wanted = self._in_roles(roles)
        if units:
            wanted &= np.isin(self.named.distinct // len(_ROLES), list(units))
        rows = self.named.rows_where(wanted)
        if ATTENDING in roles:
            everybody = np.ones(len(self.attending.distinct), dtype=bool)
            rows |= self.attending.rows_where(np.isin(self.attending.distinct, list(units)) if units else everybody)
        return rows

    def count(self, rows: Numbers, roles: Collection[Value]) -> dict[Value, int]:
        """Return the number of these rows with each unit in one of these roles."""
        if set(roles) == {ATTENDING}:
            return self.attending.count(rows)
        if ATTENDING in roles:
            return self._count_one_by_one(rows, roles)
        every, places, sets = self._distinct_named_in(frozenset(roles))
        weights = self.named.rows_of_sets(rows)[sets]
        return as_counts(every, np.bincount(places, weights=weights, minlength=len(every)))

    def count_roles(self, rows: Numbers, units: Collection[Value]) -> dict[Value, int]:
        """Return the number of these rows with one of these units (or any), by role."""
        counts: dict[Value, int] = {}
        named, attending = self.named.rows_of_sets(rows), self.attending.rows_of_sets(rows)
        for role in _ROLES:
            rows_of_sets = attending if role == ATTENDING else named
            if count := int(rows_of_sets[self._sets_with(units, role)].sum()):
                counts[role] = count
        return counts

    def only(self, rows: Mask) -> Organizations:
        """Return the units of these rows alone."""
        return Organizations(self.named.only(rows), self.attending.only(rows))

    def followed_by(self, others: Organizations) -> Organizations:
        """Return the units of these rows followed by those."""
        return Organizations(self.named.followed_by(others.named), self.attending.followed_by(others.attending))

    def _in_roles(self, roles: Collection[Value]) -> Mask:
        """Return a mask of the distinct pairs of unit and role with one of these roles."""
        places = [place for place, role in enumerate(_ROLES) if role in roles]
        return np.isin(self.named.distinct % len(_ROLES), places)

    def _kept(self, name: str, value: Hashable, find: Callable[[], T]) -> T:
        """Return the result of `find`, cached by name and value."""
        if (name, value) not in self._worked_out:
            self._worked_out[name, value] = find()
        found: T = self._worked_out[name, value]
        return found

    def _sets_with(self, units: Collection[Value], role: str) -> Mask:
        """Return a mask of the sets with one of these units (or any) in this role."""
        if not units:
            return self._kept("sets", role, lambda: self._sets_of(units, role))
        return self._sets_of(units, role)

    def _sets_of(self, units: Collection[Value], role: str) -> Mask:
        if role == ATTENDING:
            everybody = np.ones(len(self.attending.distinct), dtype=bool)
            return self.attending.sets_where(np.isin(self.attending.distinct, list(units)) if units else everybody)
        wanted = self._in_roles({role})
        if units:
            wanted &= np.isin(self.named.distinct // len(_ROLES), list(units))
        return self.named.sets_where(wanted)

    def _distinct_named_in(self, roles: frozenset[Value]) -> tuple[Numbers, Numbers, Numbers]:
        """Return the distinct units with one of these roles, and their sets."""
        return self._kept("units", roles, lambda: self._find_distinct_named_in(roles))

    def _find_distinct_named_in(self, roles: frozenset[Value]) -> tuple[Numbers, Numbers, Numbers]:
        units, sets = self._named_in(roles)
        # A unit may have two roles in an item, in adjacent entries; the item counts once.
        first = np.ones(len(units), dtype=bool)
        first[1:] = (units[1:] != units[:-1]) | (sets[1:] != sets[:-1])
        every, places = np.unique(units[first], return_inverse=True)
        return every, places, sets[first]

    def _named_in(self, roles: Collection[Value]) -> tuple[Numbers, Numbers]:
        """Return the units with one of these roles, and their sets."""
        wanted = self._in_roles(roles)[self.named.places]
        return self.named.distinct[self.named.places[wanted]] // len(_ROLES), self.named.sets[wanted]

    def _count_one_by_one(self, rows: Numbers, roles: Collection[Value]) -> dict[Value, int]:
        """Return the counts if a unit may both attend and be named in an item.

        This is slow, and rarely needed.
        """
        units, sets = self._named_in(roles)
        attending = self.attending.distinct[self.attending.places]
        counts: Counter[Value] = Counter()
        for start in range(0, len(rows), _ROWS_AT_A_TIME):
            some = rows[start : start + _ROWS_AT_A_TIME]
            named = _listed(self.named.set_of_row[some], units, sets)
            attend = _listed(self.attending.set_of_row[some], attending, self.attending.sets)
            pairs = np.unique(np.concatenate([named, attend], axis=1), axis=1)
            found, occurrences = np.unique(pairs[1], return_counts=True)
            counts.update(dict(zip(found.tolist(), occurrences.tolist(), strict=True)))
        return dict(counts)


def _listed(set_of_row: Numbers, values: Numbers, sets: Numbers) -> Numbers:
    """Return every row paired with each of its values, as two arrays."""
    starts = np.searchsorted(sets, set_of_row, side="left")
    lengths = np.searchsorted(sets, set_of_row, side="right") - starts
    rows = np.repeat(np.arange(len(set_of_row)), lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.stack([rows, values[np.repeat(starts, lengths) + within]])


def _number(unit: int, role: str) -> int:
    return unit * len(_ROLES) + _ROLES.index(role)
