"""Agenda lists, and the numbered points below them that treat them in order."""

from __future__ import annotations

import re
from itertools import dropwhile, pairwise

from minutes.parser.items.markers import Marker, Style, marker_in_style, markers_of
from minutes.parser.items.paragraphs import RawParagraph
from minutes.parser.items.raw_item import RawItem
from minutes.parser.items.titles import BEGINS_WITH_AN_ACTION, matter_of
from minutes.parser.layout.lines import Line, line_of
from minutes.parser.source_text import joined
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 研究北渚大道改造有关问题 (words of an agenda that say nothing of the matter)
SAYS_NO_MATTER = re.compile(rf"{any_of(ACTIONS)}|关于|有关|相关|工作|问题|事项|事宜|情况|汇报|报告|方案|会议|《|》|的")
# 县水务局汇报前期工作：方案已经完成 (a sentence; the matters of an agenda have none of these)
SENTENCE_MARK = re.compile(r"[。：；]")
# 议题：研究农田水利建设 · 会议议程：
AGENDA_LABEL = re.compile(r"(?:会议|讨论|研究|主要)?(?:议题|议程)：")
# 会议共有三项议题：一是听取防汛情况汇报 · 会议主要议题有：一是研究节水方案
COUNTED_MATTERS = re.compile(
    r"(?:本次)?会议(?:共|主要)?(?:有|安排了?|研究了?|审议了?)?(?:[\d一二三四五六七八九十]{1,3}[项个])?(?:主要)?(?:议题|事项|内容|议程)(?:有|为|是)?[：，](?=一是)"
)
# 一是（听取防汛情况汇报） · 十一是研究节水方案
COUNTED = re.compile(r"[一二三四五六七八九十]{1,3}是")
# （听取防汛情况汇报）；二是研究节水方案
NEXT_COUNTED = re.compile(r"(?<=[；。，])[二三四五六七八九十]{1,3}是")
LONGEST_TITLE = 80
# Common words of this length indicate that two texts are on the same matter.
LENGTH_OF_A_WORD = 3
FEWEST_MATTERS = 2
# 全市经济社会高质量发展 (words that any statement may have)
SAYS_LITTLE = re.compile(
    rf"{SAYS_NO_MATTER.pattern}|[全我本各][省市州县区镇乡]|经济社会|高质量|发展|精神|推进|加强|实施|落实"
)
# 《办法》 (a document named, maybe by a part of its title)
NAMED = re.compile(r"《([^《》]{2,60})》")
# Longer words show which of several matters a statement is about, if they are at its beginning.
LENGTH_OF_A_PHRASE = 4
LENGTH_OF_AN_END = 6
SOON_MENTIONED = 200


def items_announced(lines: list[Line]) -> list[RawItem]:
    """Return the matters of an agenda; a line without number continues the last one."""
    items: list[RawItem] = []
    for line in lines:
        marker = next(iter(markers_of(line)), None)
        if items and marker is None and items[0].marker and items[-1].title:
            items[-1].title = joined([items[-1].title, line.text]).compact
        else:
            items.append(RawItem(marker, title=(marker.rest if marker else line.text).stripped("。；;")))
    return items


def lines_of_agenda(labelled: list[Line]) -> list[Line]:
    """Return the lines of an agenda; what follows its label (议题：) is the first."""
    label = AGENDA_LABEL.match(labelled[0].folded) if labelled else None
    first = [line_of(labelled[0].text[label.end() :])] if label and label.end() < len(labelled[0].text) else []
    return [*first, *labelled[1:]]


def matters_counted(lines: list[Line]) -> tuple[list[RawItem], list[Line]] | None:
    """Return the matters counted with 一是, 二是 behind 会议共有三项议题：, and the lines below them."""
    lead = COUNTED_MATTERS.match(lines[0].folded) if lines else None
    if not lead:
        return None
    first = lines[0].text[lead.end() :]
    cuts = [found.start() for found in NEXT_COUNTED.finditer(first.folded)]
    listed = [first[start:end] for start, end in pairwise([0, *cuts, len(first)])]
    below = lines[1:]
    while below and COUNTED.match(below[0].folded):
        listed.append(below.pop(0).text)
    if len(listed) < FEWEST_MATTERS:
        return None
    items = []
    for text in listed:
        count = COUNTED.match(text.folded)
        counted = text[count.end() if count else 0 :].stripped("。；;")
        item = RawItem(None, paragraphs=[RawParagraph(None, counted)])
        item.title, item.title_derived = matter_of(counted), True
        items.append(item)
    return items, below


