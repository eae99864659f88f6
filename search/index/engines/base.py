"""What every engine is asked and answers.

Nothing of an engine's own shows on this side.
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

    A search has no answer now, which is not "nothing found".
    """


class IndexUnreachable(SearchUnavailable):
    """What keeps the index does not answer now.

    The index may be as it should be, so this is no reason to build it anew.
    """


ITEM, MEETING = "item", "meeting"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What results must be besides holding the words: any value within a category, and all categories together.

    An organization and a role are one condition: the unit must stand in the item in that role.
    """

    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    chosen: Mapping[str, frozenset[Value]] = field(default_factory=dict)  # by the name of the category

    def of(self, category: str) -> frozenset[Value]:
        """Return the values chosen of a category; none when any will do."""
        return self.chosen.get(category, frozenset())

    def without(self, *categories: str) -> Filters:
        """Return the same filters less these categories."""
        return replace(self, chosen={name: values for name, values in self.chosen.items() if name not in categories})

    def aside(self, category: str) -> Filters:
        """Return the filters that the counts of a category obey.

        A role's would be those of one unit, so that goes too.
        """
        return self.without("organization", "role") if category == "role" else self.without(category)

    def roles(self) -> frozenset[Value]:
        """Return the roles in which a unit concerns an item.

        Those chosen, or else all but having attended its meeting.
        """
        return self.of("role") or ITEM_ROLES


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to an engine.

    Without words it lists agenda items; meetings answer to words alone.
    """

    query: Node | None = None
    filters: Filters = Filters()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    counted: frozenset[str] = frozenset()  # the names of the categories whose values are wanted with their counts
    only: str = ""  # ITEM or MEETING: agenda items, or the meetings around them; empty for both, items first
    excluded: frozenset[int] = frozenset()  # meetings that no answer may tell of


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """The results of one page, and of all results the counts that were asked for.

    A facet's ignore its own filter.
    """

    total: int
    keys: tuple[DocId, ...]
    counts: dict[str, dict[Value, int]]  # by the name of the category, value by value; none of them is 0


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an index holds of a document, as far as it takes to tell whether it is the right one."""

    meeting: int
    fingerprint: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index says of itself.

    `outdated` tells why it wants to be rebuilt, or is empty.
    """

    documents: int
    meetings: int
    updated_at: datetime.datetime
    outdated: str = ""
    database: str | None = None  # the identity of the database it was built from; None where an engine keeps none


class Engine(Protocol):
    """An index that can be searched by many processes and is written by one at a time.

    Documents are iterated while the writer's lock is held, so a generator that reads the database reads it then.
    """

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the answer to a request; raises SearchUnavailable."""

    def search_many(self, requests: Sequence[SearchRequest]) -> list[SearchResponse]:
        """Return the answer to each of these requests, asked at once; raises SearchUnavailable."""

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """Return the meetings that hold all parts of the query, none of their documents alone.

        The newest come first, as many as the request's limit; sort, offset and counts do not apply.

        What the query excludes stands in none of them.
        """

    def nearest(self, texts: Mapping[str, float], request: SearchRequest) -> tuple[DocId, ...]:
        """Return the agenda items most like these folded texts, best first.

        They share words, characters and pairs of characters, at least a word or a pair. Texts come with their weights.
        Of the request, all but sort, offset and counts apply.
        """

    def state(self) -> IndexState:
        """Return what the index says of itself; raises SearchUnavailable."""

    # Of an item only its title and paragraphs are counted, its first text: the others repeat what stands there.

    def occurrences(self, text: str) -> dict[int, int]:
        """Return how many times this folded text stands in the items of each meeting.

        Raises SearchUnavailable.
        """

    def characters(self) -> dict[int, int]:
        """Return how many folded characters the items of each meeting have.

        Raises SearchUnavailable.
        """

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """Return the words of two and more Chinese characters that most documents hold, and about how many do."""

    def meetings_held(self, meetings: Collection[int]) -> int:
        """Return how many of these meetings the index holds; raises SearchUnavailable."""

    def contents(self) -> dict[DocId, Indexed]:
        """Return what the index holds, document by document; raises SearchUnavailable."""

    def replace_all(self, documents: Iterable[IndexDocument]) -> int:
        """Return how many documents the index now holds.

        These, built aside and then put in place of the old ones.
        """

    def update(self, meeting_ids: Collection[int], documents: Iterable[IndexDocument]) -> int:
        """Return how many documents took the place of all that the index held of these meetings."""
