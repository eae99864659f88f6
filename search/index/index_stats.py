"""Statistics of the index: items, meetings, years, and time of the last update."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import lru_cache

from search.index.engines import current_engine
from search.index.engines.base import IndexState, SearchRequest, SearchUnavailable
from search.index.public_index import PublicIndex


@dataclass(frozen=True, slots=True)
class IndexStats:
    """Number of indexed items and meetings, their years, and pending changes."""

    items: int
    meetings: int
    bodies: int
    first_year: int | None
    last_year: int | None
    updated_at: datetime.datetime
    outdated: str
    meetings_behind: int

    @property
    def version(self) -> str:
        """Return the identifier of this state of the index, as recorded in exports."""
        return version_of(self.updated_at)


def index_time(**_: object) -> datetime.datetime | None:
    """Return when the index was last updated; None if it cannot be read."""
    try:
        return current_engine().state().updated_at
    except SearchUnavailable:
        return None


def index_stats(index: PublicIndex) -> IndexStats:
    """Return the statistics of this index."""
    state = index.state()
    counted = _counted(replace(index, pending=frozenset()), state)
    return IndexStats(
        items=counted.items,
        meetings=counted.meetings,
        bodies=counted.bodies,
        first_year=min(counted.years, default=None),
        last_year=max(counted.years, default=None),
        updated_at=state.updated_at,
        outdated=state.outdated,
        meetings_behind=len(index.pending),
    )


def version_of(updated_at: datetime.datetime) -> str:
    """Return the version of an index written at this time."""
    return updated_at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%S.%fZ")


@dataclass(frozen=True, slots=True)
class _Counted:
    items: int
    meetings: int
    bodies: int
    years: tuple[int, ...]


@lru_cache(maxsize=2)
def _counted(index: PublicIndex, state: IndexState) -> _Counted:
    """Count once for each state of the index, including the excluded meetings."""
    answer = index.search(SearchRequest(limit=0, counted=frozenset({"year", "body"})))
    meetings = state.meetings - index.excluded_meetings()
    return _Counted(answer.total, meetings, len(answer.counts["body"]), tuple(map(int, answer.counts["year"])))
