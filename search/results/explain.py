"""Explain how a query was interpreted.

Lists each part as segmented or recognized, with alternative searches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from search.analysis.words import tokens
from search.pages.querystring import with_only
from search.query import (
    Alternative,
    And,
    Field,
    Implied,
    InField,
    Node,
    Not,
    Or,
    Phrase,
    QueryError,
    Term,
    Verbatim,
    parse_query,
)
from search.query.params import SearchParams
from search.query.report import Expansion
from search.query.traversal import leaves

_CONDITIONS = {"place": "会议主体", "period": "会议日期", "person": "参会人员", "meeting": "会议"}

_ROLES_CALLED = {
    **dict.fromkeys(("牵头", "主办"), "牵头单位"),
    **dict.fromkeys(("负责", "责任", "承办", "办理", "办"), "责任单位"),
    **dict.fromkeys(("配合", "协办"), "配合单位"),
}


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A part of a query.

    With its description, its tokens, and the searches without it and with it as text.
    """

    text: str
    cut: tuple[str, ...] = ()
    without: str = ""
    as_text: str = ""


def explain_query(search: SearchParams, params: QueryDict) -> list[QueryPart]:
    """Return the parts of a query that results must match, in query order."""
    parts = [typed for typed, _ in search.expanded.parts]
    conditions = [each for each in search.expanded.expansions if each.kind in _CONDITIONS]
    explained = []
    for place, part in enumerate(parts):
        before, after = parts[:place], parts[place + 1 :]
        recognized = [each for each in conditions if isinstance(part, Term) and part.text in (each.within, each.typed)]
        if not any(not each.within for each in recognized):
            told = describe(part) + _conditions_within(part, conditions)
            explained.append(QueryPart(told, _cut(part), _address_of([*before, *after], params)))
        for each in recognized:
            rest = part.text.replace(each.typed, "", 1) if isinstance(part, Term) else ""
            remaining = [Term(rest)] if rest else []
            explained.append(
                QueryPart(
                    _condition(each),
                    without=_address_of([*before, *remaining, *after], params),
                    as_text=_address_of([*before, Phrase(each.typed), *remaining, *after], params),
                )
            )
    return explained


def describe_expansion(expansion: Expansion) -> str:
    """Describe an expansion in a sentence; "" if it is a part of its own."""
    names = "、".join(expansion.added)
    match expansion.kind:
        case "no_meetings":
            return f"档案里没有{names}的会议，“{expansion.typed}”按文字查"
        case "role":
            return f"“{expansion.typed}”也包括没有写这个词、但{names}是{_ROLES_CALLED[expansion.typed]}的议题"
        case "short_title":
            return f"《{expansion.typed}》在文中也写作《{names}》"
        case "meant":
            return f"“{expansion.typed}”指：{names}" if names else f"没有叫“{expansion.typed}”的单位或人员，只按文字查"
        case "ignored":
            return f"“{expansion.typed}”没有计入"
        case "vague":
            return f"不含“{expansion.typed}”的也列出，排在后面"
        case "unmet":
            return f"没有一项含有提问的全部内容，不含“{expansion.typed}”的也列出"
        case "choices":
            return f"“{expansion.typed}”也查含有其中之一的：{names}"
        case "cut":
            return f"纪要里没有“{expansion.typed}”，也分开查：{names}"
        case "unit" | "synonym":
            return f"“{expansion.typed}”也查：{names}"
    return ""


def changes_results(expansion: Expansion) -> bool:
    """Return whether the results would differ without this expansion.

    Names are always resolved.
    """
    return expansion.kind != "meant"


def describe(node: Node) -> str:
    """Describe a part of a query."""
    if isinstance(node, Term):
        return node.text
    if isinstance(node, Phrase):
        return f"《{node.text}》" if node.titled else f"“{node.text}”"
    if isinstance(node, Field | Verbatim):
        return node.written
    if isinstance(node, InField):
        return describe(node.sought)
    if isinstance(node, Implied):
        return node.term.text
    if isinstance(node, Alternative):
        return describe(node.part)
    if isinstance(node, Not):
        return f"不含{describe(node.part)}"
    between = " 或 " if isinstance(node, Or) else " 和 "
    return between.join(
        f"（{describe(part)}）" if isinstance(part, And | Or) else describe(part) for part in node.parts
    )


def to_query_text(parts: Sequence[Node]) -> str | None:
    """Return the query text for these parts, or None if it cannot be expressed."""
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
        # No folded text contains full-width quotation marks, so they cannot be closed too early.
        return f"《{node.text}》" if node.titled else f"“{node.text}”"
    if isinstance(node, Field | Verbatim):
        return node.written
    if isinstance(node, InField):
        return _typed(node.sought)
    if isinstance(node, Implied | Alternative):
        raise TypeError(f"{type(node).__name__} is added to queries, never typed")
    if isinstance(node, Not):
        return f"-{_typed(node.part)}"
    text = (" OR " if isinstance(node, Or) else " ").join(_typed(part) for part in node.parts)
    return f"({text})" if inside else text


def _condition(recognized: Expansion) -> str:
    return f"{_CONDITIONS[recognized.kind]}：{'、'.join(recognized.added)}"


def _conditions_within(part: Node, conditions: Sequence[Expansion]) -> str:
    """Return the conditions recognized behind operators or in brackets, in brackets themselves."""
    texts = [] if isinstance(part, Term) else [leaf.text for leaf in leaves(part) if isinstance(leaf, Term)]
    told = dict.fromkeys(_condition(each) for each in conditions if (each.within or each.typed) in texts)
    return f"（{'；'.join(told)}）" if told else ""


def _cut(node: Node) -> tuple[str, ...]:
    """Return the tokens of a word, if it was segmented into several."""
    cut = tokens(node.text) if isinstance(node, Term) else ()
    return cut if cut and cut != (getattr(node, "text", ""),) else ()


def _address_of(parts: Sequence[Node], params: QueryDict) -> str:
    typed = to_query_text(parts)
    return "" if typed is None else with_only(params, "q", typed)
