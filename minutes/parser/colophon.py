"""The end of the minutes: recorder, who compiled and issued them and when, disclosure, distribution."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from minutes.parser.dates import dates_in
from minutes.parser.layout import Line
from minutes.parser.records import Field
from minutes.parser.labels import COLOPHON as COLOPHON_LABEL, DISCLOSURE, OFFICE
from minutes.parser.tracked import NOTHING, Tracked, joined

# 云川市人民政府办公室整理 · 云川市人民政府办公室 2021年3月9日印发
OFFICE_NAME = re.compile(OFFICE)
# 分送： · 抄送： · 本期发：
DISTRIBUTION = re.compile(r"(?:分送|抄送|抄报|报送|主送|发送|本期发|发至|呈报|呈送|送|发|报|呈)：")
COMPILED, ISSUED = re.compile(r"整理"), re.compile(r"印发|编印|印制|印$")


@dataclass(frozen=True)
class Colophon:
    compiled_by: Field[str] | None = None
    compiled_on: Field[datetime.date] | None = None
    issued_by: Field[str] | None = None
    issued_on: Field[datetime.date] | None = None
    disclosure: Field[str] | None = None
    distribution: tuple[Field[str], ...] = ()


def colophon_of(lines: list[Line]) -> Colophon:
    """What the lines after the attendance tell; a date without 印发 belongs to the line above it."""
    office: Field[str] | None = None
    date: Field[datetime.date] | None = None
    compiled_by = compiled_on = issued_by = issued_on = disclosure = None
    waiting_for_date = False
    distribution: list[Tracked] = []
    listing = False
    for line in lines:
        folded = line.folded
        if (label := DISTRIBUTION.match(folded)) or (listing and not _starts_something_else(line, distribution)):
            distribution.append(line.text[label.end() :] if label else line.text)
            if label:
                distribution.insert(len(distribution) - 1, NOTHING)
            listing = True
            continue
        listing = False
        if found := DISCLOSURE.search(folded):
            disclosure = disclosure or line.text.field(found, "text")
        elif COLOPHON_LABEL.match(folded):
            continue
        name = OFFICE_NAME.search(folded)
        office = line.text.field(name) if name else office
        written = next((d for d in dates_in(line.text) if d.resolved()), None)
        day = written.resolved() if written else None
        if written and day:
            date = Field(day, written.span)
        if COMPILED.search(folded):
            compiled_by, waiting_for_date = office, True
            compiled_on = date if day else None
        elif ISSUED.search(folded):
            issued_by, issued_on = office, date
        elif day and waiting_for_date:
            compiled_on, waiting_for_date = date, False
    if issued_by is None and compiled_by is None and office is not None:
        issued_by, issued_on = office, date
    return Colophon(compiled_by, compiled_on, issued_by, issued_on, disclosure, recipients(distribution))


def _starts_something_else(line: Line, distribution: list[Tracked]) -> bool:
    """Whether the line no longer belongs to the list of recipients above it."""
    if distribution and distribution[-1].folded.endswith("。"):
        return True
    folded = line.folded
    return bool(
        COLOPHON_LABEL.match(folded)
        or DISCLOSURE.fullmatch(folded)
        or ISSUED.search(folded)
        or OFFICE_NAME.fullmatch(folded)
        or any(True for _ in dates_in(line.text))
    )


def recipients(lines: list[Tracked]) -> tuple[Field[str], ...]:
    """Everyone the minutes go to; each label begins a new list, and lines in between are joined."""
    lists: list[list[Tracked]] = []
    for line in lines:
        if not line:
            lists.append([])
        elif lists:
            lists[-1].append(line)
    return tuple(
        part.compact.stripped("。.， ").as_field()
        for one in lists
        for part in joined(one).compact.parts("，；。")
        if part.compact.stripped("。.， ")
    )
