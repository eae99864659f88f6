"""Items that are like what was typed, offered where little or nothing was found.

Never counted as results.
"""

from __future__ import annotations

from collections.abc import Collection

from search.index.documents import DocId
from search.index.engines.base import ITEM, SearchRequest
from search.query import And, Implied, Node, Term, ranked_queries
from search.query.params import SearchParams

MOST_OFFERED = 10
# Below results fewer do: a reader may have what was sought.
MOST_OFFERED_BELOW_RESULTS = 5
# With fewer results than this, a reader is offered similar items too.
FEW_RESULTS = 5


def nearest_items(search: SearchParams, found: Collection[DocId] = ()) -> tuple[DocId, ...]:
    """Return the items most like the words of a search, best first, without those found.

    All in it that is no word, a phrase or an exclusion or a place, holds for them as well.
    """
    texts: dict[str, float] = {}
    conditions: list[Node] = []
    for typed, expanded in search.expanded.parts:
        if not isinstance(typed, Term) or _is_condition(expanded):
            conditions.append(expanded)
            continue
        weights = ranked_queries(expanded)
        # Where a term is known part by part, the parts say what is meant, without the words that only ask.
        whole = typed.text if any(isinstance(query, Term) and query != typed for query in weights) else ""
        for query, weight in weights.items():
            if query.text != whole:
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
