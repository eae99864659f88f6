"""Hits that hold only some of the words, offered when nothing holds all of them."""

from __future__ import annotations

from search.index.documents import DocId
from search.index.engines import current_engine
from search.index.engines.base import Filters, SearchRequest
from search.index.ranking import ranking_words
from search.query import And, Node, Or, Term
from search.query.expansion import expand
from search.results.explain import top_level_parts

MOST_OFFERED = 10


def relaxed_hits(typed: Node | None, filters: Filters, exact: bool = False) -> tuple[DocId, ...]:
    """What holds some of the words that were typed, best first: the first few."""
    query = match_any_word(typed)
    if query is None:
        return ()
    asked = expand(query, exact).query
    return current_engine().search(SearchRequest(asked, filters, limit=MOST_OFFERED)).keys


def match_any_word(query: Node | None) -> Node | None:
    """The query with any of its words enough, all else in it as it is; None unless there are several words.

    A word that was typed in one is taken apart: of 小区停车难, 小区 and 停车 say something by themselves.
    """
    parts = top_level_parts(query)
    terms = [part for part in parts if isinstance(part, Term)]
    words = tuple(Term(word) for word in ranking_words(terms) if len(word) > 1)
    if len(words) < 2:
        return None
    others = tuple(part for part in parts if not isinstance(part, Term))
    return And((Or(words), *others)) if others else Or(words)
