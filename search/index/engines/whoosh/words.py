"""The words of all documents in a Whoosh index; the only module to import Whoosh.

Only its postings are used: the documents containing a word, with frequencies. Documents have their key in a column,
so that arrays can map Whoosh document numbers to rows, whatever segments were merged. Segments are left as separate
files, since compound ones are copied into the memory of every reader.
"""

from __future__ import annotations

import secrets
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count, groupby, repeat
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher, W3Segment
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.formats import Existence
from whoosh.matching import FilterMatcher, Matcher
from whoosh.reading import SegmentReader

from search.index.documents import IndexDocument
from search.index.engines.whoosh.columns import Numbers

# Long blocks are read at once; nothing skips within postings here.
_POSTINGS_A_BLOCK = 8192

# A field, a word, the documents containing it, and its frequency in each.
_OfWord = tuple[str, bytes, "array[int]", "array[float]"]


class _Codec(W3Codec):
    """Whoosh's own format without document lengths, which the rows have."""

    length_stats = False

    def new_segment(self, storage: Storage, indexname: str) -> W3Segment:
        """Return a segment whose name never repeats.

        Whoosh draws names from `random`, which a program may seed; a name that repeats overwrites a shared file.
        """
        return W3Segment(self, indexname, segid=secrets.token_hex(8))

    def field_writer(self, storage: Storage, segment: Segment) -> W3FieldWriter:
        """Return the writer of postings."""
        return _PostingsWriter(self, storage, segment)


class _PostingsWriter(W3FieldWriter):
    """Write the same as Whoosh's writer, by block instead of by posting.

    This halves the time of a build.
    """

    def add_postings(self, schema: Schema, lengths: object, items: Iterable[_OfWord]) -> None:
        """Write the postings of all words, which come sorted; `lengths` is not used."""
        for field, words in groupby(items, itemgetter(0)):
            self.start_field(field, schema[field])
            block = self._postwriter
            for _, word, numbers, occurrences in words:
                self.start_term(word)
                for start in range(0, len(numbers), _POSTINGS_A_BLOCK):
                    if block._ids:
                        block._write_block()
                    block._ids = numbers[start : start + _POSTINGS_A_BLOCK]
                    block._weights = occurrences[start : start + _POSTINGS_A_BLOCK]
                    block._maxweight = max(block._weights)
                self.finish_term()  # writes the last block
            self.finish_field()


