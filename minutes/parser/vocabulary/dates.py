"""Dates in minutes, completed from their context where that is certain."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes.parser.source_text import Tracked
from minutes.parser.types import Span
from minutes.parser.vocabulary.numerals import YEAR_DIGITS, as_number

# 12 · 十二 · 廿三 (a day, month or quarter; part of other expressions)
NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"

# The same without names, part of other expressions: 2021年3月5日 · 二〇二一年三月五日 · 2021-03-05
DATE_FORM = (
    rf"(?:(?:\d{{4}}|[{YEAR_DIGITS}]{{4}})年(?:{NUMBER}月)?{NUMBER}日|{NUMBER}月{NUMBER}(?:[日号]|(?=[上下]午|，(?!\d)))"
    r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
)

# 3月5上午 (cut short; not 云川3月5日电, when it was reported)
# 2021年3月5日 · 二〇二一年三月五日 · 3月5日 · 3月5号 · 5日 · 2021-03-05 · 2021.3.5
DATE = re.compile(
    rf"(?:(?P<year>\d{{4}}|[{YEAR_DIGITS}]{{4}})年)?"
    rf"(?:(?P<month>{NUMBER})月)?(?P<day>{NUMBER})(?:日(?!电)|(?:(?<=月\d)|(?<=月\d\d))(?:号|(?=[上下]午|，(?!\d))))"
    r"|(?P<y>(?:19|20)\d\d)(?P<mark>[-./])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?!\d)"
)


@dataclass(frozen=True)
class WrittenDate:
    """A date as written; year and month may be missing."""

    year: int | None
    month: int | None
    day: int
    span: Span
    start: int
    end: int

    @property
    def is_complete(self) -> bool:
        """Return whether year and month are given."""
        return self.year is not None and self.month is not None

    def resolved(self, year: int | None = None, month: int | None = None) -> datetime.date | None:
        """Return the date completed with year and month.

        None if one is still missing, or for an impossible date.
        """
        year, month = self.year or year, self.month or month
        if year is None or month is None:
            return None
        try:
            return datetime.date(year, month, self.day)
        except ValueError:
            return None


def dates_in(text: Tracked) -> Iterator[WrittenDate]:
    """Yield every date in a compact text, in order."""
    for found in DATE.finditer(text.folded):
        year, month, day = found["year"] or found["y"], found["month"] or found["m"], found["day"] or found["d"]
        if year and not found["y"] and not found["month"]:
            continue
        yield WrittenDate(
            as_number(year) if year else None,
            as_number(month) if month else None,
            as_number(day) or 0,
            text.span_of(found),
            found.start(),
            found.end(),
        )


def last_day_of_month(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)
