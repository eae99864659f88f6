"""Split a text into lines, and detect how they were wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from minutes.parser.layout.forms import with_colons
from minutes.parser.source_text import Tracked, joined
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 出↵席：汪 岳 and 主↵持：汪岳 (a label that a narrow column broke after its first character)
LABEL_HEADS = {"出": "席", "列": "席", "请": "假", "缺": "席", "记": "录", "主": "持", "参": "加"}

# 。列席：县水务局贺鸣 · 。记录人：王岚 · 。出席：王岚 (part of other expressions)
LABEL_BEHIND_A_STOP = r"(?<=[。；])\s*(?=(?:[出列]\s*席|请\s*假|缺\s*席|记\s*录)(?:人员|单位|会议|人)?：)"
# 会议原则同意。二、审议《云川市节水条例》 · 抓好落实。（三）由县水务局牵头 (a text that came without its line breaks)
RUN_ON_MARKER = re.compile(
    rf"(?<=[。；：])\s*(?=[一二三四五六七八九十]{{1,3}}、|（[一二三四五六七八九十]{{1,3}}）)|(?<=纪要)\s+(?=20\d\d年)|{LABEL_BEHIND_A_STOP}"
)
# 出席会议的有：王岚；列席会议的有：县水务局贺鸣；请假：周禾 (a line of lists; not an opening that names who came)
LINE_OF_LISTS = re.compile(r"\s*出席(?:会议)?的?(?:人员|领导|同志)?(?:有|为|是)?：")
# （出席会议的有：王岚）；列席会议的有：县水务局贺鸣
LIST_WITHIN = re.compile(
    rf"{LABEL_BEHIND_A_STOP}|(?<=[。；])\s*(?=(?:列席|请假|缺席)(?:会议)?的?(?:人员|单位|领导|同志)?(?:有|为|是)?：)"
)
LONG_LINE = 200
# A text with at most this many lines has lost its line breaks, however short it is.
FEW_LINES = 2
# 主持人：王岚  记录人：沈一舟 · 时间：3月5日  地点：县政府会议室 (where one line has two labels)
SECOND_LABEL = re.compile(
    r"(?<=\S)\s+(?=(?:会议)?(?:时\s*间|地\s*点|主\s*持(?:\s*人)?|召\s*集\s*人|记\s*录(?:\s*人)?|审\s*核|签\s*发(?:\s*人)?)\s*：)"
    rf"|{LABEL_BEHIND_A_STOP}"
)
# 会议还研究了其他事项。（市政府办供稿） (who wrote the page, after the last sentence)
# 会议还研究了其他事项。（王岚、沈一舟 报道） · 周禾列席会议。（记者 王岚） 来源：云川日报
CREDIT = re.compile(
    r"(?<=[。！])\s*(?=（[^（）。]{0,24}(?:记者|通讯员|供稿|撰稿|作者|编辑|摄影|来源|报道|文/图)[^（）。]{0,24}）(?:\s*来源：\S{2,20})?\s*$)"
)
# 会议还研究了其他事项。■王岚 · 会议还研究了其他事项。□王岚 沈一舟 (behind a mark)
MARKED = re.compile(r"(?<=[。！])\s*(?=[■□●◆▲/][\u4e00-\u9fff]{2,3}(?:[\s、]+[\u4e00-\u9fff]{2,3}){0,3}\s*$)")
# 会议还研究了其他事项。（王岚） · 周禾列席会议。（县政府办） (the same in the last line, where it needs no word for it)
SIGNED = re.compile(
    r"(?<=[。！])\s*(?=（(?:[\u4e00-\u9fff]{2,3}(?:[\s、]+[\u4e00-\u9fff]{2,3}){0,3}"
    r"|[\u4e00-\u9fff]{2,14}(?:局|委|办|中心|社|台|报|网|科|室)(?:\s+[\u4e00-\u9fff]{2,3})?)）\s*$)"
)
# 来源：云川日报  时间：2021年3月5日 · （编辑：王岚  审核：沈一舟）
# 信息来源：云川日报 (of the web page: no label of the minutes follows on its line)
OF_WEB_PAGE = re.compile(r"\s*[（〔]?(?:信息|责任)?(?:来源|作者|编辑|发布(?:机构|时间|日期)|浏览次数)：")
# 【审议《云川市节水条例》】会议指出 (a title in brackets, and the text that may follow on its line)
BRACKETED_TITLE = re.compile(rf"\s*〔(?:{any_of(ACTIONS)}|关于|《)[^〔〕]{{2,80}}〕(?P<rest>\s*)")
# ★会议指出 · ● 县水务局为项目业主 (signs before paragraphs; ● is folded to ·)
BULLET = re.compile(r"\s*(?!▲[^。；，]{2,16}。?\s*$)[★☆·■◆▲◇□▶►➢✦※]+\s*(?=[\u4e00-\u9fff《“（])")
# ## 会议纪要 · **一、审议《云川市节水条例》** (what marks headings in a text made of a program's document)
MARKUP = re.compile(r"^\s*#{1,6}\s+|\*\*")
# 云 川 市 人 (a blank between one Han character and the next, as some programs that recognize scans write)
BETWEEN_HAN = re.compile(
    r"(?<=[\u4e00-\u9fff《》（），。：、]) (?=[\u4e00-\u9fff《》（），。：、\d])|(?<=\d) (?=[\u4e00-\u9fff])"
)
# 云川 (no blank between them)
HAN_PAIR = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
# 王岚  沈一舟 (blanks that set names apart; running text has none)
PADDING = re.compile(r"[ \u3000]{2}")


@dataclass(frozen=True)
class Line:
    """A line of the minutes: as written, and without padding."""

    raw: Tracked
    text: Tracked
    ends_paragraph: bool | None = None  # None if unknown

    @property
    def folded(self) -> str:
        """Return the text folded for matching."""
        return self.text.folded

    @property
    def indent(self) -> int:
        """Return the number of spaces before the text."""
        return len(self.raw) - len(self.raw.chars.lstrip())

    @property
    def is_a_bracketed_title(self) -> bool:
        """Return whether the line is a title in brackets: 【审议《云川市节水条例》】."""
        return BRACKETED_TITLE.fullmatch(self.folded) is not None

    @property
    def ends_a_sentence(self) -> bool:
        """Return whether the line ends like a sentence or a title."""
        return self.is_a_bracketed_title or self.folded.rstrip("”」’）").endswith(("。", "！", "？", "："))

    @property
    def has_trailing_blank(self) -> bool:
        return self.raw.chars[-1:].isspace()

    def fills(self, width: int | None) -> bool:
        """Return whether the line is as long as wrapped lines of that width."""
        return width is not None and len(self.text) >= width - 2


def line_of(text: Tracked) -> Line:
    """Return the rest of a line as a line of its own."""
    return Line(text, text)


def read_lines(text: Tracked) -> list[Line]:
    """Return the non-blank lines, with broken and joined lines repaired."""
    raw_lines = _join_broken_labels(_close_spaced_text(_remove_common_indent(_split_joined_lines(text))))
    lines = [Line(raw, raw.compact) for raw in raw_lines]
    return [line for line in lines if line.text]


def with_marked_paragraph_ends(lines: list[Line]) -> list[Line]:
    """Mark paragraph ends by trailing spaces, as some PDF converters write.

    Then even a sentence ending in a full line is unambiguous.
    """
    prose = [line for line in lines if len(line.text) >= 8 and not PADDING.search(line.raw.chars.strip())]
    over = [line for line in prose if line.ends_a_sentence]
    longest = max((len(line.text) for line in prose), default=0)
    cut = [line for line in prose if not line.ends_a_sentence and len(line.text) >= 0.85 * longest]
    marked = sum(line.has_trailing_blank for line in over)
    stray = sum(line.has_trailing_blank for line in cut)
    if len(over) < 4 or len(cut) < 4 or marked < 0.6 * len(over) or stray > 0.25 * len(cut):
        return lines
    return [replace(line, ends_paragraph=line.has_trailing_blank) for line in lines]


def wrap_width(lines: list[Line]) -> int | None:
    """Return the width at which the text was wrapped, or None."""
    lines = [line for line in lines if not PADDING.search(line.raw.chars.strip())]
    lengths = [len(line.text) for line in lines if len(line.text) >= 12]
    if len(lengths) < 8 or max(lengths) > 80:
        return None
    broken = [len(line.text) for line, _ in pairwise(lines) if len(line.text) >= 12 and not line.ends_a_sentence]
    if len(broken) < 0.3 * len(lengths):
        return None
    width = sorted(broken)[len(broken) * 3 // 4]
    if max(lengths) > 1.5 * width:
        return None
    filled = [length for length in broken if width - 3 <= length <= width + 3]
    return width if len(filled) >= 0.6 * len(broken) else None


def _split_joined_lines(text: Tracked) -> list[Tracked]:
    """Split lines before further labels and numbers that were joined to them."""
    lines: list[Tracked] = []
    written = with_colons([line for line in text.lines() if line.chars.strip()])
    for index, line in enumerate(written, 1):
        if marks := [place for mark in MARKUP.finditer(line.folded) for place in range(*mark.span())]:
            line = line.without(set(marks))
        bullet = BULLET.match(line.folded)
        line = line[bullet.end() if bullet else 0 :]
        heading = BRACKETED_TITLE.match(line.folded)
        start = heading.end() if heading else 0
        if heading:
            lines.append(line[: heading.start("rest")])
        runs_on = len(line) >= LONG_LINE or len(written) <= FEW_LINES
        within = LIST_WITHIN if LINE_OF_LISTS.match(line.folded) else RUN_ON_MARKER if runs_on else SECOND_LABEL
        cuts = () if OF_WEB_PAGE.match(line.folded) else within.finditer(line.folded, start)
        is_last = index == len(written) or all(OF_WEB_PAGE.match(below.folded) for below in written[index:])
        signed = SIGNED.finditer(line.folded, start) if is_last else ()
        marked = MARKED.finditer(line.chars, start)
        for marker in (*cuts, *CREDIT.finditer(line.folded, start), *marked, *signed):
            lines.append(line[start : marker.start()])
            start = marker.end()
        lines.append(line[start:])
    return [line for line in lines if line]


def _remove_common_indent(lines: list[Tracked]) -> list[Tracked]:
    """Remove the indentation that nearly all lines share."""
    indents = sorted(len(line) - len(line.chars.lstrip()) for line in lines if len(line.chars.strip()) >= 8)
    common = indents[len(indents) // 5] if indents else 0
    if not common:
        return lines
    return [line[min(common, len(line) - len(line.chars.lstrip())) :] for line in lines]


def _close_spaced_text(lines: list[Tracked]) -> list[Tracked]:
    """Remove spaces between all characters, as in scans."""
    prose = [line for line in lines if len(line.chars.replace(" ", "")) >= 12]
    spaced = [line for line in prose if len(BETWEEN_HAN.findall(line.folded)) > 2 * len(HAN_PAIR.findall(line.folded))]
    if not spaced or len(spaced) < 0.6 * len(prose):
        return lines
    return [line.without({blank.start() for blank in BETWEEN_HAN.finditer(line.folded)}) for line in lines]


def _join_broken_labels(lines: list[Tracked]) -> list[Tracked]:
    """Join labels broken into one character per line."""
    whole: list[Tracked] = []
    for line in lines:
        head = whole[-1].chars.strip() if whole else ""
        written = line.chars.strip()
        if LABEL_HEADS.get(head, "\0") == written[:1] and ("：" in line.folded[:8] or len(written) == 1):
            whole[-1] = joined([whole[-1], line])
        else:
            whole.append(line)
    return whole
