"""What a reader types, and what it means. No engine's syntax is known here."""

from search.query.nodes import (
    Among,
    And,
    Copied,
    Dated,
    Field,
    Named,
    Node,
    Not,
    Or,
    Phrase,
    QueryError,
    Sought,
    Term,
    Within,
    sought_texts,
    written_fields,
)
from search.query.parser import MAX_CHARACTERS, MAX_TERMS, parse_query

__all__ = [
    "MAX_CHARACTERS",
    "MAX_TERMS",
    "Among",
    "And",
    "Copied",
    "Dated",
    "Field",
    "Named",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "QueryError",
    "Sought",
    "Term",
    "Within",
    "parse_query",
    "sought_texts",
    "written_fields",
]
