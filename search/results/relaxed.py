"""What comes nearest when nothing holds all the words: what holds some of them, offered as that and nothing more."""

from __future__ import annotations

from search.index.documents import Key
from search.index.engines import current_engine
from search.index.engines.base import Filters, Request
from search.index.ranking import ranking_words
from search.query import And, Node, Or, Term
from search.query.expansion import expand
from search.results.explain import parts_of

MOST_OFFERED = 10


def nearest(typed: Node | None, filters: Filters, exact: bool = False) -> tuple[Key, ...]:
    """What holds some of the words that were typed, best first: the first few."""
    query = any_word_of(typed)
    if query is None:
        return ()
    asked = expand(query, exact).query
    return current_engine().search(Request(asked, filters, limit=MOST_OFFERED)).keys


def any_word_of(query: Node | None) -> Node | None:
    """The query with any of its words enough, all else in it as it is; None unless there are several words.

    A word that was typed in one is taken apart: of 小区停车难, 小区 and 停车 say something by themselves.
    """
    parts = parts_of(query)
    terms = [part for part in parts if isinstance(part, Term)]
    words = tuple(Term(word) for word in ranking_words(terms) if len(word) > 1)
    if len(words) < 2:
        return None
    others = tuple(part for part in parts if not isinstance(part, Term))
    return And((Or(words), *others)) if others else Or(words)
