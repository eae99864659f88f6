"""Statistics of the index: how many items and meetings, which years, when updated."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

from search.index.engines import current_engine
from search.index.engines.base import IndexState, SearchRequest, SearchUnavailable
from search.models import PendingIndexUpdate


@dataclass(frozen=True, slots=True)
class IndexStats:
    """How many items of how many meetings are searched, from which years, and what the index does not know yet."""

    items: int
    meetings: int
    first_year: int | None
    last_year: int | None
    updated_at: datetime.datetime
    outdated: str
    meetings_behind: int

    @property
    def version(self) -> str:
        """What tells this state of the index from every other, as exports record it."""
        return version_of(self.updated_at)


def index_time(**_: object) -> datetime.datetime | None:
    """Return when the index was last updated; None while it cannot be read."""
    try:
        return current_engine().state().updated_at
    except SearchUnavailable:
        return None


def index_stats(state: IndexState) -> IndexStats:
    """What is searched with an index in this state."""
    items, years = _items_and_years(state)
    behind = PendingIndexUpdate.objects.values("meeting_id").distinct().count()
    return IndexStats(
        items=items,
        meetings=state.meetings,
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        updated_at=state.updated_at,
        outdated=state.outdated,
        meetings_behind=behind,
    )


def version_of(updated_at: datetime.datetime) -> str:
    """The name of the index that was written at this time."""
    return updated_at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%S.%fZ")


@lru_cache(maxsize=2)
def _items_and_years(state: IndexState) -> tuple[int, tuple[int, ...]]:
    """How many items the index in this state holds, and the years of their meetings."""
    answer = current_engine().search(SearchRequest(limit=0, counted=frozenset({"year"})))
    return answer.total, tuple(int(year) for year in answer.counts["year"])
