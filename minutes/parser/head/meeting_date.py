"""The date of the meeting, completed from its context where that is certain."""

from __future__ import annotations

import datetime
import re

from minutes.parser.imprint import Imprint
from minutes.parser.layout.lines import Line
from minutes.parser.source_text import Tracked
from minutes.parser.types import Field, Problem
from minutes.parser.vocabulary.dates import WrittenDate, dates_in

# 2026年第2次常务会议 · 2026年县政府党组第3次会议 · 2026第2次 · 2026年首次
YEAR_OF_NUMBER = re.compile(
    r"((?:20|19)\d\d)(?:年?(?:第|度?首次)|年度?[\u4e00-\u9fff]{2,10}?第[一二三四五六七八九十\d]{1,3}次)"
)
# 2026年第2次 · 云府常纪〔2026〕2号
YEAR_OF_HEAD = re.compile(r"((?:20|19)\d\d)年?第|〔(20\d\d)〕")

# Minutes are printed some weeks after the meeting; after ten months, it must have been another year.
LONGEST_UNTIL_PRINT = datetime.timedelta(days=300)
# A report that gives the day of the month alone is of these days.
LONGEST_UNTIL_A_REPORT = datetime.timedelta(days=14)

DateAndProblems = tuple[Field[datetime.date] | None, list[Problem]]


def resolve_meeting_date(
    labelled: Tracked,
    about: Tracked,
    opening: Tracked,
    head: list[Line],
    printed: tuple[WrittenDate, ...],
    imprint: Imprint,
    published: datetime.date | None,
) -> DateAndProblems:
    """Return the date of the meeting, or None, and the problems with it.

    `labelled` is the text after 时间：, `about` the sentence on the meeting, `printed` the full dates of the head,
    `published` the date of the web page.
    """
    spoken = next((date for date in dates_in(about) if date.is_complete), None)
    on_label = next((date for date in dates_in(labelled) if date.is_complete), None)
    if spoken and on_label and (day := spoken.resolved()) and day != on_label.resolved():
        message = f"会议时间写{on_label.resolved()}，正文写{day}，请核对"
        return Field(day, spoken.span), [Problem("conflicting-dates", message, on_label.span)]
    text = labelled or (about if next(dates_in(about), None) else opening[:200])
    written = next(dates_in(text), None)
    if written is None:
        return _first_printed(printed)
    issued = imprint.issued_on or imprint.compiled_on
    days_printed = [issued.value if issued else None, *(date.resolved() for date in printed), published]
    return _completed(written, printed, days_printed, _year_of_the_number(about, head))


def _first_printed(printed: tuple[WrittenDate, ...]) -> DateAndProblems:
    """Return the first full date of the head, if nothing else gives a date."""
    for date in printed:
        if day := date.resolved():
            return Field(day, date.span), []
    return None, [Problem("date-missing", "没有读到会议日期，请在原文中查找并填写", None)]


def _completed(
    written: WrittenDate,
    printed: tuple[WrittenDate, ...],
    days_printed: list[datetime.date | None],
    year_hint: int | None,
) -> DateAndProblems:
    """Complete a date with its year.

    That of the same day in the head, else of the print date, else of the number.
    """
    if day := written.resolved():
        return Field(day, written.span), []
    if written.month is None:
        days = {day for printed_on in days_printed if (day := _day_just_before(written, printed_on))}
        if len(days) == 1:
            return Field(days.pop(), written.span), []
        message = f"只写了{written.day}日，月份不明，请核对原文"
        return None, [Problem("date-uncertain", message, written.span)]
    same_day = {date.resolved() for date in printed if (date.month, date.day) == (written.month, written.day)}
    candidates = (same_day - {None}) or {_last_before_print(written, days_printed) or written.resolved(year_hint)}
    if len(candidates) == 1 and (day := candidates.pop()):
        return Field(day, written.span), []
    message = f"{written.month}月{written.day}日没有写年份，上下文也不能确定，请填写"
    return None, [Problem("date-without-year", message, written.span)]


def _day_just_before(written: WrittenDate, printed_on: datetime.date | None) -> datetime.date | None:
    """Return the day of that number not long before the print, if there is one: 25日 in a report of the 26th."""
    for days in range(LONGEST_UNTIL_A_REPORT.days + 1 if printed_on else 0):
        day = printed_on - datetime.timedelta(days) if printed_on else None
        if day and day.day == written.day:
            return day
    return None


def _last_before_print(written: WrittenDate, days_printed: list[datetime.date | None]) -> datetime.date | None:
    """Return the last such day within ten months before the print date, if any."""
    for later in days_printed:
        for year in (later.year, later.year - 1) if later else ():
            day = written.resolved(year)
            if later and day and datetime.timedelta(0) <= later - day <= LONGEST_UNTIL_PRINT:
                return day
    return None


def _year_of_the_number(about: Tracked, head: list[Line]) -> int | None:
    """Return the year before the meeting number, or in the 文号."""
    found = YEAR_OF_NUMBER.search(about.folded)
    if not found:
        found = next((year for line in head if (year := YEAR_OF_HEAD.search(line.folded))), None)
    return int(next(group for group in found.groups() if group)) if found else None