class _Postings:
    """The postings of a segment until it is written, replacing Whoosh's own pool.

    They arrive in document order, so sorting them by word is enough, and take twelve bytes each instead of a hundred.
    """

    def __init__(self) -> None:
        self._of_field: dict[str, _FieldPostings] = defaultdict(_FieldPostings)

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Add a posting, as Whoosh does when it indexes a field or merges segments."""
        field, word, number, occurrences, _ = posting
        self._of_field[field].add(number, {word.decode(): occurrences})

    def add_words(self, field: str, number: int, counts: Mapping[str, float]) -> None:
        """Add all words of a document in a field, with how often each occurs."""
        self._of_field[field].add(number, counts)

    def iter_postings(self) -> Iterator[_OfWord]:
        """Return all postings by field and word, in the order of their bytes, which is that of their characters."""
        for field, postings in sorted(self._of_field.items()):
            yield from postings.of_words(field)

    def cleanup(self) -> None:
        """Free the memory."""
        self._of_field.clear()


class _FieldPostings:
    """The postings of one field as three arrays: the word's number, the document's number, the occurrences."""

    def __init__(self) -> None:
        self._number_of_word: dict[str, int] = defaultdict(count().__next__)
        self._words = array("I")
        self._documents = array("I")
        self._occurrences = array("f")

    def add(self, document: int, counts: Mapping[str, float]) -> None:
        """Add the words of a document."""
        self._words.extend(map(self._number_of_word.__getitem__, counts))
        self._documents.extend(repeat(document, len(counts)))
        self._occurrences.extend(counts.values())

    def of_words(self, field: str) -> Iterator[_OfWord]:
        """Return the postings of each word, in the order of the words."""
        by_word = np.argsort(self._words, kind="stable")
        documents = np.asarray(self._documents)[by_word]
        occurrences = np.asarray(self._occurrences)[by_word]
        ends = np.cumsum(np.bincount(self._words, minlength=len(self._number_of_word))).tolist()
        for word, number in sorted(self._number_of_word.items()):
            its_own = slice(ends[number - 1] if number else 0, ends[number])
            yield field, word.encode(), _as_array("I", documents[its_own]), _as_array("f", occurrences[its_own])


def _as_array(code: str, numbers: NDArray) -> array[Any]:
    """Return numbers as the kind of array that Whoosh writes."""
    return array(code, numbers.tobytes())


_WORDS = FieldType(format=Existence(), analyzer=None)
_SCHEMA = Schema(key=COLUMN(NumericColumn("q")), meeting=ID, title=_WORDS, decision=_WORDS, text=_WORDS)


class WordIndex:
    """The postings of one generation, open for reading."""

    def __init__(self, folder: Path) -> None:
        self._reader = FileStorage(str(folder)).open_index().reader()
        # Running searches keep using this generation after another is published; the last one closes the files.
        finalize(self, self._reader.close)
        # A reader's files have a single position each, so threads take turns.
        self._lock = Lock()

    def postings(self, field: str, word: str) -> tuple[Numbers, Numbers]:
        """Return the document numbers with a word in a field, and its frequencies."""
        numbers, occurrences = [], []
        with self._lock:
            for segment, offset in self._reader.leaf_readers():
                if (field, word) in segment:
                    documents, often = _decoded(segment.postings(field, word))
                    numbers.append(documents + offset)
                    occurrences.append(often)
        return _joined(numbers), _joined(occurrences)

    def frequencies(self, field: str) -> dict[str, int]:
        """Return the number of documents with each word of a field, including deleted."""
        with self._lock:
            return {word.decode(): info.doc_frequency() for word, info in self._reader.iter_field(field)}

    def keys(self) -> Numbers:
        """Return the key of each document by its number; -1 for the deleted ones."""
        keys = []
        with self._lock:
            for segment, _ in self._reader.leaf_readers():
                if not segment.doc_count_all():
                    continue
                its_keys = _keys_in(segment)
                its_keys[list(segment.deleted_docs_set)] = -1
                keys.append(its_keys)
        return _joined(keys)


def _decoded(matcher: Matcher) -> tuple[Numbers, Numbers]:
    """Return the document numbers of a segment's postings, and the frequencies.

    A block of postings is decoded at once if the matcher is the known one; deleted documents are included then. Any
    other matcher is read posting by posting, through its public interface.
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
        # Stored as differences from the previous one.
        numbers.append(np.cumsum(array("I", leaf._data[0]), dtype=np.int64))
        occurrences.append(np.array(leaf._weights, dtype=np.int64))
        leaf._next_block()
    return _joined(numbers), _joined(occurrences)


def _keys_in(segment: SegmentReader) -> Numbers:
    """Return the key of every document of a segment, including deleted ones.

    Read at once if the column type is known.
    """
    column = segment.column_reader("key", translate=False)
    if type(column) is NumericColumn.Reader and column._count == segment.doc_count_all():
        stored = column._dbfile.get(column._basepos, column._count * column._fixedlen)
        return np.frombuffer(stored, dtype=">i8").astype(np.int64)
    return np.array([column[number] for number in range(segment.doc_count_all())], dtype=np.int64)


def _joined(arrays: list[Numbers]) -> Numbers:
    return np.concatenate(arrays) if arrays else np.array([], dtype=np.int64)


class WordIndexWriter:
    """Add to a Whoosh index and delete from it, atomically."""

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder))
        self._index = storage.open_index() if storage.index_exists() else storage.create().create_index(_SCHEMA)
        self._writer = self._index.writer(codec=_Codec(blocklimit=_POSTINGS_A_BLOCK), compound=False)
        self._postings = self._writer.pool = _Postings()

    def remove(self, meetings: Collection[int]) -> None:
        """Delete all documents of these meetings."""
        for meeting in meetings:
            self._writer.delete_by_term("meeting", str(meeting))

    def add(self, document: IndexDocument, words: Mapping[str, Counter[str]]) -> None:
        """Add a document, with how often each word occurs in its fields."""
        for field, found in words.items():
            self._postings.add_words(field, self._writer.docnum, found)
        self._writer.add_document(key=document.key.to_int(), meeting=str(document.meeting))

    def commit(self) -> None:
        """Write all changes."""
        self._writer.commit()
        self._index.close()

    def cancel(self) -> None:
        """Discard all changes."""
        self._writer.cancel()
