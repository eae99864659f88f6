"""Search and indexing for pages, tasks and commands."""

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
from search.query.params import ParamsError, SearchParams

PAGE_SIZE = 20
UNAVAILABLE = "检索暂不可用，请过几分钟再试。"
# Sent after the index answered a search; metrics listen. Arguments: sender (None), seconds, total.
searched = Signal()


class PageOutOfRange(ParamsError):
    """A page after the last one."""

    def __init__(self, last_page: int) -> None:
        super().__init__({"page": [f"没有这一页：结果一共 {last_page} 页。"]}, {})
        self.last_page = last_page


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results of a search."""

    params: SearchParams
    response: SearchResponse
    pages: int

    @property
    def total(self) -> int:
        """Return the number of results."""
        return self.response.total

    @property
    def page(self) -> int:
        """Return the number of this page."""
        return self.params.page


@dataclass(frozen=True, slots=True)
class IndexWork:
    """The outcome of updating the index.

    Numbers of documents and meetings, and the reason for a rebuild.
    """

    meetings: int = 0
    documents: int = 0
    rebuilt_because: str = ""


def search(params: SearchParams, counted: frozenset[str] = frozenset()) -> Results:
    """Return one page of results.

    Raise PageOutOfRange or SearchUnavailable. `counted` are the categories to count values in.
    """
    # Whether a page is past the end is known only from the response, which costs no more than that of the first.
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
    """Return the newest published meetings that match across several items only."""
    ids = params.index.meetings_across_items(SearchRequest(params.query, params.filters, limit=PAGE_SIZE))
    meetings = Meeting.objects.published().select_related("body").in_bulk(ids)
    return [meetings[number] for number in ids if number in meetings]


def index_everything() -> int:
    """Rebuild the index, put it in place of the old one, and return its size."""
    noted = list(PendingIndexUpdate.objects.values_list("pk", flat=True))
    written = current_engine().replace_all(build_documents())
    _forget(noted)
    return written


def update_meetings(meeting_ids: Collection[int]) -> int:
    """Update the documents of these meetings; return their number.

    Meetings that are not published have none.
    """
    return current_engine().update(meeting_ids, build_documents(meeting_ids))


def bring_up_to_date(rebuild: bool = False) -> IndexWork:
    """Bring the index up to date with the records.

    Everything is rebuilt if necessary, otherwise only what changed.
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
    """Return the reason to rebuild the index, or ""; raise IndexUnreachable."""
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
    """Delete these pending updates, which are indexed now.

    Those added meanwhile stay.
    """
    with transaction.atomic():
        for start in range(0, len(noted), 500):
            PendingIndexUpdate.objects.filter(pk__in=noted[start : start + 500]).delete()
