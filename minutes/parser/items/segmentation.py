"""Body to agenda items: where one begins, what its title is, how its paragraphs fall."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.parser.items.markers import ITEM_STYLES, Marker, Style, marker_in_style, markers_of
from minutes.parser.items.paragraphs import REPORTING_LABEL, paragraphs_of
from minutes.parser.items.raw_item import RawItem
from minutes.parser.items.titles import ITEM_SENTENCE, TITLE_START, title_length
from minutes.parser.items.unnumbered import ONLY_SPEECH, unnumbered_items
from minutes.parser.layout.lines import Line, line_of
from minutes.parser.source_text import Tracked, joined
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 组织开展防汛演练 (orders something, although it begins as a matter may)
ORDER = re.compile(r"组织|进一步|继续|重点|部署")
# 由县民政局负责， (a sentence; a heading has none of these)
SENTENCE_MARK = re.compile(r"[。；，]")
# 一是原则通过《云川市节水条例》 · 一要抓好防汛
FIRST_OF_SEVERAL = re.compile(r"一[是要]")
# 第一议题：传达学习 (words before the title itself)
BEFORE_A_TITLE = re.compile(r"第一议题[：，]")

# 主持召开会议，专题研究市妇幼保健院迁建有关问题。 · 召开会议，就市妇幼保健院迁建有关问题进行了专题研究
TOPIC = re.compile(
    rf"(?:会议?|办公)，(?:(?P<topic>(?:专题|集中)?(?:{any_of(ACTIONS)}|总结|安排|协调|解决)"
    r"[^，。；]{4,80}(?:，(?:研究|安排|部署|讨论)[^，。；]{2,60})?)[。，；]"
    r"|就(?P<question>[^，。；]{4,80}?)(?:进行|作|开展)了?(?:专题|深入|认真)?(?:研究|协调|讨论|部署))"
)


@dataclass
class Body:
    """The items, with what stands before the first, and the numbers before which one is missing."""

    preface: list[Line]
    items: list[RawItem]
    gaps: list[Marker]


def take_titles_from(opening: Tracked, body: Body) -> None:
    """Name a single item without a matter of its own after that of the opening."""
    item = body.items[0] if len(body.items) == 1 else None
    topic = TOPIC.search(opening.folded)
    if not item or not topic or item.marker is not None or not item.title_derived:
        return
    if (
        item.paragraphs[0].marker
        or FIRST_OF_SEVERAL.match(item.paragraphs[0].text.folded)
        or ONLY_SPEECH.match(item.paragraphs[0].text.folded)
    ):
        group = "topic" if topic["topic"] else "question"
        item.title = opening[topic.start(group) : topic.end(group)]


def items_of(lines: list[Line], width: int | None) -> Body:
    """Return the items of the body."""
    style = _style_of_items(lines)
    if style is None:
        return Body(*unnumbered_items(lines, width), [])
    preface: list[Line] = []
    chunks: list[tuple[Marker, list[Line]]] = []
    gaps: list[Marker] = []
    last = 0
    for line in lines:
        marker = marker_in_style(line, style)
        if marker and (marker.value == last + 1 or (last and marker.value == last + 2)):
            if marker.value == last + 2:
                gaps.append(marker)
            last = marker.value
            chunks.append((marker, []))
        else:
            (chunks[-1][1] if chunks else preface).append(line)
    return Body(preface, [_numbered_item(marker, rest, width) for marker, rest in chunks], gaps)


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


def _style_of_items(lines: list[Line]) -> Style | None:
    """Return how the items are numbered; None where nothing numbers them."""
    for line in lines:
        for marker in markers_of(line):
            if marker.value == 1 and marker.style in ITEM_STYLES:
                return marker.style
    # （一） and 1. number items only where the body begins with them and most of them stand before titles.
    for marker in markers_of(lines[0]) if lines else ():
        if marker.value == 1 and marker.style in (Style.CHINESE_IN_BRACKETS, Style.ARABIC):
            heads = [head.rest for line in lines if (head := marker_in_style(line, marker.style))]
            if sum(_is_a_matter(head) for head in heads) * 2 > len(heads):
                return marker.style
    return None


def _is_a_matter(text: Tracked) -> bool:
    """Return whether the text behind a number begins a matter, and does not only order something."""
    begins_a_matter = TITLE_START.match(text.folded) and not ORDER.match(text.folded)
    is_short = len(text) <= 40 and not SENTENCE_MARK.search(text.folded)
    return bool(ITEM_SENTENCE.match(text.folded) or begins_a_matter or is_short)


def _numbered_item(marker: Marker, lines: list[Line], width: int | None) -> RawItem:
    """Return the item behind a number, titled by its first lines or sentence."""
    item = RawItem(marker)
    item.reporters = [line.text[found.end() :] for line in lines if (found := REPORTING_LABEL.match(line.folded))]
    if marker.rest:
        lines = [line_of(marker.rest), *lines]
    length = title_length(lines, width, len(marker.written) if marker.rest else 0)
    item.paragraphs = paragraphs_of(lines[length:], width)
    if length:
        title = joined([line.text for line in lines[:length]]).compact
        before = BEFORE_A_TITLE.match(title.folded)
        item.title = title[before.end() if before else 0 :].stripped("。：；:; ")
    elif item.paragraphs:
        item.take_title_from_text()
    return item
