"""Titles of documents in a query, and the short names minutes use for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from minutes.fold import fold, stored_form
from minutes.models import Body, Document, DocumentReference
from minutes.models.prepared import prepared
from search.query.nodes import Node, Phrase, Term, TextQuery

# Shorter texts are too ambiguous to mean a document.
_SHORTEST_TITLE = 6
# More names would not help the reader.
MOST_ADDED = 12


def may_be_a_title(sought: TextQuery) -> bool:
    """Return whether these words may be, or contain, the title of a document."""
    return len(sought.text) >= _SHORTEST_TITLE or (isinstance(sought, Phrase) and sought.titled)


def possible_title(leaf: Node) -> str:
    """Return the words as a document title, or "" if they cannot be one.

    An exact phrase is a title only in 《》.
    """
    if isinstance(leaf, Phrase) and leaf.titled:
        return leaf.text
    return leaf.text if isinstance(leaf, Term) and may_be_a_title(leaf) else ""


def short_titles(titles: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the short names of these documents in published items, by title."""
    if not titles:
        return {}
    stored = {stored_form(title) for title in titles} | set(titles)
    short: dict[str, set[str]] = defaultdict(set)
    for title, short_title in _references_to(stored):
        short[fold(title)].add(short_title)
    return {title: tuple(sorted(names)[:MOST_ADDED]) for title, names in short.items()}


@prepared
def _references_to(titles: set[str]) -> QuerySet[Any, Any]:
    # Filtering by body lets the database use its index on body and title.
    documents = Document.objects.filter(body__in=Body.objects.all(), title__in=titles)
    references = DocumentReference.objects.published_each().filter(document__in=documents).exclude(short_title="")
    return references.values_list("document__title", "short_title").distinct()
