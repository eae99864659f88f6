"""The choices beside the results: what the counts of an answer are called, and where each choice leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.http import QueryDict

from minutes.models import Body, Organization, Person
from search.index.documents import Value
from search.index.engines.base import Filters, SearchResponse
from search.index.facet_fields import FACETS, ROLE, Category
from search.pages.querystring import Choice, with_each, without, without_value
from search.results.histogram import without_stretches

SHOWN_AT_FIRST = 12
# A meeting has dozens of people and an archive thousands: only the most frequent are named.
_MOST_CHOICES = 60
_BUT_YEARS = tuple(category for category in FACETS if category.name != "year")
_RECORDS: dict[str, type[Model]] = {"department": Organization, "person": Person, "body": Body}


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of choices; long ones show the rest on demand."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    rest: tuple[Choice, ...] = ()


def facet_names_to_count(filters: Filters) -> frozenset[str]:
    """The categories whose counts stand beside results; the role of a unit only once a unit or a role is chosen."""
    names = frozenset(category.name for category in FACETS)
    return names if filters.of("department") or filters.of("role") else names - {ROLE.name}


def build_facets(answer: SearchResponse, filters: Filters, params: QueryDict) -> list[Facet]:
    """The facets that were counted and offer a choice here."""
    facets = [
        _facet(category, answer.counts[category.name], filters.of(category.name), params)
        for category in FACETS
        if category.name in answer.counts
    ]
    return [facet for facet in facets if _offers_a_choice(facet, answer.total)]


def _offers_a_choice(facet: Facet, found: int) -> bool:
    """Whether a choice narrows what was found, or one that was made can be given up."""
    return len(facet.choices) > 1 or any(choice.selected or (choice.count or 0) < found for choice in facet.choices)


def active_filters(filters: Filters, params: QueryDict) -> list[Choice]:
    """The filters of a search in words, each with the address without it."""
    conditions = []
    if filters.date_from:
        conditions.append(Choice(f"{filters.date_from.isoformat()} 起", without(params, "date_after")))
    if filters.date_to:
        conditions.append(Choice(f"{filters.date_to.isoformat()} 止", without(params, "date_before")))
    conditions += without_stretches(filters.of("year"), params)
    for category in _BUT_YEARS:
        labels = labels_of(category, filters.of(category.name))
        conditions += [Choice(labels[value], without_value(params, category.name, value)) for value in sorted(labels)]
    return conditions


def labels_of(category: Category, values: Iterable[Value]) -> dict[Value, str]:
    """What these values are called; a record that is gone is called nothing."""
    wanted = set(values)
    if category.choices:
        return {value: label for value, label in category.choices if value in wanted}
    if category.name not in _RECORDS:
        return {value: f"{value}年" for value in wanted}
    if not wanted:
        return {}
    return dict(_RECORDS[category.name]._default_manager.filter(pk__in=wanted).values_list("pk", "name"))


def _facet(category: Category, counts: dict[Value, int], chosen: frozenset[Value], params: QueryDict) -> Facet:
    frequent = sorted(counts, key=lambda value: -counts[value])[:_MOST_CHOICES]
    labels = labels_of(category, {*frequent, *chosen})
    addresses = with_each(params, category.name, labels.keys() - chosen)
    choices = [
        Choice(
            label,
            without_value(params, category.name, value) if value in chosen else addresses[value],
            counts.get(value, 0),
            value in chosen,
        )
        for value, label in _in_order(category, labels, counts, chosen)
    ]
    if category.name == "year":
        return Facet(category.name, category.label, tuple(choices))
    return Facet(category.name, category.label, tuple(choices[:SHOWN_AT_FIRST]), tuple(choices[SHOWN_AT_FIRST:]))


def _in_order(
    category: Category, labels: dict[Value, str], counts: dict[Value, int], chosen: frozenset[Value]
) -> list[tuple[Value, str]]:
    """Years from the latest; all else by how many results it has, but what is chosen always in sight."""
    if category.name == "year":
        return sorted(labels.items(), reverse=True)
    return sorted(labels.items(), key=lambda pair: (pair[0] not in chosen, -counts.get(pair[0], 0), pair[1]))
