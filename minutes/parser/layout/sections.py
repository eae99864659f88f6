"""Sort lines into sections by form: head, opening, items, attendance, imprint."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from minutes.parser.items.markers import ITEM_STYLES, is_item_number, markers_of
from minutes.parser.layout.lines import Line, line_of
from minutes.parser.layout.opening_lines import (
    FIRST_NUMBER_STYLES,
    SPEAKS_OF_THE_MEETING,
    begins_with_one,
    opening_end,
    opening_start,
    opens_anew,
)
from minutes.parser.source_text import NOTHING
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.labels import (
    attendance_label_of,
    fact_label_of,
    is_label,
    lists_who_came_for_a_matter,
    recorder_label_of,
)
from minutes.parser.vocabulary.verbs import STATEMENTS, any_of

# 副县长沈一舟主持会议。 · 会议还邀请部分县人大代表列席会议。
# 县领导王岚、沈一舟参加会议。 · 办公室、财务科负责人参加了相关议题的研究。 · 会议由王岚主持。 · 王岚、沈一舟列席。
ATTENDANCE_SENTENCE = re.compile(
    r"会议由[^。；，]{2,30}主持|(?!会议)[^。；，：《》]{2,30}主持会议"
    r"|(?:出席|列席|参加)(?:本次|此次)?会议的?(?:还?有|人员有?|为)[：]?[^。；]{2,400}"
    r"|(?!会议(?!还?(?:特别)?邀请)|要|由|请|各单位要|[一二三四五六七八九]是)[^。；：《》]{4,400}?(?:(?:参加|出席|列席)了?(?:本次|此次)?"
    r"(?:会议|(?:相关|有关)议题(?:的?(?:研究|讨论|汇报))?|相关议题会议)(?:，提出[^。；]{2,20})?"
    r"|(?<![要须应])(?:参加会议|参加|出席|列席|参会|到会|与会|请假))"
)
# 县领导 · 市发改委主任林望 (only who is named so can have come)
NAMES_PEOPLE = re.compile(r"主持|领导|负责人|负责同志|代表|[长任记席]|、")
# 会议议定：原则同意 · 会议听取了县水务局的汇报 (not 会议还研究了其他事项, which may be at the very end)
# 议定意见：原则同意
MEETING_STATES = re.compile(rf"会议{any_of(STATEMENTS)}|(?:会议)?(?:议定|决定|讨论|审议)(?:意见|事项|结果)：")
# 会议还研究了其他事项。 · 研究其他有关事项 (other matters, even if numbered)
OTHER_MATTERS = re.compile(
    r"(?:会议)?(?:还|另)?(?:分别)?(?:研究|审议|讨论|听取|通报)了?(?:审议|讨论)?(?:了)?(?:[^，。]{1,12}等)?其[他它](?:有关|相关)?(?:事项|工作|问题|事宜)。?"
)
# 王岚、沈一舟出席会议；周禾列席。
SENTENCE_END = re.compile(r"[。；]")

# Maximum length of a matter in an agenda; longer text is not one.
LONGEST_MATTER = 80


@dataclass
class AttendanceGroup:
    """A label of the attendance (出席, 列席 …) and the lines under it."""

    label: str
    lines: list[Line]


@dataclass
class Sections:
    """The lines of the minutes by section."""

    head: list[Line] = field(default_factory=list)
    opening: list[Line] = field(default_factory=list)
    lead_in: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    attendance: list[AttendanceGroup] = field(default_factory=list)
    record: list[Line] = field(default_factory=list)
    imprint: list[Line] = field(default_factory=list)
    labelled: dict[str, list[Line]] = field(default_factory=dict)
    attendance_prose: list[Line] = field(default_factory=list)
    further_openings: list[Line] = field(default_factory=list)


class Part(Enum):
    """The section currently being read."""

    HEAD = "head"
    LABELLED = "labelled"
    BODY = "body"
    ATTENDANCE = "attendance"
    RECORD = "record"
    IMPRINT = "imprint"


def split_sections(lines: list[Line], width: int | None) -> Sections:
    """Return the sections; every line belongs to exactly one of them."""
    start = opening_start(lines)
    end = opening_end(lines, start, width) if start is not None else 0
    opening = range(start if start is not None else end, end)
    last_of_items = max((index for index, line in enumerate(lines) if _is_of_an_item(line)), default=-1)
    builder = _SectionBuilder(opening_known=start is not None)
    for index, line in enumerate(lines):
        if index in opening:
            builder.add_opening_line(line)
        elif builder.sections.body and index < last_of_items and (group := attendance_label_of(line)):
            builder.add_item_attendance(line, group)
        elif builder.part is Part.BODY and _names_the_chair_below_the_items(lines, index):
            builder.add_chair_below(line)
        else:
            builder.add(line, lines[index - 1] if index else None)
    builder.sections.further_openings = [
        line for index, line in enumerate(lines) if index >= end and start is not None and opens_anew(lines, index)
    ]
    separate_attendance_prose(builder.sections)
    _separate_closing(builder.sections)
    return builder.sections


def _is_of_an_item(line: Line) -> bool:
    """Return whether the line can only be in the items: a start or a decision."""
    begins_an_item = is_item_number(line) and not is_label(line) and not lists_who_came_for_a_matter(line)
    return begins_an_item or MEETING_STATES.match(line.folded) is not None


class _SectionBuilder:
    """Assign lines to sections, by form first, else by the current section."""

    def __init__(self, opening_known: bool) -> None:
        self.sections = Sections()
        self.part = Part.HEAD
        self.opening_known = opening_known

    def add_opening_line(self, line: Line) -> None:
        """Add a line of the opening; the items follow it."""
        self.sections.opening.append(line)
        self.part = Part.BODY

    def add_item_attendance(self, line: Line, group: tuple[str, list[Line]]) -> None:
        """Add a line within the items that names the attendance of one item."""
        self.sections.attendance.append(AttendanceGroup(*group))
        self.sections.body.append(line)
        self.part = Part.BODY

    def add_chair_below(self, line: Line) -> None:
        """Add the line after the items that names the chair, which ends the items."""
        self.sections.labelled.setdefault("chair", []).append(line)
        self.part = Part.IMPRINT

    def add(self, line: Line, previous: Line | None) -> None:
        """Add a line, by the most certain criterion first."""
        sections = self.sections
        if group := attendance_label_of(line):
            sections.attendance.append(AttendanceGroup(group[0], [*self._head_of_its_table(), *group[1]]))
            self.part = Part.ATTENDANCE
        elif recorder := recorder_label_of(line):
            sections.record.append(recorder)
            self.part = Part.RECORD
        elif self._may_hold_facts() and (fact := fact_label_of(line)):
            sections.labelled.setdefault(fact, []).append(line)
            self.part = Part.LABELLED
        elif self.part is Part.RECORD and len(line.text) <= 4 and not labels.DATE_LINE.fullmatch(line.folded):
            sections.record.append(line)
        elif self._belongs_to_imprint(line, previous):
            sections.imprint.append(line)
            self.part = Part.HEAD if self.part is Part.HEAD else Part.IMPRINT
        elif labels.LEAD_IN.fullmatch(line.folded) and not sections.body:
            sections.lead_in.append(line)
            self.part = Part.BODY
        elif self._belongs_to_the_body(line):
            sections.body.append(line)
            self.part = Part.BODY
        else:
            self._add_to_the_current_part(line)

    def _head_of_its_table(self) -> list[Line]:
        """Remove the head of a table of the attendance from the end of the items, and return it."""
        body = self.sections.body
        is_head = self.part is Part.BODY and body and labels.TABLE_HEAD.fullmatch(body[-1].raw.folded)
        return [body.pop()] if is_head else []

    def _add_to_the_current_part(self, line: Line) -> None:
        sections = self.sections
        if self.part is Part.ATTENDANCE:
            sections.attendance[-1].lines.append(line)
        elif self.part is Part.LABELLED and self._continues_fact():
            sections.labelled[next(reversed(sections.labelled))].append(line)
        elif self.part in (Part.LABELLED, Part.HEAD):
            sections.head.append(line)
        else:
            sections.imprint.append(line)
            self.part = Part.IMPRINT

    def _continues_fact(self) -> bool:
        """Return whether a line continues the value of the last label."""
        fact = next(reversed(self.sections.labelled))
        lines = self.sections.labelled[fact]
        return fact == "agenda" or (len(lines) == 1 and lines[0].folded.endswith("："))

    def _is_of_the_agenda(self, line: Line) -> bool:
        """Return whether the line is a matter of the agenda above the opening."""
        is_below = self.part is Part.LABELLED and self._continues_fact()
        return is_below and len(line.text) <= LONGEST_MATTER and "。" not in line.folded[:-1]

    def _may_hold_facts(self) -> bool:
        """Return whether a label such as 时间： is possible here.

        Above the items, including within the attendance.
        """
        return not self.sections.body and self.part in (Part.HEAD, Part.LABELLED, Part.ATTENDANCE, Part.RECORD)

    def _belongs_to_imprint(self, line: Line, previous: Line | None) -> bool:
        folded = line.folded
        if labels.IMPRINT.match(folded):
            return True
        if self.part is Part.HEAD:
            return False
        if labels.NUMBER_BELOW.fullmatch(folded):
            return True
        if labels.ISSUED.fullmatch(folded) or (len(folded) <= 20 and labels.DISCLOSURE.fullmatch(folded)):
            return True
        # Within the items, a line with a date or an office may be part of a sentence.
        sentence_over = previous is None or previous.ends_a_sentence or self.part is not Part.BODY
        is_office = labels.OFFICE_AND_DATE.fullmatch(folded) and not self._may_be_listed(folded)
        return sentence_over and bool(labels.DATE_LINE.fullmatch(folded) or is_office)

    def _may_be_listed(self, folded: str) -> bool:
        """Return whether an office may be part of the attendance.

        王岚 县政府办公室, without a date.
        """
        ends_with_a_date = folded[-1:] == "日" or folded[-1:].isdigit()
        return self.part is Part.ATTENDANCE and "人民政府" not in folded and not ends_with_a_date

    def _belongs_to_the_body(self, line: Line) -> bool:
        """Return whether the line belongs to the items or starts them."""
        if self.part is Part.BODY:
            return True
        if self.part is Part.IMPRINT:
            return False
        if self.sections.body:
            return labels.CLOSING.match(line.folded) is not None
        if self.opening_known and (self.part is Part.HEAD or self._is_of_the_agenda(line)):
            return False
        if begins_with_one(line, ITEM_STYLES) and not line.folded.endswith("："):
            return self.part is not Part.ATTENDANCE or not lists_who_came_for_a_matter(line)
        if self.part is Part.HEAD and begins_with_one(line, FIRST_NUMBER_STYLES) and line.ends_a_sentence:
            return True
        in_prose = SPEAKS_OF_THE_MEETING.match(line.folded) and (len(line.text) > 14 or line.ends_a_sentence)
        return bool(in_prose) and self.part is not Part.HEAD


def separate_attendance_prose(sections: Sections) -> None:
    """Move attendance in prose from the end of the items to the attendance.

    It is a paragraph, or the last sentences of one.
    """
    body = sections.body
    start = len(body)
    for index in range(len(body) - 1, max(0, len(body) - 8), -1):
        if not body[index - 1].ends_a_sentence:
            continue
        if markers_of(body[index]) or not _is_attendance("".join(line.folded for line in body[index:start])):
            break
        start = index
    if start < len(body):
        sections.body, sections.attendance_prose = body[:start], body[start:]
        return
    text = body[-1].text if body else NOTHING
    stops = [index + 1 for index, char in enumerate(text.folded[:-1]) if char == "。"]
    cut = next((stop for stop in stops if _is_attendance(text.folded[stop:])), None)
    if cut:
        sections.body, sections.attendance_prose = [*body[:-1], line_of(text[:cut])], [line_of(text[cut:])]


def _is_attendance(paragraph: str) -> bool:
    """Return whether every sentence of the paragraph is on attendance only."""
    sentences = [sentence for sentence in SENTENCE_END.split(paragraph) if sentence]
    return bool(sentences) and all(
        ATTENDANCE_SENTENCE.fullmatch(sentence) and NAMES_PEOPLE.search(sentence) for sentence in sentences
    )


def _separate_closing(sections: Sections) -> None:
    """Move unnumbered matters after the last item out of the items."""
    body = sections.body = _split_off_other_matters(sections.body)
    if len(body) == 1 and OTHER_MATTERS.fullmatch(body[0].folded):
        sections.body, sections.closing = [], body
    for index in range(len(body) - 1, 0, -1):
        behind = [marker.rest for marker in markers_of(body[index]) if OTHER_MATTERS.fullmatch(marker.rest.folded)]
        if behind and index == len(body) - 1:
            sections.body, sections.closing = body[:index], [line_of(behind[0])]
            return
        if is_item_number(body[index]):
            return
        ends_the_text = not any(line is one for line in body[index:] for one in sections.further_openings)
        closes = labels.CLOSING.match(body[index].folded) or (
            index == len(body) - 1 and labels.LAST_PARAGRAPH.match(body[index].folded)
        )
        if ends_the_text and closes and body[index - 1].ends_a_sentence:
            sections.body, sections.closing = body[:index], body[index:]
            return


def _split_off_other_matters(body: list[Line]) -> list[Line]:
    """Split off a final sentence 会议还研究了其他事项 as a line of its own."""
    text = body[-1].text if body else NOTHING
    stop = text.folded.rfind("。", 0, len(text) - 1) + 1
    if not stop or not labels.CLOSING.match(text.folded, stop) or not OTHER_MATTERS.fullmatch(text.folded, stop):
        return body
    return [*body[:-1], line_of(text[:stop]), line_of(text[stop:])]


def _names_the_chair_below_the_items(lines: list[Line], index: int) -> bool:
    """Return whether the line is 主持：王岚 before attendance, recorder or imprint."""
    if fact_label_of(lines[index]) != "chair" or lines[index].ends_a_sentence:
        return False
    if index + 1 == len(lines):
        return True
    behind = lines[index + 1]
    return bool(attendance_label_of(behind) or recorder_label_of(behind) or labels.IMPRINT.match(behind.folded))
