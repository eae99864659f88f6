"""Lines to sections: head, opening, items, attendance, colophon. Only the form is looked at, not yet the facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from minutes.parser.items.markers import ITEM_STYLES, Style, is_item_number, markers_of
from minutes.parser.lines import Line, line_of
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.dates import DATE_FORM
from minutes.parser.vocabulary.labels import attendance_announced_by, fact_announced_by, recorder_announced_by

# 二〇二一年三月五日，王岚县长主持召开 · 召开第80次常务会议 · 会议由王岚主持，举行专题会议
MEETS = re.compile(
    r"主持召开|主持了?.{0,30}会议|召开.{0,40}(?:会议|办公会|会(?=[，。]))|主持会议|举行.{0,20}会议|现场办公"
    r"|(?:研究|协商|协调).{0,60}(?:纪要如下|明确如下|意见：|事项：)"
)
# 县领导王岚、沈一舟参加会议。 · 办公室、财务科负责人参加了相关议题的研究。 (said at the end of the items)
TELLS_WHO_CAME = re.compile(
    r"(?!会议)[^。：；《》]{4,400}(?:参加|出席|列席)了?(?:本次|此次)?"
    r"(?:会议|(?:相关|有关)议题(?:的?(?:研究|讨论|汇报))?|相关议题会议)。"
)
# 会议议定：原则同意 · 会议听取了县水务局的汇报 (not 会议还研究了其他事项, which may stand at the very end)
SAYS_OF_AN_ITEM = re.compile(r"会议(?:议定|决定|听取|审议|指出|强调|要求|同意|原则|研究|明确|认为|讨论|通过)")
# 会议还研究了其他事项。 · 研究其他有关事项 (other matters, even where they bear a number)
OTHER_MATTERS = re.compile(
    r"(?:会议)?(?:还|另)?(?:分别)?(?:研究|审议|讨论|听取|通报)了?(?:审议|讨论)?(?:了)?(?:[^，。]{1,12}等)?其[他它](?:有关|相关)?(?:事项|工作|问题|事宜)。?"
)
# 2021年3月5日上午
STARTS_WITH_DATE = re.compile(rf"{DATE_FORM}.{{2}}")
# 会议听取了县水务局关于防汛准备情况的汇报。 · 现将主要内容纪要如下：
SPEAKS_OF_THE_MEETING = re.compile(r"会议|会上|会前|现将|为|根据|按照")
# 由县民政局负责， (a sentence; a heading has none of these)
PUNCTUATION = re.compile(r"[。，；：]")

# The numbers that may begin the items of minutes, or the first paragraph of a text without items.
FIRST_NUMBER_STYLES = (*ITEM_STYLES, Style.CHINESE_IN_BRACKETS, Style.ARABIC)


@dataclass
class AttendanceGroup:
    """A label of the attendance (出席, 列席 …) and the lines under it."""

    label: str
    lines: list[Line]


@dataclass
class Sections:
    """The lines of the minutes, told apart by what part they belong to."""

    head: list[Line] = field(default_factory=list)
    opening: list[Line] = field(default_factory=list)
    lead_in: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    attendance: list[AttendanceGroup] = field(default_factory=list)
    record: list[Line] = field(default_factory=list)
    colophon: list[Line] = field(default_factory=list)
    labelled: dict[str, list[Line]] = field(default_factory=dict)
    who_came: list[Line] = field(default_factory=list)


class Part(Enum):
    """The part of the minutes that the reading has come to."""

    HEAD = "head"
    LABELLED = "labelled"
    BODY = "body"
    ATTENDANCE = "attendance"
    RECORD = "record"
    COLOPHON = "colophon"


def divided(lines: list[Line], width: int | None) -> Sections:
    """The sections of the minutes; every line goes into exactly one of them."""
    start = _opening_start(lines)
    end = _opening_end(lines, start, width) if start is not None else 0
    opening = range(start if start is not None else end, end)
    last_of_items = max((index for index, line in enumerate(lines) if SAYS_OF_AN_ITEM.match(line.folded)), default=-1)
    filing = _Filing(opening_known=start is not None)
    for index, line in enumerate(lines):
        if index in opening:
            filing.add_to_the_opening(line)
        elif filing.sections.body and index < last_of_items and (group := attendance_announced_by(line)):
            filing.add_who_came_to_the_item(line, group)
        else:
            filing.add(line, lines[index - 1] if index else None)
    _set_apart_who_came(filing.sections)
    _set_the_closing_apart(filing.sections)
    return filing.sections


class _Filing:
    """Puts line after line where it belongs: by its own form first, else by the part it stands in."""

    def __init__(self, opening_known: bool) -> None:
        self.sections = Sections()
        self.part = Part.HEAD
        self.opening_known = opening_known

    def add_to_the_opening(self, line: Line) -> None:
        """Files a line of the opening; the items follow it."""
        self.sections.opening.append(line)
        self.part = Part.BODY

    def add_who_came_to_the_item(self, line: Line, group: tuple[str, list[Line]]) -> None:
        """Files a line that tells amid the items who came to one of them: it is a paragraph of that item too."""
        self.sections.attendance.append(AttendanceGroup(*group))
        self.sections.body.append(line)
        self.part = Part.BODY

    def add(self, line: Line, previous: Line | None) -> None:
        """Files a line; the questions are asked in the order in which their answers are certain."""
        sections = self.sections
        if group := attendance_announced_by(line):
            sections.attendance.append(AttendanceGroup(*group))
            self.part = Part.ATTENDANCE
        elif recorder := recorder_announced_by(line):
            sections.record.append(recorder)
            self.part = Part.RECORD
        elif self._may_tell_facts() and (fact := fact_announced_by(line)):
            sections.labelled.setdefault(fact, []).append(line)
            self.part = Part.LABELLED
        elif self.part is Part.RECORD and len(line.text) <= 4 and not labels.DATE_LINE.fullmatch(line.folded):
            sections.record.append(line)
        elif self._belongs_to_the_colophon(line, previous):
            sections.colophon.append(line)
            self.part = Part.HEAD if self.part is Part.HEAD else Part.COLOPHON
        elif labels.LEAD_IN.fullmatch(line.folded) and not sections.body:
            sections.lead_in.append(line)
            self.part = Part.BODY
        elif self._belongs_to_the_body(line):
            sections.body.append(line)
            self.part = Part.BODY
        else:
            self._add_to_the_current_part(line)

    def _add_to_the_current_part(self, line: Line) -> None:
        sections = self.sections
        if self.part is Part.ATTENDANCE:
            sections.attendance[-1].lines.append(line)
        elif self.part is Part.LABELLED and self._still_tells_the_fact():
            sections.labelled[next(reversed(sections.labelled))].append(line)
        elif self.part in (Part.LABELLED, Part.HEAD):
            sections.head.append(line)
        else:
            sections.colophon.append(line)
            self.part = Part.COLOPHON

    def _still_tells_the_fact(self) -> bool:
        """Whether a further line belongs to the last label: an agenda has many, a time or a chair only an own line."""
        fact = next(reversed(self.sections.labelled))
        lines = self.sections.labelled[fact]
        return fact == "agenda" or (len(lines) == 1 and lines[0].folded.endswith("："))

    def _may_tell_facts(self) -> bool:
        """Whether a label such as 时间： may stand here: above the items, also amid the attendance."""
        return not self.sections.body and self.part in (Part.HEAD, Part.LABELLED, Part.ATTENDANCE, Part.RECORD)

    def _belongs_to_the_colophon(self, line: Line, previous: Line | None) -> bool:
        folded = line.folded
        if labels.COLOPHON.match(folded):
            return True
        if self.part is Part.HEAD:
            return False
        if labels.NUMBER_BELOW.fullmatch(folded):
            return True
        if labels.ISSUED.fullmatch(folded) or (len(folded) <= 20 and labels.DISCLOSURE.fullmatch(folded)):
            return True
        # Within the items a line that is a date or an office may be the middle of a sentence.
        sentence_over = previous is None or previous.ends_a_sentence or self.part is not Part.BODY
        is_office = labels.OFFICE_AND_DATE.fullmatch(folded) and not self._may_be_listed(folded)
        return sentence_over and bool(labels.DATE_LINE.fullmatch(folded) or is_office)

    def _may_be_listed(self, folded: str) -> bool:
        """Whether an office may stand in a list of those who came: 王岚 县政府办公室, without a date."""
        ends_with_a_date = folded[-1:] == "日" or folded[-1:].isdigit()
        return self.part is Part.ATTENDANCE and "人民政府" not in folded and not ends_with_a_date

    def _belongs_to_the_body(self, line: Line) -> bool:
        """Whether the line stands in the items or begins them (or their end, where items stand already)."""
        if self.part is Part.BODY:
            return True
        if self.part is Part.COLOPHON:
            return False
        if self.sections.body:
            return labels.CLOSING.match(line.folded) is not None
        if self.part is Part.HEAD and self.opening_known:
            return False
        if _begins_with_one(line, ITEM_STYLES) and not line.folded.endswith("："):
            return True
        if self.part is Part.HEAD and _begins_with_one(line, FIRST_NUMBER_STYLES) and line.ends_a_sentence:
            return True
        in_prose = SPEAKS_OF_THE_MEETING.match(line.folded) and (len(line.text) > 14 or line.ends_a_sentence)
        return bool(in_prose) and self.part is not Part.HEAD


def _set_apart_who_came(sections: Sections) -> None:
    """Moves the paragraph that only tells who came out of the end of the items."""
    body = sections.body
    for index in range(len(body) - 1, max(0, len(body) - 8), -1):
        if not body[index - 1].ends_a_sentence:
            continue
        if markers_of(body[index]) or not TELLS_WHO_CAME.fullmatch("".join(line.folded for line in body[index:])):
            return
        sections.body, sections.who_came = body[:index], body[index:]
        return


def _set_the_closing_apart(sections: Sections) -> None:
    """Moves what is told after the last item, without a number, out of the items; other matters even with one."""
    body = sections.body
    for index in range(len(body) - 1, 0, -1):
        behind = [marker.rest for marker in markers_of(body[index]) if OTHER_MATTERS.fullmatch(marker.rest.folded)]
        if behind and index == len(body) - 1:
            sections.body, sections.closing = body[:index], [line_of(behind[0])]
            return
        if is_item_number(body[index]):
            return
        if labels.CLOSING.match(body[index].folded) and body[index - 1].ends_a_sentence:
            sections.body, sections.closing = body[:index], body[index:]
            return


def _opening_start(lines: list[Line]) -> int | None:
    """The index of the line with which the opening begins: who met when, under whom."""
    first_number = next((index for index, line in enumerate(lines) if is_item_number(line)), len(lines))
    head = [index for index in range(first_number) if not labels.COLOPHON.match(lines[index].folded)]
    dated = next((index for index in head if _begins_with_the_day(lines, index)), None)
    if dated is not None:
        return dated
    for index, line in enumerate(lines):
        folded = line.folded
        if labels.COLOPHON.match(folded) or fact_announced_by(line):
            continue
        if MEETS.search(folded) and len(folded) >= 12 and not folded.endswith("纪要"):
            return _back_to_the_start_of_the_sentence(lines, index)
    return None


def _begins_with_the_day(lines: list[Line], index: int) -> bool:
    """Whether the line begins a sentence that tells on which day a meeting was held."""
    folded = lines[index].folded
    if labels.DATE_LINE.fullmatch(folded) or labels.ISSUED.fullmatch(folded):
        return False
    # A date that the line break cut is read with the line that follows.
    dated = folded if len(folded) > 10 or index + 1 == len(lines) else folded + lines[index + 1].folded
    if len(dated) < 8 or not STARTS_WITH_DATE.match(dated):
        return False
    sentence = "".join(line.folded for line in lines[index : index + 5]).split("。")[0]
    return MEETS.search(sentence[:400]) is not None


def _back_to_the_start_of_the_sentence(lines: list[Line], index: int) -> int:
    """The index of the first of the full lines that lead to this one without a sentence ending."""
    while index > 0 and len(lines[index - 1].text) >= 16 and not lines[index - 1].ends_a_sentence:
        previous = lines[index - 1].folded
        if previous.endswith(("纪要", "号", "次")) or "：" in previous[:6]:
            break
        index -= 1
    return index


def _opening_end(lines: list[Line], start: int, width: int | None) -> int:
    """The index behind the opening's last line: it ends before the items, a lead-in, or with its paragraph."""
    has_numbers = any(_is_first_number(line) for line in lines[start + 1 :])
    for index in range(start + 1, len(lines)):
        line, previous = lines[index], lines[index - 1]
        if _is_first_number(line) or labels.LEAD_IN.fullmatch(line.folded) or attendance_announced_by(line):
            return index
        if previous.ends_a_sentence and _begins_something_new(line, previous, width, has_numbers):
            return index
    return len(lines)


def _begins_something_new(line: Line, previous: Line, width: int | None, has_numbers: bool) -> bool:
    """Whether a line behind a finished sentence no longer belongs to the opening."""
    paragraph_over = not previous.fills(width) or line.indent >= 2
    if not paragraph_over:
        return not has_numbers and SPEAKS_OF_THE_MEETING.match(line.folded) is not None
    is_heading = len(line.text) <= 40 and not PUNCTUATION.search(line.folded)
    speaks_of_the_meeting = SPEAKS_OF_THE_MEETING.match(line.folded) is not None
    return not has_numbers or is_heading or speaks_of_the_meeting or previous.folded.endswith("：")


def _is_first_number(line: Line) -> bool:
    return _begins_with_one(line, FIRST_NUMBER_STYLES) and not attendance_announced_by(line)


def _begins_with_one(line: Line, styles: tuple[Style, ...]) -> bool:
    """Whether the number one of any of the styles stands at the head of the line."""
    return any(marker.value == 1 and marker.style in styles for marker in markers_of(line))
