"""Facet counts, and how often a text occurs in the items of each meeting."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from search.index.documents import Value
from search.index.engines.base import Filters
from search.index.engines.opensearch.mapping import COUNTING_LIMIT, as_value, units_in_roles
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


def counts(answer: Mapping[str, Any], names: Collection[str], filters: Filters) -> dict[str, dict[Value, int]]:
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


def times_a_score(explained: Mapping[str, Any]) -> float:
    """Return the weight of one occurrence, from the explanation of a score.

    A weight is `rarity * (limit + 1) * times / (times + limit)`, and the explanation contains the times.
    """
    times = _frequency(explained)
    if times is None:
        raise ValueError(f"an explanation of OpenSearch names no frequency: {explained}")
    return float(explained["value"]) * (times + COUNTING_LIMIT) / times / (COUNTING_LIMIT + 1)


def times(score: float, of_one: float) -> int:
    """Return the number of occurrences with this score, given the weight of one."""
    share = score / (of_one * (COUNTING_LIMIT + 1))
    return round(share * COUNTING_LIMIT / (1 - share)) if share < 1 else math.ceil(COUNTING_LIMIT)


def sums_by_meeting(numbers: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the sum of the numbers per meeting."""
    sums: dict[int, int] = {}
    for meeting, number in numbers:
        if number:
            sums[meeting] = sums.get(meeting, 0) + number
    return sums


def _frequency(explained: Mapping[str, Any]) -> float | None:
    if "freq" in explained["description"].split("=")[0].split(",")[0].lower() and not explained.get("details"):
        return float(explained["value"])
    below = (_frequency(part) for part in explained.get("details", ()))
    return next((value for value in below if value is not None), None)
