"""What is looked up for a query before an engine is asked: other names of units, documents, who is meant by a name.

All that is added is told, so that a page can show it and offer the search without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from minutes.fold import fold
from minutes.ingest.department_names import departments_by_name
from minutes.models import Body, Document, DocumentReference, Organization, OrganizationAlias, Person
from search.index.facet_fields import ITEM_ROLES
from search.query import (
    And,
    Field,
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
    parse_query,
)

# A shorter text says too little to mean a document by it.
_SHORTEST_TITLE = 6
# More names than a reader would look through help nobody.
_MOST_ADDED = 12
_ROLES_BY_FIELD = {"department": ITEM_ROLES, "lead": frozenset({"lead"})}


@dataclass(frozen=True, slots=True)
class Expansion:
    """What was added to a part of a query, for the reader to see."""

    kind: str  # unit: its other names; meant: the records a name stands for; short_title: what a document is called
    typed: str
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """A query as it was typed and as it is asked, and what makes the difference."""

    typed: Node | None
    query: Node | None
    expansions: tuple[Expansion, ...] = ()


def parse_and_expand(text: str, exact: bool = False) -> ExpandedQuery:
    """What a reader's words mean; raises QueryError when they cannot be searched for."""
    understood = expand(parse_query(text), exact)
    if understood.query is None or not _excludes(understood.query):
        return understood
    return replace(understood, query=Verbatim(fold(text), understood.query))


def expand(typed: Node | None, exact: bool = False) -> ExpandedQuery:
    """The query with all that is known of its words; `exact` adds nothing, and only looks names up."""
    leaves = list(_leaves(typed))
    named = [leaf.condition for leaf in leaves if isinstance(leaf, Field) and isinstance(leaf.condition, NameRef)]
    meanings = {each: _records_named(each) for each in named}
    expansions = [Expansion("meant", each.name, _names_of(records.values())) for each, records in meanings.items()]
    other_names: Mapping[str, tuple[str, ...]] = {}
    if not exact:
        other_names = _other_names_of_units({leaf.text for leaf in leaves if isinstance(leaf, Term)})
        expansions += [Expansion("unit", text, names) for text, names in other_names.items()]
        expansions += _short_titles({title for leaf in leaves if (title := _title_meant(leaf))})

    def look_up(leaf: Node) -> Node:
        if isinstance(leaf, Field) and isinstance(leaf.condition, NameRef):
            return Field(leaf.written, _among(leaf.condition, meanings[leaf.condition]))
        return leaf if exact else _with_alternatives(leaf, other_names)

    return ExpandedQuery(typed, typed and _replace_leaves(typed, look_up), tuple(expansions))


def _with_alternatives(leaf: Node, other_names: Mapping[str, tuple[str, ...]]) -> Node:
    """The words, or the unit under another name, or the document under its full title."""
    alternatives: list[Node] = [leaf]
    if isinstance(leaf, Term):
        alternatives += [Phrase(name) for name in other_names.get(leaf.text, ())]
    if title := _title_meant(leaf):
        alternatives.append(InField("document", Phrase(title)))
    return leaf if len(alternatives) == 1 else Or(tuple(alternatives))


def may_be_a_title(sought: TextQuery) -> bool:
    """Whether these words may be, or hold, the title of a document."""
    return len(sought.text) >= _SHORTEST_TITLE or (isinstance(sought, Phrase) and sought.titled)


def _title_meant(leaf: Node) -> str:
    """The words as the title of a document, if they may be one; an exact phrase is none unless it is written 《》."""
    if isinstance(leaf, Phrase) and leaf.titled:
        return leaf.text
    return leaf.text if isinstance(leaf, Term) and may_be_a_title(leaf) else ""


def _other_names_of_units(texts: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The other names of each text that is the full, short or former name of a unit."""
    if not texts:
        return {}
    by_name = Organization.objects.filter(Q(name__in=texts) | Q(full_name__in=texts)).values_list("pk", flat=True)
    by_alias = OrganizationAlias.objects.filter(name__in=texts).values_list("organization", flat=True)
    units = {*by_name, *by_alias}
    names_of_unit: dict[int, set[str]] = defaultdict(set)
    for unit, name, full_name in Organization.objects.filter(pk__in=units).values_list("pk", "name", "full_name"):
        names_of_unit[unit] |= {name, full_name} - {""}
    for unit, name in OrganizationAlias.objects.filter(organization__in=units).values_list("organization", "name"):
        names_of_unit[unit].add(name)
    known = list(names_of_unit.values())
    known += [set(rows[0].names) for text in texts if len(rows := departments_by_name().get(text, ())) == 1]
    others = {text: {name for names in known if text in names for name in names if text not in name} for text in texts}
    # A name that holds another one of them is found with that.
    return {text: _shortest(names) for text, names in others.items() if names}


def _shortest(names: set[str]) -> tuple[str, ...]:
    needed = [name for name in names if not any(other in name for other in names if other != name)]
    return tuple(sorted(needed, key=lambda name: (len(name), name))[:_MOST_ADDED])


def _short_titles(titles: Collection[str]) -> list[Expansion]:
    """What published items call these documents for short."""
    if not titles:
        return []
    # The bodies are named so that the database finds the titles by its index of body and title.
    documents = Document.objects.filter(body__in=Body.objects.all(), title__in=titles)
    references = DocumentReference.objects.published().filter(document__in=documents).exclude(short_title="")
    short: dict[str, set[str]] = defaultdict(set)
    for title, short_title in references.values_list("document__title", "short_title").distinct():
        short[title].add(short_title)
    return [Expansion("short_title", title, tuple(sorted(names)[:_MOST_ADDED])) for title, names in short.items()]


def _records_named(named: NameRef) -> dict[int, str]:
    """The units or people that have exactly this name, or else that have it in theirs; what joined ones are now."""
    name = named.name
    for match in (Q(name=name), Q(name__icontains=name)):
        if named.field == "person":
            records: QuerySet[Any] = Person.objects.filter(match)
        else:
            aliases = OrganizationAlias.objects.filter(match).values("organization")
            records = Organization.objects.filter(match | Q(pk__in=aliases))
        if found := [each.kept for each in records.select_related("merged_into")]:
            return {each.pk: each.name for each in found}
    return {}


def _among(named: NameRef, records: Mapping[int, str]) -> OneOf:
    if named.field == "person":
        return OneOf("person", frozenset(records))
    return OneOf("department", frozenset(records), _ROLES_BY_FIELD[named.field])


def _names_of(names: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names))[:_MOST_ADDED])


def _excludes(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(_excludes(part) for part in node.parts)
    return isinstance(node, Not)


def _leaves(node: Node | None) -> Iterator[Node]:
    """The parts of a query that are not put together of others, excluded ones too."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _leaves(part)
    elif isinstance(node, Not):
        yield from _leaves(node.part)
    elif node is not None:
        yield node


def _replace_leaves(node: Node, replacement: Callable[[Node], Node]) -> Node:
    if isinstance(node, And | Or):
        return type(node)(tuple(_replace_leaves(part, replacement) for part in node.parts))
    if isinstance(node, Not):
        return Not(_replace_leaves(node.part, replacement))
    return replacement(node)
