"""Addresses of the former register of deadlines: each leads to the same state of the register of tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from minutes.filters.conditions import YEAR_UNKNOWN
from minutes.filters.tasks import Collective, DeadlineState, TaskOrder
from minutes.models import ActorRole

# ?when= of the tabs, with the order that each had.
TABS = {
    "upcoming": (DeadlineState.UPCOMING, TaskOrder.DUE),
    "past": (DeadlineState.PAST, TaskOrder.DUE_LATEST),
    "undated": (DeadlineState.UNDATED, TaskOrder.NEWEST),
}
TRANSLATED = {"when", "page", "lead", "answerable", "role", "year", "date_after", "date_before"}
FIRST_DAY, LAST_DAY = "{}-01-01", "{}-12-31"


def leads_to_tasks(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view that redirects to the address called so, under the conditions that were asked for."""

    @require_safe
    def answer(request: HttpRequest) -> HttpResponse:
        conditions = CONDITIONS[name](request.GET)
        return HttpResponsePermanentRedirect(f"{reverse(name)}?{urlencode(conditions)}")

    return answer


def for_list(asked: QueryDict) -> dict[str, str]:
    """Return the conditions and the order on tasks that mean what was asked of deadlines."""
    state, order = TABS.get(asked.get("when", ""), (DeadlineState.SOME, TaskOrder.DUE))
    conditions = {"deadline": state.value, **for_calendar(asked)}
    return conditions if order == TaskOrder.NEWEST else conditions | {"sort": order.value}


def for_calendar(asked: QueryDict) -> dict[str, str]:
    """Return the conditions on tasks, among them those of a mere crowd, which had deadlines too.

    A role that no task gives, such as that of who reported, narrows nothing.
    """
    conditions = {"collective": Collective.ALL.value}
    conditions |= {name: value for name, value in asked.items() if value and name not in TRANSLATED}
    # The unit that led or answered for the item of a deadline is now the one that its task tells.
    if unit := asked.get("lead") or asked.get("answerable"):
        conditions["organization"] = unit
    role = ActorRole.LEAD.value if asked.get("lead") else asked.get("role")
    if role in ActorRole.values:
        conditions["role"] = role
    year = asked.get("year", "")
    if year == YEAR_UNKNOWN:
        conditions["deadline"], year = DeadlineState.UNDATED.value, ""
    after = [asked.get("date_after", ""), FIRST_DAY.format(year) if year else ""]
    before = [asked.get("date_before", ""), LAST_DAY.format(year) if year else ""]
    if any(after):
        conditions["due_after"] = max(after)
    if any(before):
        conditions["due_before"] = min(filter(None, before))
    return conditions


CONDITIONS = {"tasks": for_list, "tasks-csv": for_list, "tasks-ics": for_calendar}
