"""Nodes of the query tree: texts, conditions on fields, and operators."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


class QueryError(ValueError):
    """An invalid query; the message gives the reader the reason and a remedy."""


@dataclass(frozen=True, slots=True)
class Term:
    """A text whose words must match; `text` is folded."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text to match exactly; `text` is folded.

    `titled`: written in 《》, as the title of a document.
    """

    text: str
    titled: bool = False


TextQuery = Term | Phrase


@dataclass(frozen=True, slots=True)
class InField:
    """A text to match in one field, such as the title."""

    field: str
    sought: TextQuery


@dataclass(frozen=True, slots=True)
class NameRef:
    """Organizations or people by name or part of one.

    Resolved to records before an engine is queried.
    """

    field: str  # organization, lead, person
    name: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value of a category among these; for organizations, in one of these roles."""

    category: str
    values: frozenset[Any]
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dated:
    """Meetings between these days, inclusive; None is open."""

    first: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on a field, or the text as written.

    Minutes contain 人员：陆砚青 as well, which should be found when pasted into the search box. `written` is folded.
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
    """A whole query, or the text as written.

    Text cut from 2019-2020, for example, may start like an exclusion.
    """

    written: str
    condition: Node


@dataclass(frozen=True, slots=True)
class Implied:
    """A place, year, person or unit recognized in a term: condition or term.

    Matches of the condition rank above matches of the term only. A person's name is a word of the text as well.
    """

    term: Term
    condition: OneOf | Dated
    ranks_as_text: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """An expansion, such as a synonym or another name; it ranks lower."""

    part: Node


Node = Term | Phrase | InField | Field | Verbatim | Implied | Alternative | And | Or | Not

# The weight of an expansion relative to a typed word.
ALTERNATIVE_WEIGHT = 0.6


def text_queries(node: Node | None) -> list[TextQuery]:
    """Return the terms and phrases that may match, in query order.

    Excluded ones are left out.
    """
    return list(dict.fromkeys(query for query, _ in _weighted_texts(node, shown=True)))


def ranked_queries(node: Node | None) -> dict[TextQuery, float]:
    """Return the terms and phrases for ranking, each with its weight."""
    weights: dict[TextQuery, float] = {}
    for query, weight in _weighted_texts(node, shown=False):
        weights[query] = max(weight, weights.get(query, 0.0))
    return weights


def implied_conditions(node: Node | None) -> list[OneOf | Dated]:
    """Return the conditions recognized in the words of a query, without duplicates."""
    return list(dict.fromkeys(leaf.condition for leaf, _ in _leaves(node) if isinstance(leaf, Implied)))


def units_meant(node: Node | None) -> frozenset[int]:
    """Return the units of a query, by field (责任:市水务局) or recognized in words."""
    conditions = (leaf.condition for leaf, _ in _leaves(node) if isinstance(leaf, Field | Implied))
    of_units = (each.values for each in conditions if isinstance(each, OneOf) and each.category == "organization")
    return frozenset().union(*of_units)


def verbatim_texts(node: Node | None) -> list[str]:
    """Return texts that match a query literally, although they are not its words."""
    whole = [node.written] if isinstance(node, Verbatim) else []
    return whole + [leaf.written for leaf, _ in _leaves(node) if isinstance(leaf, Field)]


def _weighted_texts(node: Node | None, shown: bool) -> Iterator[tuple[TextQuery, float]]:
    for leaf, weight in _leaves(node):
        if isinstance(leaf, Field) and isinstance(leaf.condition, InField):
            leaf = leaf.condition
        if isinstance(leaf, InField):
            leaf = leaf.sought
        if isinstance(leaf, Implied) and (shown or leaf.ranks_as_text):
            leaf = leaf.term
        if isinstance(leaf, Term | Phrase):
            yield leaf, weight


def _leaves(node: Node | None, weight: float = 1.0) -> Iterator[tuple[Node, float]]:
    """Yield the leaves with their weights, without excluded ones."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _leaves(part, weight)
    elif isinstance(node, Verbatim):
        yield from _leaves(node.condition, weight)
    elif isinstance(node, Alternative):
        yield from _leaves(node.part, weight * ALTERNATIVE_WEIGHT)
    elif node is not None and not isinstance(node, Not):
        yield node, weight
