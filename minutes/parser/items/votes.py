"""Decisions that a later sentence gives by the numbers of items: 议题一、二通过，议题三未通过."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes.parser.decisions.outcomes import OUTCOMES, outcome_in
from minutes.parser.items.raw_item import RawItem
from minutes.parser.source_text import Tracked, joined
from minutes.parser.types import Field
from minutes.parser.vocabulary.numerals import as_number
from minutes.parser.vocabulary.verbs import any_of

# 一 · 12 (part of other expressions)
NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
# 议题一、议题二通过 · 第一、二项议题获得通过 · 第三项议题未获通过 · 议题一至三原则同意
VOTED = re.compile(
    rf"(?P<numbers>(?:(?:议题|事项)第?{NUMBER}|第{NUMBER}[项个]?(?:议题|事项)?)"
    rf"(?:[、和及至到](?:议题|第)?{NUMBER}[项个]?(?:议题|事项)?)*(?:议题|事项)?)"
    rf"(?:经?(?:表决|投票|审议|研究|讨论|全部|均|一致|予以|获得?))*(?P<outcome>{any_of(OUTCOMES)})"
)
# 一 · 至 (within the numbers)
PART = re.compile(rf"{NUMBER}|[至到]")


def share_votes(items: list[RawItem]) -> None:
    """Give each item the outcome that a sentence below the last one states by its number."""
    if not items or not all(item.marker for item in items):
        return
    by_number = {item.marker.value: item for item in items if item.marker}
    for paragraph in items[-1].paragraphs:
        # 议题二未通过 looks like the number of a paragraph.
        text = joined([part for part in (paragraph.marker, paragraph.text) if part]).compact
        for clause, numbers, outcome in _votes_in(text):
            paragraph.is_a_vote = True
            for number in numbers:
                item = by_number.get(number)
                if item and not _has_its_own(item):
                    item.decided_with_others = (outcome, clause.span)


def _has_its_own(item: RawItem) -> bool:
    """Return whether the text of the item decides on it, apart from votes by number."""
    sentences = [sentence for one in item.paragraphs for sentence in one.text.parts("。；")]
    return any(outcome_in(sentence) for sentence in sentences if not VOTED.search(sentence.folded))


def _votes_in(text: Tracked) -> Iterator[tuple[Tracked, list[int], Field[str]]]:
    """Yield each clause that states an outcome by number, with the numbers."""
    for found in VOTED.finditer(text.folded):
        numbers: list[int] = []
        to_the_next = False
        for part in PART.finditer(found["numbers"]):
            number = as_number(part[0])
            if number is None:
                to_the_next = True
                continue
            numbers += range(numbers[-1] + 1, number) if to_the_next and numbers else ()
            numbers.append(number)
            to_the_next = False
        yield text[found.start() : found.end()], numbers, text.field(found, "outcome")
