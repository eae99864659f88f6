"""Facet counts: how many matching rows have each value of a category."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from search.index.documents import Value
from search.index.engines.base import Filters
from search.index.engines.whoosh.columns import Mask, Numbers
from search.index.engines.whoosh.rows import Rows
from search.index.facet_fields import FACETS, ORGANIZATION, ROLE, Category


def facet_counts(rows: Rows, matching: Mask, filters: Filters, names: Collection[str]) -> dict[str, dict[Value, int]]:
    """Return the counts of the matching rows for each value of these categories.

    The counts of a category ignore its own filter.
    """
    if not names:
        return {}
    every = np.flatnonzero(matching & rows.passing(filters))
    counts = {}
    for category in (each for each in FACETS if each.name in names):
        others = filters.for_counting(category.name)
        counted = every if others == filters else np.flatnonzero(matching & rows.passing(others))
        counts[category.name] = _count(rows, category, counted, filters)
    return counts


def _count(rows: Rows, category: Category, counted: Numbers, filters: Filters) -> dict[Value, int]:
    if category == ORGANIZATION:
        return rows.organizations.count(counted, filters.roles())
    if category == ROLE:
        return rows.organizations.count_roles(counted, filters.of(ORGANIZATION.name))
    counts = rows.categories[category.name].count(counted)
    if not category.choices:
        return dict(counts)
    return {category.choices[place][0]: count for place, count in counts.items()}
