"""The part of the register of tasks that a question asks for: past their deadlines, due in a period, or later."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from minutes.filters.tasks import DeadlineState
from search.query import units_meant
from search.query.params import SearchParams
from search.query.periods import due_period

_STATES = (
    # 还没到期的任务 · 哪些任务尚未到期
    (re.compile(r"(?:没有?|未|不)到期"), DeadlineState.UPCOMING, "今天以后到期的任务"),
    # 快到期的任务 · 即将到期
    (re.compile(r"(?:快要?|即将|将要?|马上|临近)(?:到期|截止)"), DeadlineState.SOON, "今后90天到期的任务"),
)
# 市住建局逾期的任务 · 哪些任务到期没完成
_PAST_DUE = re.compile(r"逾期|超期|过期|到期|(?:没有?|未)(?:按[时期])?(?:完成|办结|落实)")
# 本月到期的任务 · 明年要完成的任务 · 下个月有哪些任务截止
_DUE = re.compile(r"到期|截止|(?:完成|办[结完]|做完|落实)的?[^，。]{0,6}任务|任务[^，。]{0,8}(?:完成|办[结完]|做完)")


@dataclass(frozen=True, slots=True)
class TaskList:
    """A part of the register: its name and its URL."""

    label: str
    address: str


def tasks_asked_for(search: SearchParams) -> TaskList | None:
    """Return the tasks with the deadlines that a search asks for, of the units meant, or None."""
    for asked, state, label in _STATES:
        if asked.search(search.text):
            return _listed(label, search, {"deadline": str(state)})
    period = due_period(search.text, timezone.localdate()) if _DUE.search(search.text) else None
    if period:
        days = {"due_after": period.first, "due_before": period.last}
        return _listed(f"期限在{period}的任务", search, {name: str(day) for name, day in days.items() if day})
    if _PAST_DUE.search(search.text):
        return _listed("期限已过的任务", search, {"deadline": str(DeadlineState.PAST)})
    return None


def _listed(label: str, search: SearchParams, conditions: dict[str, str]) -> TaskList:
    units = [("organization", str(unit)) for unit in sorted(units_meant(search.query))]
    return TaskList(label, f"{reverse('tasks')}?{urlencode([*conditions.items(), *units])}")
