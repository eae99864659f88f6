"""Tasks of each unit of a body by year, with deadlines and later records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.documents.later_records import concerns_a_document, has_later_record
from minutes.filters.tasks import with_deadline
from minutes.models import Body, Organization, Task, TaskActor
from pages.charts.ranking import Ranking, ranking_of
from pages.chosen_body import requested_body
from pages.lists.pagination import page_of

UNITS_A_PAGE = 60
UNITS_IN_CHART = 15
# Number of year columns; earlier years are combined.
MOST_YEARS = 8
EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its number of tasks by year and in total.

    Also those with a deadline, about a document, and with a later record.
    """

    unit: Organization
    by_year: list[tuple[int | str | None, int]]
    total: int
    with_deadline: int
    about_document: int
    come_up_again: int


@require_safe
def by_unit(request: HttpRequest) -> HttpResponse:
    """Show the units of a body, the one with the most tasks first."""
    bodies = list(Body.objects.published().order_by("name"))
    body = requested_body(request, bodies)
    context = {"bodies": bodies, "body": body}
    if body:
        counts = count_by_unit_and_year(tasks_of(body))
        totals = Counter()
        for (unit, _), count in counts.items():
            totals[unit] += count
        order = sorted(totals, key=lambda unit: (-totals[unit], unit))
        page = page_of(request, order, UNITS_A_PAGE)
        years = columns_of(counts)
        context |= {
            "page": page,
            "years": years,
            "rows": rows_of_units(list(page), years, counts, tasks_of(body)),
            "chart": chart_of(order[:UNITS_IN_CHART], totals, tasks_of(body)),
        }
    return render(request, "pages/tasks/by_unit.html", context)


def tasks_of(body: Body) -> QuerySet[Task]:
    return Task.objects.published().filter(meeting__body=body, collective=False)


def count_by_unit_and_year(tasks: QuerySet[Task]) -> dict[tuple[int, int | None], int]:
    """Count the tasks of each unit and year, in any role."""
    actors = TaskActor.objects.filter(task__in=tasks.order_by(), organization__isnull=False).order_by()
    rows = actors.values_list("organization", ExtractYear("task__meeting__date")).annotate(Count("task", distinct=True))
    return {(unit, year): count for unit, year, count in rows}


def count_by_unit(tasks: QuerySet[Task], units: list[int]) -> dict[int, int]:
    actors = TaskActor.objects.filter(task__in=tasks.order_by(), organization__in=units).order_by()
    return dict(actors.values_list("organization").annotate(Count("task", distinct=True)))


def columns_of(counts: dict[tuple[int, int | None], int]) -> list[int | str | None]:
    """Return the columns: years, latest first, earlier ones, and undated tasks."""
    known = sorted({year for _, year in counts if year}, reverse=True)
    columns: list[int | str | None] = [*known[:MOST_YEARS]]
    if len(known) > MOST_YEARS:
        columns.append(EARLIER)
    return [*columns, None] if any(year is None for _, year in counts) else columns


def rows_of_units(
    units: list[int], years: list[int | str | None], counts: dict[tuple[int, int | None], int], tasks: QuerySet[Task]
) -> list[UnitRow]:
    names = Organization.objects.in_bulk(units)
    dated = count_by_unit(tasks.filter(with_deadline()), units)
    about = count_by_unit(tasks.filter(concerns_a_document()), units)
    again = count_by_unit(tasks.filter(has_later_record()), units)
    rows = []
    for unit in units:
        of_unit: Counter[int | str | None] = Counter()
        for (each, year), count in counts.items():
            if each == unit:
                of_unit[year if year in years else EARLIER] += count
        by_year = [(year, of_unit[year]) for year in years]
        rows.append(
            UnitRow(names[unit], by_year, of_unit.total(), dated.get(unit, 0), about.get(unit, 0), again.get(unit, 0))
        )
    return rows


def chart_of(units: list[int], totals: Counter[int], tasks: QuerySet[Task]) -> Ranking:
    """Return a chart of the units with the most tasks, with deadlines filled."""
    names = Organization.objects.in_bulk(units)
    dated = count_by_unit(tasks.filter(with_deadline()), units)
    return ranking_of((names[unit].name, totals[unit], dated.get(unit, 0)) for unit in units)
