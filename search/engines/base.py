"""What every engine is asked and answers. Nothing of an engine's own shows on this side."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from search.documents import IndexDocument, Key
from search.query import Node


class SearchUnavailable(Exception):
    """The index is missing, damaged or unreadable: a search has no answer now, which is not "nothing found"."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What results must be besides holding the words: any value within a filter, and all filters together."""

    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    years: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    departments: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine. Without words it lists agenda items; meetings answer to words alone."""

    query: Node | None = None
    filters: Filters = Filters()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """The results of one page and the counts of all; a facet's counts ignore its own filter."""

    total: int
    keys: tuple[Key, ...]
    years: dict[int, int]
    kinds: dict[str, int]
    departments: dict[int, int]


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index says of itself; `outdated` tells why it wants to be rebuilt, or is empty."""

    documents: int
    meetings: int
    updated_at: datetime.datetime
    outdated: str = ""


class Engine(Protocol):
    """An index that can be searched by many processes and is written by one at a time.

    Documents are iterated while the writer's lock is held, so a generator that reads the database reads it then.
    """

    def search(self, request: Request) -> Answer:
        """The answer to a request; raises SearchUnavailable."""

    def state(self) -> IndexState:
        """What the index says of itself; raises SearchUnavailable."""

    def replace_all(self, documents: Iterable[IndexDocument]) -> int:
        """How many documents the index now holds: these, built aside and then put in place of the old ones."""

    def update(self, meeting_ids: Collection[int], documents: Iterable[IndexDocument]) -> int:
        """How many documents took the place of all that the index held of these meetings."""
