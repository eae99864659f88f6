"""What an address asks for, read once for every answer that is no page: exports, feeds, programs, alerts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict

from minutes.models import AgendaItem
from search.index.documents import Key
from search.index.engines import current_engine
from search.index.engines.base import Filters, IndexState, Request, Sort
from search.query import Node, QueryError
from search.query.expansion import understand
from search.query.filters import SearchFilters


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as an address asks for it."""

    words: str
    query: Node | None  # with all that is known of its words
    filters: Filters
    sort: Sort
    page: int
    exact: bool


@dataclass(frozen=True, slots=True)
class FoundInFull:
    """The keys of all results, from one state of the index."""

    keys: tuple[Key, ...]
    state: IndexState


def read_asked(conditions: QueryDict, meaningless: Collection[str] = ()) -> Asked:
    """The search that these conditions ask for; raises QueryError, in one text for the reader, for what cannot be.

    A condition that means nothing to the kind of answer is refused too: passed over, it would look obeyed.
    """
    for name in meaningless:
        if name in conditions:
            raise QueryError(f"这里不能用条件 {name}：请从地址中删去。")
    asked = SearchFilters(conditions, queryset=AgendaItem.objects.none())
    if not asked.form.is_valid():
        raise QueryError(" ".join(_complaints(asked)))
    values = asked.form.cleaned_data
    query = understand(values["q"], asked.exactly()).query
    return Asked(values["q"], query, asked.wanted(), asked.order(), values["page"] or 1, asked.exactly())


def find_in_full(asked: Asked, sort: Sort | None = None, most: int | None = None) -> FoundInFull:
    """All that is found, without pages, or the first of it in some order."""
    engine = current_engine()
    state = engine.state()
    # The index may grow between the two questions; what it then finds more than it held is for the next time.
    limit = state.documents if most is None else most
    answer = engine.search(Request(asked.query, asked.filters, sort or asked.sort, limit=limit))
    return FoundInFull(answer.keys, state)


def _complaints(asked: SearchFilters) -> list[str]:
    """What is wrong, each with the name of the condition."""
    return [
        message if name == "__all__" else f"{asked.form.fields[name].label}（{name}）：{message}"
        for name, messages in asked.form.errors.items()
        for message in messages
    ]
