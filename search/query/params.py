"""What an address asks for, read once for every answer that is no page: exports, feeds, programs, alerts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict

from minutes.models import AgendaItem
from search.index.documents import DocId
from search.index.engines import current_engine
from search.index.engines.base import Filters, IndexState, SearchRequest, Sort
from search.query import Node, QueryError
from search.query.expansion import parse_and_expand
from search.query.filters import SearchFilters


@dataclass(frozen=True, slots=True)
class SearchParams:
    """A search as an address asks for it."""

    words: str
    query: Node | None  # with all that is known of its words
    filters: Filters
    sort: Sort
    page: int
    exact: bool


@dataclass(frozen=True, slots=True)
class AllHits:
    """The keys of all results, from one state of the index."""

    keys: tuple[DocId, ...]
    state: IndexState


def parse_params(conditions: QueryDict, meaningless: Collection[str] = ()) -> SearchParams:
    """The search that these conditions ask for; raises QueryError, in one text for the reader, for what cannot be.

    A condition that means nothing to the kind of answer is refused too: passed over, it would look obeyed.
    """
    for name in meaningless:
        if name in conditions:
            raise QueryError(f"这里不能用条件 {name}：请从地址中删去。")
    filterset = SearchFilters(conditions, queryset=AgendaItem.objects.none())
    if not filterset.form.is_valid():
        raise QueryError(" ".join(_complaints(filterset)))
    values = filterset.form.cleaned_data
    query = parse_and_expand(values["q"], filterset.is_exact()).query
    return SearchParams(
        values["q"], query, filterset.to_filters(), filterset.sort_order(), values["page"] or 1, filterset.is_exact()
    )


def find_all(params: SearchParams, sort: Sort | None = None, most: int | None = None) -> AllHits:
    """All that is found, without pages, or the first of it in some order."""
    engine = current_engine()
    state = engine.state()
    # The index may grow between the two questions; what it then finds more than it held is for the next time.
    limit = state.documents if most is None else most
    answer = engine.search(SearchRequest(params.query, params.filters, sort or params.sort, limit=limit))
    return AllHits(answer.keys, state)


def _complaints(filterset: SearchFilters) -> list[str]:
    """What is wrong, each with the name of the condition."""
    return [
        message if name == "__all__" else f"{filterset.form.fields[name].label}（{name}）：{message}"
        for name, messages in filterset.form.errors.items()
        for message in messages
    ]
