"""Compare the index with the records, document by document."""

from __future__ import annotations

from dataclasses import dataclass

from search.index.documents import DocId, build_documents
from search.index.engines import current_engine
from search.models import PendingIndexUpdate


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """Documents missing from the index, superfluous or outdated, and their meetings."""

    missing: frozenset[DocId]
    ghosts: frozenset[DocId]
    stale: frozenset[DocId]
    meetings: frozenset[int]
    waiting: int

    @property
    def is_right(self) -> bool:
        """Return whether index and records agree."""
        return not (self.missing or self.ghosts or self.stale)


def check_index() -> IndexCheck:
    """Return the differences between index and records.

    Raise SearchUnavailable if the index cannot be read.
    """
    waiting = PendingIndexUpdate.objects.values("meeting_id").distinct().count()
    ghosts = dict(current_engine().contents())
    missing: set[DocId] = set()
    stale: set[DocId] = set()
    meetings: set[int] = set()
    for document in build_documents():
        indexed = ghosts.pop(document.key, None)
        if indexed is not None and indexed.fingerprint == document.fingerprint():
            continue
        (missing if indexed is None else stale).add(document.key)
        meetings |= {document.meeting} if indexed is None else {document.meeting, indexed.meeting}
    meetings |= {indexed.meeting for indexed in ghosts.values()}
    return IndexCheck(frozenset(missing), frozenset(ghosts), frozenset(stale), frozenset(meetings), waiting)
