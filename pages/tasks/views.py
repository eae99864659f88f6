import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minutes.deadlines import past, standing, undated, upcoming, with_items
from minutes.filters import DeadlineFilter
from minutes.models import Deadline
from pages.lists.filters import Narrowing, bodies_to_choose
from pages.lists.pagination import page_of

DEADLINES_A_PAGE = 30
UPCOMING, PAST, UNDATED = "upcoming", "past", "undated"
WHEN = {UPCOMING: "今天以后", PAST: "已过日期", UNDATED: "日期未定"}


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """List the deadlines: upcoming, past and undated."""
    today = timezone.localdate()
    shown = {"answerable": None, "year": years_to_choose(), "body": bodies_to_choose()}
    asked = Narrowing(DeadlineFilter, request.GET, Deadline.objects.published(), shown)
    groups = grouped(asked.records, today)
    counts = {when: rows.count() for when, rows in groups.items()}
    when = request.GET.get("when")
    if when not in WHEN:
        when = next((each for each in WHEN if counts[each]), UPCOMING)
    page = page_of(request, with_items(groups[when]), DEADLINES_A_PAGE)
    return render(
        request,
        "pages/tasks/deadlines.html",
        {
            "asked": asked,
            "today": today,
            "when": when,
            "tabs": [(each, WHEN[each], counts[each]) for each in WHEN],
            "page": page,
            "standing": standing(page, today),
        },
    )


def years_to_choose() -> list[tuple[int, str]]:
    return [(day.year, f"{day.year}年") for day in Deadline.objects.published().dates("date", "year", order="DESC")]


def grouped(deadlines: QuerySet[Deadline], today: datetime.date) -> dict[str, QuerySet[Deadline]]:
    """Split the deadlines at today."""
    return {UPCOMING: upcoming(deadlines, today), PAST: past(deadlines, today), UNDATED: undated(deadlines)}
