"""Segment the body into agenda items: starts, titles and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from minutes.parser.decisions.outcomes import outcome_in
from minutes.parser.items.announced import (
    items_announced,
    matters_counted,
    matters_listed,
    name_after,
    style_of_points,
)
from minutes.parser.items.decision_table import decision_table
from minutes.parser.items.markers import INNER_STYLES, ITEM_STYLES, Marker, Style, marker_in_style, markers_of
from minutes.parser.items.matters import UNIT_REPORTED
from minutes.parser.items.paragraphs import REPORTING_LABEL, RawParagraph, paragraphs_of
from minutes.parser.items.raw_item import RawItem
from minutes.parser.items.titles import (
    DEALT_WITH,
    ITEM_SENTENCE,
    TITLE_START,
    matter_of,
    somebody_did,
    title_length,
    without_asides,
)
from minutes.parser.items.unnumbered import ONLY_SPEECH, give_out, unnumbered_items
from minutes.parser.items.votes import share_votes
from minutes.parser.layout.lines import Line, line_of
from minutes.parser.layout.opening_lines import HELD_BESIDES
from minutes.parser.source_text import Tracked, joined
from minutes.parser.vocabulary.numerals import as_number
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 组织开展防汛演练 (orders something, although it begins as a matter may)
ORDER = re.compile(r"组织|进一步|继续|重点|部署")
# 由县民政局负责， (a sentence; a heading has none of these)
SENTENCE_MARK = re.compile(r"[。；，]")
# 会议同意该方案。二、会议审议了公交规划 (a number behind a full stop)
NUMBER_WITHIN = re.compile(
    rf"(?P<end>。)(?=(?P<number>[一二三四五六七八九十]{{1,3}})、(?:会议|关于|《|传达|{any_of(ACTIONS)}))"
)
# 一是原则通过《云川市节水条例》 · 一要抓好防汛
FIRST_OF_SEVERAL = re.compile(r"一[是要]")
# 会议原则通过《云川市节水条例》 · 会议同意市水务局关于抢修水泵的请示 (behind a number, a matter of its own)
DECIDES_ON_A_DOCUMENT = re.compile(
    r"会议(?:研究|审议|讨论|并|一致)*(?:原则上?)?(?:通过|同意|批准)了?，?[^，。；《]{0,30}(?:《|关于[^，。；]{2,60}的(?:请示|意见|方案|报告|汇报|办法))"
)
# 第一议题：传达学习 (words before the title itself)
BEFORE_A_TITLE = re.compile(r"第一议题[：，]")

# 王岚听取了情况汇报 · 沈一舟同志察看了现场 (what one person did, and no matter)
HEARD_BY_ONE = re.compile(r"(?!会议|会上)[\u4e00-\u9fff]{2,3}(?:同志)?(?:听取|[察查]看|实地)")

# 第12次党组会议召开，传达学习省委会议精神。
# 召开会议，传达学习省委会议精神，省长新年贺词，市委会议精神等，研究贯彻意见。
# 主持召开会议，专题研究市妇幼保健院迁建有关问题。 · 召开会议，就市妇幼保健院迁建有关问题进行了专题研究
TOPIC = re.compile(
    rf"(?:会议?(?:召开)?|办公)，(?:深入|迅速|认真)?(?:(?P<topic>(?:专题|集中)?(?:{any_of(ACTIONS)}|总结|安排|协调|解决)"
    r"(?=[^，。；]{4})(?:《[^《》]{2,80}》|[^，。；《]){1,80}(?:，(?!并?(?:研究|安排|部署|审议|听取))[^，。；]{4,60}(?:精神|贺[词信]|讲话|指示|文章)等?(?=[，。；]))*(?:，以及[^，。；]{2,60})?(?:，(?:研究|安排|部署|讨论)(?![^，。；]{0,10}(?:贯彻|落实))[^，。；]{2,60})?)[。，；]"
    r"|就(?P<question>[^，。；]{4,80}?)(?:进行|作|开展)了?(?:专题|深入|认真)?(?:研究|协调|讨论|部署))"
)


# 全县“两区”划定工作协调会 · 召开城投公司重点项目推进专题会议 (a meeting called by its matter)
# 召开耕地整改工作调度例会
CALLED_BY_ITS_MATTER = re.compile(
    r"(?:^|[，日：]|[上下]午，?|召开了?|举行了?)(?:20\d\d年)?(?:[全我][省市县区镇乡])?"
    r"(?P<topic>(?:(?!召开|举行|主持|政府|党[组委]|常务|[第次了])[^，。；：]){2,40}?(?:工作)?)"
    r"(?:(?:紧急)?(?:专题|协调|推进|调度|座谈|部署|动员|对接|分析|研判|会商|论证|约谈)(?:推进|调度|专题|协调)?(?:工作)?例?会|(?<=工作)会议)"
)
# 《政府工作报告》对去年的工作作了回顾 · 《云川市节水条例》共五章
DESCRIBES_A_DOCUMENT = re.compile(r"(?P<document>《[^《》]{2,80}》)(?:对|从|共|分为|包括|提出了?|明确了?)")
# 研究了命名爱国主义教育基地等四项议题，并原则通过
# 经讨论，会议原则通过以上议题 · 会议一致同意上述五项议题
DECIDES_ON_ALL = re.compile(
    r"(?:经[^，。；]{0,12}，)?会议(?:研究|讨论|审议|并|一致)*(?:原则上?)?(?:同意|通过)了?(?:以上|上述)"
    r"(?:全部|所有|各|[\d一二三四五六七八九十]{1,2})?[项个]?(?:议题|事项|文件|议案|议程)"
    r"|.{2,200}等[\d一二三四五六七八九十]{1,2}[项个](?:议题|事项|议程)，并?(?:均|一致)?(?:原则上?)?(?:同意|通过)$"
)
# 传达学习省委会议精神 · 学习《云川市节水条例》 (nothing that the meeting approves)
ONLY_CONVEYED = re.compile(r"(?:集体|再次|专题)?(?:传达|学习|通报|观看)")
FEWEST_WITH_ONE_DECISION = 2

# The number of an item, and the lines after it.
Chunk = tuple[Marker, list[Line]]


@dataclass
class Body:
    """The items, the lines before the first, and numbers before gaps.

    `agenda_left` is an agenda with matters that have no item, `said` what was said of several.
    """

    preface: list[Line]
    items: list[RawItem]
    gaps: list[Marker]
    agenda_left: list[RawItem]
    said: list[Line] = field(default_factory=list)


def take_titles_from(opening: Tracked, body: Body) -> None:
    """Name a single item without a matter after that of the opening."""
    item = body.items[0] if len(body.items) == 1 else None
    topic = TOPIC.search(opening.folded)
    if not item or item.marker is not None or not item.title_derived:
        return
    called = CALLED_BY_ITS_MATTER.search(opening.folded)
    if not topic and called and _tells_no_matter(item.paragraphs[0]):
        item.title = opening[called.start("topic") : called.end("topic")]
    if not topic:
        return
    if (
        item.paragraphs[0].marker
        or item.paragraphs[0].names_columns
        or FIRST_OF_SEVERAL.match(item.paragraphs[0].text.folded)
        or ONLY_SPEECH.match(item.paragraphs[0].text.folded)
        or UNIT_REPORTED.match(item.paragraphs[0].text.folded)
        or HEARD_BY_ONE.match(item.paragraphs[0].text.folded)
        or _describes_a_document_of(topic[0], item.paragraphs[0].text.folded)
    ):
        group = "topic" if topic["topic"] else "question"
        item.title = without_asides(opening[topic.start(group) : topic.end(group)])


def _describes_a_document_of(topic: str, folded: str) -> bool:
    """Return whether a paragraph begins with what a document of the opening says: 《报告》对去年的工作作了回顾."""
    described = DESCRIBES_A_DOCUMENT.match(folded)
    return described is not None and described["document"] in topic


def _tells_no_matter(first: RawParagraph) -> bool:
    """Return whether a paragraph is a statement or a fact, and neither a matter nor a decision."""
    text = first.text
    names_a_matter = somebody_did(text.folded) or any(
        form.match(text.folded) for form in (ITEM_SENTENCE, TITLE_START, DEALT_WITH)
    )
    if first.marker or first.is_of_a_table or names_a_matter:
        return False
    return "《" not in text.folded and not any(outcome_in(sentence) for sentence in text.parts("。；"))


def items_of(lines: list[Line], width: int | None, announced: list[Line], openings: Sequence[Line] = ()) -> Body:
    """Return the items of the body.

    `announced` are the lines of an agenda above it, `openings` those that open a further meeting within it.
    """
    starts = [index for index, line in enumerate(lines) if index and any(line is one for one in openings)]
    body = _segmented(lines[: starts[0]] if starts else lines, width, announced)
    _share_the_decision(body.items)
    share_votes(body.items)
    for start, end in pairwise([*starts, len(lines)]):
        body.items += _items_of_another_meeting(lines[start], lines[start + 1 : end], width)
    return body


def _items_of_another_meeting(opening: Line, lines: list[Line], width: int | None) -> list[RawItem]:
    """Return the items of a further meeting of the same text; its opening is the first paragraph of the first one."""
    stop = opening.folded.find("。") + 1
    if stop and ITEM_SENTENCE.match(opening.folded, stop):
        opening, lines = line_of(opening.text[:stop]), [line_of(opening.text[stop:]), *lines]
    paragraph = RawParagraph(None, opening.text)
    body = _segmented(lines, width, []) if any(markers_of(x) or ITEM_SENTENCE.match(x.folded) for x in lines) else None
    if body and body.items:
        said = [RawParagraph(None, line.text) for line in (*body.preface, *body.said)]
        body.items[0].paragraphs = [paragraph, *said, *body.items[0].paragraphs]
        return body.items
    item = RawItem(None, paragraphs=[paragraph, *paragraphs_of(lines, width)])
    topic = TOPIC.search(opening.folded)
    besides = HELD_BESIDES.match(opening.folded)
    if topic and topic["topic"]:
        item.title = opening.text[topic.start("topic") : topic.end("topic")]
    elif besides and opening.folded.startswith("，", besides.end()):
        item.title = matter_of(opening.text[besides.end() + 1 :])
    else:
        item.title = opening.text.stripped("。")
    item.title, item.title_derived = without_asides(item.title), True
    return [item]


def _share_the_decision(items: list[RawItem]) -> None:
    """Give the decision on all matters, stated in the last one, to the others, if none of them has its own."""
    if len(items) < FEWEST_WITH_ONE_DECISION or any(one.marker for one in items[-1].paragraphs):
        return
    sentences = [sentence for one in items[-1].paragraphs for sentence in one.text.parts("。；")]
    decision = next((sentence for sentence in sentences if DECIDES_ON_ALL.match(sentence.folded)), None)
    before = [one.text for item in items[:-1] for one in item.paragraphs]
    outcome = outcome_in(decision) if decision else None
    if decision and outcome and not any(outcome_in(sentence) for text in before for sentence in text.parts("。；")):
        for item in (item for item in items[:-1] if item.title and not ONLY_CONVEYED.match(item.title.folded)):
            item.decided_with_others = (outcome, decision.span)


def _segmented(lines: list[Line], width: int | None, announced: list[Line]) -> Body:
    if table := decision_table(lines):
        return Body(table.above, table.items, [], [], table.below)
    agenda = items_announced(announced)
    if counted := matters_counted(lines):
        items, below = counted
        return Body([], items, [], [], give_out(below, items, width))
    style = _style_of_items(lines)
    if style is None and (points := style_of_points(agenda, lines)):
        return _points_of(agenda, lines, points, width)
    if style is None:
        preface, items, said = unnumbered_items(lines, width)
        name_after(agenda, items)
        return Body(preface, items, [], _left_of(agenda, items), said)
    preface, chunks, gaps = _chunks_of(lines, style)
    if listed := matters_listed(chunks):
        last = chunks[-1][1]
        if points := style_of_points(listed, last):
            body = _points_of(listed, last, points, width)
            return replace(body, preface=[*preface, *body.preface])
        if anew := _style_of_items(last):
            lead_in, chunks, gaps = _chunks_of(last, anew)
            preface, agenda, listed = [*preface, *lead_in], listed, []
    items = [_numbered_item(marker, rest, width) for marker, rest in chunks]
    name_after(agenda, items)
    return Body(preface, items, gaps, listed or _left_of(agenda, items))


def _points_of(agenda: list[RawItem], lines: list[Line], style: Style, width: int | None) -> Body:
    """Return the matters of an agenda, each with the point that deals with it."""
    preface, chunks, gaps = _chunks_of(lines, style)
    items = [
        RawItem(marker, title=matter.title, paragraphs=paragraphs_of([line_of(marker.rest), *rest], width))
        for matter, (marker, rest) in zip(agenda, chunks, strict=True)
    ]
    return Body(preface, items, gaps, [])


def _left_of(agenda: list[RawItem], items: list[RawItem]) -> list[RawItem]:
    """Return an agenda with more matters than there are items, or none."""
    return agenda if len(agenda) > max(1, len(items)) else []


def _chunks_of(lines: list[Line], style: Style) -> tuple[list[Line], list[Chunk], list[Marker]]:
    """Split lines at numbers of a style.

    Return the lines before the first number, the chunks, and numbers after a gap.
    """
    preface: list[Line] = []
    chunks: list[Chunk] = []
    gaps: list[Marker] = []
    last = 0
    for line in _with_numbers_at_the_start(lines, style):
        marker = marker_in_style(line, style)
        if marker and (marker.value == last + 1 or (last and marker.value == last + 2)):
            if marker.value == last + 2:
                gaps.append(marker)
            last = marker.value
            chunks.append((marker, []))
        else:
            (chunks[-1][1] if chunks else preface).append(line)
    return preface, chunks, gaps


def _with_numbers_at_the_start(lines: list[Line], style: Style) -> list[Line]:
    """Split lines before the number that is missing, where it follows a full stop: …同意。 二、研究供水."""
    numbers = [marker.value for line in lines if (marker := marker_in_style(line, style))]
    missing = {number - 1 for last, number in pairwise([0, *numbers]) if number == last + 2}
    if not missing or style is not Style.CHINESE:
        return lines
    parts: list[Line] = []
    for line in lines:
        cuts = [
            found.end("end") for found in NUMBER_WITHIN.finditer(line.folded) if as_number(found["number"]) in missing
        ]
        bounds = pairwise([0, *cuts, len(line.text)])
        parts += [line_of(line.text[start:end]) for start, end in bounds] if cuts else [line]
    return parts


def _style_of_items(lines: list[Line]) -> Style | None:
    """Return the style of item numbers, or None without any."""
    for line in lines:
        for marker in markers_of(line):
            if marker.value == 1 and marker.style in ITEM_STYLES:
                return marker.style
    # （一） and 1. number items only if the body starts with them and most precede titles.
    for marker in markers_of(lines[0]) if lines else ():
        if marker.value == 1 and marker.style in INNER_STYLES:
            heads = [head.rest for line in lines if (head := marker_in_style(line, marker.style))]
            if sum(_is_a_matter(head) for head in heads) * 2 > len(heads):
                return marker.style
    return None


def _is_a_matter(text: Tracked) -> bool:
    """Return whether text after a number names a matter, and is not an order."""
    begins_a_matter = TITLE_START.match(text.folded) and not ORDER.match(text.folded)
    is_short = len(text) <= 40 and not SENTENCE_MARK.search(text.folded)
    decides = DECIDES_ON_A_DOCUMENT.match(text.folded)
    return bool(ITEM_SENTENCE.match(text.folded) or begins_a_matter or is_short or decides)


def _numbered_item(marker: Marker, lines: list[Line], width: int | None) -> RawItem:
    """Return the item after a number, titled by its first lines or sentence."""
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
