"""The interface of all search engines; nothing engine-specific crosses it.

`current_engine` in engines/__init__.py selects the configured one.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from search.index.documents import DocId, IndexDocument, Value
from search.index.facet_fields import ITEM_ROLES
from search.query import Node


class SearchUnavailable(Exception):
    """The index is missing, damaged or unreadable.

    A search has no result then, as opposed to an empty one.
    """


class IndexUnreachable(SearchUnavailable):
    """The server of the index does not answer.

    The index itself may be fine, so this is no reason to rebuild it.
    """


ITEM, MEETING = "item", "meeting"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on results besides the query.

    Values of one category are alternatives; categories must all match. Organization and role are one condition: the
    item must name the unit in that role.
    """

    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    chosen: Mapping[str, frozenset[Value]] = field(default_factory=dict)  # by category name

    def of(self, category: str) -> frozenset[Value]:
        """Return the chosen values of a category; empty if any will do."""
        return self.chosen.get(category, frozenset())

    def without(self, *categories: str) -> Filters:
        """Return the filters without those of these categories."""
        return replace(self, chosen={name: values for name, values in self.chosen.items() if name not in categories})

    def for_counting(self, category: str) -> Filters:
        """Return the filters for counting a category, which ignore its own.

        Role counts would be those of one unit, so they ignore that filter as well.
        """
        return self.without("organization", "role") if category == "role" else self.without(category)

    def roles(self) -> frozenset[Value]:
        """Return the chosen roles of units, by default all but attendance."""
        return self.of("role") or ITEM_ROLES


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query to an engine.

    Without words it lists agenda items; meetings only match words.
    """

    query: Node | None = None
    filters: Filters = Filters()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    counted: frozenset[str] = frozenset()  # names of the categories to count
    only: str = ""  # ITEM or MEETING to limit results to one kind; empty for both, items first
    excluded: frozenset[int] = frozenset()  # meetings excluded from every result


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """One page of results, and the requested counts over all results.

    The counts of a facet ignore its own filter.
    """

    total: int
    keys: tuple[DocId, ...]
    counts: dict[str, dict[Value, int]]  # by category name and value; none is 0


@dataclass(frozen=True, slots=True)
class Indexed:
    """The part of an indexed document needed to check whether it is up to date."""

    meeting: int
    fingerprint: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """The metadata of an index.

    `outdated`: the reason to rebuild it, or empty.
    """

    documents: int
    meetings: int
    updated_at: datetime.datetime
    outdated: str = ""
    database: str | None = None  # id of the database it was built from; None if the engine does not store it


class Engine(Protocol):
    """An index that many processes can search and one at a time can write.

    Documents are iterated under the writer's lock, so a generator of documents reads the database at that time.
    """

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the response to a request; raise SearchUnavailable."""

    def search_many(self, requests: Sequence[SearchRequest]) -> list[SearchResponse]:
        """Return the response to each request, sent together; raise SearchUnavailable."""

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """Return meetings that match the query only across several documents.

        The newest come first, limited by the request; sort, offset and counts are ignored. None of their documents
        contains anything the query excludes.
        """

    def nearest(self, texts: Mapping[str, float], request: SearchRequest) -> tuple[DocId, ...]:
        """Return the agenda items most similar to these folded, weighted texts.

        Similar items share words, characters and bigrams, at least a word or a bigram. Sort, offset and counts of the
        request are ignored.
        """

    def state(self) -> IndexState:
        """Return the metadata of the index; raise SearchUnavailable."""

    # Only the first text of an item is counted, its title and paragraphs: the others repeat parts of it.

    def occurrences(self, text: str) -> dict[int, int]:
        """Return how often this folded text occurs in the items of each meeting.

        Raise SearchUnavailable.
        """

    def characters(self) -> dict[int, int]:
        """Return the number of folded characters in the items of each meeting.

        Raise SearchUnavailable.
        """

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """Return the Chinese words (two or more characters) of most documents.

        Each comes with its approximate number of documents.
        """

    def count_indexed(self, meetings: Collection[int]) -> int:
        """Return how many of these meetings are indexed; raise SearchUnavailable."""

    def contents(self) -> dict[DocId, Indexed]:
        """Return the fingerprints of all documents; raise SearchUnavailable."""

    def replace_all(self, documents: Iterable[IndexDocument]) -> int:
        """Replace the index with these documents atomically; return their number."""

    def update(self, meeting_ids: Collection[int], documents: Iterable[IndexDocument]) -> int:
        """Replace all documents of these meetings; return the number of new ones."""
