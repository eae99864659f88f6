"""Matters that an agenda lists, and the points below it that deal with them one by one."""

from __future__ import annotations

import re
from itertools import dropwhile

from minutes.parser.items.markers import Marker, Style, marker_in_style, markers_of
from minutes.parser.items.raw_item import RawItem
from minutes.parser.layout.lines import Line
from minutes.parser.source_text import joined
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 研究北渚大道改造有关问题 (words of an agenda that say nothing of the matter)
SAYS_NO_MATTER = re.compile(rf"{any_of(ACTIONS)}|关于|有关|相关|工作|问题|事项|事宜|情况|汇报|报告|方案|会议|《|》|的")
# 县水务局汇报前期工作：方案已经完成 (a sentence; the matters of an agenda have none of these)
SENTENCE_MARK = re.compile(r"[。：；]")
LONGEST_TITLE = 80
# Words as long as this tell that two texts speak of the same matter.
LENGTH_OF_A_WORD = 3
FEWEST_MATTERS = 2


def items_announced(lines: list[Line]) -> list[RawItem]:
    """Return the matters that an agenda lists, one a line; a line without a number goes on with the one above it."""
    items: list[RawItem] = []
    for line in lines:
        marker = next(iter(markers_of(line)), None)
        if items and marker is None and items[0].marker and items[-1].title:
            items[-1].title = joined([items[-1].title, line.text]).compact
        else:
            items.append(RawItem(marker, title=(marker.rest if marker else line.text).stripped("。；;")))
    return items


def style_of_points(matters: list[RawItem], lines: list[Line]) -> Style | None:
    """Return how the points are numbered of which each deals with one of the matters, in their order."""
    lines = list(dropwhile(_is_lead_in, lines))
    if len(matters) < FEWEST_MATTERS or not lines:
        return None
    for first in markers_of(lines[0]):
        starts = [index for index, line in enumerate(lines) if marker_in_style(line, first.style)]
        numbers = [marker.value for line in lines if (marker := marker_in_style(line, first.style))]
        if numbers != list(range(1, len(matters) + 1)):
            continue
        texts = [
            "".join(line.folded for line in lines[start:end])
            for start, end in zip(starts, [*starts[1:], None], strict=True)
        ]
        if all(is_about(matter, text) for matter, text in zip(matters, texts, strict=True)):
            return first.style
    return None


def matters_listed(chunks: list[tuple[Marker, list[Line]]]) -> list[RawItem]:
    """Return the matters that the numbers only list, with points behind the last of them; none where they tell more."""
    told_before = [line for _, lines in chunks[:-1] for line in lines]
    if len(chunks) < FEWEST_MATTERS or not all(map(_is_lead_in, told_before)) or not _has_points(chunks[-1][1]):
        return []
    titles = [(marker, marker.rest.stripped("。；;")) for marker, _ in chunks if marker.rest]
    if any(len(title) > LONGEST_TITLE or SENTENCE_MARK.search(title.folded) for _, title in titles):
        return []
    return [RawItem(marker, title=title) for marker, title in titles]


def name_after(agenda: list[RawItem], items: list[RawItem]) -> None:
    """Name items that have no title of their own after the matters of an agenda with as many."""
    if len(agenda) != len(items):
        return
    for matter, item in zip(agenda, items, strict=True):
        texts = "".join(paragraph.text.folded for paragraph in item.paragraphs)
        if matter.title and item.title_derived and is_about(matter, texts):
            item.title, item.title_derived = matter.title, False


def _has_points(lines: list[Line]) -> bool:
    """Return whether the lines are points of a list, so that they may deal with one matter each."""
    return sum(bool(markers_of(line)) for line in lines) >= FEWEST_MATTERS


def _is_lead_in(line: Line) -> bool:
    """Return whether the line only leads to what follows: 会议纪要如下：."""
    return labels.LEAD_IN.fullmatch(line.folded) is not None


def is_about(matter: RawItem, text: str) -> bool:
    """Return whether a text has a word of the matter in it."""
    parts = SAYS_NO_MATTER.split(matter.title.folded) if matter.title else []
    words = {part[start : start + LENGTH_OF_A_WORD] for part in parts for start in range(len(part))}
    return any(len(word) == LENGTH_OF_A_WORD and word in text for word in words)
