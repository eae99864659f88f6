"""The tasks of an organization: by year, with partners, and the latest ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from minutes.filters.tasks import TaskOrder, in_order, with_deadline
from minutes.models import Organization, Task, TaskActor
from minutes.models.prepared import prepared
from pages.charts.bars import BarRow, bar_rows, latest_years
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
    counts = {(year, ALL): count for year, count in _by_year(organization.pk)}
    total = sum(counts.values())
    counts |= {(year, DATED): count for year, count in _dated_by_year(organization.pk)}
    latest = rows_of(_latest(organization.pk))
    return OrganizationTasks(
        total, bar_rows(latest_years(counts), (ALL, DATED), counts), partners_of(organization), latest
    )


def partners_of(organization: Organization) -> list[tuple[Organization, int]]:
    """Return the other units of these tasks, with the most tasks first."""
    counts = _partners(organization.pk)
    units = Organization.objects.in_bulk([unit for unit, _ in counts])
    return [(units[unit], count) for unit, count in counts]


def _tasks_of(organization: int) -> QuerySet[Task]:
    given = TaskActor.objects.filter(organization=organization).order_by().values("task")
    return Task.objects.published_each().filter(pk__in=given)


@prepared
def _by_year(organization: int) -> QuerySet:
    tasks = _tasks_of(organization).order_by()
    return tasks.values_list(ExtractYear("meeting__date")).annotate(Count("pk"))


@prepared
def _dated_by_year(organization: int) -> QuerySet:
    tasks = _tasks_of(organization).filter(with_deadline()).order_by()
    return tasks.values_list(ExtractYear("meeting__date")).annotate(Count("pk"))


@prepared
def _latest(organization: int) -> QuerySet[Task]:
    return with_place(in_order(_tasks_of(organization), TaskOrder.NEWEST))[:LATEST]


@prepared
def _partners(organization: int) -> QuerySet:
    beside = TaskActor.objects.filter(task__in=_tasks_of(organization).order_by(), organization__isnull=False)
    return (
        beside.exclude(organization=organization)
        .order_by()
        .values_list("organization")
        .annotate(count=Count("task", distinct=True))
        .order_by("-count", "organization")[:PARTNERS]
    )