def style_of_points(matters: list[RawItem], lines: list[Line]) -> Style | None:
    """Return the numbering of points that treat the matters in their order, if any."""
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
    """Return matters only listed by number, with points after the last, or none."""
    lines_before = [line for _, lines in chunks[:-1] for line in lines]
    if len(chunks) < FEWEST_MATTERS or not all(map(_is_lead_in, lines_before)) or not _has_points(chunks[-1][1]):
        return []
    titles = [(marker, marker.rest.stripped("。；;")) for marker, _ in chunks if marker.rest]
    if any(len(title) > LONGEST_TITLE or SENTENCE_MARK.search(title.folded) for _, title in titles):
        return []
    return [RawItem(marker, title=title) for marker, title in titles]


def name_after(agenda: list[RawItem], items: list[RawItem]) -> None:
    """Name untitled items after the matters of an agenda of the same length."""
    if len(agenda) != len(items):
        return
    for matter, item in zip(agenda, items, strict=True):
        texts = "".join(paragraph.text.folded for paragraph in item.paragraphs)
        if matter.title and item.title_derived and is_about(matter, texts):
            item.title, item.title_derived = matter.title, False


def _has_points(lines: list[Line]) -> bool:
    """Return whether the lines are a list of points, one for each matter."""
    return sum(bool(markers_of(line)) for line in lines) >= FEWEST_MATTERS


def _is_lead_in(line: Line) -> bool:
    """Return whether the line only introduces what follows: 会议纪要如下：."""
    return labels.LEAD_IN.fullmatch(line.folded) is not None


def is_about(matter: RawItem, text: str) -> bool:
    """Return whether a text has a word of the matter."""
    parts = SAYS_NO_MATTER.split(matter.title.folded) if matter.title else []
    return any(word in text for part in parts for word in runs_of(part, LENGTH_OF_A_WORD))


def runs_of(text: str, length: int) -> set[str]:
    """Return every run of so many characters in a text: 防汛, 汛工 and 工作 of 防汛工作."""
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def matter_mentioned(matters: list[RawItem], text: str) -> RawItem | None:
    """Return the matter with the longest words in common with the beginning of a text, unless two have as long ones."""
    beginning = text[:SOON_MENTIONED]
    lengths = [_longest_in_common(matter, beginning) for matter in matters]
    longest = max(lengths, default=0)
    if longest < LENGTH_OF_A_PHRASE or sum(length >= LENGTH_OF_A_PHRASE for length in lengths) > 1:
        return None
    return matters[lengths.index(longest)]


def is_the_same(matter: RawItem, other: RawItem) -> bool:
    """Return whether both are dealt with by the same action (听取), and have a word in common, however short."""
    here, there = (one.title.folded if one.title else "" for one in (matter, other))
    action = BEGINS_WITH_AN_ACTION.match(here)
    words = {word for part in SAYS_LITTLE.split(here) for word in runs_of(part, 2)}
    return action is not None and there.startswith(action[0]) and any(word in there for word in words)


def has_words_of(matter: RawItem, text: str) -> bool:
    """Return whether a text has a phrase of the matter, or a document of it."""
    return _longest_in_common(matter, text) >= LENGTH_OF_A_PHRASE


def _names(title: str, document: str) -> bool:
    """Return whether a title has a document of this name, or of this end: 《办法》, with its stage or without."""
    return f"{document}》" in title or f"{document}（" in title


def _longest_in_common(matter: RawItem, text: str) -> int:
    """Return the length of the longest words of the matter that the text has."""
    title = matter.title.folded if matter.title else ""
    longest = LENGTH_OF_A_PHRASE if any(_names(title, named[1]) for named in NAMED.finditer(text)) else 0
    if any(named[1][-LENGTH_OF_AN_END:] in text for named in NAMED.finditer(title)):
        longest = LENGTH_OF_AN_END  # 政府工作规则 of 《云川市人民政府工作规则》
    for part in SAYS_LITTLE.split(title):
        for start in range(len(part)):
            while start + longest < len(part) and part[start : start + longest + 1] in text:
                longest += 1
    return longest
