"""The index as the public may see it: no answer tells of a meeting that is no longer published.

The worker removes a withdrawn meeting from the index some seconds later. Until then its number is in the queue of
updates, and every answer leaves it out. All reading code goes through here; only writers use an engine itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from minutes.models import Meeting
from search.index.documents import DocId
from search.index.engines import current_engine
from search.index.engines.base import Engine, IndexState, SearchRequest, SearchResponse
from search.models import PendingIndexUpdate


@dataclass(frozen=True, slots=True)
class PublicIndex:
    """The current engine, and the meetings that the index holds otherwise than the records say."""

    engine: Engine
    pending: frozenset[int]  # meetings that wait for an update of the index
    excluded: frozenset[int]  # those of them that are not published

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the answer to a request; raises SearchUnavailable."""
        return self.engine.search(replace(request, excluded=self.excluded))

    def count(self, request: SearchRequest) -> int:
        """Return how many documents answer a request."""
        return self.search(replace(request, limit=0)).total

    def count_each(self, requests: Iterable[SearchRequest]) -> list[int]:
        """Return how many documents answer each of these requests, asked at once."""
        asked = [replace(request, limit=0, excluded=self.excluded) for request in requests]
        return [response.total for response in self.engine.search_many(asked)] if asked else []

    def nearest(self, texts: Mapping[str, float], request: SearchRequest) -> tuple[DocId, ...]:
        """Return the items most like these texts."""
        return self.engine.nearest(texts, replace(request, excluded=self.excluded))

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """Return the meetings that answer a query together, though none of their documents does alone."""
        return self.engine.meetings_across_items(replace(request, excluded=self.excluded))

    def occurrences(self, text: str) -> dict[int, int]:
        """Return how many times a folded text stands in the items of each meeting."""
        return self._public(self.engine.occurrences(text))

    def characters(self) -> dict[int, int]:
        """Return how many folded characters the items of each meeting have."""
        return self._public(self.engine.characters())

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """Return frequent words.

        One of an excluded meeting may be among them, so check what is shown.
        """
        return self.engine.frequent_words(most)

    def state(self) -> IndexState:
        """Return what the index says of itself."""
        return self.engine.state()

    def excluded_meetings(self) -> int:
        """Return how many meetings the index holds that no answer may tell of."""
        if not self.excluded:
            return 0
        return self.engine.meetings_held(self.excluded)

    def _public(self, by_meeting: dict[int, int]) -> dict[int, int]:
        return {meeting: number for meeting, number in by_meeting.items() if meeting not in self.excluded}


def open_index() -> PublicIndex:
    """Return the index as it may be read now, in one query."""
    published = Meeting.objects.published().filter(pk=OuterRef("meeting_id"))
    waiting = PendingIndexUpdate.objects.order_by().annotate(published=Exists(published))
    pending = dict(waiting.values_list("meeting_id", "published").distinct())
    return PublicIndex(
        current_engine(),
        frozenset(pending),
        frozenset(meeting for meeting, is_published in pending.items() if not is_published),
    )
