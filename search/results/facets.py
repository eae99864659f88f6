"""Facets: labels of the counts in a response, and the URL of each choice.

The engines count: search/index/engines/*/facet_counts.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models import Value as Constant
from django.http import QueryDict

from minutes.models import Body, Organization, Person
from minutes.models.prepared import prepared
from minutes.parser.topics.classes import topic_classes
from search.index.documents import Value
from search.index.engines.base import Filters, SearchResponse
from search.index.facet_fields import FACETS, ORGANIZATION, ROLE, ROLE_LABELS, Category
from search.pages.querystring import Choice, with_each, without, without_value
from search.query.names import with_place
from search.results.histogram import ranges_in_use

SHOWN_AT_FIRST = 12
# There are thousands of people, so only the most frequent are listed.
_MOST_CHOICES = 60
# Categories counted beside results. Always including roles, because leading and being mentioned are not the same.
COUNTED = frozenset(category.name for category in FACETS)
_BUT_YEARS = tuple(category for category in FACETS if category.name != "year")


_RECORDS = ("organization", "person", "body")
# An id of no record.
_NONE = frozenset({0})


@prepared
def _names(units: Collection[int], people: Collection[int], bodies: Collection[int]) -> QuerySet[Any, Any]:
    """Find the category, id, name and body of these records."""
    chosen = ((Organization, units, "body__name"), (Person, people, "body__name"), (Body, bodies, "name"))
    queries = [
        model._default_manager.filter(pk__in=pks)
        .order_by()
        .values_list(Constant(kind, output_field=CharField()), "pk", "name", body)
        for kind, (model, pks, body) in zip(_RECORDS, chosen, strict=True)
    ]
    return queries[0].union(*queries[1:])


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices; long ones are collapsed."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    rest: tuple[Choice, ...] = ()


def build_facets(
    response: SearchResponse, filters: Filters, params: QueryDict, several_bodies: bool
) -> tuple[list[Facet], list[Choice]]:
    """Return the facets to show, and the filters in use with URLs to remove them."""
    counted = [category for category in FACETS if category.name in response.counts]
    shown = {category: [*_offered(category, response, filters), *filters.of(category.name)] for category in counted}
    shown |= {category: list(filters.of(category.name)) for category in FACETS if category not in shown}
    labels = _labels(shown, several_bodies)
    kept = without(params)
    facets = [
        _facet(category, response.counts[category.name], labels[category], filters.of(category.name), params, kept)
        for category in counted
    ]
    if roles := [ROLE_LABELS[role] for role in sorted(filters.of(ROLE.name)) if role in ROLE_LABELS]:
        in_roles = f"{ORGANIZATION.label}（{'、'.join(roles)}）"
        facets = [replace(each, label=in_roles) if each.name == ORGANIZATION.name else each for each in facets]
    offered = [facet for facet in facets if _offers_a_choice(facet, response.total)]
    # Bodies first, because people look for the bureau of a certain city.
    offered.sort(key=lambda facet: facet.name != "body")
    return offered, _active_filters(filters, labels, params)


def _offered(category: Category, response: SearchResponse, filters: Filters) -> list[Value]:
    """Return the values to show; sub-classes only if their class is chosen."""
    values = _most_frequent(response.counts[category.name])
    if category.name != "topic":
        return values
    opened = {topic_classes()[code].main_code for code in filters.of("topic")}
    classes = (topic_classes()[code] for code in values)
    return [each.code for each in classes if each.code == each.main_code or each.main_code in opened]


def _offers_a_choice(facet: Facet, found: int) -> bool:
    """Return whether a choice would filter the results, or can be removed."""
    return len(facet.choices) > 1 or any(choice.selected or (choice.count or 0) < found for choice in facet.choices)


def _active_filters(
    filters: Filters, labels: Mapping[Category, Mapping[Value, str]], params: QueryDict
) -> list[Choice]:
    active = []
    if filters.date_from:
        active.append(Choice(f"{filters.date_from.isoformat()} 起", without(params, "date_after")))
    if filters.date_to:
        active.append(Choice(f"{filters.date_to.isoformat()} 止", without(params, "date_before")))
    active += ranges_in_use(filters.of("year"), params)
    for category in _BUT_YEARS:
        chosen = {value: label for value, label in labels[category].items() if value in filters.of(category.name)}
        active += [Choice(chosen[value], without_value(params, category.name, value)) for value in sorted(chosen)]
    return active


def _labels(shown: Mapping[Category, Collection[Value]], several_bodies: bool) -> dict[Category, dict[Value, str]]:
    """Return the labels of each category's values; deleted records have none."""
    records = {category.name: set(values) for category, values in shown.items() if category.name in _RECORDS and values}
    rows = _names(*(records.get(kind, _NONE) for kind in _RECORDS)) if records else []
    labels: dict[Category, dict[Value, str]] = {}
    for category, values in shown.items():
        if category.choices:
            labels[category] = {value: label for value, label in category.choices if value in values}
        elif category.name in _RECORDS:
            is_unit = category.name == "organization" and several_bodies
            named = [(pk, name, body) for kind, pk, name, body in rows if kind == category.name]
            labels[category] = {pk: with_place(name, body) if is_unit else name for pk, name, body in named}
        else:
            labels[category] = {value: f"{value}年" for value in values}
    return labels


def _most_frequent(counts: Mapping[Value, int]) -> list[Value]:
    return sorted(counts, key=lambda value: -counts[value])[:_MOST_CHOICES]


def _facet(
    category: Category,
    counts: Mapping[Value, int],
    labels: Mapping[Value, str],
    chosen: frozenset[Value],
    params: QueryDict,
    kept: str,
) -> Facet:
    addresses = with_each(kept, category.name, labels.keys() - chosen)
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
    category: Category, labels: Mapping[Value, str], counts: Mapping[Value, int], chosen: frozenset[Value]
) -> list[tuple[Value, str]]:
    """Sort years from the latest, everything else by number of results.

    Chosen values are always included.
    """
    if category.name == "year":
        return sorted(labels.items(), reverse=True)
    return sorted(labels.items(), key=lambda pair: (pair[0] not in chosen, -counts.get(pair[0], 0), pair[1]))
