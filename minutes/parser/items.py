"""Body to agenda items: where one begins, what its title is, how its paragraphs fall."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutes.parser.layout import Line
from minutes.parser.markers import Marker, Numbering, Style, markers_of
from minutes.parser.tracked import NOTHING, Tracked, joined

TOP_STYLES = (Style.CHINESE, Style.CHINESE_ALONE, Style.MATTER)

VERB = (
    r"(?:审议|听取|传达|学习|研究|讨论|通报|审定|审核|部署|安排部署|解读|宣讲|观看|废止|修订|修改|专题|集体学习|组织|书面|集中|学法|票决|审查|分析|研判|贯彻|调度|再次|进一步|继续|专门|重点)"
)
# 会议听取了县水务局关于防汛准备情况的汇报。 · 会上，县司法局作了专题讲座。 · 会议首先传达了
ITEM_SENTENCE = re.compile(rf"(?:会议|会上，?)(?:首先|还|又|再次|专题|集中|书面|分别|一并|组织|集体)?，?(?!要求|强调|指出|认为|决定|明确|确定|议定|原则){VERB}")
# 审议《云川市公交发展规划》 · 关于城区道路命名的问题 · 专题学习《…》
TITLE_START = re.compile(rf"(?:{VERB}|关于|《)")
# …有关问题 · …情况的汇报 · …实施方案》
TITLE_END = re.compile(r"(?:问题|事项|事宜|情况|汇报|报告|工作|方案|意见|请示|精神|通报|办法|规划|议题|》|建议|讲话|条例|计划|安排|名单|项目|建设|改革)(?:（[^）]*）)?$")
# 会议指出，… · 会议强调… (a paragraph of its own, never part of a title)
SPEECH = re.compile(r"（?(?:汇报|提交|报送|呈报|提请)(?:单位|部门|人)：|(?:会议|会上|县长|市长|区长)[^，。：]{0,12}?(?:指出|强调|要求|认为|决定|明确|确定|议定|听取|审议|传达|学习|研究|讨论|原则|同意|通过|对|就)|原则(?:上)?(?:同意|通过)")
# …的汇报，议定了以下意见： · …方案》，会议认为 (where the matter ends and what was said of it begins)
MATTER_END = re.compile(
    r"，(?=(?:会议|并?议定|研究并?议定|经研究|讨论|形成|原则|同意|通过|决定|确定|充分肯定|指出|强调|要求|认为|现|责成|由))|[。：；]"
)
# 汇报单位：县教育局
REPORTING_LABEL = re.compile(r"（?(?:汇报|提交|报送|呈报|提请)(?:单位|部门|人)：")
MEETING_DID = re.compile(r"^(?:会议|会上，?)(?:首先|还)?，?")

Q_OPEN, Q_CLOSE = "《（“〔", "》）”〕"
TITLE_LIMIT = 160


@dataclass
class RawParagraph:
    marker: Tracked | None
    text: Tracked


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
    preface: list[Line]
    items: list[RawItem]
    gaps: list[Marker]


def items_of(lines: list[Line], width: int | None) -> Body:
    """The items of the body, with what stands before the first, and the numbers before which one is missing."""
    style = _top_style(lines)
    if style is None:
        return Body([], _unnumbered_items(lines, width), [])
    preface: list[Line] = []
    chunks: list[tuple[Marker, list[Line]]] = []
    gaps: list[Marker] = []
    last = 0
    for line in lines:
        marker = next((m for m in markers_of(line) if m.style is style), None)
        if marker and (marker.value == last + 1 or (last and marker.value == last + 2)):
            if marker.value == last + 2:
                gaps.append(marker)
            last = marker.value
            chunks.append((marker, []))
        elif chunks:
            chunks[-1][1].append(line)
        else:
            preface.append(line)
    return Body(preface, [_numbered_item(marker, rest, width) for marker, rest in chunks], gaps)


def _top_style(lines: list[Line]) -> Style | None:
    """How the items are numbered; None where nothing numbers them."""
    firsts = [marker for line in lines for marker in markers_of(line) if marker.value == 1]
    for marker in firsts:
        if marker.style in TOP_STYLES:
            return marker.style
    opening_markers = markers_of(lines[0]) if lines else []
    for marker in opening_markers:
        if marker.value == 1 and marker.style in (Style.CHINESE_IN_BRACKETS, Style.ARABIC):
            heads = [m.rest for line in lines for m in markers_of(line) if m.style is marker.style]
            titled = sum(1 for head in heads if _is_a_head(head) or (len(head) <= 40 and not re.search(r"[。；，]", head.folded)))
            if titled * 2 > len(heads):
                return marker.style
    return None


def _is_a_head(text: Tracked) -> bool:
    """Whether the text behind a number begins a matter, and does not only order something."""
    return bool(ITEM_SENTENCE.match(text.folded) or (TITLE_START.match(text.folded) and not text.folded.startswith(("组织", "进一步", "继续", "重点", "部署"))))


def starts_paragraph(previous: Line, line: Line, width: int | None) -> bool:
    """Whether a line begins a new paragraph, told from how the line before it ends."""
    previous_is_short = width is None or len(previous.text) < width - 2
    if previous_is_short and re.match(r"会议(?:指出|强调|要求|认为|决定|明确|确定|议定|听取|审议|原则)", line.folded):
        return True
    if not previous.ends_a_sentence:
        return False
    return previous_is_short or line.indent >= 2


def _numbered_item(marker: Marker, lines: list[Line], width: int | None) -> RawItem:
    item = RawItem(marker)
    head = Line(marker.rest, marker.rest)
    item.reporters = [line.text[found.end() :] for line in lines if (found := REPORTING_LABEL.match(line.folded))]
    if marker.rest:
        lines = [head, *lines]
    title_lines = _title_lines(lines, width, bool(marker.rest), len(marker.written))
    if title_lines:
        title = joined([line.text for line in lines[:title_lines]]).compact
        item.title = title.stripped("。：；:; ")
        lines = lines[title_lines:]
        item.paragraphs = paragraphs_of(lines, width)
        return item
    item.paragraphs = paragraphs_of(lines, width)
    _take_title_from_text(item)
    return item


def _title_lines(lines: list[Line], width: int | None, has_head: bool, marker_length: int) -> int:
    """How many lines the title fills; 0 where the item begins with a sentence of the text."""
    if not lines:
        return 0
    if ITEM_SENTENCE.match(lines[0].folded) or (not has_head and not TITLE_START.match(lines[0].folded)):
        return 0
    numbered = next((i for i, line in enumerate(lines[1:], 1) if _is_sub_number(line)), None)
    so_far = ""
    for count, line in enumerate(lines, 1):
        so_far += line.folded
        stop = so_far.find("。")
        if 0 <= stop < len(so_far) - 1 or len(so_far) > TITLE_LIMIT:
            return 0
        if stop == len(so_far) - 1:
            follows = count < len(lines)
            return count if follows and TITLE_START.match(so_far) and "，" not in so_far.split("，并")[0] else 0
        if count == len(lines):
            return count
        following = lines[count]
        if numbered == count or (_is_sub_number(following) and _is_balanced(so_far)):
            return count
        if not _is_balanced(so_far):
            continue
        if SPEECH.match(following.folded) and (width is None or not _fills(line, width, count, marker_length)):
            return count
        if numbered and all("。" not in other.folded for other in lines[count:numbered]):
            continue
        if width is not None and _fills(line, width, count, marker_length):
            continue
        if len(following.text) < 20 and not TITLE_END.search(so_far) and TITLE_END.search(following.folded) and not SPEECH.match(following.folded):
            continue
        if width is None and 20 <= len(line.text) <= 34 and len(following.text) < 20 and "。" not in following.folded:
            continue
        return count
    return 0


def _fills(line: Line, width: int, count: int, marker_length: int) -> bool:
    return len(line.text) + (marker_length if count == 1 else 0) >= width - 1


def _is_balanced(text: str) -> bool:
    return all(text.count(left) <= text.count(right) for left, right in zip(Q_OPEN, Q_CLOSE, strict=True))


def _is_sub_number(line: Line) -> bool:
    return any(marker.value == 1 and marker.style is not Style.ARABIC_WITHOUT_DOT for marker in markers_of(line))


def paragraphs_of(lines: list[Line], width: int | None) -> list[RawParagraph]:
    """The lines as paragraphs, each with its number where it has one."""
    paragraphs: list[tuple[Tracked | None, list[Line]]] = []
    numbering = Numbering()
    for index, line in enumerate(lines):
        previous = lines[index - 1] if index else None
        marker = next((m for m in markers_of(line) if numbering.accepts(m)), None)
        if marker and previous and not previous.ends_a_sentence and marker.style in (Style.CHINESE, Style.CHINESE_ALONE):
            marker = None
        if marker and marker.style is Style.ARABIC_WITHOUT_DOT and previous and not previous.folded.endswith(("；", "。", "：")):
            marker = None
        if marker:
            numbering.note(marker)
            paragraphs.append((marker.written, [Line(marker.rest, marker.rest)] if marker.rest else []))
        elif previous is None or not paragraphs or REPORTING_LABEL.match(previous.folded) or starts_paragraph(previous, line, width):
            paragraphs.append((None, [line]))
        else:
            paragraphs[-1][1].append(line)
    return [
        RawParagraph(marker, joined([line.text for line in parts]).compact if parts else NOTHING)
        for marker, parts in paragraphs
        if parts or marker
    ]


def _take_title_from_text(item: RawItem) -> None:
    """Gives the item the matter its first sentence tells as title; a heading sentence leaves the text."""
    if not item.paragraphs:
        return
    first = item.paragraphs[0]
    text = first.text
    heading = re.match(rf"(?P<title>(?:关于|{VERB}|《)[^。，]{{2,80}})[。：](?=.)", text.folded)
    if item.marker is not None and heading and first.marker is None and not ITEM_SENTENCE.match(text.folded):
        item.title = text[: heading.end("title")]
        first.text = text[heading.end() :].stripped()
        return
    item.title = matter_of(text)
    item.title_derived = True


def matter_of(text: Tracked) -> Tracked:
    """What a sentence of the text says the meeting dealt with, without 会议."""
    did = MEETING_DID.match(text.folded)
    start = did.end() if did else 0
    end = len(text)
    depth = 0
    for index in range(start, len(text)):
        char = text.folded[index]
        depth += (char in Q_OPEN) - (char in Q_CLOSE)
        if depth <= 0 and index > start and MATTER_END.match(text.folded, index):
            end = index
            break
    if re.match(r"(?:决定|同意|原则|议定)", text.folded[start:]) and (comma := text.folded.find("，", start, end)) > 0:
        end = comma
    if end - start > TITLE_LIMIT:
        comma = text.folded.find("，", start)
        end = comma if 0 < comma - start <= TITLE_LIMIT else start + TITLE_LIMIT
    return text[start:end].stripped("。：； ")


def _unnumbered_items(lines: list[Line], width: int | None) -> list[RawItem]:
    """Items that no number tells apart: a heading line or a sentence 会议听取了… begins each."""
    if not lines:
        return []
    paragraphs = paragraphs_of(lines, width)
    numbered = next((i for i, p in enumerate(paragraphs) if p.marker is not None), len(paragraphs))
    starts = [i for i, p in enumerate(paragraphs[:numbered]) if ITEM_SENTENCE.match(p.text.folded)]
    headings = [
        i for i, p in enumerate(paragraphs[:-1])
        if p.marker is None and _is_heading(p.text) and not ITEM_SENTENCE.match(p.text.folded)
    ]
    if headings and headings[0] == 0:
        starts = headings
    elif not starts or starts[0] != 0:
        deciding = [i for i, p in enumerate(paragraphs) if re.search(r"原则上?(?:同意|通过)", p.text.folded)]
        if not starts and len(deciding) > 1 and all(p.marker is None for p in paragraphs):
            starts = deciding
        starts = [0, *(i for i in starts if i)]
    items = []
    for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        item = RawItem(None, paragraphs=paragraphs[start:end])
        if start in headings:
            item.title = item.paragraphs.pop(0).text.stripped("。：； ")
        else:
            _take_title_from_text(item)
            named = re.search(r"审议《[^《》]{4,80}》", item.paragraphs[0].text.folded) or re.search(r"《[^《》]{4,80}》", item.paragraphs[0].text.folded)
            if item.title is not None and re.match(r"(?:指出|强调|要求|认为)", item.title.folded) and named:
                item.title = item.paragraphs[0].text[named.start() : named.end()]
        items.append(item)
    return items


def _is_heading(text: Tracked) -> bool:
    return len(text) <= 80 and not re.search(r"[。；，]$", text.folded) and TITLE_START.match(text.folded) is not None and "。" not in text.folded
