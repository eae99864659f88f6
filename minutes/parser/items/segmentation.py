"""Body to agenda items: where one begins, what its title is, how its paragraphs fall."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutes.parser.items.markers import ITEM_STYLES, Marker, Style, marker_in_style, markers_of
from minutes.parser.items.paragraphs import REPORTING_LABEL, RawParagraph, paragraphs_of
from minutes.parser.items.titles import ITEM_SENTENCE, TITLE_START, heading_and_rest, matter_of, title_length
from minutes.parser.lines import Line, line_of
from minutes.parser.source_text import Tracked, joined

# 组织开展防汛演练 (orders something, although it begins as a matter may)
ORDER = re.compile(r"组织|进一步|继续|重点|部署")
# 由县民政局负责， (a sentence; a heading has none of these)
SENTENCE_MARK = re.compile(r"[。；，]")
# 原则同意《云川市节水条例》 · 原则上通过
DECIDES_IN_PRINCIPLE = re.compile(r"原则上?(?:同意|通过)")
# 会议指出，防汛工作 (no matter, only what was said)
ONLY_SPEECH = re.compile(r"(?:会议|会上，?)?(?:首先|还)?(?:指出|强调|要求|认为)")
# 一是原则通过《云川市节水条例》 · 一要抓好防汛
FIRST_OF_SEVERAL = re.compile(r"一[是要]")
# 第一议题：传达学习 (words before the title itself)
BEFORE_A_TITLE = re.compile(r"第一议题[：，]")
# 会议原则同意《云川市节水条例》 · 会议审议并通过了《云川市节水条例》
DECIDES_AT_ONCE = re.compile(r"会议(?:审议|研究|讨论)?(?:并|后)?(?:一致)?(?:原则上?)?(?:同意|通过)了?《")
# 审议《云川市公交发展规划》
DELIBERATED_DOCUMENT = re.compile(r"审议《[^《》]{4,80}》")
# 《云川市公交发展规划》
NAMED_DOCUMENT = re.compile(r"《[^《》]{4,80}》")

# 主持召开会议，专题研究市妇幼保健院迁建有关问题。 · 召开会议，就市妇幼保健院迁建有关问题进行了专题研究
TOPIC = re.compile(
    r"(?:会议?|办公)，(?:(?P<topic>(?:专题|集中)?(?:研究|审议|听取|讨论|部署|调度|总结|安排|协调|解决|通报|传达)"
    r"[^，。；]{4,80}(?:，(?:研究|安排|部署|讨论)[^，。；]{2,60})?)[。，；]"
    r"|就(?P<question>[^，。；]{4,80}?)(?:进行|作|开展)了?(?:专题|深入|认真)?(?:研究|协调|讨论|部署))"
)

AROUND_TITLE = "。：；【】[]〔〕 "
HEADING_LIMIT = 80


@dataclass
class RawItem:
    """An item as cut out of the body: its number, title (None where it has none) and paragraphs."""

    marker: Marker | None
    title: Tracked | None = None
    title_derived: bool = False
    reporters: list[Tracked] = field(default_factory=list)
    paragraphs: list[RawParagraph] = field(default_factory=list)


@dataclass
class Body:
    """The items, with what stands before the first, and the numbers before which one is missing."""

    preface: list[Line]
    items: list[RawItem]
    gaps: list[Marker]


def take_titles_from(opening: Tracked, body: Body) -> None:
    """Names a single item that begins with a number, or only with what was said, after the matter the opening tells."""
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
    """The items of the body."""
    style = _style_of_items(lines)
    if style is None:
        return Body([], _unnumbered_items(lines, width), [])
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


def _style_of_items(lines: list[Line]) -> Style | None:
    """How the items are numbered; None where nothing numbers them."""
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
    """Whether the text behind a number begins a matter, and does not only order something."""
    begins_a_matter = TITLE_START.match(text.folded) and not ORDER.match(text.folded)
    is_short = len(text) <= 40 and not SENTENCE_MARK.search(text.folded)
    return bool(ITEM_SENTENCE.match(text.folded) or begins_a_matter or is_short)


def _numbered_item(marker: Marker, lines: list[Line], width: int | None) -> RawItem:
    """The item behind a number: its title fills the first lines, or is told by its first sentence."""
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
        _take_title_from_text(item)
    return item


def _take_title_from_text(item: RawItem) -> None:
    """Gives the item the matter its first sentence tells as title; a heading sentence leaves the text."""
    first = item.paragraphs[0]
    heading = heading_and_rest(first.text) if item.marker and not first.marker else None
    if heading:
        item.title, first.text = heading
    else:
        item.title, item.title_derived = matter_of(first.text), True


def _unnumbered_items(lines: list[Line], width: int | None) -> list[RawItem]:
    """Items that no number tells apart: a heading line or a sentence 会议听取了… begins each."""
    paragraphs = paragraphs_of(lines, width)
    if not paragraphs:
        return []
    headings = [index for index, paragraph in enumerate(paragraphs[:-1]) if _is_heading(paragraph)]
    starts = headings if headings[:1] == [0] else [0, *(start for start in _item_sentences(paragraphs) if start)]
    items = []
    for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        item = RawItem(None, paragraphs=paragraphs[start:end])
        if _is_heading(paragraphs[start]) and start < len(paragraphs) - 1:
            item.title = item.paragraphs.pop(0).text.stripped(AROUND_TITLE)
        else:
            _take_title_from_text(item)
            _prefer_a_document(item)
        items.append(item)
    return items


def _item_sentences(paragraphs: list[RawParagraph]) -> list[int]:
    """The paragraphs that begin a matter; where none says so, those that decide, if there are several."""
    numbered = next((index for index, paragraph in enumerate(paragraphs) if paragraph.marker), len(paragraphs))
    starts = [
        index for index, paragraph in enumerate(paragraphs[:numbered]) if ITEM_SENTENCE.match(paragraph.text.folded)
    ]
    if starts or numbered < len(paragraphs):
        return sorted([*starts, *_deciding_on_something_new(paragraphs[:numbered], starts)])
    deciding = [
        index for index, paragraph in enumerate(paragraphs) if DECIDES_IN_PRINCIPLE.search(paragraph.text.folded)
    ]
    return deciding if len(deciding) > 1 else []


def _deciding_on_something_new(paragraphs: list[RawParagraph], starts: list[int]) -> list[int]:
    """The paragraphs that begin by deciding on a document that nothing before them in their item names."""
    found = []
    so_far = ""
    for index, paragraph in enumerate(paragraphs):
        folded = paragraph.text.folded
        named = NAMED_DOCUMENT.search(folded)
        is_new = index > 0 and DECIDES_AT_ONCE.match(folded) and named is not None and named[0] not in so_far
        if index in starts or is_new:
            so_far = ""
        if is_new and index not in starts:
            found.append(index)
        so_far += folded
    return found


def _prefer_a_document(item: RawItem) -> None:
    """Names an item whose first words are only 指出 or 强调 after the document that its first paragraph names."""
    text = item.paragraphs[0].text
    if item.title is None or not ONLY_SPEECH.match(text.folded):
        return
    named = DELIBERATED_DOCUMENT.search(text.folded) or NAMED_DOCUMENT.search(text.folded)
    if named:
        item.title = text[named.start() : named.end()]


def _is_heading(paragraph: RawParagraph) -> bool:
    """Whether the paragraph is a title and no sentence."""
    folded = paragraph.text.folded.strip("〔〕")
    return (
        paragraph.marker is None
        and len(folded) <= HEADING_LIMIT
        and "。" not in folded
        and not folded.endswith(("；", "，"))
        and TITLE_START.match(folded) is not None
        and not ITEM_SENTENCE.match(folded)
    )
