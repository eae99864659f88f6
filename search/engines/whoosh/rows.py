"""What the index knows of each document besides its text, as arrays: filters are masks, facets are counts.

A document is a row, the same in every array. Departments are kept as (row, organization, role) triples, in order.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.documents import KINDS, ROLES, IndexDocument
from search.engines.base import Filters
from search.ranking import FIELD_WEIGHTS

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """All documents of a generation, column by column."""

    key: Numbers
    meeting: Numbers
    position: Numbers
    day: Numbers  # date.toordinal(); 0 when the meeting has no date
    year: Numbers
    kind: Numbers  # place in KINDS
    start: Numbers  # bytes of the text file
    end: Numbers
    word: Numbers  # the document's number in the Whoosh index
    title_length: Numbers
    decision_length: Numbers
    text_length: Numbers
    department_row: Numbers
    department: Numbers
    department_role: Numbers  # place in ROLES

    @classmethod
    def load(cls, path: Path) -> Rows:
        """The rows that `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(**{field.name: arrays[field.name] for field in fields(cls)})

    def save(self, path: Path) -> None:
        """Write the rows to a file."""
        with path.open("wb") as file:
            np.savez(file, **{field.name: getattr(self, field.name) for field in fields(self)})

    def __len__(self) -> int:
        return len(self.key)

    def without(self, meetings: Collection[int]) -> Rows:
        """The rows of all other meetings, numbered anew without gaps."""
        kept = ~np.isin(self.meeting, list(meetings))
        renumbered = np.cumsum(kept) - 1
        triples = kept[self.department_row]
        columns = {}
        for field in fields(self):
            column = getattr(self, field.name)
            columns[field.name] = column[triples] if field.name.startswith("department") else column[kept]
        columns["department_row"] = renumbered[columns["department_row"]]
        return Rows(**columns)

    def followed_by(self, others: Rows) -> Rows:
        """These rows and then the others."""
        columns = {
            field.name: np.concatenate([getattr(self, field.name), getattr(others, field.name)])
            for field in fields(self)
        }
        columns["department_row"][len(self.department_row) :] += len(self)
        return Rows(**columns)

    def length_of(self, field: str) -> Numbers:
        """How many words each document has in a field."""
        lengths: Numbers = getattr(self, f"{field}_length")
        return lengths

    def passing(self, filters: Filters, but: str = "") -> Mask:
        """Which rows pass the filters, all or all but one."""
        mask = np.ones(len(self), dtype=bool)
        if filters.date_from:
            mask &= self.day >= filters.date_from.toordinal()
        if filters.date_to:
            mask &= (self.day > 0) & (self.day <= filters.date_to.toordinal())
        if filters.years and but != "years":
            mask &= np.isin(self.year, list(filters.years))
        if filters.kinds and but != "kinds":
            mask &= np.isin(self.kind, [place for place, kind in enumerate(KINDS) if kind in filters.kinds])
        departments = filters.departments if but != "departments" else frozenset()
        if departments or filters.roles:
            triples = self._triples_with_role(filters.roles)
            if departments:
                triples &= np.isin(self.department, list(departments))
            concerned = np.zeros(len(self), dtype=bool)
            concerned[self.department_row[triples]] = True
            mask &= concerned
        return mask

    def count_years(self, mask: Mask) -> dict[int, int]:
        """How many of these rows each year has."""
        return _count(self.year[mask & (self.year > 0)])

    def count_kinds(self, mask: Mask) -> dict[str, int]:
        """How many of these rows each kind of meeting has."""
        return {KINDS[place]: count for place, count in _count(self.kind[mask]).items()}

    def count_departments(self, mask: Mask, roles: frozenset[str]) -> dict[int, int]:
        """How many of these rows concern each organization, in one of the roles if any are given."""
        triples = mask[self.department_row] & self._triples_with_role(roles)
        rows, departments = self.department_row[triples], self.department[triples]
        # One organization may stand in an item in two roles, side by side here; the item still counts once.
        first = np.ones(len(rows), dtype=bool)
        first[1:] = (rows[1:] != rows[:-1]) | (departments[1:] != departments[:-1])
        return _count(departments[first])

    def newest_first(self) -> Numbers:
        """All rows, newest meeting first, the items of a meeting in their order, meetings without a date last."""
        return np.lexsort((self.position, -self.meeting, -self.day))

    def oldest_first(self) -> Numbers:
        """All rows, oldest meeting first, the items of a meeting in their order, meetings without a date last."""
        return np.lexsort((self.position, self.meeting, self.day, self.day == 0))

    def _triples_with_role(self, roles: frozenset[str]) -> Mask:
        if not roles:
            return np.ones(len(self.department_row), dtype=bool)
        return np.isin(self.department_role, [place for place, role in enumerate(ROLES) if role in roles])


class RowsBuilder:
    """Collects documents into rows."""

    def __init__(self) -> None:
        self._columns: dict[str, list[int]] = {field.name: [] for field in fields(Rows)}

    def add(self, document: IndexDocument, place: tuple[int, int], lengths: dict[str, int]) -> None:
        """Take in a document whose text lies at this place of the text file."""
        day = document.date or datetime.date.min
        row = len(self._columns["key"])
        values = {
            "key": document.key.as_number(),
            "meeting": document.meeting,
            "position": document.position,
            "day": day.toordinal() if document.date else 0,
            "year": day.year if document.date else 0,
            "kind": KINDS.index(document.kind),
            "start": place[0],
            "end": place[1],
            "word": 0,
            **{f"{field}_length": lengths[field] for field in FIELD_WEIGHTS},
        }
        for organization, role in sorted(document.departments):
            self._append({"department_row": row, "department": organization, "department_role": ROLES.index(role)})
        self._append(values)

    def rows(self) -> Rows:
        """The rows of all documents taken in."""
        return Rows(**{name: np.array(column, dtype=np.int64) for name, column in self._columns.items()})

    def _append(self, values: dict[str, int]) -> None:
        for name, value in values.items():
            self._columns[name].append(value)


def _count(values: Numbers) -> dict[int, int]:
    counts = np.bincount(values)
    found = np.flatnonzero(counts)
    return dict(zip(found.tolist(), counts[found].tolist(), strict=True))
