"""Translate queries and filters into OpenSearch's query DSL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from search.analysis.words import tokens
from search.index.documents import Value
from search.index.engines.base import ITEM, Filters, SearchRequest
from search.index.engines.opensearch.mapping import as_term, pairs_to_match, unit_in_role
from search.index.facet_fields import CATEGORIES, ORGANIZATION
from search.index.ranking import added_word, is_one_word
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
    text_queries,
    verbatim_texts,
)

Clause = dict[str, Any]

EVERYTHING: Clause = {"match_all": {}}
NOTHING: Clause = {"match_none": {}}
ITEMS: Clause = {"term": {"apart": 0}}


def all_of(clauses: Sequence[Clause]) -> Clause:
    """Return a clause that matches if all of these do."""
    return clauses[0] if len(clauses) == 1 else {"bool": {"filter": list(clauses)}} if clauses else EVERYTHING


def any_of(clauses: Sequence[Clause]) -> Clause:
    """Return a clause that matches if any of these does."""
    clauses = [clause for clause in clauses if clause != NOTHING]
    if not clauses:
        return NOTHING
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def none_of(*clauses: Clause) -> Clause:
    """Return a clause that matches if none of these does."""
    return {"bool": {"must_not": list(clauses)}}


def answering(request: SearchRequest) -> list[Clause]:
    """Return the conditions of a request without its filters."""
    clauses = within_reach(request)
    if request.query is not None:
        clauses.append(matching(request.query))
    if not text_queries(request.query):
        # A meeting's document matches words only, and a condition only as words of its text.
        clauses.append(any_of([ITEMS, *(containing(written) for written in verbatim_texts(request.query))]))
    return clauses


def within_reach(request: SearchRequest) -> list[Clause]:
    """Return the conditions on kind and meeting of the documents.

    Those of excluded meetings never match.
    """
    clauses: list[Clause] = []
    if request.only:
        clauses.append({"term": {"apart": int(request.only != ITEM)}})
    if request.excluded:
        clauses.append(none_of(_one_of("meeting", request.excluded)))
    return clauses


def passing(filters: Filters) -> list[Clause]:
    """Return the conditions of filters."""
    clauses: list[Clause] = []
    if filters.date_from or filters.date_to:
        clauses.append(_dated(Dated(filters.date_from, filters.date_to)))
    for category in CATEGORIES:
        if wanted := filters.of(category.name):
            clauses.append(_one_of(category.name, wanted))
    if filters.of("organization") or filters.of("role"):
        clauses.append(unit_condition(filters.of("organization"), filters.roles()))
    return clauses


def unit_condition(units: Collection[Value], roles: Collection[Value]) -> Clause:
    """Return a clause for one of these units (or any) in one of these roles."""
    if not units:
        return _one_of("roles", roles)
    return _one_of("standing", [unit_in_role(unit, role) for unit in units for role in roles])


def matching(node: Node) -> Clause:
    """Return a clause that matches where a query does."""
    if isinstance(node, And):
        return all_of([matching(part) for part in node.parts])
    if isinstance(node, Or):
        return any_of([matching(part) for part in node.parts])
    if isinstance(node, Not):
        return none_of(matching(node.part))
    if isinstance(node, Field):
        return any_of([containing(node.written), meeting_condition(node.condition)])
    if isinstance(node, Verbatim):
        return any_of([containing(node.written), matching(node.condition)])
    if isinstance(node, InField):
        return _containing_all(node.sought, node.field)
    if isinstance(node, Implied):
        return any_of([_containing_all(node.term), meeting_condition(node.condition)])
    if isinstance(node, Alternative):
        word = added_word(node)
        return has_word(word) if word else matching(node.part)
    return _containing_all(node)


def containing_typed(node: Node) -> Clause:
    """Return a clause for the words as typed, without expansions."""
    if isinstance(node, And):
        return all_of([containing_typed(part) for part in node.parts])
    if isinstance(node, Or):
        return any_of([containing_typed(part) for part in node.parts])
    if isinstance(node, Alternative):
        return NOTHING
    if isinstance(node, Term) and is_one_word(node):
        return has_word(node.text)
    return matching(node)


def meeting_condition(condition: InField | NameRef | OneOf | Dated) -> Clause:
    """Return a clause for a condition on a field."""
    if isinstance(condition, InField):
        return _containing_all(condition.sought, condition.field)
    if isinstance(condition, Dated):
        return _dated(condition)
    if isinstance(condition, NameRef):
        raise TypeError(f"which records {condition.name} means must be looked up before an engine is asked")
    if not condition.values:
        return NOTHING
    if condition.category == ORGANIZATION.name:
        return unit_condition(condition.values, condition.roles)
    return _one_of(condition.category, condition.values)


def containing(text: str, field: str = "text") -> Clause:
    """Return a clause for texts that contain this folded text."""
    sought = pairs_to_match(text)
    if len(text) == 1:
        return {"prefix": {field: sought}}
    if len(text) == 2:
        return {"term": {field: sought}}
    return {"match_phrase": {field: sought}} if text else EVERYTHING


def has_word(word: str, field: str = "text") -> Clause:
    """Return a clause for texts that contain this word as a word."""
    return {"term": {f"w_{field}": as_term(word)}}


def weighing(clause: Clause, weight: float) -> Clause:
    """Return the clause with a constant score."""
    return {"constant_score": {"filter": clause, "boost": weight}}


def _containing_all(sought: TextQuery, field: str = "text") -> Clause:
    needed = [sought.text] if isinstance(sought, Phrase) else tokens(sought.text)
    return all_of([containing(piece, field) for piece in needed])


def _dated(days: Dated) -> Clause:
    bounds = {}
    if days.first:
        bounds["gte"] = days.first.toordinal()
    if days.last:
        bounds["lte"] = days.last.toordinal()
    return {"range": {"day": bounds}} if bounds else {"exists": {"field": "day"}}


def _one_of(field: str, values: Collection[Value]) -> Clause:
    # Sorted, so that the server's cache recognizes the request.
    return {"terms": {field: sorted(str(value) for value in values)}}
