"""The register of tasks, filtered by actor, deadline, document and so on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from minutes.filters import SortedTaskFilter
from minutes.models import Task
from pages.lists.filter_form import ListFilters, bodies_to_choose
from pages.lists.pagination import page_of
from pages.tasks.rows import rows_of, with_place

TASKS_A_PAGE = 30
# Filters that are always visible; the others are collapsed unless in use.
FIRST_CONDITIONS = ("q", "organization", "deadline", "year", "sort")


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Show the filtered tasks."""
    shown = {
        **dict.fromkeys(("q", "organization", "deadline")),
        "year": years_to_choose(),
        "sort": None,
        "body": bodies_to_choose(),
        **dict.fromkeys(("role", "leader", "kind", "collective", "no_later_record")),
    }
    filters = ListFilters(SortedTaskFilter, request.GET, Task.objects.published(), shown)
    fields = list(filters)
    page = page_of(request, with_place(filters.records), TASKS_A_PAGE)
    unordered = {name: value for name, value in filters.in_force.items() if name != "sort"}
    return render(
        request,
        "pages/tasks/tasks.html",
        {
            "filters": filters,
            "first_fields": fields[: len(FIRST_CONDITIONS)],
            "more_fields": fields[len(FIRST_CONDITIONS) :],
            "more_in_force": set(filters.in_force) - set(FIRST_CONDITIONS),
            # Feed, calendar and API have an order of their own.
            "unordered_query": f"?{urlencode(unordered)}" if unordered else "",
            "page": page,
            "rows": rows_of(page),
        },
    )


def years_to_choose() -> list[tuple[int, str]]:
    days = Task.objects.published().dates("meeting__date", "year", order="DESC")
    return [(day.year, f"{day.year}年") for day in days]
