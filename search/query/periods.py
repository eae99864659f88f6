"""Days that the words of a query name: 2020年8月, 2023年上半年, 去年三月, 上个月."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange

from minutes.parser.vocabulary.numerals import as_number
from search.query.fields import days_written

# 今年 · 去年三月 · 前年下半年
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2}
# 本月 · 上个月
_MONTHS_AGO = {"本月": 0, "这个月": 0, "上月": 1, "上个月": 1}
# 2023年上半年 · 二〇二三年第一季度 · 2023年2季度
_PART_OF_YEAR = re.compile(
    r"(?P<year>\d{4}|[〇零一二三四五六七八九]{4})年(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)"
)
_MONTHS_OF = (
    {"上": (1, 6), "下": (7, 12)}
    | dict.fromkeys("一1", (1, 3))
    | dict.fromkeys("二2", (4, 6))
    | dict.fromkeys("三3", (7, 9))
    | dict.fromkeys("四4", (10, 12))
)
# 2023年5月 · 2023-05-06 (a year alone is no more than a number)
_HAS_MONTH = re.compile(r"\D\d{1,2}|月")
# 去年三（月） · 2020年1（1月） · 2019年3月（底） · 今年（以来） · 去年（度）
_GOES_ON = re.compile(r"\d|[至到—~～-]|年?度|[以之]|[月日号底前初中末]")
_LONGEST = 14
# Minutes of earlier years are history.
_FIRST_YEAR = 1900


def period_named(text: str, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of the period that a folded text names, or None."""
    absolute = _absolute(text.removesuffix("份") if text.endswith("月份") else text, today)
    if part := _PART_OF_YEAR.fullmatch(absolute):
        days = _months(as_number(part["year"]) or 0, *_MONTHS_OF[part["half"] or part["quarter"]])
    elif absolute != text or _HAS_MONTH.search(text):
        days = days_written(absolute)
    else:
        return None
    # 2356.8 is an amount.
    return days if days and _FIRST_YEAR <= days[0].year <= today.year + 1 else None


def period_before(text: str, today: datetime.date) -> str:
    """Return the longest beginning of a text that names a period and leaves a word, or ""."""
    for end in range(min(len(text) - 2, _LONGEST), 1, -1):
        # 2020年1 is no period where 2020年11月 stands, nor 去年三 in 去年三月.
        if period_named(text[:end], today) and not _GOES_ON.match(text[end:]):
            return text[:end]
    return ""


def period_called(first: datetime.date, last: datetime.date) -> str:
    """Return the period in words: 2020年8月, 2023年1月至6月."""
    if first == last:
        return f"{first.year}年{first.month}月{first.day}日"
    if first.month == last.month:
        return f"{first.year}年{first.month}月"
    if (first.month, last.month) == (1, 12):
        return f"{first.year}年"
    return f"{first.year}年{first.month}月至{last.month}月"


def _absolute(text: str, today: datetime.date) -> str:
    """Return the text with a year for 去年, or a month for 上个月."""
    if text in _MONTHS_AGO:
        month = today.year * 12 + today.month - 1 - _MONTHS_AGO[text]
        return f"{month // 12}年{month % 12 + 1}月"
    years = _YEARS_AGO.get(text[:2])
    return text if years is None else f"{today.year - years}年{text[2:].removeprefix('的')}"


def _months(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date] | None:
    if not 1 <= year <= datetime.MAXYEAR:
        return None
    return datetime.date(year, first, 1), datetime.date(year, last, monthrange(year, last)[1])
