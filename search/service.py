"""Searching and indexing, as pages, tasks and commands ask for them."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.dispatch import Signal

from minutes.messages import translate as _
from minutes.models import Meeting
from minutes.models.database_id import database_id
from search.index.documents import build_documents
from search.index.engines import current_engine
from search.index.engines.base import IndexUnreachable, SearchRequest, SearchResponse, SearchUnavailable
from search.models import PendingIndexUpdate
from search.query import QueryError
from search.query.params import ParamsError, SearchParams

__all__ = ["PageOutOfRange", "QueryError", "Results", "SearchUnavailable", "search"]

PAGE_SIZE = 20
# Sent after a search was answered by the index; metrics listen. Arguments: sender (None), seconds, total.
searched = Signal()


class PageOutOfRange(ParamsError):
    """A page past the last one."""

    def __init__(self, last_page: int) -> None:
        super().__init__({"page": [f"没有这一页：结果一共 {last_page} 页。"]}, {})
        self.last_page = last_page


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what a search found."""

    params: SearchParams
    response: SearchResponse
    pages: int

    @property
    def total(self) -> int:
        """How many results there are."""
        return self.response.total

    @property
    def page(self) -> int:
        """The number of this page."""
        return self.params.page


@dataclass(frozen=True, slots=True)
class IndexWork:
    """What bringing the index up to date took.

    How many documents of how many meetings, and why, if all of them.
    """

    meetings: int = 0
    documents: int = 0
    rebuilt_because: str = ""


def search(params: SearchParams, counted: frozenset[str] = frozenset()) -> Results:
    """Return one page of results; raises PageOutOfRange or SearchUnavailable.

    Of the categories `counted`, the response tells how many results each value has.
    """
    # A page far past the end is known as such only from the answer; asking for it costs no more than the first.
    offset = (params.page - 1) * PAGE_SIZE
    request = SearchRequest(params.query, params.filters, params.sort, offset, PAGE_SIZE, counted, params.only)
    started = time.perf_counter()
    response = params.index.search(request)
    searched.send(sender=None, seconds=time.perf_counter() - started, total=response.total)
    pages = max(1, -(-response.total // PAGE_SIZE))
    if params.page > pages:
        raise PageOutOfRange(pages)
    return Results(params, response, pages)


def meetings_across_items(params: SearchParams) -> list[Meeting]:
    """Return the newest published meetings that hold all that was typed, but in different items."""
    ids = params.index.meetings_across_items(SearchRequest(params.query, params.filters, limit=PAGE_SIZE))
    meetings = Meeting.objects.published().select_related("body").in_bulk(ids)
    return [meetings[number] for number in ids if number in meetings]


def index_everything() -> int:
    """Build the index anew, put it in place of the old one, and return its documents."""
    noted = list(PendingIndexUpdate.objects.values_list("pk", flat=True))
    written = current_engine().replace_all(build_documents())
    _forget(noted)
    return written


def update_meetings(meeting_ids: Collection[int]) -> int:
    """Return how many documents the index now holds of these meetings.

    None of those that are not published.
    """
    return current_engine().update(meeting_ids, build_documents(meeting_ids))


def bring_up_to_date(rebuild: bool = False) -> IndexWork:
    """Return what was done so that the index holds the records as they are.

    All anew if it must be, else only what changed.
    """
    reason = _("asked for") if rebuild else _why_rebuild()
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
    """Return why the index must be built anew, or an empty text; raises IndexUnreachable."""
    try:
        state = current_engine().state()
    except IndexUnreachable:
        raise
    except SearchUnavailable as error:
        return str(error)
    if state.database not in (None, database_id()):
        return _("it was built from another database")
    return state.outdated


def _forget(noted: list[int]) -> None:
    """Take these notes away: the index holds what they tell of.

    Notes made meanwhile stay.
    """
    with transaction.atomic():
        for start in range(0, len(noted), 500):
            PendingIndexUpdate.objects.filter(pk__in=noted[start : start + 500]).delete()
