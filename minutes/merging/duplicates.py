"""Records that may be one: offered to people, never joined by themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from minutes.ingest.department_names import BODY_ENDING, unit_named
from minutes.merging.mergeable import MODELS, Record
from minutes.models import Document, Organization, Person

MOST_SHOWN = 50

# 《云川市 公交管理办法》（试行）: everything in it that is no letter, digit or character
PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class LikelyDouble:
    """Two records that may be one: the younger could be joined into the older."""

    record: Record
    other: Record


def likely_doubles(kind: str) -> list[LikelyDouble]:
    """Pairs of records of one body that are called the same but for what the rules of names allow."""
    model = MODELS[kind]
    related = ["body", "organization__joined_into"] if model is Person else ["body"]
    standing = model.objects.filter(joined_into=None).select_related(*related).order_by("pk")
    if model is Person:
        of_joined_units = standing.exclude(organization__joined_into=None)
        pairs = pairs_alike(of_joined_units, same_person, standing.filter(organization__joined_into=None))
    else:
        pairs = pairs_alike(standing, same_unit if model is Organization else same_title)
    return pairs[:MOST_SHOWN]


def pairs_alike(
    records: Iterable[Record], likeness: Callable[[Record], Hashable | None], among: Iterable[Record] | None = None
) -> list[LikelyDouble]:
    """Each record with the oldest one that is alike."""
    oldest: dict[Hashable, Record] = {}
    records = list(records)
    for record in records if among is None else among:
        if (alike := likeness(record)) is not None:
            oldest.setdefault((record.body_id, alike), record)
    found = ((record, oldest.get((record.body_id, likeness(record)))) for record in records)
    return [LikelyDouble(record, other) for record, other in found if other is not None and other != record]


def same_unit(unit: Organization) -> Hashable | None:
    """The usual short name; of a unit that the table of departments does not have, its name without its own place."""
    meant = unit_named(unit.name, unit.body.name)
    if meant.candidates:
        return None
    own_place = BODY_ENDING.sub("", unit.body.name)
    return min([meant.name, *meant.other_names], key=lambda name: (len(name), name)).replace(own_place, own_place[-1:])


def same_person(person: Person) -> Hashable:
    """The name beside the unit that the person's unit is now."""
    return person.name, person.distinction, person.organization and person.organization.kept.pk


def same_title(document: Document) -> Hashable:
    """The title without white space, brackets and other punctuation, in one width."""
    return PUNCTUATION.sub("", unicodedata.normalize("NFKC", document.title)), document.distinction
