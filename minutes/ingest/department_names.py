"""Names of departments: 市发改委 and 云川市发展和改革委员会 are one organization."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from minutes.divisions.register import place_of_body
from minutes.parser.vocabulary.organizations import is_generic as speaks_of_no_unit

DEPARTMENTS_TABLE = Path(__file__).with_name("departments.csv")

# 市, 清河区, 云川市 — prefixes of a department's name
PLACE = re.compile(r"[\u4e00-\u9fff]{0,10}[省市区县州盟旗]")


@dataclass(frozen=True, slots=True)
class Department:
    """A row of the reference table; names are without the level of government."""

    full: str
    short: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.full, *self.short, *self.other)

    def name_to_show(self, written: str) -> str:
        """Return the short name as written; for full and former names the usual one."""
        if written in self.short:
            return written
        return self.short[0] if self.short else self.full


@dataclass(frozen=True, slots=True)
class Unit:
    """An organization of one body, with every name its minutes may use."""

    name: str
    full_name: str = ""
    other_names: frozenset[str] = frozenset()
    candidates: tuple[str, ...] = ()


@cache
def departments_by_name() -> Mapping[str, tuple[Department, ...]]:
    """Return the rows of the table by department name."""
    rows: dict[str, list[Department]] = defaultdict(list)
    with DEPARTMENTS_TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            department = Department(row["full"], tuple(row["short"].split()), tuple(row["other"].split()))
            for name in department.names:
                rows[name].append(department)
    return {name: tuple(departments) for name, departments in rows.items()}


def is_generic(written: str) -> bool:
    """Return whether the words mean many organizations: 各有关部门."""
    return written.startswith("各") or speaks_of_no_unit(written)


def unit_named(written: str, body_name: str) -> Unit:
    """Return the organization meant by a name in minutes of this body.

    An unknown name stands for itself.
    """
    own_place = place_of_body(body_name)
    for cut in range(len(written)):
        place, name = written[:cut].removeprefix("中共"), written[cut:]
        if name in departments_by_name() and (not place or PLACE.fullmatch(place)):
            return unit_of(written, name, place, own_place)
    return Unit(written)


def unit_of(written: str, name: str, place: str, own_place: str) -> Unit:
    """Return the organization of a place with this department name, with all names."""
    # Without a place, or with its own (云川市, 市), a body means its own department.
    is_own = own_place.endswith(place)
    level = own_place[-1:] if is_own and PLACE.fullmatch(own_place) else place
    departments = departments_by_name()[name]
    if len(departments) > 1:
        return Unit(written, candidates=tuple(level + each.full for each in departments))
    department = departments[0]
    shown = level + department.name_to_show(name)
    # A name shared by two departments must not resolve to one of them.
    names = {level + each for each in department.names if len(departments_by_name()[each]) == 1}
    if is_own:
        names.add(own_place + department.full)
    full_name = level + department.full
    return Unit(shown, full_name if full_name != shown else "", frozenset(names - {shown}))
