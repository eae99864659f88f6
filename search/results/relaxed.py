"""Similar items, suggested if there are few or no results.

They never count as results.
"""

from __future__ import annotations

from collections.abc import Collection

from search.index.documents import DocId
from search.index.engines.base import ITEM, SearchRequest
from search.query import And, Implied, Node, Or, Term, ranked_queries
from search.query.params import SearchParams

MOST_OFFERED = 10
# Fewer are needed below results, which may be sufficient.
MOST_OFFERED_BELOW_RESULTS = 5
# The weight of vague words (政策, 部门) relative to others.
_VAGUE_WEIGHT = 0.2
# With fewer results than this, similar items are suggested too.
FEW_RESULTS = 5


def nearest_items(search: SearchParams, found: Collection[DocId] = ()) -> tuple[DocId, ...]:
    """Return the items most similar to a search, best first, without those found.

    They must match its conditions: filters, phrases, exclusions and places.
    """
    texts: dict[str, float] = {}
    conditions: list[Node] = []
    vague = {word for each in search.expanded.expansions if each.kind == "vague" for word in each.typed.split("、")}
    for typed, expanded in search.expanded.parts:
        if not isinstance(typed, Term) or _is_condition(expanded):
            conditions.append(expanded)
            continue
        if apart := _conditions_and_rest(expanded):
            conditions += apart.parts[:-1]
            expanded = apart.parts[-1]
        weights = ranked_queries(expanded)
        # If parts of a term are known, these are used, without question words.
        whole = typed.text if any(isinstance(query, Term) and query != typed for query in weights) else ""
        for query, weight in weights.items():
            if query.text != whole:
                weight *= _VAGUE_WEIGHT if query.text in vague else 1.0
                texts[query.text] = max(weight, texts.get(query.text, 0.0))
    if not texts:
        return ()
    condition = And(tuple(conditions)) if conditions else None
    near = search.index.nearest(
        texts, SearchRequest(condition, search.filters, limit=MOST_OFFERED + len(found), only=ITEM)
    )
    most = MOST_OFFERED_BELOW_RESULTS if found else MOST_OFFERED
    return tuple(key for key in near if key not in found)[:most]


def _is_condition(node: Node) -> bool:
    return isinstance(node, Implied) and not node.ranks_as_text


def _conditions_and_rest(node: Node) -> And | None:
    """Return the interpretation of a term as place or year and rest, if any."""
    readings = node.parts if isinstance(node, Or) else ()
    return next((each for each in readings if isinstance(each, And) and _is_condition(each.parts[0])), None)
