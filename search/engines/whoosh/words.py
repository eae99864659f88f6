"""The words of all documents in a Whoosh index. The only module that knows Whoosh.

Only its postings are used: which documents hold a word how often. Documents carry their key in a column, so that
arrays can tell which row a Whoosh document number is, whatever segments were merged.
Segments are left as separate files, since compound ones are copied into the memory of every reader.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from threading import Lock
from weakref import finalize

import numpy as np
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import FilterMatcher, Matcher

from search.documents import IndexDocument
from search.engines.whoosh.columns import Numbers

# No analyzer is ever run: documents come as lists of words.
_SCHEMA = Schema(
    key=COLUMN(NumericColumn("q")),
    meeting=ID,
    title=TEXT(phrase=False),
    decision=TEXT(phrase=False),
    text=TEXT(phrase=False),
)
_MEGABYTES_BEFORE_SPILLING = 256


class WordIndex:
    """The postings of one generation, open for reading."""

    def __init__(self, folder: Path) -> None:
        self._reader = FileStorage(str(folder)).open_index().reader()
        # Searches that began before another generation came go on with this one; the last of them lets go of the files.
        finalize(self, self._reader.close)
        # The files of a reader have one place each, so threads take turns.
        self._lock = Lock()

    def postings(self, field: str, word: str) -> tuple[Numbers, Numbers]:
        """The document numbers that hold a word in a field, and how often each does."""
        numbers, occurrences = [], []
        with self._lock:
            for segment, offset in self._reader.leaf_readers():
                if (field, word) in segment:
                    held, often = _decoded(segment.postings(field, word))
                    numbers.append(held + offset)
                    occurrences.append(often)
        return _joined(numbers), _joined(occurrences)

    def frequencies(self, field: str) -> dict[str, int]:
        """How many documents hold each word of a field, deleted ones among them."""
        with self._lock:
            return {word.decode(): info.doc_frequency() for word, info in self._reader.iter_field(field)}

    def documents(self) -> int:
        """How many document numbers there are, deleted ones among them."""
        count: int = self._reader.doc_count_all()
        return count


def _decoded(matcher: Matcher) -> tuple[Numbers, Numbers]:
    """The document numbers of a segment's postings, and how often each holds the word.

    A block of postings is decoded at once where the matcher is the one that is known to keep them so. Deleted
    documents are then among them. Any other matcher is read posting by posting, through what every matcher offers.
    """
    leaf = matcher.child if isinstance(matcher, FilterMatcher) else matcher
    numbers, occurrences = [], []
    if type(leaf) is not W3LeafMatcher:
        while matcher.is_active():
            numbers.append(matcher.id())
            occurrences.append(matcher.weight())
            matcher.next()
        return np.array(numbers, dtype=np.int64), np.array(occurrences, dtype=np.int64)
    leaf.reset()
    while leaf.is_active():
        leaf.weight()  # reads the block
        numbers.append(
            np.cumsum(np.array(leaf._data[0], dtype=np.int64))
        )  # each is kept as what it exceeds the last by
        occurrences.append(np.array(leaf._weights, dtype=np.int64))
        leaf._next_block()
    return _joined(numbers), _joined(occurrences)


def _joined(arrays: list[Numbers]) -> Numbers:
    return np.concatenate(arrays) if arrays else np.array([], dtype=np.int64)


class WordIndexWriter:
    """Adds to a Whoosh index and takes from it, all at once or not at all."""

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder))
        self._index = storage.open_index() if storage.index_exists() else storage.create().create_index(_SCHEMA)
        self._writer = self._index.writer(limitmb=_MEGABYTES_BEFORE_SPILLING, compound=False)

    def remove(self, meetings: Collection[int]) -> None:
        """Take out all documents of these meetings."""
        for meeting in meetings:
            self._writer.delete_by_term("meeting", str(meeting))

    def add(self, document: IndexDocument, words: Mapping[str, list[str]]) -> None:
        """Take in a document with these words in its fields."""
        self._writer.add_document(key=document.key.as_number(), meeting=str(document.meeting), **words)

    def commit(self) -> dict[int, int]:
        """The document number of every key, after everything is written."""
        self._writer.commit()
        numbers: dict[int, int] = {}
        with self._index.reader() as reader:
            for segment, offset in reader.leaf_readers():
                if segment.doc_count():
                    keys = segment.column_reader("key")
                    numbers.update((keys[number], offset + number) for number in segment.all_doc_ids())
        self._index.close()
        return numbers

    def cancel(self) -> None:
        """Write nothing."""
        self._writer.cancel()
