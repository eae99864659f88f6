"""Read minutes written in a form: a cell with a label, and beside it what belongs to it."""

from __future__ import annotations

import re

from minutes.parser.source_text import Tracked

WORDS = (
    *("名称", "时间", "日期", "地点", "主持人", "主持", "召集人", "记录人", "记录", "议题", "议程", "主题"),
    *("出席", "列席", "缺席", "请假", "参会", "参加", "与会", "到会"),
)
ANY_WORD = "|".join(r"\s*".join(word) for word in WORDS)
OF_A_MEETING = r"(?:会\s*议|召\s*开)\s*"
OF_WHOM = r"\s*(?:人\s*员|领\s*导|单\s*位|部\s*门)"
# 时 间 · 会议地点 · 主 持 人 · 参会人员 (part of other expressions; the characters may be spread over the cell)
LABEL = rf"(?:{OF_A_MEETING})?(?:{ANY_WORD})(?:{OF_WHOM})?"
# 会议时间 · 主持人 · 参会人员 (too long to stand between blanks for another reason)
LONG_LABEL = rf"(?={LABEL} )[\u4e00-\u9fff]{{3,6}}"
# 会议时间  2021年3月5日  会议地点  市政府会议室 · 主 持 人  王岚 · 出席  王岚  沈一舟
# 时间 2021年3月5日 · 会议地点 市政府会议室 主持人 王岚 (with one blank, as PDF files have between cells)
CELL_WITH_LABEL = re.compile(
    rf"(?:(?:^\s*|(?<=\S)\s{{2,}}){LABEL}(?P<wide>\s{{2,}})"
    rf"|(?:^ *(?={LABEL} )[\u4e00-\u9fff]{{2,6}}|(?<=\S) {LONG_LABEL})(?P<narrow> ))(?=\S)(?!{LABEL}\s)"
)
# 会议内容 · 议定事项 (a cell with paragraphs, which are lines of their own)
CELL_WITH_PARAGRAPHS = re.compile(r"\s*(?:会议)?(?:(?:纪要|主要)?内容|议定事项)\s*")
# With fewer labels, it may be a list of names, or the head of a table, which a PDF repeats on each page.
FEWEST_LABELS = 3


def with_colons(lines: list[Tracked]) -> list[Tracked]:
    """Return the lines of a form with a colon after each label, as in running text."""
    found = [[*CELL_WITH_LABEL.finditer(line.folded)] for line in lines]
    different = {"".join(label[0].split()) for labels in found for label in labels}
    if len(different) < FEWEST_LABELS:
        return lines
    return [_with_colons(line, labels) for line, labels in zip(lines, found, strict=True)]


def _with_colons(line: Tracked, labels: list[re.Match[str]]) -> Tracked:
    gaps = [label.span(label.lastgroup or 0) for label in labels]
    if CELL_WITH_PARAGRAPHS.fullmatch(line.folded):
        gaps = [(len(line.chars.rstrip()), len(line))]
    for start, end in reversed(gaps):
        before, after = line[:start], line[end:]
        # The colon stands for the gap, which is empty at the end of a line.
        place = before.ends[-1]
        line = Tracked(
            f"{before.chars}：{after.chars}",
            (*before.starts, place, *after.starts),
            (*before.ends, max(place, line.ends[end - 1]), *after.ends),
        )
    return line
