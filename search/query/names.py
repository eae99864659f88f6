"""Public records whose names may occur in a query: bodies, units, people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value

from minutes.fold import fold, stored_form
from minutes.models import Attendance, Body, Meeting, Organization, OrganizationAlias, Person
from minutes.models.prepared import prepared
from search.index.facet_fields import ITEM_ROLES
from search.query.nodes import NameRef, OneOf

# Searching by `responsible` matches every role with a task: lead, supporting, or other work.
_ROLES_BY_FIELD = {
    "organization": ITEM_ROLES,
    "lead": frozenset({"lead"}),
    "responsible": frozenset({"lead", "supporting", "responsible"}),
}
# 云川市人民政府 → 云川市
_GOVERNMENT = re.compile(r"(?:人民政府|政府)$")
# 云川 → 云川市, 云川县 …
_LEVELS = ("省", "市", "县", "区", "自治区", "自治州", "自治县", "州", "盟", "旗", "地区")
_UNIT_LEVELS = ("省", "市", "县", "区", "州", "旗")
# 云川和北渚 · 云川、北渚
AND_BETWEEN = re.compile(r"[、和与跟及]")
_LONGEST_PLACE = 12
_SHORTEST_PLACE = 2
_LONGEST_UNIT = 30
_SHORTEST_UNIT = 3
_MOST_PREFIXES = 4
# 市财政局（停车） · 云川公交集团（票价） · 市消防支队（排查） · 西岭区（要做什么）
_UNIT_END = re.compile(r"[局委办厅院署处队区县镇乡]|集团|公司|中心|街道")


@dataclass(slots=True)
class Unit:
    """A unit with all its names."""

    pk: int
    body: int
    names: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Names:
    """The public records that the texts of a query may name."""

    bodies: dict[str, set[int]] = field(default_factory=dict)  # by name without 人民政府
    units: dict[int, Unit] = field(default_factory=dict)
    people: dict[str, set[int]] = field(default_factory=dict)

    def bodies_named(self, text: str) -> frozenset[int]:
        """Return the bodies named by a text, in full, or without 人民政府 or 市, or by a list: 云川和北渚."""
        listed = AND_BETWEEN.split(text)
        if len(listed) > 1:
            named = list(map(self.bodies_named, listed))
            return frozenset().union(*named) if all(named) else frozenset()
        place = place_of(text)
        known = (self.bodies.get(name, set()) for name in (place, *(f"{place}{level}" for level in _LEVELS)))
        return frozenset().union(*known)

    def bodies_called(self, pks: Collection[int]) -> tuple[str, ...]:
        """Return the names of these bodies without 人民政府."""
        return tuple(sorted(name for name, known in self.bodies.items() if known & set(pks)))

    def place_before(self, text: str) -> str:
        """Return the longest prefix that names a body and leaves a word, or ""."""
        for end in range(min(len(text) - 2, _LONGEST_PLACE), _SHORTEST_PLACE - 1, -1):
            if self.bodies_named(text[:end]):
                return text[:end]
        return ""

    def unit_before(self, text: str, bodies: Collection[int] = ()) -> str:
        """Return the longest prefix that names a unit and leaves a word, or ""."""
        return next((name for name in unit_prefixes(text) if self.units_named(name, bodies)), "")

    def units_named(self, text: str, bodies: Collection[int] = ()) -> list[Unit]:
        """Return the units with this name, or else with this alias.

        Limited to `bodies`, if there are any. Together with its body, a unit is named without the level: 南屏县
        财政局 is 县财政局.
        """
        names = {text, *(f"{level}{text}" for level in _UNIT_LEVELS)} if bodies else {text}
        for called in (lambda unit: unit.names, lambda unit: unit.aliases):
            named = [unit for unit in self.units.values() if called(unit) & names]
            if bodies:
                named = [unit for unit in named if unit.body in bodies]
            if named:
                return named
        return []


def unit_prefixes(text: str) -> list[str]:
    """Return the prefixes that end like the name of a unit and leave a word, the longest first."""
    ends = [found.end() for found in _UNIT_END.finditer(text[:_LONGEST_UNIT])]
    possible = [text[:end] for end in ends if _SHORTEST_UNIT <= end <= len(text) - 2]
    return possible[:_MOST_PREFIXES][::-1]


def place_of(name: str) -> str:
    """Return the name of a body without 人民政府."""
    return _GOVERNMENT.sub("", name)


def with_place(unit: str, body: str) -> str:
    """Return the name of a unit with its body: 市住建局（云川市）."""
    return f"{unit}（{place_of(body)}）"


def load_names(texts: Collection[str]) -> Names:
    """Return the public records named by these folded texts or their prefixes.

    Takes a single query.
    """
    names = Names()
    if not texts:
        return names
    texts = set(texts) | {stored_form(text) for text in texts}
    places = {variant for text in texts for variant in _governments(text)}
    unit_names = {variant for text in texts for variant in _unit_names(text)}
    for kind, pk, *called, body, alias in _rows(places, unit_names, texts):
        name, full_name, alias = (fold(each or "") for each in (*called, alias))
        if kind == "body":
            names.bodies.setdefault(place_of(name), set()).add(pk)
        elif kind == "person":
            names.people.setdefault(name, set()).add(pk)
        else:
            unit = names.units.setdefault(pk, Unit(pk, body))
            unit.names |= {name, full_name} - {""}
            unit.aliases |= {alias} - {""}
    return names


def records_named(named: NameRef) -> dict[int, str]:
    """Return published organizations or people with exactly this name, else containing it.

    Merged ones are replaced by their targets.
    """
    name, stored = named.name, stored_form(named.name)
    for match in (Q(name__in=(name, stored)), Q(name__icontains=name) | Q(name__icontains=stored)):
        records: Any = Person.objects.all()
        if named.field != "person":
            records = Organization.objects.all()
            match |= Q(pk__in=OrganizationAlias.objects.filter(match).values("organization"))
        kept = {each.kept.pk for each in records.filter(match).select_related("merged_into")}
        # Only now: a merged record is named by no meeting any more.
        if found := dict(records.published().filter(pk__in=kept).values_list("pk", "name")):
            return found
    return {}


def people_in_office(surname: str, office: str) -> dict[int, str]:
    """Return the people of this surname who chaired or attended published meetings in this office, by id."""
    chaired = Meeting.objects.published().filter(chair_name__startswith=surname, chair_title__endswith=office)
    attended = Attendance.objects.published().filter(person__name__startswith=surname, title__endswith=office)
    named = Q(name__in=chaired.values("chair_name"), body__in=chaired.values("body"))
    people = Person.objects.published().filter(named | Q(pk__in=attended.values("person")))
    return {pk: name for pk, name in people.values_list("pk", "name") if len(name) <= len(surname) + 2}


def one_of(named: NameRef, records: Mapping[int, str]) -> OneOf:
    """Return the condition that one of the records that a name means is concerned."""
    if named.field == "person":
        return OneOf("person", frozenset(records))
    return OneOf("organization", frozenset(records), _ROLES_BY_FIELD[named.field])


@prepared
def _rows(places: set[str], unit_names: set[str], texts: set[str]) -> QuerySet[Any]:
    alias = OrganizationAlias.objects.filter(organization=OuterRef("pk"), name__in=unit_names)
    named = Q(name__in=unit_names) | Q(full_name__in=unit_names) | Exists(alias)
    units = Organization.objects.published().filter(named)
    none = Value("", output_field=CharField())
    columns = ("pk", "name")
    return (
        units.order_by()
        .values_list(Value("unit", output_field=CharField()), *columns, "full_name", "body_id", "aliases__name")
        .union(
            Body.objects.published()
            .filter(name__in=places)
            .order_by()
            .values_list(Value("body", output_field=CharField()), *columns, none, F("pk"), none),
            Person.objects.published()
            .filter(name__in=texts)
            .order_by()
            .values_list(Value("person", output_field=CharField()), *columns, none, "body_id", none),
        )
    )


def _governments(text: str) -> Iterator[str]:
    """Yield the full names of bodies that the start of a text may mean."""
    for end in range(_SHORTEST_PLACE, min(len(text), _LONGEST_PLACE) + 1):
        place = place_of(text[:end])
        for name in (place, *(f"{place}{level}" for level in _LEVELS)):
            yield name
            yield f"{name}人民政府"


def _unit_names(text: str) -> Iterator[str]:
    """Yield the names of units that a text, or its end after a place, may mean."""
    if len(text) > _LONGEST_UNIT:
        return
    for start in (0, *range(_SHORTEST_PLACE, min(len(text) - 1, _LONGEST_PLACE + 1))):
        yield text[start:]
        for level in _UNIT_LEVELS:
            yield f"{level}{text[start:]}"
