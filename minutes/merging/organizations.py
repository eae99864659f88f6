"""Move names and people when organizations are merged or split."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from minutes.ingest.department_names import unit_named
from minutes.merging.mergeable import MergeRefused
from minutes.models import Document, Organization, OrganizationAlias, Person

# What was changed, for undoing it: primary keys and names in `MergeOperation.changes`.
Changes = dict[str, Any]


def set_merged_into(record: Organization | Person | Document, other: Organization | Person | Document | None) -> None:
    """Redirect a record to another one, or make it independent again (None)."""
    record.merged_into = other
    record.save(update_fields=["merged_into"])


def merge_organization(organization: Organization, other: Organization) -> Changes:
    """Give the names and people of an organization to the other one."""
    newest_alias = OrganizationAlias.objects.aggregate(newest=Max("pk"))["newest"] or 0
    moved = move_aliases(organization.aliases.all(), other)
    added = [add_alias(name, other) for name in (organization.name, organization.full_name)]
    pairs, made = merge_people(organization, other)
    set_merged_into(organization, other)
    return {
        "newest_alias": newest_alias,
        "moved": moved,
        "entered": [alias.pk for alias in added if alias],
        "pairs": pairs,
        "made": made,
    }


def undo_merge(organization: Organization, other: Organization, changes: Changes) -> None:
    """Return names and people to the two organizations."""
    set_merged_into(organization, None)
    for alias in OrganizationAlias.objects.filter(pk__in=changes["entered"], organization=other):
        alias.delete()
    move_aliases(OrganizationAlias.objects.filter(pk__in=changes["moved"], organization=other), organization)
    remove_aliases_added_since(organization, other, changes["newest_alias"])
    for pk, into in reversed(changes["pairs"]):
        for person in Person.objects.filter(pk=pk, merged_into=into):
            set_merged_into(person, None)


def move_aliases(aliases: Iterable[OrganizationAlias], organization: Organization) -> list[int]:
    """Move aliases to an organization and return their ids."""
    moved = []
    for alias in aliases:
        alias.organization = organization
        alias.save(update_fields=["organization"])
        moved.append(alias.pk)
    return moved


def add_alias(name: str, organization: Organization) -> OrganizationAlias | None:
    """Return the new alias, or None if the name is already in use."""
    names = OrganizationAlias.objects.filter(body=organization.body, name=name)
    if not name or name == organization.name or names.exists():
        return None
    return OrganizationAlias.objects.create(body=organization.body, organization=organization, name=name)


def remove_aliases_added_since(organization: Organization, other: Organization, newest_alias: int) -> None:
    """Remove names of this organization that texts added to the other while merged."""
    names = {organization.name, organization.full_name, *organization.aliases.values_list("name", flat=True)} - {""}
    for alias in other.aliases.filter(pk__gt=newest_alias):
        meant = unit_named(alias.name, organization.body.name)
        if names & {meant.name, meant.full_name, *meant.other_names}:
            alias.delete()


def merge_people(organization: Organization, other: Organization) -> tuple[list[list[int]], list[int]]:
    """Merge people into their namesakes in the other organization.

    Missing namesakes are created. Return the pairs of merged and target keys, and the created keys.
    """
    pairs: list[list[int]] = []
    made: list[int] = []
    theirs = {(each.name, each.distinction): each for each in Person.objects.filter(organization=other)}
    for person in Person.objects.filter(organization=organization).order_by("pk"):
        if not (person.merged_into_id or person.merged_from.exists() or person.attendance.exists()):
            continue  # nothing refers to this person
        counterpart = theirs.get((person.name, person.distinction))
        source, target = person.kept, counterpart and counterpart.kept
        if target is None:
            target = Person.objects.create(
                body=organization.body, name=person.name, organization=other, distinction=person.distinction
            )
            made.append(target.pk)
            if person.merged_into_id:
                # Already merged with a person of a third organization: that one is kept.
                source, target = target, source
        if source != target:
            set_merged_into(source, target)
            pairs.append([source.pk, target.pk])
    return pairs, made


def names_to_split(organization: Organization, chosen: set[str]) -> set[str]:
    """Return the names to move: those chosen, or the others.

    The others, if the organization's own name was chosen: an organization keeps its name, and with it its URL.
    """
    names = {organization.name, *organization.aliases.values_list("name", flat=True)}
    if not chosen or not chosen <= names:
        raise MergeRefused("请从这个单位的名称中选出要分出去的。")
    going = names - chosen if organization.name in chosen else chosen
    if not going:
        raise MergeRefused("不能把全部名称都分出去，请至少留下一个。")
    return going


def split_organization(organization: Organization, names: set[str], name: str) -> tuple[Organization, Changes]:
    """Move these names to another organization; return it with the changes."""
    if name not in names:
        raise MergeRefused("新单位的名称要从分出去的名称中选。")
    full_name = organization.full_name if organization.full_name in names else ""
    new = get_or_create_split_target(name, organization)
    for alias in organization.aliases.filter(name=name):
        alias.delete()
    moved = move_aliases(organization.aliases.filter(name__in=names), new)
    merged = Organization.objects.filter(merged_into=organization, name__in=names)
    followed = [each.pk for each in merged]
    for each in merged:
        set_merged_into(each, new)
    if full_name:
        new.full_name, organization.full_name = ("" if full_name == new.name else full_name), ""
        new.save(update_fields=["full_name"])
        organization.save(update_fields=["full_name"])
    return new, {"name": name, "moved": moved, "followed": followed, "full_name": full_name}


def get_or_create_split_target(name: str, organization: Organization) -> Organization:
    """Return the organization to split off: a new one, or one merged before.

    Raise `MergeRefused` if the name belongs to another organization.
    """
    known = Organization.objects.filter(body=organization.body, name=name).select_related("merged_into").first()
    if known is None:
        return Organization.objects.create(body=organization.body, name=name)
    if known.kept != organization:
        raise MergeRefused(f"另有名为“{name}”的单位，不能再分出一个同名的。")
    set_merged_into(known, None)
    for person in known.people.filter(merged_into__organization=organization):
        set_merged_into(person, None)
    return known


def undo_split(organization: Organization, new: Organization, changes: Changes) -> None:
    """Return the names to an organization; the one split off redirects to it."""
    move_aliases(OrganizationAlias.objects.filter(organization=new), organization)
    add_alias(changes["name"], organization)
    for each in Organization.objects.filter(pk__in=changes["followed"], merged_into=new):
        set_merged_into(each, organization)
    if changes["full_name"]:
        organization.full_name = changes["full_name"]
        organization.save(update_fields=["full_name"])
        new.full_name = ""
        new.save(update_fields=["full_name"])
    merge_people(new, organization)
    set_merged_into(new, organization)
