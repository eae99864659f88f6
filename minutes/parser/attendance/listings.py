"""Split attendance into listings: at sentence ends, sub-labels, representatives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from minutes.parser.attendance.segmentation import TITLE_WORDS, cheapest_cut
from minutes.parser.layout.lines import Line
from minutes.parser.source_text import Tracked, joined
from minutes.parser.vocabulary.labels import HEAD_CELL, TABLE_HEAD
from minutes.parser.vocabulary.names import TITLE_END, is_a_likely_name
from minutes.parser.vocabulary.organizations import is_generic, looks_like_a_unit

# （一）邀请列席： · 县直单位： · 第一至五议题： · 市  长： · （1）市领导：
SUBLABEL = re.compile(
    r"(?:（(?:[一二三四五六七八九十]{1,2}|\d{1,2})）|\d{1,2}[.、])?"
    r"(?P<label>[^：，。、\s]{0,16}?|(?<!\S)[市县区镇乡局主] {1,4}[长任])： *"
)
# （三）发改局王岚 (a number at the head of a line)
GROUP_NUMBER = re.compile(r"(?:(?<=\n)|\A)[ ]*(?:（[一二三四五六七八九十]{1,2}）|（?\d{1,2}[）.、])")
# 县直单位 · 部门列席 (a group of people, no unit)
GROUP = re.compile(r"列席|出席|参加|议题|单位|部门|直|名单|人员|乡镇|街道$|同志|领导")
# 副市长 · 市长
TITLE = re.compile(TITLE_END)
# 副 县 长  王岚 · 市  长  沈一舟 · 秘 书 长  周禾
SPREAD_TITLE = re.compile(
    r"(?<!\S)(?:副 {1,4}[市县区州镇乡] {1,4}长|[市县区州镇乡] {1,4}长|秘 {1,4}书 {1,4}长|主 {1,4}任)(?=\s)"
)
# | 12 | 县发改局 | 王岚 |
NUMBER_OF_ROW = re.compile(r"[|\s]*(?:\d{1,3}[.、]?(?=[|\s]))?[|\s]*")
# 单位 (alone on its line, in a table whose cells were copied one a line)
CELL_OF_HEAD = re.compile(rf"\s*{HEAD_CELL}\s*")
# （区级各部门主要负责人）列席有关议题 · （周禾）全程列席
ATTENDED_WORDS = re.compile(r"(?:常务|固定|全程|分别)?(?:列席|参加|出席)(?:了)?(?:会议|相关议题|有关议题|本议题)?$")
# 市检察院、云川军分区的代表
ENDS_WITH_REPRESENTATIVES = re.compile(r"代表\s*$")


@dataclass(frozen=True)
class Listing:
    """A list of units and names, with the unit or title of its sub-label."""

    text: Tracked
    unit: str | None = None
    title: str | None = None
    begins_with_its_name: bool = False


def listings_of(lines: list[Line]) -> list[Listing]:
    """Return the listings under one label of the attendance, in text order."""
    cells = list(takewhile(lambda line: CELL_OF_HEAD.fullmatch(line.raw.folded), lines))
    lines = lines[len(cells) :] if len(cells) > 1 else lines
    rows = rows_of(lines)
    names_first = _each_line_begins_with_its_name(rows)
    if len(rows) < len(lines) or names_first:
        return [Listing(_without_bars(row), begins_with_its_name=names_first) for row in rows]
    return [
        one
        for part in joined(rows).parts("。；;")
        for group in _groups_of(part)
        for piece in _split_off_representatives(_without_loose_brackets(group.text))
        for one in _by_line(replace(group, text=piece))
        if piece
    ]


def _by_line(group: Listing) -> list[Listing]:
    """Return the lines of a group of which each is a name followed by its title as listings, else the group."""
    rows = group.text.lines()
    if len(rows) == 1 or not all(map(_names_before_unit_or_title, rows)):
        return [group]
    return [replace(group, text=row.stripped(), begins_with_its_name=True) for row in rows]


def rows_of(lines: list[Line]) -> list[Tracked]:
    """Return the lines without a table header."""
    return [_close_spaced_titles(line.raw) for line in lines if not TABLE_HEAD.fullmatch(line.raw.folded)]


def _close_spaced_titles(row: Tracked) -> Tracked:
    """Remove the spaces within letter-spaced titles: 副 县 长."""
    spread = SPREAD_TITLE.finditer(row.folded)
    return row.without({index for found in spread for index in range(*found.span()) if row.chars[index].isspace()})


def _without_bars(row: Tracked) -> Tracked:
    """Remove number and bars from a table row."""
    start = NUMBER_OF_ROW.match(row.folded)
    row = row[start.end() if start else 0 :]
    return row.without({index for index, char in enumerate(row.chars) if char == "|"}).stripped()


def _each_line_begins_with_its_name(rows: list[Tracked]) -> bool:
    """Return whether each line is a name followed by its unit or title."""
    found = [_names_before_unit_or_title(row) for row in rows]
    return len(rows) > 1 and found[0] and sum(found) >= 0.5 * len(rows)


def _names_before_unit_or_title(row: Tracked) -> bool:
    """Return whether the line is a person's name followed by a unit or a title."""
    name, _, title = row.chars.strip().replace("\u3000", " ").partition(" ")
    if len(name) == 1:
        rest, _, title = title.strip().partition(" ")
        name += rest
    compact = "".join(title.split())
    if not is_a_likely_name(name):
        return False
    return TITLE_WORDS.fullmatch(compact) is not None or (" " not in title.strip() and looks_like_a_unit(compact))


