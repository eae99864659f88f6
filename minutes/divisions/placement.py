"""Find the division of a body: 昆山市人民政府 belongs to 江苏省 › 苏州市 › 昆山市."""

from __future__ import annotations

from collections.abc import Iterable

from minutes.divisions.register import Entry, entries_by_name, place_of_body, short_name
from minutes.models import Body, Division
from minutes.parser.vocabulary.characters import canonical


def get_or_create_body(name: str) -> Body:
    """Return the body with this name; place a new one in its division if certain.

    Names that differ only in variant characters belong to one body.
    """
    body, is_new = Body.objects.get_or_create(name=canonical(name))
    if is_new:
        place(body)
    return body


def place(body: Body) -> None:
    """Save the body's division if exactly one fits; otherwise leave it empty."""
    entries = candidates(body.name)
    if len(entries) == 1:
        body.division = get_or_create_division(entries[0])
        body.save(update_fields=["division"])


def candidates(body_name: str) -> list[Entry]:
    """Return the divisions that a body's name may mean.

    Its own place, else the longest place its name begins with. Current names win over former ones: 柴桑区 and 九江县
    are both known, but only 柴桑区 is current.
    """
    for name in place_names(place_of_body(body_name)):
        if entries := matching_entries(name):
            return entries
    return []


def place_names(place_name: str) -> Iterable[str]:
    """Yield the name, then its prefixes from the longest: 云川市滨江街道, …, 云川市, 云川."""
    return (place_name[:end] for end in range(len(place_name), 1, -1))


def matching_entries(name: str) -> list[Entry]:
    """Return the entries with this name, with or without higher divisions in front."""
    found: dict[tuple[str, ...], Entry] = {}
    for start in range(len(name) - 1):
        above, own = name[:start], name[start:]
        for entry in (*entries_by_name().get(own, ()), *stored_entries(own)):
            if above in names_above(entry):
                found.setdefault(entry.path, entry)
    entries = list(found.values())
    exact = [entry for entry in entries if name.endswith(entry.name)] or entries
    return [entry for entry in exact if not entry.is_former] or exact


def stored_entries(name: str) -> list[Entry]:
    """Return the divisions with this name in the database, from an added register."""
    divisions = Division.objects.filter(name__startswith=name).select_related("parent__parent")
    return [
        Entry(tuple(each.name for each in division.path), division.code)
        for division in divisions
        if name in (division.name, short_name(division.name))
    ]


def names_above(entry: Entry) -> set[str]:
    """Return the possible prefixes: none, 江苏省, 苏州市, 江苏省苏州市."""
    above = entry.path[:-1]
    return {"", "".join(above), *above}


def get_or_create_division(entry: Entry) -> Division:
    """Return the row of an entry; create missing ones, including its ancestors."""
    division = None
    for name in entry.path:
        code = entry.code if name == entry.name else ""
        division, _ = Division.objects.get_or_create(parent=division, name=name, defaults={"code": code})
    if division is None:
        raise ValueError("an entry has at least one name")
    return division
