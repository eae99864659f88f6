"""What a reader types, and what it means. No engine's syntax is known here."""

from search.query.nodes import (
    And,
    Dated,
    Field,
    InField,
    NameRef,
    Node,
    Not,
    OneOf,
    Or,
    Phrase,
    QueryError,
    Term,
    TextQuery,
    Verbatim,
    text_queries,
    verbatim_texts,
)
from search.query.parser import MAX_CHARACTERS, MAX_TERMS, parse_query

__all__ = [
    "MAX_CHARACTERS",
    "MAX_TERMS",
    "And",
    "Dated",
    "Field",
    "InField",
    "NameRef",
    "Node",
    "Not",
    "OneOf",
    "Or",
    "Phrase",
    "QueryError",
    "Term",
    "TextQuery",
    "Verbatim",
    "parse_query",
    "text_queries",
    "verbatim_texts",
]
