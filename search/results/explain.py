"""How a search was understood, for its reader: every word and phrase as it was cut, and the search without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from search.analysis.words import tokens
from search.pages.querystring import with_only
from search.query import And, Field, InField, Node, Not, Or, Phrase, QueryError, Term, Verbatim, parse_query
from search.query.expansion import Expansion


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One part of what was typed: in words, as it was cut, and the address of the search without it if there is one."""

    text: str
    cut: tuple[str, ...] = ()
    without: str = ""


def explain_query(query: Node | None, params: QueryDict) -> list[QueryPart]:
    """The parts of a query that results must answer, in the order in which they were typed."""
    parts = top_level_parts(query)
    return [
        QueryPart(describe(part), _cut(part), _address_of([each for each in parts if each is not part], params))
        for part in parts
    ]


def describe_expansion(expansion: Expansion) -> str:
    """What was added to a part of the query, or what records it was taken for."""
    names = "、".join(expansion.added)
    if expansion.kind == "short_title":
        return f"《{expansion.typed}》在文中也写作《{names}》"
    if expansion.kind == "meant":
        return f"“{expansion.typed}”指：{names}" if names else f"没有叫“{expansion.typed}”的单位或人员，只按文字查"
    return f"“{expansion.typed}”也查：{names}"


def changes(expansion: Expansion) -> bool:
    """Whether the query would find other things without this; whom a name means is looked up in any case."""
    return expansion.kind != "meant"


def top_level_parts(query: Node | None) -> tuple[Node, ...]:
    """What has to hold for a result, condition by condition."""
    if query is None:
        return ()
    return query.parts if isinstance(query, And) else (query,)


def describe(node: Node) -> str:
    """A part of a query as a sentence tells it."""
    if isinstance(node, Term):
        return node.text
    if isinstance(node, Phrase):
        return f"《{node.text}》" if node.titled else f"“{node.text}”"
    if isinstance(node, Field | Verbatim):
        return node.written
    if isinstance(node, InField):
        return describe(node.sought)
    if isinstance(node, Not):
        return f"不含{describe(node.part)}"
    between = " 或 " if isinstance(node, Or) else " 和 "
    return between.join(
        f"（{describe(part)}）" if isinstance(part, And | Or) else describe(part) for part in node.parts
    )


def to_query_text(parts: Sequence[Node]) -> str | None:
    """What to type for a query of these parts; None when nothing typed would be read as them."""
    query = None if not parts else parts[0] if len(parts) == 1 else And(tuple(parts))
    text = " ".join(_typed(part, inside=len(parts) > 1) for part in parts)
    try:
        return text if parse_query(text) == query else None
    except QueryError:
        return None


def _typed(node: Node, inside: bool = True) -> str:
    if isinstance(node, Term):
        return node.text
    if isinstance(node, Phrase):
        # No folded text holds a full-width quotation mark, so these can never be closed too early.
        return f"《{node.text}》" if node.titled else f"“{node.text}”"
    if isinstance(node, Field | Verbatim):
        return node.written
    if isinstance(node, InField):
        return _typed(node.sought)
    if isinstance(node, Not):
        return f"-{_typed(node.part)}"
    text = (" OR " if isinstance(node, Or) else " ").join(_typed(part) for part in node.parts)
    return f"({text})" if inside else text


def _cut(node: Node) -> tuple[str, ...]:
    """The tokens that a word was cut into, if it was."""
    cut = tokens(node.text) if isinstance(node, Term) else ()
    return cut if cut and cut != (getattr(node, "text", ""),) else ()


def _address_of(parts: Sequence[Node], params: QueryDict) -> str:
    typed = to_query_text(parts)
    return "" if typed is None else with_only(params, "q", typed)
