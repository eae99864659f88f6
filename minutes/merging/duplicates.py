"""Find likely duplicates; people decide, nothing is merged automatically."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from minutes.divisions.register import place_of_body
from minutes.fold import fold
from minutes.ingest.department_names import unit_named
from minutes.merging.mergeable import MODELS, Record
from minutes.models import Document, Organization, Person
from minutes.parser.vocabulary.characters import canonical

MOST_SHOWN = 50
MOST_ALIKE = 5
# Minimum similarity of two names, in percent.
LEAST_ALIKE = 50

# 《云川市 公交管理办法》（试行）: everything but letters, digits and characters
PUNCTUATION = re.compile(r"[\W_]+")
NAME_OF = {Organization: "name", Person: "name", Document: "title"}


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two records that may be one: the newer could be merged into the older."""

    record: Record
    other: Record


def find_duplicates(kind: str) -> list[DuplicatePair]:
    """Return pairs of records of one body whose names differ only in usual ways."""
    model = MODELS[kind]
    related = ["body", "organization__merged_into"] if model is Person else ["body"]
    unmerged = model.objects.filter(merged_into=None).select_related(*related).order_by("pk")
    if model is Person:
        of_merged_organizations = unmerged.exclude(organization__merged_into=None)
        others = unmerged.filter(organization__merged_into=None)
        pairs = [*pairs_by_key(of_merged_organizations, person_key, others), *pairs_by_key(others, person_key)]
    else:
        pairs = pairs_by_key(unmerged, organization_key if model is Organization else document_key)
    return pairs[:MOST_SHOWN]


def pairs_by_key(
    records: Iterable[Record], key_of: Callable[[Record], Hashable | None], among: Iterable[Record] | None = None
) -> list[DuplicatePair]:
    """Pair each record with the oldest one that has the same comparison key."""
    oldest: dict[Hashable, Record] = {}
    records = list(records)
    for record in records if among is None else among:
        if (key := key_of(record)) is not None:
            oldest.setdefault((record.body_id, key), record)
    found = ((record, oldest.get((record.body_id, key_of(record)))) for record in records)
    return [DuplicatePair(record, other) for record, other in found if other is not None and other != record]


def organization_key(organization: Organization) -> Hashable | None:
    """Return the usual short name of an organization.

    For names that are not in departments.csv, the name without its own place.
    """
    meant = unit_named(canonical(organization.name), organization.body.name)
    if meant.candidates:
        return None
    own_place = place_of_body(organization.body.name)
    return min([meant.name, *meant.other_names], key=lambda name: (len(name), name)).replace(own_place, own_place[-1:])


def person_key(person: Person) -> Hashable:
    """Return the canonical name with the organization, as merged today."""
    return canonical(person.name), person.distinction, person.organization and person.organization.kept.pk


def document_key(document: Document) -> Hashable:
    """Return the canonical title without white space, brackets and punctuation."""
    return PUNCTUATION.sub("", fold(document.title)), document.distinction


def most_similar(record: Record) -> list[Record]:
    """Return the records of the same body with similar names, the most similar first."""
    others = type(record).objects.filter(merged_into=None, body=record.body).exclude(pk=record.pk)
    names = {pk: fold(name) for pk, name in others.values_list("pk", NAME_OF[type(record)])}
    name = fold(getattr(record, NAME_OF[type(record)]))
    found = process.extract(name, names, scorer=fuzz.ratio, limit=MOST_ALIKE, score_cutoff=LEAST_ALIKE)
    by_pk = others.select_related("body").in_bulk([pk for _, _, pk in found])
    return [by_pk[pk] for _, _, pk in found]
