"""What a query is made of: text to be found, conditions on fields, and how they are put together."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


class QueryError(ValueError):
    """A query that cannot be searched for; its message tells the reader why and what to do."""


@dataclass(frozen=True, slots=True)
class Term:
    """Text to be found by the words in it; `text` is folded."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text to be found exactly as it stands; `text` is folded. `titled` is written 《》, as the title of a document."""

    text: str
    titled: bool = False


TextQuery = Term | Phrase


@dataclass(frozen=True, slots=True)
class InField:
    """Text to be found in one field of a document: its title, the titles of the documents it refers to."""

    field: str
    sought: TextQuery


@dataclass(frozen=True, slots=True)
class NameRef:
    """A unit or person by a name or a part of one; which records that means is looked up before an engine is asked."""

    field: str  # department, lead, person
    name: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these values of a category; for departments, in one of these roles."""

    category: str
    values: frozenset[Any]
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dated:
    """A meeting between these days, both included; None is open."""

    first: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on a field, or the very text it was written with.

    Texts say 人员：陆砚青 as well, and whoever copies that into the box shall find it. `written` is folded.
    """

    written: str
    condition: InField | NameRef | OneOf | Dated


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A whole query, or the very text it was written with: 2019-2020 cut in two begins with what would exclude."""

    written: str
    condition: Node


Node = Term | Phrase | InField | Field | Verbatim | And | Or | Not


def text_queries(node: Node | None) -> list[TextQuery]:
    """The terms and phrases that a match may hold, in the order of the query; what is excluded is not among them."""
    sought: list[TextQuery] = []
    for leaf in _leaves(node):
        if isinstance(leaf, Field) and isinstance(leaf.condition, InField):
            leaf = leaf.condition
        if isinstance(leaf, InField):
            leaf = leaf.sought
        if isinstance(leaf, Term | Phrase):
            sought.append(leaf)
    return list(dict.fromkeys(sought))


def verbatim_texts(node: Node | None) -> list[str]:
    """The texts that answer a query to the letter, though they would not be words of it."""
    whole = [node.written] if isinstance(node, Verbatim) else []
    return whole + [leaf.written for leaf in _leaves(node) if isinstance(leaf, Field)]


def _leaves(node: Node | None) -> Iterator[Node]:
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _leaves(part)
    elif isinstance(node, Verbatim):
        yield from _leaves(node.condition)
    elif node is not None and not isinstance(node, Not):
        yield node
