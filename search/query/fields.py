"""Conditions on fields: 标题:老旧小区, 任务:编制预案, 牵头:市住建局, 日期:2019-01..2020-06."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange

from minutes.ingest.enums import outcome_of
from minutes.models import Outcome
from minutes.parser.vocabulary.numerals import as_number
from minutes.parser.vocabulary.verbs import outcome_kind
from search.query.nodes import Dated, Field, InField, NameRef, OneOf, Phrase, QueryError, Term, TextQuery

# Field names as typed before the colon, folded.
FIELDS = {
    "标题": "title",
    "部门": "organization",
    "牵头": "lead",
    "责任": "responsible",
    "任务": "task",
    "人员": "person",
    "文件": "document",
    "结果": "outcome",
    "年份": "year",
    "日期": "date",
}
FIELDS |= {name: name for name in FIELDS.values()}
# Former names of fields.
FIELDS["department"] = "organization"

_OUTCOMES = "、".join(outcome.label for outcome in Outcome)
_HOW_TO_WRITE_DATES = "可以写 2019、2019-05、2019-05-06 或二〇一九年五月六日，起止之间写两个点：2019-01..2020-06。"
_QUOTE_IT = "要查找这几个字本身，请给它们加上引号。"

_DIGITS = "[〇零一二三四五六七八九o]"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# 2019 · 2019年 · 二〇一九年五月 · 2019-05-06 · 2019.5.6
_DAY = re.compile(
    rf"(?P<year>\d{{4}}|{_DIGITS}{{4}})年?(?:[-./]?(?P<month>{_NUMBER})月?(?:[-./]?(?P<day>{_NUMBER})[日号]?)?)?"
)
# 2019-01..2020-06 · 2019年1月至2020年6月 · ..2020
_RANGE = re.compile(r"\.{2,3}|~|至|到")


def read_field(name: str, value: str, quoted: bool, written: str) -> Field:
    """Return the condition of a field with a value, both folded.

    Raise QueryError for an invalid value.
    """
    field = FIELDS[name]
    sought: TextQuery = Phrase(value) if quoted else Term(value)
    if field in ("title", "document", "task"):
        return Field(written, InField(field, sought))
    if field in ("organization", "lead", "responsible", "person"):
        return Field(written, NameRef(field, value))
    if field == "outcome":
        return Field(written, OneOf("outcome", _outcome(name, value)))
    return Field(written, _dates(name, value))


def _outcome(name: str, value: str) -> frozenset[str]:
    if value != Outcome.OTHER.label and outcome_kind(value) is None:
        raise QueryError(f"“{name}:{value}”查不了：议定结果只能写{_OUTCOMES}。{_QUOTE_IT}")
    return frozenset({outcome_of(value).value})


def _dates(name: str, value: str) -> Dated:
    """Return the days from the start of the first date to the end of the last."""
    times = _RANGE.split(value)
    if len(times) == 1 and FIELDS[name] == "year":
        times = value.split("-")  # 2018-2020
    if len(times) > 2 or not any(times):
        raise QueryError(f"“{name}:{value}”不是日期：{_HOW_TO_WRITE_DATES}{_QUOTE_IT}")
    first = _days(name, times[0])[0] if times[0] else None
    last = _days(name, times[-1])[1] if times[-1] else None
    if first and last and first > last:
        raise QueryError(f"“{name}:{value}”的结束早于起始：请对调。")
    return Dated(first, last)


def _days(name: str, written: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of a year, month or day."""
    match = _DAY.fullmatch(written)
    if match is None or (FIELDS[name] == "year" and match["month"]):
        wanted = "年份要写成 2019、二〇一九，或 2018..2020。" if FIELDS[name] == "year" else _HOW_TO_WRITE_DATES
        raise QueryError(f"“{name}:{written}”查不了：{wanted}{_QUOTE_IT}")
    days = days_written(written)
    if days is None:
        raise QueryError(f"“{name}:{written}”没有这一天：{_HOW_TO_WRITE_DATES}{_QUOTE_IT}")
    return days


def days_written(written: str) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day of a written year, month or day; None if it is none, or there is no such day."""
    match = _DAY.fullmatch(written)
    if match is None:
        return None
    year, month, day = (as_number(match[part]) if match[part] else None for part in ("year", "month", "day"))
    try:
        first = datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if day is not None:
        return first, first
    last_month = 12 if month is None else month
    return first, datetime.date(first.year, last_month, monthrange(first.year, last_month)[1])
