"""Suggestions for a search without results: fewer or looser conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from search.analysis.words import tokens
from search.index.engines.base import ITEM, Filters, SearchRequest
from search.index.facet_fields import FACETS, ORGANIZATION, ROLE, Category
from search.index.ranking import ranking_words
from search.pages.querystring import Choice, with_only, without, without_filters
from search.query import And, Node, Not, Or, QueryError, Term, parse_query
from search.query.expansion import expand_each
from search.query.params import SearchParams
from search.query.traversal import top_level_parts
from search.results.explain import describe, to_query_text
from search.suggestions.spelling import nearby_spellings

# “专项整治”方案
_QUOTES = re.compile(r'["＂“”]')
# Each suggestion takes a query to the engine, and more would not help.
_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class ZeroResults:
    """The words without results, and changes of the search that have some."""

    missing: tuple[str, ...]
    nearby: tuple[Choice, ...]
    ways: tuple[Choice, ...]


def zero_results(search: SearchParams, params: QueryDict) -> ZeroResults:
    """Return the words without results, and changed searches with their counts."""
    typed = search.expanded.typed
    fewer = list(_with_one_word_less(typed))
    looser = list(_with_looser_words(typed, search.text))
    nearby = list(_with_nearby_spellings(search))
    alone = [(describe(part), to_query_text([part]) or "") for part in _parts_alone(typed)]
    counts = _counts([text for _, text in (*fewer, *looser, *nearby, *alone)], search)
    ways = [
        *_choices(fewer, counts, params),
        *_with_fewer_filters(search, params),
        *_choices(looser, counts, params),
    ]
    return ZeroResults(
        tuple(shown for shown, text in alone if not counts.get(text, 1)) if len(alone) > 1 else (),
        tuple(_choices(nearby, counts, params)),
        tuple(way for way in ways if way.count),
    )


def _counts(texts: Collection[str], search: SearchParams) -> dict[str, int]:
    """Return the number of results of each text with the filters of a search."""
    nodes: dict[str, Node | None] = {}
    for text in texts:
        try:
            nodes[text] = parse_query(text)
        except QueryError:
            continue
    expanded = expand_each(nodes, search.index, search.exact)
    found = _count_each(search, [(each.query, search.filters) for each in expanded])
    return dict(zip(nodes, found, strict=True))


def _count_each(search: SearchParams, queries: Sequence[tuple[Node | None, Filters]]) -> list[int]:
    """Return the number of items for each query, or of meetings if there is none."""
    requests = [SearchRequest(query, filters) for query, filters in queries]
    found = search.index.count_each(requests)
    # Queries without any result need no second look.
    answered = [request for request, count in zip(requests, found, strict=True) if count]
    items = iter(search.index.count_each([replace(request, only=ITEM) for request in answered]))
    return [count and (next(items) or count) for count in found]


def _choices(changes: Collection[tuple[str, str]], counts: dict[str, int], params: QueryDict) -> list[Choice]:
    return [Choice(label, with_only(params, "q", text), counts[text]) for label, text in changes if counts.get(text)]


def _parts_alone(query: Node | None) -> list[Node]:
    """Return the parts of the query, and the tokens of its words."""
    wanted = [part for part in top_level_parts(query) if not isinstance(part, Not)]
    cut = [token for part in wanted for token in _tokens_of(part)]
    return cut[:_MOST_PARTS]


def _tokens_of(part: Node) -> list[Node]:
    return [Term(token) for token in tokens(part.text)] if isinstance(part, Term) else [part]


def _with_nearby_spellings(search: SearchParams) -> Iterator[tuple[str, str]]:
    """Yield the search with a word that is not indexed replaced by a similar one."""
    for written, spellings in nearby_spellings(search).items():
        for spelling in spellings if written in search.text else ():
            yield spelling, search.text.replace(written, spelling)


def _with_one_word_less(query: Node | None) -> Iterator[tuple[str, str]]:
    parts = top_level_parts(query)
    for dropped in parts[:_MOST_PARTS] if len(parts) > 1 else ():
        if text := to_query_text([part for part in parts if part is not dropped]):
            yield _less(dropped), text


def _less(dropped: Node) -> str:
    return f"不排除{describe(dropped.part)}" if isinstance(dropped, Not) else f"不要“{describe(dropped).strip('“”')}”"


def _with_fewer_filters(search: SearchParams, params: QueryDict) -> list[Choice]:
    looser: list[tuple[str, str, Filters]] = []
    undated = replace(search.filters, date_from=None, date_to=None)
    if undated != search.filters:
        looser.append(("不限日期", without(params, "date_after", "date_before"), undated))
    for category in FACETS:
        fewer = search.filters.without(*_with_its_role(category))
        if fewer != search.filters and category is not ROLE:
            looser.append((f"不限{category.label}", without(params, *_with_its_role(category)), fewer))
    if len(looser) > 1:
        looser.append(("去掉全部筛选", without_filters(params), Filters()))
    counts = _count_each(search, [(search.query, filters) for _, _, filters in looser])
    return [Choice(label, address, count) for (label, address, _), count in zip(looser, counts, strict=True)]


def _with_its_role(category: Category) -> tuple[str, ...]:
    return (category.name, "role") if category is ORGANIZATION else (category.name,)


def _with_looser_words(query: Node | None, text: str) -> Iterator[tuple[str, str]]:
    if _QUOTES.search(text):
        yield "不按原句，按词查", _QUOTES.sub(" ", text)
    if (loose := _any_word(query)) and (retyped := to_query_text(top_level_parts(loose))):
        yield "有其中一个词即可", retyped


def _any_word(query: Node | None) -> Node | None:
    """Return the query with its words as alternatives; None for a single word.

    Words are segmented: of 小区停车难, 小区 and 停车 are meaningful alone.
    """
    parts = top_level_parts(query)
    terms = [part for part in parts if isinstance(part, Term)]
    words = tuple(Term(word) for word in ranking_words(dict.fromkeys(terms, 1.0)) if len(word) > 1)
    if len(words) < 2:
        return None
    others = tuple(part for part in parts if not isinstance(part, Term))
    return And((Or(words), *others)) if others else Or(words)
