"""A published generation: opened once per process, searched until replaced."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from search.analysis.words import tokens
from search.index.documents import DocId
from search.index.engines.base import ITEM, SearchRequest, SearchResponse, Sort
from search.index.engines.whoosh.columns import Mask, Numbers
from search.index.engines.whoosh.facet_counts import facet_counts
from search.index.engines.whoosh.segments import SegmentFolder
from search.index.engines.whoosh.words import WordIndex
from search.index.ranking import (
    EXACT_WEIGHT,
    FIELD_WEIGHTS,
    IMPLIED_WEIGHT,
    NEAREST_SHARE,
    NEAREST_WEIGHTS,
    TYPED_WEIGHT,
    added_word,
    by_text,
    grams,
    is_one_word,
    lone_characters,
    most_frequent,
    ranking_words,
    rarity,
    word_weight,
)
from search.query import (
    Alternative,
    And,
    Dated,
    Field,
    Implied,
    InField,
    NameRef,
    Node,
    Not,
    OneOf,
    Or,
    Phrase,
    Term,
    TextQuery,
    Verbatim,
    implied_conditions,
    ranked_queries,
    text_queries,
    verbatim_texts,
)

# Cache size in bytes; cached results grow with the index.
_CACHED_BYTES = 32 << 20
_CACHED_BYTES_A_ROW = 1 << 10
# Up to this many rows, checking each document is faster than scanning the whole file.
_FEW_ROWS = 500
# The document of a meeting ranks below every item, whatever the scores.
_BEHIND_ALL_ITEMS = 1e9
Scores = NDArray[np.float64]


class Generation:
    """The files of a generation, with a cache of results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = SegmentFolder(folder)
        self.rows, self.texts = files.open()
        self._words = WordIndex(files.words)
        self._found = _ArrayCache(_CACHED_BYTES + _CACHED_BYTES_A_ROW * len(self.rows))

    def answer(self, request: SearchRequest) -> SearchResponse:
        """Return the response to a request."""
        sought = text_queries(request.query)
        matching = self._matching(request.query) if request.query else np.ones(len(self.rows), dtype=bool)
        matching &= self._within_reach(request)
        if not sought:
            matching &= self._listed_without_words(request.query)
        hits = matching & self.rows.passing(request.filters)
        ordered = self._ordered(hits, request, sought)
        return SearchResponse(
            total=int(np.count_nonzero(hits)),
            keys=tuple(DocId.from_int(number) for number in self.rows["key"][ordered].tolist()),
            counts=facet_counts(self.rows, matching, request.filters, request.counted),
        )

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """Return the words in most documents, with approximate numbers of documents."""
        return most_frequent(self._words.frequencies("text"), most)

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """Return the newest meetings that match the query only across documents."""
        if not isinstance(request.query, And):
            return ()
        passing = self.rows.passing(request.filters) & self._within_reach(request)
        together = passing & ~self._in_meetings_of(passing & self._matching(request.query))
        for part in request.query.parts:
            if isinstance(part, Not):
                together &= ~self._in_meetings_of(passing & self._matching(part.part))
            else:
                together &= self._in_meetings_of(passing & self._matching(part))
        newest = self._newest[together[self._newest]]
        return tuple(dict.fromkeys(self.rows["meeting"][newest].tolist()))[: request.limit]

    def nearest(self, texts: Mapping[str, float], request: SearchRequest) -> tuple[DocId, ...]:
        """Return the items most similar to these texts, best first."""
        scores = np.zeros(len(self.rows))
        self._add_words(scores, ranking_words({Phrase(text): weight for text, weight in texts.items()}))
        pairs = grams(texts, 2)
        self._add_characters(scores, pairs, "title", NEAREST_WEIGHTS["bigram in title"])
        self._add_characters(scores, pairs, "text", NEAREST_WEIGHTS["bigram in text"])
        self._add_characters(scores, lone_characters(texts), "text", NEAREST_WEIGHTS["character in text"])
        reachable = self.rows.passing(request.filters) & self._within_reach(replace(request, only=ITEM))
        near = reachable & (scores > 0)
        self._add_characters(scores, grams(texts, 1), "title", NEAREST_WEIGHTS["character in title"])
        if not near.any():
            # 闪电雷雨 shares no bigram with 防雷减灾, but a character that few titles have.
            near = reachable & (scores > 0)
        if request.query is not None:
            near &= self._matching(request.query)
        newest = self._newest[near[self._newest]]
        scores = scores[newest]
        newest = newest[scores >= NEAREST_SHARE * scores.max(initial=0.0)]
        scores = scores[scores >= NEAREST_SHARE * scores.max(initial=0.0)]
        best = newest[np.argsort(-scores, kind="stable")][: request.limit]
        return tuple(DocId.from_int(number) for number in self.rows["key"][best].tolist())

    def _add_characters(self, scores: Scores, weights: Mapping[str, float], field: str, share: float) -> None:
        for gram, weight in weights.items():
            rows = self._rows_containing(gram, field)
            scores[rows] += share * weight * rarity(len(self.rows), len(rows))

    def _within_reach(self, request: SearchRequest) -> Mask:
        """Return a mask of the requested kind of documents, without excluded meetings."""
        reach = np.ones(len(self.rows), dtype=bool)
        if request.only:
            reach &= (self.rows["position"] > 0) == (request.only == ITEM)
        if request.excluded:
            reach &= ~np.isin(self.rows["meeting"], list(request.excluded))
        return reach

    def _in_meetings_of(self, rows: Mask) -> Mask:
        """Return a mask of all rows in the meetings of these rows."""
        return np.isin(self.rows["meeting"], self.rows["meeting"][rows])

    def _matching(self, node: Node) -> Mask:
        if isinstance(node, And):
            return np.logical_and.reduce([self._matching(part) for part in node.parts])
        if isinstance(node, Or):
            return np.logical_or.reduce([self._matching(part) for part in node.parts])
        if isinstance(node, Not):
            return ~self._matching(node.part)
        if isinstance(node, Field):
            return self._containing(Phrase(node.written)) | self._meeting_condition(node.condition)
        if isinstance(node, Verbatim):
            return self._containing(Phrase(node.written)) | self._matching(node.condition)
        if isinstance(node, InField):
            return self._containing(node.sought, node.field)
        if isinstance(node, Implied):
            return self._containing(node.term) | self._meeting_condition(node.condition)
        if isinstance(node, Alternative):
            word = added_word(node)
            return self._mask(self._rows_of_word(word)) if word else self._matching(node.part)
        return self._containing(node)

    def _meeting_condition(self, condition: InField | NameRef | OneOf | Dated) -> Mask:
        if isinstance(condition, InField):
            return self._containing(condition.sought, condition.field)
        if isinstance(condition, Dated):
            return self.rows.dated(condition.first, condition.last) & (self.rows["day"] > 0)
        if isinstance(condition, NameRef):
            raise TypeError(f"which records {condition.name} means must be looked up before an engine is asked")
        return self.rows.among(condition.category, condition.values, condition.roles)

    def _listed_without_words(self, query: Node | None) -> Mask:
        """Return agenda items only.

        A meeting's document matches a condition only as words of its text.
        """
        listed: Mask = self.rows["position"] > 0
        for written in verbatim_texts(query):
            listed[self._rows_containing(written)] = True
        return listed

    def _containing(self, sought: TextQuery, field: str = "text") -> Mask:
        return self._mask(self._rows_matching(sought, field))

    def _rows_matching(self, node: TextQuery, field: str) -> Numbers:
        needed = [node.text] if isinstance(node, Phrase) else sorted(tokens(node.text), key=len, reverse=True)
        rows = self._rows_containing(needed[0], field)
        for piece in needed[1:]:
            if len(rows) <= _FEW_ROWS:
                rows = self.texts[field].only_containing(rows, piece)
            else:
                rows = np.intersect1d(rows, self._rows_containing(piece, field), assume_unique=True)
        return rows

    def _rows_containing(self, text: str, field: str = "text") -> Numbers:
        found = self._found.get((f"characters of {field}", text), lambda: (self.texts[field].rows_containing(text),))
        return found[0]

    def _ordered(self, hits: Mask, request: SearchRequest, sought: list[TextQuery]) -> Numbers:
        """Return the rows of the requested page, in order."""
        last = request.offset + request.limit
        if request.sort == Sort.OLDEST:
            return self._oldest[hits[self._oldest]][request.offset : last]
        newest = self._newest[hits[self._newest]]
        if request.sort == Sort.NEWEST or not sought:
            return newest[request.offset : last]
        scores = self._scores(request.query)[newest]
        items_first = np.where(self.rows["position"][newest] > 0, 0, -_BEHIND_ALL_ITEMS)
        scores = scores + items_first
        if 0 < last < len(newest):
            # Only rows that can be on the page are sorted, with all that tie with its last result.
            in_reach = scores >= np.partition(scores, -last)[-last]
            newest, scores = newest[in_reach], scores[in_reach]
        # A stable sort, so that among equals the newest stay first.
        return newest[np.argsort(-scores, kind="stable")][request.offset : last]

    def _scores(self, query: Node | None) -> Scores:
        """Return the score of every row for a query."""
        scores = np.zeros(len(self.rows))
        queries = ranked_queries(query)
        self._add_words(scores, ranking_words(queries))
        for each, weight in by_text(queries).items():
            rows = self._rows_containing(each.text)
            exact = EXACT_WEIGHT * rarity(len(self.rows), len(rows))
            scores[self._rows_of_word(each.text) if is_one_word(each) else rows] += weight * exact
        for condition in implied_conditions(query):
            scores[self._meeting_condition(condition)] += IMPLIED_WEIGHT
        if query is not None:
            scores[self._typed(query)] += TYPED_WEIGHT
        return scores

    def _typed(self, node: Node) -> Mask:
        """Return a mask of the rows with the words as typed, without expansions."""
        if isinstance(node, And):
            return np.logical_and.reduce([self._typed(part) for part in node.parts])
        if isinstance(node, Or):
            return np.logical_or.reduce([self._typed(part) for part in node.parts])
        if isinstance(node, Alternative):
            return np.zeros(len(self.rows), dtype=bool)
        if isinstance(node, Term) and is_one_word(node):
            return self._mask(self._rows_of_word(node.text))
        return self._matching(node)

    def _rows_of_word(self, word: str) -> Numbers:
        """Return the rows that contain a word as a word."""
        return self._found.get(("text", word), partial(self._word_weights, "text", word))[0]

    def _mask(self, rows: Numbers) -> Mask:
        mask = np.zeros(len(self.rows), dtype=bool)
        mask[rows] = True
        return mask

    def _add_words(self, scores: Scores, weights: Mapping[str, float]) -> None:
        for field in FIELD_WEIGHTS:
            for word, weight in weights.items():
                rows, gains = self._found.get((field, word), partial(self._word_weights, field, word))
                scores[rows] += weight * gains

    def _word_weights(self, field: str, word: str) -> tuple[Numbers, Scores]:
        """Return the rows with a word in a field, and its score in each."""
        numbers, occurrences = self._words.postings(field, word)
        rows = self._row_of_word_number[numbers]
        alive = rows >= 0  # documents deleted in Whoosh have no row
        rows = rows[alive]
        lengths = self.rows[f"{field}_words"][rows].astype(float)
        rare = rarity(len(self.rows), len(rows))
        weights = word_weight(occurrences[alive].astype(float), lengths, self._average_lengths[field])
        return rows, FIELD_WEIGHTS[field] * rare * weights

    @cached_property
    def _row_of_word_number(self) -> Numbers:
        """The row of each document number of the Whoosh index; -1 for the deleted ones."""
        keys = self._words.keys()
        numbers = np.flatnonzero(keys >= 0)
        by_key = np.argsort(self.rows["key"])
        rows = np.full(len(keys), -1, dtype=np.int64)
        rows[numbers] = by_key[np.searchsorted(self.rows["key"], keys[numbers], sorter=by_key)]
        return rows

    @cached_property
    def _average_lengths(self) -> dict[str, float]:
        return {field: float(self.rows[f"{field}_words"].sum() / (len(self.rows) or 1)) for field in FIELD_WEIGHTS}

    @cached_property
    def _newest(self) -> Numbers:
        return self.rows.newest_first()

    @cached_property
    def _oldest(self) -> Numbers:
        return self.rows.oldest_first()


class _ArrayCache:
    """An LRU cache of arrays, limited by memory."""

    def __init__(self, limit: int) -> None:
        self._arrays: OrderedDict[tuple[str, str], tuple[NDArray, ...]] = OrderedDict()
        self._room = limit
        self._lock = Lock()

    def get(self, key: tuple[str, str], find: Callable[[], tuple[NDArray, ...]]) -> tuple[NDArray, ...]:
        """Return the cached arrays of a key; compute them if missing."""
        with self._lock:
            if key in self._arrays:
                self._arrays.move_to_end(key)
                return self._arrays[key]
        found = find()
        with self._lock:
            if key not in self._arrays:
                self._arrays[key] = found
                self._room -= _bytes(found)
            while self._room < 0 and len(self._arrays) > 1:
                self._room += _bytes(self._arrays.popitem(last=False)[1])
        return found


def _bytes(arrays: tuple[NDArray, ...]) -> int:
    return sum(array.nbytes for array in arrays)
