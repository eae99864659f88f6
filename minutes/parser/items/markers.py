"""Numbers of items and paragraphs: 一、 · （一） · 1. · (1) · ① · 一 alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from minutes.parser.layout.lines import Line
from minutes.parser.source_text import Tracked
from minutes.parser.vocabulary.numerals import as_number

# 三 · 二十一 · 叁 (part of other expressions)
CN = "[一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]{1,4}"
# 3年内 · 3个 · 3公里 (a number before these counts something and begins no paragraph)
COUNTED = "年月日号个万亿千百元吨家名条项户人次米时分度所座台辆套份期届类批处间位大级平公岁天周种"


class Style(Enum):
    """The style of a number, in the order of official documents, outermost first."""

    CHINESE = "一、"
    CHINESE_ALONE = "一"
    MATTER = "议题一"
    ORDINAL = "第一，"
    CHINESE_IN_BRACKETS = "（一）"
    ARABIC = "1."
    ARABIC_IN_BRACKETS = "（1）"
    CIRCLED = "①"
    ARABIC_WITHOUT_DOT = "1"


PATTERNS = {
    # 三、审议《云川市公交发展规划》 · 三.审议 · 第三、审议 (not 二、三产业)
    Style.CHINESE: re.compile(rf"第?({CN})[、.．](?!、|[一二三四五六七八九十][产线类级等])"),
    # 三
    Style.CHINESE_ALONE: re.compile(rf"({CN})$"),
    # 议题三：审议《云川市公交发展规划》 · 第三项议题： · 第三个议题是审议《云川市公交发展规划》
    # 议程三： · 【议题3】审议 · 第三项  城区公交线路调整方案 (with a blank after)
    Style.MATTER: re.compile(
        rf"(?:第({CN}|\d{{1,2}})(?:个|项)?(?:议题|议程)是?|[（〔]?(?:议题|议程|事项)({CN}|\d{{1,2}})[）〕]?|第({CN}|\d{{1,2}})项(?=[：\s]))"
        r"[：、，]?"
    ),
    # 第三，市水务局要做好汛前检查 · 第三条 市水务局要做好汛前检查
    Style.ORDINAL: re.compile(rf"第({CN})[，：]|第({CN}|\d{{1,2}})条[：、，\s]"),
    # （三）市水务局要做好汛前检查
    Style.CHINESE_IN_BRACKETS: re.compile(rf"（({CN})）、?|({CN})）"),
    # 3.加强督查 · 3、加强督查 (not 3.5公里)
    Style.ARABIC: re.compile(r"(\d{1,2})(?:[.．、](?!\d)|\.(?=\d{3}))"),
    # （3）加强督查 · 3）加强督查
    Style.ARABIC_IN_BRACKETS: re.compile(r"（(\d{1,2})）、?|(\d{1,2})）"),
    # ③加强督查
    Style.CIRCLED: re.compile(r"([①-⑳])"),
    # 3加强督查 (its dot was lost)
    Style.ARABIC_WITHOUT_DOT: re.compile(rf"(\d{{1,2}})(?=[\u4e00-\u9fff《“])(?![{COUNTED}])"),
}


@dataclass(frozen=True)
class Marker:
    """A number at the start of a line: style, value, and the text after it."""

    style: Style
    value: int
    written: Tracked
    rest: Tracked


def markers_of(line: Line) -> list[Marker]:
    """Return every interpretation of the start of the line as a number."""
    markers = []
    for style, pattern in PATTERNS.items():
        # Whether a space follows 第三项 is only visible where spaces are kept.
        text = line.raw.stripped() if style in (Style.MATTER, Style.ORDINAL) else line.text
        found = pattern.match(text.folded)
        if not found:
            continue
        number = next(group for group in found.groups() if group)
        value = ord(number) - ord("①") + 1 if style is Style.CIRCLED else as_number(number)
        if value:
            markers.append(Marker(style, value, text[: found.end()].compact, text[found.end() :].compact))
    return markers


# Styles used for items only, if they occur in the text at all.
ITEM_STYLES = (Style.CHINESE, Style.CHINESE_ALONE, Style.MATTER)
# Those that paragraphs carry, and items where nothing else numbers them.
INNER_STYLES = (Style.ORDINAL, Style.CHINESE_IN_BRACKETS, Style.ARABIC, Style.ARABIC_IN_BRACKETS, Style.CIRCLED)


def is_item_number(line: Line) -> bool:
    """Return whether the line starts with a number of the outermost style."""
    return any(marker.style in ITEM_STYLES for marker in markers_of(line))


def marker_in_style(line: Line, style: Style) -> Marker | None:
    """Return the number of that style at the start of the line."""
    return next((marker for marker in markers_of(line) if marker.style is style), None)


class Numbering:
    """Distinguishes numbers that continue a list from those that only look like it."""

    def __init__(self) -> None:
        self._last: dict[Style, int] = {}

    def accepts(self, marker: Marker) -> bool:
        """Return whether the number starts a list or follows the last (one may be lost)."""
        last = self._last.get(marker.style, 0)
        if marker.style is Style.ARABIC_WITHOUT_DOT:
            return self._last.get(Style.ARABIC, 0) > 0 and marker.value == self._last[Style.ARABIC] + 1
        return marker.value in (1, last + 1, last + 2) and (marker.value != 2 or last > 0)

    def note(self, marker: Marker) -> None:
        """Record the number; one that lost its dot counts as one with a dot."""
        style = Style.ARABIC if marker.style is Style.ARABIC_WITHOUT_DOT else marker.style
        self._last[style] = marker.value