def _groups_of(text: Tracked) -> Iterator[Listing]:
    """Yield the groups separated by sub-labels and numbers."""
    start, label = 0, ""
    for head in _group_heads(text):
        yield _listing_under(label, text[start : head.start()].stripped())
        start = head.end()
        label = "".join((head.groupdict().get("label") or "").split())
    yield _listing_under(label, text[start:].stripped())


def _listing_under(label: str, text: Tracked) -> Listing:
    """Return the listing with the unit or title in its sub-label."""
    if TITLE.search(label) and TITLE_WORDS.fullmatch(label):
        return Listing(text, title=label)
    return Listing(text, _unit_of_label(label))


def _group_heads(text: Tracked) -> list[re.Match[str]]:
    """Return the matches where a group within the list starts.

    At a sub-label, or at a number at the start of a line.
    """
    heads = [*SUBLABEL.finditer(text.folded), *GROUP_NUMBER.finditer(text.folded)]
    apart: list[re.Match[str]] = []
    for head in sorted(heads, key=lambda found: (found.start(), -found.end())):
        if not apart or head.start() >= apart[-1].end():
            apart.append(head)
        elif head.end() > apart[-1].end():
            apart[-1] = head
    return apart


def _unit_of_label(label: str) -> str | None:
    """Return the unit named by a sub-label, or None for a group."""
    if len(label) < 3 or is_generic(label) or GROUP.search(label):
        return None
    return label if looks_like_a_unit(label) else None


def _without_loose_brackets(text: Tracked) -> Tracked:
    """Remove enclosing brackets and words of attending from a list."""
    ending = ATTENDED_WORDS.search(text.folded)
    text = text[: ending.start()] if ending else text
    folded = text.folded
    opened, closed = folded.count("（"), folded.count("）")
    begins, ends = folded.startswith("（"), folded.endswith("）")
    if begins and ends and opened == 1:
        return text[1:-1].stripped()
    if ends and opened < closed:
        return text[:-1].stripped()
    if begins and opened > closed:
        return text[1:].stripped()
    return text


def _split_off_representatives(text: Tracked) -> list[Tracked]:
    """Split off the final lines ending in 的代表 as a list of their own."""
    if not ENDS_WITH_REPRESENTATIVES.search(text.folded):
        return [text]
    lines = text.lines()
    start = len(lines) - 1
    while start > 0 and _is_a_run_of_units(lines[start - 1]):
        start -= 1
    return [joined(lines[:start]), joined(lines[start:])]


def _is_a_run_of_units(line: Tracked) -> bool:
    """Return whether the line lists units separated by 、 only.

    Lines with units and names have spaces.
    """
    written = line.chars.strip()
    if "、" not in written or " " in written:
        return False
    parts = [part for part in line.parts("、") if part]
    if any([piece.kind for piece in cheapest_cut(part, "")] == ["unit", "name"] for part in parts):
        return False
    # 市水务局王岚、沈一舟 ends with a name; a list of units ends with a unit, or the start of one.
    return not is_a_likely_name(written.split("、")[-1])
