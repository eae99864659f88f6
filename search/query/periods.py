"""Days that the words of a query name: 2020年8月, 2023年前三季度, 去年三月, 2025年10月至2026年1月, 近三年."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass

from minutes.parser.vocabulary.numerals import as_number

_DIGITS = "[〇零一二三四五六七八九o]"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = rf"(?P<year>\d{{4}}|{_DIGITS}{{4}})年?"
# 2019 · 2019年 · 二〇一九年五月 · 2019-05-06 · 2019.5.6 · 2019年5月份
_DAY = re.compile(
    rf"{_YEAR}(?:[-./]?(?P<month>{_NUMBER})(?:月份?)?(?:(?:[-./]|(?<=[月份]))(?P<day>{_NUMBER})[日号]?)?)?"
)
# 2023年上半年 · 2023上半年 · 2023年第一季度 · 2023年前三季度 · 2023年前8个月
_PART_OF_YEAR = re.compile(
    rf"{_YEAR}(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度"
    rf"|前(?P<quarters>[两二三23])个?季度|前(?P<months>{_NUMBER})个月)"
)
_HALVES = {"上": (1, 6), "下": (7, 12)}
# 今年 · 去年三月 · 前年下半年
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2}
# 本月 · 上个月
_MONTHS_AGO = {"本月": 0, "这个月": 0, "上月": 1, "上个月": 1}
# 近三年 · 最近半年 · 过去6个月
_LATELY = re.compile(rf"(?:最近|近|过去)(?:(?P<half>半)年|(?P<number>[两]|{_NUMBER})(?P<unit>年|个月))")
# 2020年以来 · 2021年3月以后
_SINCE = re.compile(r"(?:以来|以后|之后|至今|起)$")
# 2021年以前
_UNTIL = re.compile(r"(?:以前|之前)$")
# 2025年10月至2026年1月 · 从2023年到2024年 · 2023-2024年 · 2025年10-12月
_BETWEEN = re.compile(r"至|到|-+|~|\.{2,3}")
# 2018年和2019年
_TWO_YEARS = re.compile(r"(?P<first>.{2,4}年)[和、](?P<last>.{2,4}年)")
# 2020年至2021年期间
_MEANWHILE = re.compile(r"(?:期间|之间)$")
# 201905 · 20190506
_LONG_NUMBER = re.compile(r"\d{5,}")
# 去年三（月） · 2020年1（1月） · 2019年3月（底） · 今年（以来） · 去年（度）
_GOES_ON = re.compile(r"\d|[至到~-]|年?度|[以之]|[年月日号底前初末来]|中[旬期]|[上下]半|第?[一二三四]季")
# 2026年（2月底前）
_DEADLINE_BEHIND = re.compile(rf"{_NUMBER}月(?:{_NUMBER}[日号]|[底初末]|[上中下]旬)?[以之]?前")
# 第2019（年） · 延期到（2025年）
_BELONGS_BEFORE = re.compile(r"\d|[第至到]")
_LONGEST = 24
# Minutes of earlier years are history.
_FIRST_YEAR = 1900

_WRITTEN_YEAR = rf"(?:(?:\d{{4}}|{_DIGITS}{{4}})\s*年|[今去前]年)(?!度)"
_WRITTEN_MONTH = rf"{_NUMBER}\s*月份?(?:\s*{_NUMBER}\s*[日号])?(?![底前初末中以])"
_WRITTEN = (
    rf"(?:{_WRITTEN_YEAR}(?:\s*(?:{_WRITTEN_MONTH}|[上下]半年|第?[一二三四1-4]\s*季度|前[两二三]个?季度))?"
    rf"|(?<!\d){_WRITTEN_MONTH})"
)
# 2020 年 8 月 · 从 2023 年 到 2024 年
_WITH_BLANKS = re.compile(rf"(?:从\s*)?{_WRITTEN}(?:\s*(?:[至到~～—]+|\s-\s)\s*{_WRITTEN})?")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, inclusive; None is open."""

    first: datetime.date | None
    last: datetime.date | None

    def __str__(self) -> str:
        """Return the period in words: 2020年8月, 2023年1月至6月."""
        if self.first is None or self.last is None:
            return f"{_day(self.first)}以来" if self.first else f"{_day(self.last)}以前" if self.last else ""
        first, last = self.first, self.last
        if first == last:
            return _day(first)
        if first.day != 1 or last != _month(last.year, last.month)[1]:
            return f"{_day(first)}至{_day(last)}"
        if (first.month, last.month) == (1, 12):
            return f"{first.year}年" if first.year == last.year else f"{first.year}年至{last.year}年"
        if first.year != last.year:
            return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
        return f"{first.year}年{first.month}月" + (f"至{last.month}月" if first.month != last.month else "")


def join_dates(text: str) -> str:
    """Return the text without blanks inside dates, which are no words of their own: 2020 年 8 月."""
    return _WITH_BLANKS.sub(lambda written: "".join(written[0].split()), text)


