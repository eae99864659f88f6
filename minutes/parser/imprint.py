"""The imprint: who compiled and issued the minutes, disclosure, distribution."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from minutes.parser.head.notice import addressees_in
from minutes.parser.layout.lines import Line, line_of
from minutes.parser.source_text import Tracked, joined
from minutes.parser.types import Field
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.dates import dates_in
from minutes.parser.vocabulary.organizations import looks_like_a_unit

# 云川市人民政府办公室整理 · 云川市人民政府办公室 2021年3月9日印发
OFFICE_NAME = re.compile(labels.OFFICE)
# 分送： · 抄送： · 本期发：
DISTRIBUTION = re.compile(r"(?:分送|抄送|抄报|报送|主送|发送|本期发|发至|呈报|呈送|送|发|报|呈)：")
# 抄报：市政府办公室。抄送：县委办公室 (the second label)
ANOTHER_LIST = re.compile(rf"(?<=[。；])(?={DISTRIBUTION.pattern})")
# 云川市人民政府办公室整理
COMPILED = re.compile(r"整理")
# 2021年3月9日印发 · 云川市人民政府办公室印 · 县政府办公室编 2021年3月9日
ISSUED = re.compile(r"印发|编印|印制|印$|编发|(?<=[室厅处])编")
END_OF_RECIPIENT = "。.， "


@dataclass(frozen=True)
class Imprint:
    """The fields of the imprint."""

    compiled_by: Field[str] | None = None
    compiled_on: Field[datetime.date] | None = None
    issued_by: Field[str] | None = None
    issued_on: Field[datetime.date] | None = None
    disclosure: Field[str] | None = None
    distribution: tuple[Field[str], ...] = ()


def read_imprint(lines: list[Line]) -> Imprint:
    """Return the fields of the lines after the attendance.

    A date without 印发 belongs to the line above it.
    """
    reading = _ImprintReader()
    lists: list[list[Tracked]] = []
    listing = False
    for line in (part for whole in lines for part in _by_label(whole)):
        if label := DISTRIBUTION.match(line.folded):
            lists.append([line.text[label.end() :]])
            listing = True
        elif listing and not _ends_the_list(line, lists[-1][-1]):
            lists[-1].append(line.text)
        else:
            reading.take(line)
            listing = False
    return replace(reading.result(), distribution=_recipients(lists))


def _by_label(line: Line) -> list[Line]:
    """Return the line, or its parts if it has a further label of recipients behind a full stop."""
    starts = [0, *(found.start() for found in ANOTHER_LIST.finditer(line.folded)), len(line.text)]
    return [line_of(line.text[start:end]) for start, end in pairwise(starts)] if len(starts) > 2 else [line]


def complete_from_head(foot: Imprint, head: list[Line]) -> Imprint:
    """Complete the imprint with office, date, disclosure and addressees of the head."""
    foot = replace(
        foot,
        disclosure=foot.disclosure or _disclosure_in(head),
        distribution=foot.distribution or _addressees(head),
    )
    if foot.issued_by or foot.issued_on or foot.compiled_by:
        return foot
    lines = [line for line in head if _is_print_line(line)]
    above = read_imprint(lines)
    if above.issued_on and above.issued_by and not above.issued_by.value.endswith("政府"):
        return replace(foot, issued_by=above.issued_by, issued_on=above.issued_on)
    printed = next((date for line in lines for date in dates_in(line.text) if date.is_complete), None)
    day = printed.resolved() if printed else None
    return replace(foot, issued_on=Field(day, printed.span)) if printed and day else foot


def _disclosure_in(head: list[Line]) -> Field[str] | None:
    found = ((line, labels.DISCLOSURE.fullmatch(line.folded)) for line in head)
    return next((line.text.field(match, "text") for line, match in found if match), None)


def _addressees(head: list[Line]) -> tuple[Field[str], ...]:
    """Return the addressees of the notice above the minutes."""
    found = addressees_in(head)
    return _recipients([[joined([line.text for line in head[found.start : found.stop]]).compact[:-1]]]) if found else ()


class _ImprintReader:
    """State of parsing the imprint.

    Office and date are kept until a word says whether they compiled or issued.
    """

    def __init__(self) -> None:
        self.imprint = Imprint()
        self.office: Field[str] | None = None
        self.date: Field[datetime.date] | None = None
        self.waiting_for_date = False

    def take(self, line: Line) -> None:
        """Add the fields of a line."""
        disclosure = labels.DISCLOSURE.search(line.folded)
        if disclosure and not self.imprint.disclosure:
            self.imprint = replace(self.imprint, disclosure=line.text.field(disclosure, "text"))
        elif not disclosure and labels.IMPRINT.match(line.folded):
            return
        if name := OFFICE_NAME.search(line.folded):
            self.office = line.text.field(name)
        date = _date_in(line.text)
        self.date = date or self.date
        if COMPILED.search(line.folded):
            self.imprint = replace(self.imprint, compiled_by=self.office, compiled_on=date)
            self.waiting_for_date = True
        elif ISSUED.search(line.folded):
            self.imprint = replace(self.imprint, issued_by=self.office, issued_on=self.date)
        elif date and self.waiting_for_date:
            self.imprint = replace(self.imprint, compiled_on=date)
            self.waiting_for_date = False

    def result(self) -> Imprint:
        """Return the imprint; an office or date without 整理 or 印发 is that of issue."""
        imprint = self.imprint
        if imprint.issued_by is None and imprint.compiled_by is None and imprint.issued_on is None:
            return replace(imprint, issued_by=self.office, issued_on=self.date)
        return imprint


def _date_in(text: Tracked) -> Field[datetime.date] | None:
    """Return the first full date of a line."""
    for written in dates_in(text):
        if day := written.resolved():
            return Field(day, written.span)
    return None


def _is_print_line(line: Line) -> bool:
    """Return whether a line of the head is the issuing office or date.

    2021-03-05 is the date format of web pages.
    """
    if labels.DATE_LINE.fullmatch(line.folded):
        return line.folded.endswith("日")
    return bool(labels.OFFICE_AND_DATE.fullmatch(line.folded) or labels.ISSUED.fullmatch(line.folded))


def _ends_the_list(line: Line, above: Tracked) -> bool:
    """Return whether the line is not part of the distribution list above it.

    A group of recipients may end with a full stop; a line with further ones then ends with a mark as well.
    """
    folded = line.folded
    return bool(
        (above.folded.endswith("。") and not folded.endswith(("。", "，")))
        or labels.IMPRINT.match(folded)
        or labels.DISCLOSURE.fullmatch(folded)
        or ISSUED.search(folded)
        or OFFICE_NAME.fullmatch(folded)
        or next(dates_in(line.text), None)
    )


def _recipients(lists: list[list[Tracked]]) -> tuple[Field[str], ...]:
    """Return all recipients; the lines of a list are joined before it is split."""
    recipients = [
        part.compact.stripped(END_OF_RECIPIENT) for lines in lists for part in _recipients_of(joined(lines).compact)
    ]
    return tuple(recipient.as_field() for recipient in recipients if recipient)


def _recipients_of(listed: Tracked) -> list[Tracked]:
    """Return the recipients of a list; 、 separates them where nothing else does, and each is a unit."""
    groups = [group.stripped(END_OF_RECIPIENT) for group in listed.parts("，；。")]
    units = groups[0].parts("、") if len([group for group in groups if group]) == 1 else []
    return units if all(looks_like_a_unit(unit.folded) for unit in units) and units else groups
