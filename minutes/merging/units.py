"""What a unit is called, and who belongs to it, when it becomes part of another one or gets one of its own."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from minutes.ingest.department_names import unit_named
from minutes.merging.mergeable import JoinRefused
from minutes.models import Document, Organization, OrganizationAlias, Person

# What was changed, as `Joining.changes` keeps it: primary keys and names.
Changes = dict[str, Any]


def lead_to(record: Organization | Person | Document, other: Organization | Person | Document | None) -> None:
    """Lets a record stand for another one from now on, or for itself again."""
    record.joined_into = other
    record.save(update_fields=["joined_into"])


# Joining.


def join_unit(unit: Organization, other: Organization) -> Changes:
    """Lets the other unit have the names of this one, and its people have those of this one."""
    newest_alias = OrganizationAlias.objects.aggregate(newest=Max("pk"))["newest"] or 0
    moved = move_names(unit.aliases.all(), other)
    entered = [enter_name(name, other) for name in (unit.name, unit.full_name)]
    pairs, made = people_follow(unit, other)
    lead_to(unit, other)
    return {
        "newest_alias": newest_alias,
        "moved": moved,
        "entered": [alias.pk for alias in entered if alias],
        "pairs": pairs,
        "made": made,
    }


def undo_join_of_unit(unit: Organization, other: Organization, changes: Changes) -> None:
    """Gives both units the names and the people they had."""
    lead_to(unit, None)
    for alias in OrganizationAlias.objects.filter(pk__in=changes["entered"], organization=other):
        alias.delete()
    move_names(OrganizationAlias.objects.filter(pk__in=changes["moved"], organization=other), unit)
    forget_names_entered_since(unit, other, changes["newest_alias"])
    for pk, into in reversed(changes["pairs"]):
        for person in Person.objects.filter(pk=pk, joined_into=into):
            lead_to(person, None)


def move_names(aliases, unit: Organization) -> list[int]:
    """Lets the aliases stand for a unit; what comes back are their keys."""
    moved = []
    for alias in aliases:
        alias.organization = unit
        alias.save(update_fields=["organization"])
        moved.append(alias.pk)
    return moved


def enter_name(name: str, unit: Organization) -> OrganizationAlias | None:
    """The new alias of a unit; None where the name is its own, or is on record already."""
    names = OrganizationAlias.objects.filter(body=unit.body, name=name)
    if not name or name == unit.name or names.exists():
        return None
    return OrganizationAlias.objects.create(body=unit.body, organization=unit, name=name)


def forget_names_entered_since(unit: Organization, other: Organization, newest_alias: int) -> None:
    """Takes from the other unit what texts called this one while both were one: they are read for it again."""
    its_names = {unit.name, unit.full_name, *unit.aliases.values_list("name", flat=True)} - {""}
    for alias in other.aliases.filter(pk__gt=newest_alias):
        meant = unit_named(alias.name, unit.body.name)
        if its_names & {meant.name, meant.full_name, *meant.other_names}:
            alias.delete()


def people_follow(unit: Organization, other: Organization) -> tuple[list[list[int]], list[int]]:
    """Joins the people of a unit into those of the same name in the other one, who are made where missing.

    What comes back: who was joined into whom, and who was made.
    """
    pairs: list[list[int]] = []
    made: list[int] = []
    theirs = {(each.name, each.distinction): each for each in Person.objects.filter(organization=other)}
    for person in Person.objects.filter(organization=unit).order_by("pk"):
        if not (person.joined_into_id or person.joined.exists() or person.attendance.exists()):
            continue  # nothing leads to them
        counterpart = theirs.get((person.name, person.distinction))
        source, target = person.kept, counterpart and counterpart.kept
        if target is None:
            target = Person.objects.create(
                body=unit.body, name=person.name, organization=other, distinction=person.distinction
            )
            made.append(target.pk)
            if person.joined_into_id:
                # Somebody joined them with a person of a third unit: that stands.
                source, target = target, source
        if source != target:
            lead_to(source, target)
            pairs.append([source.pk, target.pk])
    return pairs, made


# Parting.


def names_to_part(unit: Organization, chosen: set[str]) -> set[str]:
    """The names that go to a new unit: those chosen, or all others when the unit's own name is among them.

    A unit keeps its own name, and with it its address.
    """
    names = {unit.name, *unit.aliases.values_list("name", flat=True)}
    if not chosen or not chosen <= names:
        raise JoinRefused("请从这个单位的名称中选出要分出去的。")
    parted = names - chosen if unit.name in chosen else chosen
    if not parted:
        raise JoinRefused("不能把全部名称都分出去，请至少留下一个。")
    return parted


def part_unit(unit: Organization, names: set[str], name: str) -> tuple[Organization, Changes]:
    """The unit of this name, to which these names of another one belong from now on."""
    if name not in names:
        raise JoinRefused("新单位的名称要从分出去的名称中选。")
    full_name = unit.full_name if unit.full_name in names else ""
    new = unit_called(name, unit)
    for alias in unit.aliases.filter(name=name):
        alias.delete()
    moved = move_names(unit.aliases.filter(name__in=names), new)
    joined = Organization.objects.filter(joined_into=unit, name__in=names)
    followed = [each.pk for each in joined]
    for each in joined:
        lead_to(each, new)
    if full_name:
        new.full_name, unit.full_name = ("" if full_name == new.name else full_name), ""
        new.save(update_fields=["full_name"])
        unit.save(update_fields=["full_name"])
    return new, {"name": name, "moved": moved, "followed": followed, "full_name": full_name}


def unit_called(name: str, unit: Organization) -> Organization:
    """A unit of this name: a new one, or the one that was joined into this unit and is itself again."""
    known = Organization.objects.filter(body=unit.body, name=name).select_related("joined_into").first()
    if known is None:
        return Organization.objects.create(body=unit.body, name=name)
    if known.kept != unit:
        raise JoinRefused(f"另有名为“{name}”的单位，不能再分出一个同名的。")
    lead_to(known, None)
    for person in known.people.filter(joined_into__organization=unit):
        lead_to(person, None)
    return known


def undo_parting_of_unit(unit: Organization, new: Organization, changes: Changes) -> None:
    """Gives a unit its names back; the one that had them leads to it, so that its address does."""
    move_names(OrganizationAlias.objects.filter(organization=new), unit)
    enter_name(changes["name"], unit)
    for each in Organization.objects.filter(pk__in=changes["followed"], joined_into=new):
        lead_to(each, unit)
    if changes["full_name"]:
        unit.full_name = changes["full_name"]
        unit.save(update_fields=["full_name"])
        new.full_name = ""
        new.save(update_fields=["full_name"])
    people_follow(new, unit)
    lead_to(new, unit)
