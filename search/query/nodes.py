"""What a query is made of.

Text to be found, conditions on fields, and how they are put together.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


class QueryError(ValueError):
    """A query that cannot be searched for.

    Its message tells the reader why and what to do.
    """


@dataclass(frozen=True, slots=True)
class Term:
    """Text to be found by the words in it; `text` is folded."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text to be found exactly as it stands; `text` is folded.

    `titled` is written 《》, as the title of a document.
    """

    text: str
    titled: bool = False


TextQuery = Term | Phrase


@dataclass(frozen=True, slots=True)
class InField:
    """Text to be found in one field of a document.

    Its title, the titles of the documents it refers to.
    """

    field: str
    sought: TextQuery


@dataclass(frozen=True, slots=True)
class NameRef:
    """A unit or person by a name or a part of one.

    Which records that means is looked up before an engine is asked.
    """

    field: str  # organization, lead, person
    name: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these values of a category; for organizations, in one of these roles."""

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
    """A whole query, or the very text it was written with.

    2019-2020 cut in two begins with what would exclude.
    """

    written: str
    condition: Node


@dataclass(frozen=True, slots=True)
class Implied:
    """A place, year, person or unit recognized in a term: the condition, or else the term in the text.

    What meets the condition ranks above what only holds the term. A person's name is a word of the text as well.
    """

    term: Term
    condition: OneOf | Dated
    ranks_as_text: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something the query was expanded with: another name, a synonym.

    It matches as well, but ranks lower.
    """

    part: Node


Node = Term | Phrase | InField | Field | Verbatim | Implied | Alternative | And | Or | Not

# An added name or synonym counts for so much of what a typed word does.
ALTERNATIVE_WEIGHT = 0.6


def text_queries(node: Node | None) -> list[TextQuery]:
    """Return the terms and phrases that a match may hold, in query order.

    Excluded ones are left out.
    """
    return list(dict.fromkeys(query for query, _ in _weighted_texts(node, 1.0, shown=True)))


def ranked_queries(node: Node | None) -> dict[TextQuery, float]:
    """Return the terms and phrases that matches are ranked by, each with its weight."""
    weights: dict[TextQuery, float] = {}
    for query, weight in _weighted_texts(node, 1.0, shown=False):
        weights[query] = max(weight, weights.get(query, 0.0))
    return weights


def implied_conditions(node: Node | None) -> list[OneOf | Dated]:
    """Return the conditions recognized in the words of a query, each once."""
    return list(dict.fromkeys(leaf.condition for leaf, _ in _leaves(node, 1.0) if isinstance(leaf, Implied)))


def units_meant(node: Node | None) -> frozenset[int]:
    """Return the units that a query asks for by a field (责任:市水务局) or among its words."""
    conditions = (leaf.condition for leaf, _ in _leaves(node, 1.0) if isinstance(leaf, Field | Implied))
    of_units = (each.values for each in conditions if isinstance(each, OneOf) and each.category == "organization")
    return frozenset().union(*of_units)


def verbatim_texts(node: Node | None) -> list[str]:
    """Return the texts that answer a query to the letter, though they would not be words of it."""
    whole = [node.written] if isinstance(node, Verbatim) else []
    return whole + [leaf.written for leaf, _ in _leaves(node, 1.0) if isinstance(leaf, Field)]


def _weighted_texts(node: Node | None, weight: float, shown: bool) -> Iterator[tuple[TextQuery, float]]:
    for leaf, its_weight in _leaves(node, weight):
        if isinstance(leaf, Field) and isinstance(leaf.condition, InField):
            leaf = leaf.condition
        if isinstance(leaf, InField):
            leaf = leaf.sought
        if isinstance(leaf, Implied) and (shown or leaf.ranks_as_text):
            leaf = leaf.term
        if isinstance(leaf, Term | Phrase):
            yield leaf, its_weight


def _leaves(node: Node | None, weight: float) -> Iterator[tuple[Node, float]]:
    """Yield the parts that are not put together of others, with their weight.

    Excluded parts are left out.
    """
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _leaves(part, weight)
    elif isinstance(node, Verbatim):
        yield from _leaves(node.condition, weight)
    elif isinstance(node, Alternative):
        yield from _leaves(node.part, weight * ALTERNATIVE_WEIGHT)
    elif node is not None and not isinstance(node, Not):
        yield node, weight