def period_written(text: str, today: datetime.date) -> Period | None:
    """Return the days that a folded text names, or None."""
    if lately := _LATELY.fullmatch(text):
        return _lately(lately, today)
    if since := _SINCE.search(text):
        days = _days(text[: since.start()].removeprefix("自").removeprefix("从"), today)
        return Period(days[0], None) if days else None
    if until := _UNTIL.search(text):
        days = _days(text[: until.start()], today)
        return Period(None, days[0] - datetime.timedelta(days=1)) if days and days[0] > datetime.date.min else None
    if days := _days(text, today):
        return Period(*days)
    return _range(text, today)


def period_named(text: str, today: datetime.date) -> Period | None:
    """Return the days that words of a query name, or None for what is rather a number: 2356.8, 201905, 1234-2345."""
    period = None if _LONG_NUMBER.search(text) else period_written(text, today)
    if period is None or (period.first and period.last and period.first > period.last):
        return None
    years = [day.year for day in (period.first, period.last) if day]
    return period if min(years) >= _FIRST_YEAR and max(years) <= today.year + 1 else None


def period_before(text: str, today: datetime.date) -> str:
    """Return the longest beginning of a text that names a period and leaves a word, or ""."""
    for end in range(min(len(text) - 2, _LONGEST), 1, -1):
        # 2020年1 is no period where 2020年11月 stands, nor 去年三 in 去年三月; 2000 is a number.
        written, behind = text[:end], text[end:]
        goes_on = _GOES_ON.match(behind) and not (written.endswith("年") and _DEADLINE_BEHIND.match(behind))
        if not written.isdigit() and period_named(written, today) and not goes_on:
            return written
    return ""


def period_behind(text: str, today: datetime.date) -> str:
    """Return the longest end of a text that names a period and follows a word, or ""."""
    for start in range(max(2, len(text) - _LONGEST), len(text) - 1):
        if not _BELONGS_BEFORE.search(text[start - 2 : start]) and period_named(text[start:], today):
            return text[start:]
    return ""


def without_periods(text: str, today: datetime.date) -> str:
    """Return a text without the period before or behind its words: 云川市停车 of 2021年云川市停车."""
    text = text.removeprefix(period_before(text, today))
    return text.removesuffix(period_behind(text, today))


def _range(text: str, today: datetime.date) -> Period | None:
    """Return the days from one date to another, which may leave out the year or month of the first."""
    # 2019-05-06-2019-05-09: each sign may be the one between.
    for sign in _BETWEEN.finditer(text):
        first = _days(text[: sign.start()].removeprefix("从"), today)
        end = _MEANWHILE.sub("", text[sign.end() :])
        if first and (last := _days(end, today) or _days(_left_out(first) + end, today)):
            return Period(first[0], last[1])
    if both := _TWO_YEARS.fullmatch(text):
        first, last = _days(both["first"], today), _days(both["last"], today)
        if first and last and last[0].year == first[0].year + 1:
            return Period(first[0], last[1])
    return None


def _left_out(first: tuple[datetime.date, datetime.date]) -> str:
    """Return what the second date of a range need not repeat: 2025年 of a month, 2025年3月 of a day."""
    day = first[0]
    if first[0] == first[1]:
        return f"{day.year}年{day.month}月"
    return f"{day.year}年" if first[1].month != 12 or day.month != 1 else ""


def _lately(lately: re.Match[str], today: datetime.date) -> Period | None:
    number = {"两": 2}.get(lately["number"]) or as_number(lately["number"] or "六") or 0
    months = number * (12 if lately["unit"] == "年" else 1)
    month = today.year * 12 + today.month - 1 - months
    if not number or month < 12:
        return None
    first, last = _month(month // 12, month % 12 + 1)
    return Period(min(first.replace(day=min(today.day, last.day)), today), today)


def _days(text: str, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day of a year, month or day, or of a part of a year."""
    absolute = _absolute(text, today)
    if part := _PART_OF_YEAR.fullmatch(absolute):
        return _part_of_year(part)
    match = _DAY.fullmatch(absolute)
    if match is None:
        return None
    year, month, day = (as_number(match[part]) if match[part] else None for part in ("year", "month", "day"))
    try:
        first = datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if day is not None:
        return first, first
    return first, _month(first.year, 12 if month is None else month)[1]


def _part_of_year(part: re.Match[str]) -> tuple[datetime.date, datetime.date] | None:
    if part["half"]:
        first, last = _HALVES[part["half"]]
    elif part["quarter"]:
        last = 3 * (as_number(part["quarter"]) or 0)
        first = last - 2
    else:
        first, last = 1, 3 * _count(part["quarters"]) if part["quarters"] else _count(part["months"])
    year = as_number(part["year"]) or 0
    if not (1 <= year <= datetime.MAXYEAR and 1 <= last <= 12):
        return None
    return _month(year, first)[0], _month(year, last)[1]


def _count(written: str) -> int:
    return 2 if written == "两" else as_number(written) or 0


def _absolute(text: str, today: datetime.date) -> str:
    """Return the text with a year for 去年, or a month for 上个月."""
    if text in _MONTHS_AGO:
        month = today.year * 12 + today.month - 1 - _MONTHS_AGO[text]
        return f"{month // 12}年{month % 12 + 1}月"
    years = _YEARS_AGO.get(text[:2])
    return text if years is None else f"{today.year - years}年{text[2:].removeprefix('的')}"


def _month(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, month, 1), datetime.date(year, month, monthrange(year, month)[1])


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
