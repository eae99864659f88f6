"""What to try when nothing was found: the same search less one condition, or read more loosely. Only what finds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.http import QueryDict

from search.analysis.words import tokens
from search.index.engines.base import Filters
from search.index.facet_fields import DEPARTMENT, FACETS, ROLE, Category
from search.pages.querystring import Choice, with_only, without, without_filters
from search.query import And, Node, Not, QueryError, Term, parse_query
from search.results.explain import describe, to_query_text, top_level_parts
from search.results.relaxed import match_any_word
from search.service import count
from search.suggestions.spelling import nearby_spellings

# “专项整治”方案
_QUOTES = re.compile(r'["＂“”]')
# Every way is tried by asking the engine; nobody needs more.
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class ZeroResults:
    """Why nothing was found, as far as one word is to blame, and what would find something."""

    missing: tuple[str, ...]
    nearby: tuple[Choice, ...]
    ways: tuple[Choice, ...]


def zero_results(query: Node | None, filters: Filters, params: QueryDict, exact: bool = False) -> ZeroResults:
    """The words that no result holds, and changes of the search, each with how much it would find."""
    ways = [
        *_with_one_word_less(query, filters, params, exact),
        *_with_fewer_filters(query, filters, params, exact),
        *_with_looser_words(query, filters, params, exact),
    ]
    nearby = [way for way in _with_nearby_spellings(query, filters, params, exact) if way.count]
    return ZeroResults(_missing(query, filters, exact), tuple(nearby), tuple(way for way in ways if way.count))


def _missing(query: Node | None, filters: Filters, exact: bool) -> tuple[str, ...]:
    """The parts of the query, or tokens that a word of it was cut into, that find nothing alone with these filters."""
    wanted = [part for part in top_level_parts(query) if not isinstance(part, Not)]
    cut = [piece for part in wanted for piece in _pieces_of(part)][:_MOST_PARTS]
    return tuple(describe(each) for each in cut if not count(each, filters, exact)) if len(cut) > 1 else ()


def _pieces_of(part: Node) -> list[Node]:
    return [Term(piece) for piece in tokens(part.text)] if isinstance(part, Term) else [part]


def _with_nearby_spellings(query: Node | None, filters: Filters, params: QueryDict, exact: bool) -> list[Choice]:
    """The search with a word that stands nowhere written as one that does."""
    typed = params.get("q", "")
    respelt = [
        (spelling, typed.replace(written, spelling))
        for written, spellings in nearby_spellings(query).items()
        for spelling in spellings
        if written in typed
    ]
    return [Choice(label, with_only(params, "q", text), _count(text, filters, exact)) for label, text in respelt]


def _with_one_word_less(query: Node | None, filters: Filters, params: QueryDict, exact: bool) -> list[Choice]:
    parts = top_level_parts(query)
    fewer = []
    for dropped in parts[:_MOST_PARTS] if len(parts) > 1 else ():
        kept = tuple(part for part in parts if part is not dropped)
        typed = to_query_text(kept)
        if typed:
            node = kept[0] if len(kept) == 1 else And(kept)
            fewer.append(Choice(_less(dropped), with_only(params, "q", typed), count(node, filters, exact)))
    return fewer


def _less(dropped: Node) -> str:
    return f"不排除{describe(dropped.part)}" if isinstance(dropped, Not) else f"不要“{describe(dropped).strip('“”')}”"


def _with_fewer_filters(query: Node | None, filters: Filters, params: QueryDict, exact: bool) -> list[Choice]:
    looser = []
    undated = replace(filters, date_from=None, date_to=None)
    if undated != filters:
        looser.append(Choice("不限日期", without(params, "date_after", "date_before"), count(query, undated, exact)))
    for category in FACETS:
        fewer = filters.without(*_with_its_role(category))
        if fewer != filters and category is not ROLE:
            address = without(params, *_with_its_role(category))
            looser.append(Choice(f"不限{category.label}", address, count(query, fewer, exact)))
    if len(looser) > 1:
        looser.append(Choice("去掉全部筛选", without_filters(params), count(query, Filters(), exact)))
    return looser


def _with_its_role(category: Category) -> tuple[str, ...]:
    return (category.name, "role") if category is DEPARTMENT else (category.name,)


def _with_looser_words(query: Node | None, filters: Filters, params: QueryDict, exact: bool) -> list[Choice]:
    typed = params.get("q", "")
    looser = []
    if _QUOTES.search(typed):
        looser.append(("不按原句，按词查", _QUOTES.sub(" ", typed)))
    if (loose := match_any_word(query)) and (retyped := to_query_text(top_level_parts(loose))):
        looser.append(("有其中一个词即可", retyped))
    return [Choice(label, with_only(params, "q", text), _count(text, filters, exact)) for label, text in looser]


def _count(typed: str, filters: Filters, exact: bool) -> int:
    try:
        return count(parse_query(typed), filters, exact)
    except QueryError:
        return 0
