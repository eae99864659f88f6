"""Checks of the result as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from minutes.parser.head.opening import kind_in, number_in
from minutes.parser.items.documents import base_title, documents_in
from minutes.parser.items.markers import Marker
from minutes.parser.items.raw_item import RawItem
from minutes.parser.items.unnumbered import ONLY_SPEECH
from minutes.parser.layout.lines import Line
from minutes.parser.problems.recorded import task_without_actor, unknown_words
from minutes.parser.source_text import Tracked, track
from minutes.parser.tasks.tables import is_a_row
from minutes.parser.types import AgendaItem, Field, ParsedMinutes, Problem, Span
from minutes.parser.vocabulary.characters import canonical, is_unknown

# 锟斤拷锟斤拷公园 · 研究�公园 (what is left of characters that went through a wrong encoding)
DAMAGED = re.compile(r"\ufffd+|(?:锟斤拷)+|(?:烫烫|屯屯){2,}")
# Left-to-right and right-to-left override: programs show what follows in another order than it is stored.
OVERRIDES = ("\u202d", "\u202e")
# Maximum number of problems for a file of unknown characters.
MOST_UNKNOWN_CHARACTERS = 20
# Openings announce fewer documents than this; the rest of such a text is not searched.
MOST_DOCUMENTS_ANNOUNCED = 200
# One line may have tabs for another reason.
FEWEST_ROWS = 2


def find_problems(parsed: ParsedMinutes, opening: Tracked, chairs: Tracked | None) -> list[Problem]:
    """Return problems for missing, unknown or contradictory fields."""
    problems = [problem for problem in _missing_fields(parsed) if not (chairs and problem.code == "chair-missing")]
    if chairs and not parsed.chair:
        message = f"“{chairs.chars}”共同主持，只能记一位主持人，请选择"
        problems.append(Problem("several-chairs", message, chairs.span))
    for item in parsed.items:
        problems += _item_problems(item)
    for task in parsed.every_task():
        if not task.actors:
            problems.append(task_without_actor(task))
    problems += [*_missing_opening_items(parsed, opening), *_items_only_named(parsed)]
    if parsed.date and parsed.issued_on and parsed.issued_on.value < parsed.date.value:
        problems.append(Problem("conflicting-dates", "印发日期早于会议日期，请核对", parsed.issued_on.span))
    return problems


def character_problems(source: str) -> list[Problem]:
    """Return problems for damaged characters, reversed writing, and characters missing in common fonts."""
    problems = []
    if damaged := list(DAMAGED.finditer(source)):
        written = "、".join(dict.fromkeys(found[0][:3] for found in damaged))
        message = f"原文有{len(damaged)}处无法识别的字符（{written}），收录前已经损坏，请与原件核对。"
        problems.append(Problem("damaged-characters", message, Span(*damaged[0].span())))
    for control in OVERRIDES:
        if (index := source.find(control)) >= 0:
            message = "这里有强制书写方向的控制字符，别处显示的顺序可能与收录的文字不同，请与原件核对"
            problems.append(Problem("reversed-writing", message, Span(index, index + 1)))
    unknown = {char for char in set(source) if char > "\x7f" and is_unknown(char)}
    in_order = list(dict.fromkeys(char for char in source if char in unknown)) if unknown else []
    for char in in_order[:MOST_UNKNOWN_CHARACTERS]:
        index = source.index(char)
        message = f"“{char}”（U+{ord(char):04X}）是自造字或很新的字，不同电脑上可能显示不出，请与原件核对"
        problems.append(Problem("unknown-character", message, Span(index, index + 1)))
    return problems


def conflicting_numbers(in_head: Field[int] | None, in_opening: Field[int] | None) -> list[Problem]:
    """Return a problem if head and opening have different meeting numbers."""
    if not in_head or not in_opening or in_head.value == in_opening.value:
        return []
    message = f"标题写第{in_head.value}次，正文写第{in_opening.value}次，请核对"
    return [Problem("conflicting-numbers", message, in_head.span)]


def several_meetings(openings: list[Line], number: Field[int] | None, kind: Field[str] | None) -> list[Problem]:
    """Return a problem where minutes of another meeting seem to begin: of another number, or without one, kind."""
    message = "这里像是另一次会议的纪要，一个文件只收录一次会议，请拆分"
    return [
        Problem("several-meetings", message, line.text.span)
        for line in openings
        if _is_of_another_meeting(line, number, kind)
    ][:1]


def _is_of_another_meeting(opening: Line, number: Field[int] | None, kind: Field[str] | None) -> bool:
    other = number_in(opening.text)
    if number and other:
        return other.value != number.value
    other_kind = kind_in(opening.text)
    return bool(kind and other_kind and kind.value != other_kind.value)


def item_number_gaps(gaps: list[Marker]) -> list[Problem]:
    """Return a problem for each item number after a gap."""
    return [
        Problem("item-number-gap", f"“{gap.written.chars}”之前缺少一个序号，请核对原文", gap.written.span)
        for gap in gaps
    ]


def matters_left(agenda: list[RawItem]) -> list[Problem]:
    """Return a problem for an agenda with matters that have no item."""
    if not agenda or not agenda[0].title:
        return []
    message = f"会议议程列了{len(agenda)}项，正文没有逐项对应，请核对议题"
    return [Problem("agenda-unmatched", message, agenda[0].title.span)]


def unread_tables(body: list[Line], items: list[RawItem]) -> list[Problem]:
    """Return a problem for each table whose head does not say which column has the matters."""
    heads = {one.text.span.start for item in items for one in item.paragraphs if one.names_columns}
    problems = []
    for is_table, lines in groupby(body, lambda line: is_a_row(line.raw)):
        rows = list(lines)
        if is_table and len(rows) >= FEWEST_ROWS and rows[0].text.span.start not in heads:
            message = "此处的表格没有按列读出，各格文字连在了一起，请与原文核对"
            problems.append(Problem("table-unread", message, rows[0].text.span))
    return problems


def _missing_fields(parsed: ParsedMinutes) -> Iterator[Problem]:
    for code, found, what in (
        ("kind-missing", parsed.kind, "会议类型"),
        ("number-missing", parsed.number, "会议次数"),
        ("chair-missing", parsed.chair, "主持人"),
        ("items-missing", parsed.items, "任何议题"),
        ("attendance-missing", parsed.attendance, "出席、列席名单"),
    ):
        if not found:
            yield Problem(code, f"没有读到{what}，请在原文中查找", None)


def _item_problems(item: AgendaItem) -> Iterator[Problem]:
    if item.title_derived and _is_named_after_a_statement(item):
        message = f"第{item.position}项没有写议题，标题取自讲话，请核对"
        yield Problem("title-from-speech", message, item.title.span)
    elif item.title_derived:
        yield Problem("title-derived", f"第{item.position}项没有标题，标题取自正文首句", item.title.span)
    yield from unknown_words(item)
    for decision in item.decisions:
        for deadline in decision.deadlines:
            if deadline.date is None:
                yield Problem("deadline-unresolved", f"期限“{deadline.text}”无法换算为日期", deadline.span)


def _is_named_after_a_statement(item: AgendaItem) -> bool:
    """Return whether the title of an item without a number is of what was said: 会议强调，…."""
    first = item.paragraphs[0] if item.paragraphs else None
    if not first or item.span.start != first.span.start or item.title.span.start < first.span.start:
        return False
    spoken = ONLY_SPEECH.match(track(first.text).folded)
    return spoken is not None and "《" not in item.title.value


def _items_only_named(parsed: ParsedMinutes) -> Iterator[Problem]:
    """Yield a problem for each item that is in the opening alone, where others are dealt with below it."""
    opening = parsed.opening.span if parsed.opening else None
    if not opening or not parsed.items or parsed.items[0].span.start < opening.end:
        return
    for item in parsed.items:
        if opening.start <= item.span.start and item.span.end <= opening.end:
            message = f"第{item.position}项只在开头提到，正文中没有对应的内容，请核对"
            yield Problem("item-from-opening", message, item.title.span)


def _missing_opening_items(parsed: ParsedMinutes, opening: Tracked) -> Iterator[Problem]:
    """Yield problems for documents announced in the opening but not in an item."""
    if not opening or not parsed.items:
        return
    titles = {base_title(document.title, document.stage) for item in parsed.items for document in item.documents}
    titles |= {mention.value for item in parsed.items for mention in item.mentions}
    titles = {canonical(title) for title in titles}
    texts = [parsed.closing.text] if parsed.closing else []
    for item in parsed.items:
        texts += [item.title.value, *(paragraph.text for paragraph in item.paragraphs)]
    text = canonical("".join(texts))
    for document in documents_in(opening)[:MOST_DOCUMENTS_ANNOUNCED]:
        title = canonical(document.base)
        if title not in titles and title not in text:
            message = f"开头提到《{document.mention.title}》，正文中没有对应的议题"
            yield Problem("opening-item-missing", message, document.mention.span)
