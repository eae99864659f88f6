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
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
# 去年三月 · 大前年
_YEAR_AGO = re.compile(r"^(?:大前|[今去前])年")
# 五年前
_YEARS_BEFORE = re.compile(rf"(?P<number>[两]|{_NUMBER})年前")
# 20年8月
_SHORT_YEAR = re.compile(r"^(?P<year>[012]\d)年(?=\d{1,2}月)")
# 3月以来 · 八月份至今
_MONTH_SINCE = re.compile(rf"(?P<month>{_NUMBER})月份?(?=以来|至今)")
# 本月 · 上个月
_MONTHS_AGO = {"本月": 0, "这个月": 0, "上月": 1, "上个月": 1}
# 近三年 · 最近半年 · 过去6个月
_LATELY = re.compile(rf"(?:最近|近|过去|这)(?:(?P<half>半)年|(?P<number>[两]|{_NUMBER})(?P<unit>年|个月))")
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
# 20190506
_DAY_IN_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
# 201905 · 123456789
_LONG_NUMBER = re.compile(r"\d{5,}")
# 去年三（月） · 2020年1（1月） · 2019年3月（底） · 今年（以来） · 去年（度）
_GOES_ON = re.compile(r"\d|[至到~-]|年?度|[以之]|[年月日号底前初末来]|中[旬期]|[上下]半|第?[一二三四]季")
# 2026年（2月底前）
_DEADLINE_BEHIND = re.compile(rf"{_NUMBER}月(?:{_NUMBER}[日号]|[底初末]|[上中下]旬)?[以之]?前")
# 第2019（年） · 延期到（2025年）
_BELONGS_BEFORE = re.compile(r"\d|[第至到]")
# 2026年（第2号）
_NUMBERED = re.compile(r"第?\d{1,4}号")
_LONGEST = 24
# Minutes of earlier years are history.
_FIRST_YEAR = 1900

_WRITTEN_YEAR = rf"(?:(?:\d{{4}}|{_DIGITS}{{4}})\s*年|(?:大前|[今去前])年)(?!度)"
_WRITTEN_MONTH = rf"{_NUMBER}\s*月份?(?:\s*{_NUMBER}\s*[日号])?(?![底前初末中以])"
_WRITTEN = (
    rf"(?:{_WRITTEN_YEAR}(?:\s*(?:{_WRITTEN_MONTH}|[上下]半年|第?[一二三四1-4]\s*季度|前[两二三]个?季度))?"
    rf"|(?<!\d){_WRITTEN_MONTH})"
)
# 本周（到期的任务）
_WEEK = re.compile(r"[本这下]个?(?:周|星期)")
# 明年（要完成的任务） · 下个月
_TO_COME = re.compile(r"明年|下个?月")
_A_DAY = datetime.timedelta(days=1)
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


def due_period(text: str, today: datetime.date) -> Period | None:
    """Return the first days that a text names, also those to come: 明年, 下个月, 本周. A month is one of this year."""
    if week := _WEEK.search(text):
        monday = today - datetime.timedelta(days=today.weekday() - 7 * (week[0][0] == "下"))
        return Period(monday, monday + datetime.timedelta(days=6))
    if to_come := _TO_COME.search(text):
        is_year = to_come[0].endswith("年")
        first = _month(today.year + 1, 1)[0] if is_year else _month(today.year, today.month)[1] + _A_DAY
        return Period(first, _month(first.year, 12 if is_year else first.month)[1])
    written = re.search(rf"这个月|本月|{_WRITTEN}|(?<!\d){_NUMBER}月", text)
    if written is None:
        return None
    named = "".join(written[0].split())
    return period_named(named, today) or period_named(f"今年{named}", today)


def join_dates(text: str) -> str:
    """Return the text without blanks inside dates, which are no words of their own: 2020 年 8 月."""
    return _WITH_BLANKS.sub(lambda written: "".join(written[0].split()), text)


def period_written(text: str, today: datetime.date) -> Period | None:
    """Return the days that a folded text names, or None."""
    if lately := _LATELY.fullmatch(text):
        return _lately(lately, today)
    if month := _MONTH_SINCE.match(text):
        number = as_number(month["month"]) or 0
        text = f"{today.year - (number > today.month)}年{text}"
    if since := _SINCE.search(text):
        days = _days(text[: since.start()].removeprefix("自").removeprefix("从"), today)
        return Period(days[0], None) if days else None
    if until := _UNTIL.search(text):
        days = _days(text[: until.start()], today)
        return Period(None, days[0] - _A_DAY) if days and days[0] > datetime.date.min else None
    if days := _days(text, today):
        return Period(*days)
    return _range(text, today)


def period_named(text: str, today: datetime.date) -> Period | None:
    """Return the days that words of a query name, or None for what is rather a number: 2356.8, 201905, 1234-2345."""
    is_number = _LONG_NUMBER.search(text) and not _DAY_IN_DIGITS.fullmatch(text)
    period = None if is_number else period_written(text, today)
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
        is_number = written.isdigit() and not _DAY_IN_DIGITS.fullmatch(written)
        if not is_number and period_named(written, today) and not goes_on:
            return written
    return ""


def period_inside(text: str, today: datetime.date) -> str:
    """Return the first period that names its year between two words, or "": 去年 of 公交去年涨价."""
    for year in re.finditer(_WRITTEN_YEAR, text):
        start = year.start()
        period = period_before(text[start:], today) if start > 1 else ""
        is_part = _BELONGS_BEFORE.search(text[:start][-2:]) or _NUMBERED.match(text[start + len(period) :])
        if period and not is_part:
            return period
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
    if before := _YEARS_BEFORE.fullmatch(text):
        return f"{today.year - _count(before['number'])}年"
    if ago := _YEAR_AGO.match(text):
        return f"{today.year - _YEARS_AGO[ago[0]]}年{text[ago.end() :].removeprefix('的')}"
    if in_digits := _DAY_IN_DIGITS.fullmatch(text):
        return "-".join(in_digits.groups())
    return _SHORT_YEAR.sub(r"20\g<year>年", text)


def _month(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, month, 1), datetime.date(year, month, monthrange(year, month)[1])


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
