"""The embedded engine: search the published generation, publish new ones."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np

from minutes.messages import translate as _
from search.index.documents import DocId, IndexDocument
from search.index.engines.base import Indexed, IndexState, SearchRequest, SearchResponse, SearchUnavailable
from search.index.engines.stamp import stamp_now
from search.index.engines.whoosh.generation import Generation
from search.index.engines.whoosh.occurrences import characters_by_meeting, times_by_meeting
from search.index.engines.whoosh.segments import SegmentFolder
from search.index.engines.whoosh.store import (
    GenerationStore,
    Look,
    Manifest,
    describe_files,
    look_of_files,
    read_manifest,
)

logger = logging.getLogger(__name__)
T = TypeVar("T")


class WhooshEngine:
    """An index in one folder, read by many processes and written by one at a time."""

    def __init__(self, folder: Path, database_id: Callable[[], str] = str) -> None:
        self._database_id = database_id
        self._store = GenerationStore(folder)
        self._lock = Lock()
        self._opened: _Opened | None = None

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the response to a request; raise SearchUnavailable."""
        generation = self._current().generation
        return _or_unavailable(lambda: generation.answer(request))

    def search_many(self, requests: Sequence[SearchRequest]) -> list[SearchResponse]:
        """Return the response to each request, all from one generation.

        Raise SearchUnavailable.
        """
        generation = self._current().generation
        return _or_unavailable(lambda: [generation.answer(request) for request in requests])

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """Return the newest meetings that match the query only across documents.

        Raise SearchUnavailable.
        """
        generation = self._current().generation
        return _or_unavailable(lambda: generation.meetings_across_items(request))

    def nearest(self, texts: Mapping[str, float], request: SearchRequest) -> tuple[DocId, ...]:
        """Return the items most similar to these texts, best first.

        Raise SearchUnavailable.
        """
        generation = self._current().generation
        return _or_unavailable(lambda: generation.nearest(texts, request))

    def state(self) -> IndexState:
        """Return the metadata of the index; raise SearchUnavailable."""
        return self._current().manifest.stamp.state()

    def occurrences(self, text: str) -> dict[int, int]:
        """Return how often this folded text occurs in the items of each meeting.

        Raise SearchUnavailable.
        """
        generation = self._current().generation
        return _or_unavailable(lambda: times_by_meeting(generation.texts["text"], generation.rows, text))

    def characters(self) -> dict[int, int]:
        """Return the number of folded characters in the items of each meeting.

        Raise SearchUnavailable.
        """
        generation = self._current().generation
        return _or_unavailable(lambda: characters_by_meeting(generation.texts["text"], generation.rows))

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """Return the words in most documents; raise SearchUnavailable.

        Deleted documents not merged away yet are counted too.
        """
        generation = self._current().generation
        return _or_unavailable(lambda: generation.frequent_words(most))

    def count_indexed(self, meetings: Collection[int]) -> int:
        """Return how many of these meetings are indexed; raise SearchUnavailable."""
        indexed = self._current().generation.rows["meeting"]
        return len(np.intersect1d(indexed, list(meetings)))

    def contents(self) -> dict[DocId, Indexed]:
        """Return the fingerprints of all documents; raise SearchUnavailable."""
        rows = self._current().generation.rows
        columns = (rows[name].tolist() for name in ("key", "meeting", "fingerprint"))
        return {
            DocId.from_int(key): Indexed(meeting, fingerprint)
            for key, meeting, fingerprint in zip(*columns, strict=True)
        }

    def replace_all(self, documents: Iterable[IndexDocument]) -> int:
        """Replace the index with these documents atomically; return their number."""
        with self._store.writing():
            folder = self._store.begin()
            written = SegmentFolder(folder).write_all(documents)
            self._publish(folder)
            return written

    def update(self, meeting_ids: Collection[int], documents: Iterable[IndexDocument]) -> int:
        """Replace all documents of these meetings; return the number of new ones."""
        with self._store.writing():
            before = self._store.current()
            if before is None:
                raise SearchUnavailable(_("there is no index yet"))
            _readable_manifest(before)
            folder = self._store.begin()
            written = SegmentFolder(folder).write_update(SegmentFolder(before), meeting_ids, documents)
            self._publish(folder)
            return written

    def _publish(self, folder: Path) -> None:
        documents, meetings = SegmentFolder(folder).counts()
        stamp = stamp_now(documents, meetings, self._database_id())
        self._store.publish(folder, Manifest(stamp, describe_files(folder)))

    def _current(self) -> _Opened:
        """Return the published generation, reopened if it or its files changed."""
        folder = self._store.current()
        if folder is None:
            raise SearchUnavailable(_("there is no index yet"))
        with self._lock:
            if self._opened is None or not self._opened.is_still(folder):
                try:
                    self._opened = _open(folder)
                except SearchUnavailable:
                    # Writers may have published and removed generations since the name was read.
                    if self._store.current() in (folder, None):
                        raise
                    self._opened = _open(self._store.current() or folder)
            return self._opened


@dataclass(frozen=True, slots=True)
class _Opened:
    """A generation as it was opened."""

    generation: Generation
    manifest: Manifest
    look: list[Look]

    def is_still(self, folder: Path) -> bool:
        """Return whether this is the generation in this folder, with unmodified files."""
        return self.generation.folder == folder and self.look == look_of_files(folder)


def _open(folder: Path) -> _Opened:
    look = look_of_files(folder)
    manifest = _readable_manifest(folder)
    return _Opened(_or_unavailable(lambda: Generation(folder)), manifest, look)


def _readable_manifest(folder: Path) -> Manifest:
    """Return the manifest of a generation; raise SearchUnavailable if unreadable."""
    manifest = read_manifest(folder)
    if not manifest.stamp.has_this_schema():
        raise SearchUnavailable(_("the index was built by another version of the archive"))
    return manifest


def _or_unavailable(answer: Callable[[], T]) -> T:
    """Call `answer`; turn any internal error into SearchUnavailable.

    An error must never look like an empty result.
    """
    try:
        return answer()
    except Exception as error:
        logger.exception("The search engine failed")
        raise SearchUnavailable(_("the search engine failed: see the log")) from error
