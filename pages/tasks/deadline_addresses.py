"""Redirect URLs of the former deadline pages to the register of tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from minutes.filters.conditions import YEAR_UNKNOWN
from minutes.filters.tasks import Collective, DeadlineState, TaskOrder
from minutes.models import ActorRole

# Values of the former ?when=, with the order of each.
TABS = {
    "upcoming": (DeadlineState.UPCOMING, TaskOrder.DUE),
    "past": (DeadlineState.PAST, TaskOrder.DUE_LATEST),
    "undated": (DeadlineState.UNDATED, TaskOrder.NEWEST),
}
TRANSLATED = {"when", "page", "lead", "answerable", "role", "year", "date_after", "date_before"}
FIRST_DAY, LAST_DAY = "{}-01-01", "{}-12-31"


def redirect_to_tasks(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return a view that redirects to this URL name, translating the parameters."""

    @require_safe
    def answer(request: HttpRequest) -> HttpResponse:
        conditions = CONDITIONS[name](request.GET)
        return HttpResponsePermanentRedirect(f"{reverse(name)}?{urlencode(conditions)}")

    return answer


def for_list(params: QueryDict) -> dict[str, str]:
    """Return the task filters and order for former deadline parameters."""
    state, order = TABS.get(params.get("when", ""), (DeadlineState.SOME, TaskOrder.DUE))
    conditions = {"deadline": state.value, **for_calendar(params)}
    return conditions if order == TaskOrder.NEWEST else conditions | {"sort": order.value}


def for_calendar(params: QueryDict) -> dict[str, str]:
    """Return the task filters, including unnamed groups, which had deadlines too.

    Roles without tasks, such as reporting, are ignored.
    """
    conditions = {"collective": Collective.ALL.value}
    conditions |= {name: value for name, value in params.items() if value and name not in TRANSLATED}
    # The unit that led or was responsible for an item is now the actor of its task.
    if unit := params.get("lead") or params.get("answerable"):
        conditions["organization"] = unit
    role = ActorRole.LEAD.value if params.get("lead") else params.get("role")
    if role in ActorRole.values:
        conditions["role"] = role
    year = params.get("year", "")
    if year == YEAR_UNKNOWN:
        conditions["deadline"], year = DeadlineState.UNDATED.value, ""
    after = [params.get("date_after", ""), FIRST_DAY.format(year) if year else ""]
    before = [params.get("date_before", ""), LAST_DAY.format(year) if year else ""]
    if any(after):
        conditions["due_after"] = max(after)
    if any(before):
        conditions["due_before"] = min(filter(None, before))
    return conditions


CONDITIONS = {"tasks": for_list, "tasks-csv": for_list, "tasks-ics": for_calendar}
