"""Facet counts: how many matching documents have each value of a category."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from search.index.documents import Value
from search.index.engines.base import Filters
from search.index.engines.opensearch.mapping import as_value, units_in_roles
from search.index.engines.opensearch.queries import Clause, all_of, passing, unit_condition
from search.index.facet_fields import CATEGORIES, ORGANIZATION, ROLE, ROLE_LABELS

# The number of most frequent values counted per category; the server allows 65,535 in one response.
_MOST_VALUES = 10_000
_BY_NAME = {category.name: category for category in CATEGORIES}


def aggregations(names: Collection[str], filters: Filters) -> dict[str, Clause]:
    """Return the aggregations of these categories, each without its own filter."""
    return {
        name: {"filter": all_of(passing(filters.for_counting(name))), "aggs": {"of": _values(name, filters)}}
        for name in sorted(names)
    }


def facet_counts(answer: Mapping[str, Any], names: Collection[str], filters: Filters) -> dict[str, dict[Value, int]]:
    """Return the counts in a response to `aggregations`."""
    found = {}
    for name in names:
        buckets = answer[name]["of"]["buckets"]
        if name == ROLE.name:
            found[name] = {role: each["doc_count"] for role, each in buckets.items() if each["doc_count"]}
        elif name == ORGANIZATION.name:
            of_terms = ((each["key"], each["doc_count"]) for each in buckets)
            found[name] = units_in_roles(of_terms, filters.roles())
        else:
            found[name] = {as_value(_BY_NAME[name], each["key"]): each["doc_count"] for each in buckets}
    return found


def _values(name: str, filters: Filters) -> Clause:
    if name == ROLE.name:
        units = filters.of(ORGANIZATION.name)
        return {"filters": {"filters": {role: unit_condition(units, [role]) for role in ROLE_LABELS}}}
    return {"terms": {"field": "units" if name == ORGANIZATION.name else name, "size": _MOST_VALUES}}
