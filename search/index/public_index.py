"""The index limited to published meetings: nothing withdrawn is ever returned.

The worker removes a withdrawn meeting from the index some seconds later. Until then it is in the queue of pending
updates, and is excluded from every result. All reading code uses this class; only writers use an engine directly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from minutes.models import Meeting
from minutes.models.prepared import prepared
from search.index.documents import DocId
from search.index.engines import current_engine
from search.index.engines.base import Engine, IndexState, SearchRequest, SearchResponse
from search.models import PendingIndexUpdate
from search.query.nodes import Node


@dataclass(frozen=True, slots=True)
class PublicIndex:
    """The current engine, with the meetings whose documents are out of date."""

    engine: Engine
    pending: frozenset[int]  # meetings with pending updates
    excluded: frozenset[int]  # those of them that are not published

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the response to a request; raise SearchUnavailable."""
        return self.engine.search(replace(request, excluded=self.excluded))

    def count(self, request: SearchRequest) -> int:
        """Return the number of documents that match a request."""
        return self.search(replace(request, limit=0)).total

    def has(self, query: Node) -> bool:
        """Return whether any document matches a query."""
        return self.count(SearchRequest(query)) > 0

    def count_each(self, requests: Iterable[SearchRequest]) -> list[int]:
        """Return the number of documents that match each request, sent together."""
        counting = [replace(request, limit=0, excluded=self.excluded) for request in requests]
        return [response.total for response in self.engine.search_many(counting)] if counting else []

    def nearest(self, texts: Mapping[str, float], request: SearchRequest) -> tuple[DocId, ...]:
        """Return the items most similar to these texts."""
        return self.engine.nearest(texts, replace(request, excluded=self.excluded))

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """Return the meetings that match a query only across several documents."""
        return self.engine.meetings_across_items(replace(request, excluded=self.excluded))

    def occurrences(self, text: str) -> dict[int, int]:
        """Return how often a folded text occurs in the items of each meeting."""
        return self._public(self.engine.occurrences(text))

    def characters(self) -> dict[int, int]:
        """Return the number of folded characters in the items of each meeting."""
        return self._public(self.engine.characters())

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """Return frequent words.

        They may be from excluded meetings, so check them before display.
        """
        return self.engine.frequent_words(most)

    def state(self) -> IndexState:
        """Return the metadata of the index."""
        return self.engine.state()

    def excluded_meetings(self) -> int:
        """Return the number of indexed meetings excluded from every result."""
        if not self.excluded:
            return 0
        return self.engine.count_indexed(self.excluded)

    def _public(self, by_meeting: dict[int, int]) -> dict[int, int]:
        return {meeting: number for meeting, number in by_meeting.items() if meeting not in self.excluded}


@prepared
def _pending() -> QuerySet[Any, Any]:
    """Find the meetings with pending updates, and whether they are published."""
    published = Meeting.objects.published().filter(pk=OuterRef("meeting_id"))
    waiting = PendingIndexUpdate.objects.order_by().annotate(published=Exists(published))
    return waiting.values_list("meeting_id", "published").distinct()


def open_index() -> PublicIndex:
    """Return the index in its current state, with one query."""
    pending = dict(_pending())
    return PublicIndex(
        current_engine(),
        frozenset(pending),
        frozenset(meeting for meeting, is_published in pending.items() if not is_published),
    )
