"""The tasks of an organization: by year, with partners, and the latest ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from minutes.filters.tasks import TaskOrder, in_order, with_deadline
from minutes.models import Organization, Task, TaskActor
from pages.charts.bars import BarRow, bar_rows
from pages.tasks.rows import TaskRow, rows_of, with_place

LATEST, PARTNERS = 10, 12
ALL, DATED = "all", "dated"


@dataclass(frozen=True, slots=True)
class OrganizationTasks:
    """The tasks of a unit.

    `partners` are the other units of the same tasks, with the number of tasks.
    """

    count: int
    by_year: list[BarRow]
    partners: list[tuple[Organization, int]]
    latest: list[TaskRow]


def tasks_of_organization(organization: Organization) -> OrganizationTasks:
    """Return the tasks given to a unit by published meetings."""
    mine = Task.objects.published().filter(pk__in=organization.task_actors.order_by().values("task"))
    counts = {(year, ALL): count for year, count in count_by_year(mine)}
    total = sum(counts.values())
    counts |= {(year, DATED): count for year, count in count_by_year(mine.filter(with_deadline()))}
    years = sorted({year for year, _ in counts}, key=lambda year: year or 0, reverse=True)
    return OrganizationTasks(
        total,
        bar_rows(years, (ALL, DATED), counts),
        partners_of(organization, mine),
        rows_of(with_place(in_order(mine, TaskOrder.NEWEST))[:LATEST]),
    )


def count_by_year(tasks: QuerySet[Task]) -> QuerySet:
    return tasks.order_by().values_list(ExtractYear("meeting__date")).annotate(Count("pk"))


def partners_of(organization: Organization, tasks: QuerySet[Task]) -> list[tuple[Organization, int]]:
    """Return the other units of these tasks, with the most tasks first."""
    beside = TaskActor.objects.filter(task__in=tasks.order_by(), organization__isnull=False)
    counts = (
        beside.exclude(organization=organization)
        .order_by()
        .values_list("organization")
        .annotate(count=Count("task", distinct=True))
        .order_by("-count", "organization")[:PARTNERS]
    )
    units = Organization.objects.in_bulk([unit for unit, _ in counts])
    return [(units[unit], count) for unit, count in counts]
