"""What to try when nothing was found: the same search less one condition, or read more loosely. Only what finds."""

from __future__ import annotations

import re
from dataclasses import replace

from django.http import QueryDict

from search.engines.base import Filters
from search.links import Choice, with_only, without, without_filters
from search.query import And, Node, QueryError, parse_query
from search.service import count

# “专项整治”方案
_QUOTES = re.compile(r'["＂“”]')


def ways_out(node: Node | None, filters: Filters, asked: QueryDict) -> list[Choice]:
    """Changes of a search that found nothing, each with how much it would find."""
    ways = [*_with_fewer_filters(node, filters, asked), *_with_looser_words(node, filters, asked)]
    return [way for way in ways if way.count]


def _with_fewer_filters(node: Node | None, filters: Filters, asked: QueryDict) -> list[Choice]:
    looser = []
    for label, names, fewer in (
        ("不限日期", ("date_after", "date_before"), replace(filters, date_from=None, date_to=None)),
        ("不限年份", ("year",), replace(filters, years=frozenset())),
        ("不限单位", ("department", "role"), replace(filters, departments=frozenset(), roles=frozenset())),
        ("不限会议类型", ("kind",), replace(filters, kinds=frozenset())),
    ):
        if fewer != filters:
            looser.append(Choice(label, without(asked, *names), count(node, fewer)))
    if len(looser) > 1:
        looser.append(Choice("去掉全部筛选", without_filters(asked), count(node, Filters())))
    return looser


def _with_looser_words(node: Node | None, filters: Filters, asked: QueryDict) -> list[Choice]:
    query = asked.get("q", "")
    looser = []
    if _QUOTES.search(query):
        unquoted = _QUOTES.sub(" ", query)
        looser.append(("不按原句，按词查", unquoted))
    if isinstance(node, And) and not _QUOTES.search(query):
        looser.append(("有其中一个词即可", " OR ".join(word for word in query.split() if word[0] not in "-－")))
    return [Choice(label, with_only(asked, "q", text), _count(text, filters)) for label, text in looser]


def _count(query: str, filters: Filters) -> int:
    try:
        return count(parse_query(query), filters)
    except QueryError:
        return 0
