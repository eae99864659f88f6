"""Resolve names in minutes to organizations, people and documents, or create them.

All names of a text are looked up at once, so that a meeting of ninety people takes as many queries as one of three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from minutes.divisions.register import place_of_body
from minutes.ingest.department_names import Unit, unit_named
from minutes.models import Body, Document, Meeting, Organization, OrganizationAlias, Person
from minutes.parser.vocabulary.characters import canonical

# Suffixes of a government's departments after their field: 应急局, 卫健委, 人防办.
UNIT_ENDINGS = ("局", "委", "委员会", "办", "办公室", "厅", "部", "中心", "院")


def organizations_named(
    written_names: Iterable[str], body: Body
) -> tuple[dict[str, Organization], dict[str, tuple[str, ...]]]:
    """Return the organization of each name, and candidates for ambiguous names.

    Names that differ only in variant characters, 市工信局(装备处) and 市工信局（装备处）, mean one organization. An
    ambiguous name becomes an organization of that name, merged with none of the candidates.
    """
    canonical_names = {written: canonical(written) for written in written_names}
    units = {name: unit_named(name, body.name) for name in canonical_names.values()}
    known = organizations_by_name({name for written, unit in units.items() for name in all_names(written, unit)}, body)
    found: dict[str, Organization] = {}
    new: dict[str, Organization] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    for written, unit in units.items():
        candidates = matching_organizations(written, unit, known)
        if len(candidates) == 1:
            found[written] = candidates[0]
            continue
        if candidates:
            unit = units[written] = Unit(written, candidates=tuple(each.name for each in candidates))
        if unit.candidates:
            ambiguous[written] = unit.candidates
        found[written] = new.setdefault(
            unit.full_name or unit.name, Organization(body=body, name=unit.name, full_name=unit.full_name)
        )
    Organization.objects.bulk_create(new.values())
    enter_aliases(units, found, known, body)
    return (
        {written: found[name] for written, name in canonical_names.items()},
        {written: ambiguous[name] for written, name in canonical_names.items() if name in ambiguous},
    )


def all_names(written: str, unit: Unit) -> set[str]:
    return {written, unit.name, *unit.other_names}


def organizations_by_name(names: Iterable[str], body: Body) -> dict[str, Organization]:
    """Return the body's organizations by name, alias, or name merged into them."""
    names = list(names)
    if not names:
        return {}
    aliases = OrganizationAlias.objects.filter(body=body, name__in=names)
    known = {alias.name: alias.organization.kept for alias in aliases.select_related("organization__merged_into")}
    named = Organization.objects.filter(body=body, name__in=names).select_related("merged_into")
    return known | {each.name: each.kept for each in named}


def matching_organizations(written: str, unit: Unit, known: Mapping[str, Organization]) -> list[Organization]:
    """Return the organizations with exactly this name, else with any of its names."""
    if written in known:
        return [known[written]]
    by_id = {known[name].pk: known[name] for name in all_names(written, unit) if name in known}
    return list(by_id.values())


def enter_aliases(
    units: Mapping[str, Unit], found: Mapping[str, Organization], known: Mapping[str, Organization], body: Body
) -> None:
    """Create an alias for every name of the units that is not in use yet."""
    taken = {*known, *(organization.name for organization in found.values())}
    aliases = {
        name: OrganizationAlias(body=body, organization=found[written], name=name)
        for written, unit in units.items()
        for name in all_names(written, unit) - taken
    }
    OrganizationAlias.objects.bulk_create(aliases.values())


def people_named(
    names: Iterable[tuple[str, Organization | None]], body: Body
) -> dict[tuple[str, Organization | None], Person]:
    """Return the person for each pair of name and unit.

    The same name with another unit is another person. Names that differ only in variant characters (艾山·买买提,
    艾山•买买提) mean one person.
    """
    written = {(name, organization): (canonical(name), organization) for name, organization in names}
    wanted = dict.fromkeys(written.values())
    known = Person.objects.filter(body=body, name__in={name for name, _ in wanted}, distinction="")
    found = {
        (person.name, person.organization): person.kept
        for person in known.select_related("organization", "merged_into")
    }
    new = {
        (name, organization): Person(body=body, name=name, organization=organization)
        for name, organization in wanted
        if (name, organization) not in found
    }
    for person in new.values():
        person.set_sound()
    Person.objects.bulk_create(new.values())
    people = found | new
    return {pair: people[canonical_pair] for pair, canonical_pair in written.items()}


def organizations_of_fields(fields: Iterable[str], body: Body) -> dict[str, list[Organization]]:
    """Return the body's own units each field may mean: 应急 → 市应急局.

    Any of the units' names counts.
    """
    own_place = place_of_body(body.name)
    places = {"", own_place, own_place[-1:]}
    names = {field: [f"{place}{field}{end}" for place in places for end in UNIT_ENDINGS] for field in fields}
    known = organizations_by_name({name for of_field in names.values() for name in of_field}, body)
    return {
        field: list({known[name].pk: known[name] for name in of_field if name in known}.values())
        for field, of_field in names.items()
    }


def people_called(names: Iterable[str], meeting: Meeting) -> dict[str, list[Person]]:
    """Return the people each name may mean.

    Those who attended the meeting, else those of its body.
    """
    written = {name: canonical(name) for name in names}
    if not written:
        return {}
    wanted = set(written.values())
    here = people_by_name(Person.objects.filter(attendance__meeting=meeting, name__in=wanted))
    elsewhere = people_by_name(Person.objects.filter(body=meeting.body, name__in=wanted - here.keys()))
    people = elsewhere | here
    return {name: people.get(canonical_name, []) for name, canonical_name in written.items()}


def people_by_name(people: QuerySet[Person]) -> dict[str, list[Person]]:
    by_name: dict[str, dict[int, Person]] = defaultdict(dict)
    for person in people.select_related("organization", "merged_into"):
        by_name[person.name][person.kept.pk] = person.kept
    return {name: list(meant.values()) for name, meant in by_name.items()}


def documents_titled(titles: Iterable[str], body: Body) -> dict[str, Document]:
    """Return the document of each title; variant characters are ignored."""
    written = {title: canonical(title) for title in titles}
    wanted = dict.fromkeys(written.values())
    known = Document.objects.filter(body=body, title__in=wanted, distinction="").select_related("merged_into")
    found = {document.title: document.kept for document in known}
    new = {title: Document(body=body, title=title) for title in wanted if title not in found}
    Document.objects.bulk_create(new.values())
    documents = found | new
    return {title: documents[canonical_title] for title, canonical_title in written.items()}
