"""Documents with their words: the longest part of building an index, so many documents are cut by all processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from multiprocessing.pool import Pool

from search.analysis import words
from search.documents import IndexDocument
from search.ranking import words_by_field

WordsByField = dict[str, list[str]]
WithWords = tuple[IndexDocument, WordsByField]

# Below this, starting processes takes longer than cutting.
_MANY = 1_000
_AT_ONCE = 100
_MOST_PROCESSES = 8


def cut_into_words(documents: Iterable[IndexDocument]) -> Iterator[WithWords]:
    """Each document with its words, in order."""
    waiting = iter(documents)
    first = list(islice(waiting, _MANY))
    processes = min(_MOST_PROCESSES, os.cpu_count() or 1)
    if len(first) < _MANY or processes == 1:
        yield from ((document, words_by_field(document)) for document in chain(first, waiting))
        return
    words("")  # loads the dictionary, which the processes then share
    with multiprocessing.get_context("fork").Pool(processes, initializer=_end_when_told) as pool:
        yield from _cut_by(pool, chain(first, waiting), ahead=2 * processes)


def _end_when_told() -> None:
    # The index worker finishes its task before it ends; a copy of it that did so too would be waited for in vain.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _cut_by(pool: Pool, documents: Iterator[IndexDocument], ahead: int) -> Iterator[WithWords]:
    """The documents are read here, since they may come from a database, and not many more than are being cut."""
    being_cut: deque = deque()
    while True:
        while len(being_cut) < ahead and (some := list(islice(documents, _AT_ONCE))):
            being_cut.append((some, pool.map_async(words_by_field, some, chunksize=_AT_ONCE)))
        if not being_cut:
            return
        some, result = being_cut.popleft()
        yield from zip(some, result.get(), strict=True)
