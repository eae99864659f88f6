"""Searching and indexing, as pages, tasks and commands ask for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from minutes.models import Meeting
from minutes.models.database_id import database_id
from search.index.documents import build_documents
from search.index.engines import current_engine
from search.index.engines.base import Filters, IndexState, SearchRequest, SearchResponse, SearchUnavailable, Sort
from search.models import PendingIndexUpdate
from search.query import Node, QueryError
from search.query.expansion import Expansion, expand, parse_and_expand

__all__ = ["Filters", "QueryError", "Results", "SearchUnavailable", "Sort", "search"]

PAGE_SIZE = 20


class PageOutOfRange(QueryError):
    """A page past the last one."""

    def __init__(self, last_page: int) -> None:
        super().__init__(f"没有这一页：结果一共 {last_page} 页。")
        self.last_page = last_page


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what a search found, and how the query was understood."""

    query: Node | None  # as typed
    expanded: Node | None  # with all that is known of its words
    expansions: tuple[Expansion, ...]
    response: SearchResponse
    page: int
    pages: int
    state: IndexState


@dataclass(frozen=True, slots=True)
class IndexWork:
    """What bringing the index up to date took: how many documents of how many meetings, and why, if all of them."""

    meetings: int = 0
    documents: int = 0
    rebuilt_because: str = ""


def search(
    query: str,
    filters: Filters | None = None,
    sort: Sort = Sort.RELEVANCE,
    page: int = 1,
    exact: bool = False,
    counted: frozenset[str] = frozenset(),
) -> Results:
    """One page of what is found; raises QueryError with a message for the reader, or SearchUnavailable.

    `exact` adds nothing to the words: no other names of units, no titles of documents. Of the categories `counted`,
    the answer tells how many results each value has.
    """
    understood = parse_and_expand(query, exact)
    engine = current_engine()
    # A page far past the end is known as such only from the answer; asking for it costs no more than the first.
    offset = (page - 1) * PAGE_SIZE
    answer = engine.search(SearchRequest(understood.query, filters or Filters(), sort, offset, PAGE_SIZE, counted))
    pages = max(1, -(-answer.total // PAGE_SIZE))
    if page > pages:
        raise PageOutOfRange(pages)
    return Results(understood.typed, understood.query, understood.expansions, answer, page, pages, engine.state())


def meetings_across_items(typed: Node | None, filters: Filters, exact: bool = False) -> list[Meeting]:
    """The published meetings in which all that was typed stands, but spread over several items; the newest ones."""
    ids = current_engine().meetings_across_items(SearchRequest(expand(typed, exact).query, filters))[:PAGE_SIZE]
    meetings = Meeting.objects.published().select_related("body").in_bulk(ids)
    return [meetings[number] for number in ids if number in meetings]


def count(typed: Node | None, filters: Filters, exact: bool = False) -> int:
    """How many results there would be."""
    return current_engine().search(SearchRequest(expand(typed, exact).query, filters, limit=0)).total


def index_everything() -> int:
    """How many documents the index holds after it was built anew from the records and put in place of the old one."""
    noted = list(PendingIndexUpdate.objects.values_list("pk", flat=True))
    written = current_engine().replace_all(build_documents())
    _forget(noted)
    return written


def update_meetings(meeting_ids: Collection[int]) -> int:
    """How many documents the index now holds of these meetings; none of those that are not published."""
    return current_engine().update(meeting_ids, build_documents(meeting_ids))


def bring_up_to_date(rebuild: bool = False) -> IndexWork:
    """What was done so that the index holds the records as they are: all anew if it must be, else only what changed."""
    reason = "asked for" if rebuild else _why_rebuild()
    if reason:
        documents = index_everything()
        return IndexWork(current_engine().state().meetings, documents, reason)
    noted = dict(PendingIndexUpdate.objects.values_list("pk", "meeting_id"))
    if not noted:
        return IndexWork()
    meetings = set(noted.values())
    documents = update_meetings(meetings)
    _forget(list(noted))
    return IndexWork(len(meetings), documents)


def _why_rebuild() -> str:
    try:
        state = current_engine().state()
    except SearchUnavailable as error:
        return str(error)
    if state.database not in (None, database_id()):
        return "it was built from another database"
    return state.outdated


def _forget(noted: list[int]) -> None:
    """Take these notes away: the index holds what they tell of. Notes made meanwhile stay."""
    with transaction.atomic():
        for start in range(0, len(noted), 500):
            PendingIndexUpdate.objects.filter(pk__in=noted[start : start + 500]).delete()
