"""Group the lines of an item into paragraphs, with their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.parser.items.markers import Marker, Numbering, Style, markers_of
from minutes.parser.layout.lines import Line, line_of
from minutes.parser.source_text import NOTHING, Tracked, joined
from minutes.parser.tasks.tables import TaskRow, cells_of, columns_of, row_of
from minutes.parser.vocabulary.names import OF_NAMES, TITLE_END, is_a_likely_name

# 汇报单位：县教育局 · （提交单位：县财政局） · （传达：县政府办）
REPORTING_LABEL = re.compile(r"（?(?:汇报|提交|报送|呈报|提请|传达|通报)(?:单位|部门|人)：|（(?:汇报|传达|通报|领学)：")
# 配合单位：县财政局 · 完成时限：6月底前 (a paragraph of its own, whatever is above)
TASK_LABEL = re.compile(
    r"(?:责任|牵头|主办|承办|主责|配合|协办|参与|列席|出席)(?:单位|部门|领导|人员?)：|(?:完成|办理)(?:时限|时间)："
)
# 会议指出，防汛工作 · 会议原则同意 (a paragraph of its own even after a line that ends no sentence)
MEETING_SPEAKS = re.compile(
    r"会议(?:指出|强调|要求|认为|决定|明确|确定|议定|听取|审议|原则|(?:研究|讨论)(?:了|并|审议|同意|通过|决定)|传达学习|同意|通过)"
)
# 王岚：同意 · 沈一舟副县长：原则上同意，建议尽快实施 (what one person said, a paragraph of its own)
SPEAKER = re.compile(rf"(?P<name>[{OF_NAMES}·]{{2,4}}?)(?:同志|副?{TITLE_END})?：")
# 主办单位：县文旅局 · 责任单位：县水务局 (a line of its own, whatever follows it)
LABELLED_LINE = re.compile(r"(?:主办|承办|协办|责任|牵头|配合|参与|列席|参加)(?:单位|部门|人员)：[^。，；]{2,60}")
# 原则同意县财政局的意见 · 同意提请县人大常委会审查
DECIDES = re.compile(r"(?:原则上?)?(?:同意|通过)")
# 征求群众 · 审议并 · 会议讨论并原则 (同意 or 通过 after it continues the sentence)
GOES_ON = re.compile(r"[不未经得并，、的以可后]$|征求|群众|政府$|(?:原则|一致|予以|研究|审议|讨论)$")
# If the width is unknown, lines of this length may have been wrapped.
FULL_ENOUGH = 20


@dataclass
class RawParagraph:
    """A paragraph of an item: number, if any, and text, which may be empty.

    `row` has the cells, if the paragraph is a row of a task table.
    """

    marker: Tracked | None
    text: Tracked
    row: TaskRow | None = None
    names_columns: bool = False  # header of such a table, without tasks
    is_a_point: bool = False  # text directly after an item's number, as in a list
    is_a_vote: bool = False  # decides by number on several items, and not on the one that it is in
    is_listed: bool = False  # a further matter, cut off from those before it in the same paragraph

    @property
    def is_of_a_table(self) -> bool:
        """Return whether the paragraph is part of a task table."""
        return self.row is not None or self.names_columns


def paragraphs_of(lines: list[Line], width: int | None) -> list[RawParagraph]:
    """Return the lines as paragraphs, with their numbers."""
    paragraphs: list[tuple[Tracked | None, list[Line]]] = []
    rows: dict[int, TaskRow | None] = {}
    heads: set[int] = set()
    columns: tuple[str, ...] | None = None
    numbering = Numbering()
    previous: Line | None = None
    for line in lines:
        head = columns_of(line.raw)
        if head or (columns and len(cells_of(line.raw)) > 1):
            if head:
                heads.add(len(paragraphs))
            elif columns:
                rows[len(paragraphs)] = row_of(columns, line.raw)
            paragraphs.append((None, [line]))
            previous, columns = line, head or columns
            continue
        marker = next((marker for marker in markers_of(line) if numbering.accepts(marker)), None)
        if marker and _may_stand_behind(marker, previous):
            numbering.note(marker)
            paragraphs.append((marker.written, [line_of(marker.rest)] if marker.rest else []))
        elif columns or previous is None or _starts_paragraph(previous, line, width):
            paragraphs.append((None, [line]))
        else:
            paragraphs[-1][1].append(line)
        previous, columns = line, None
    return [
        RawParagraph(
            marker,
            joined([line.text for line in parts]).compact if parts else NOTHING,
            rows.get(index),
            index in heads,
        )
        for index, (marker, parts) in enumerate(paragraphs)
    ]


def is_opinion(text: Tracked) -> bool:
    """Return whether the text is a statement of one person: 王岚：同意."""
    speaker = SPEAKER.match(text.folded)
    return speaker is not None and is_a_likely_name(speaker["name"])


def _may_stand_behind(marker: Marker, previous: Line | None) -> bool:
    """Return whether the number can start a paragraph there.

    An ambiguous one only does after the end of a sentence.
    """
    if previous is None:
        return True
    if marker.style in (Style.CHINESE, Style.CHINESE_ALONE):
        return previous.ends_a_sentence
    if marker.style in (Style.ARABIC_WITHOUT_DOT, Style.ORDINAL):
        return previous.folded.endswith(("；", "。", "："))
    return True


def _starts_paragraph(previous: Line, line: Line, width: int | None) -> bool:
    """Return whether a line starts a new paragraph, from the end of the last one."""
    if REPORTING_LABEL.match(previous.folded):
        return True
    if not previous.fills(width) and (is_opinion(line.text) or LABELLED_LINE.fullmatch(previous.folded)):
        return True
    if line.is_a_bracketed_title or TASK_LABEL.match(line.folded):
        return True
    if DECIDES.match(line.folded) and not previous.fills(width) and not GOES_ON.search(previous.folded):
        return True
    if not previous.fills(width) and MEETING_SPEAKS.match(line.folded):
        return True
    if not previous.ends_a_sentence:
        return previous.folded.endswith("；") and not previous.fills(width)
    may_be_full = previous.fills(width) or (width is None and len(previous.text) >= FULL_ENOUGH)
    if previous.ends_paragraph is not None and may_be_full:
        return previous.ends_paragraph
    return not previous.fills(width) or line.indent >= 2
