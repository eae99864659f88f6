"""Conditions on fields: 标题:老旧小区, 任务:编制预案, 牵头:市住建局, 日期:2019-01..2020-06."""

from __future__ import annotations

import re

from django.utils import timezone

from minutes.ingest.enums import outcome_of
from minutes.models import Outcome
from minutes.parser.vocabulary.verbs import outcome_kind
from search.query.nodes import Dated, Field, InField, NameRef, OneOf, Phrase, QueryError, Term, TextQuery
from search.query.periods import Period, period_written

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
_HOW_TO_WRITE_DATES = (
    "可以写 2019、2019-05、2019-05-06、二〇一九年五月六日或去年三月，起止之间写两个点：2019-01..2020-06。"
)
_HOW_TO_WRITE_YEARS = "年份要写成 2019、二〇一九、去年，或 2018..2020。"
_QUOTE_IT = "要查找这几个字本身，请给它们加上引号。"

# 2019-01..2020-06 · ..2020 · 2019～
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
    today = timezone.localdate()
    period = period_written(value, today)
    if period is None:
        times = _RANGE.split(value)
        if len(times) > 2 or not any(times):
            raise QueryError(f"“{name}:{value}”不是日期：{_HOW_TO_WRITE_DATES}{_QUOTE_IT}")
        first, last = (_end_of_range(name, time) if time else Period(None, None) for time in (times[0], times[-1]))
        period = Period(first.first, last.last)
    if period.first and period.last and period.first > period.last:
        raise QueryError(f"“{name}:{value}”的结束早于起始：请对调。")
    if FIELDS[name] == "year" and not _has_whole_years(period):
        raise QueryError(f"“{name}:{value}”查不了：{_HOW_TO_WRITE_YEARS}{_QUOTE_IT}")
    return Dated(period.first, period.last)


def _end_of_range(name: str, written: str) -> Period:
    period = period_written(written, timezone.localdate())
    if period is None:
        how_to_write = _HOW_TO_WRITE_YEARS if FIELDS[name] == "year" else _HOW_TO_WRITE_DATES
        raise QueryError(f"“{name}:{written}”不是日期，或没有这一天：{how_to_write}{_QUOTE_IT}")
    return period


def _has_whole_years(period: Period) -> bool:
    first, last = period.first, period.last
    return (first is None or (first.month, first.day) == (1, 1)) and (
        last is None or (last.month, last.day) == (12, 31)
    )
