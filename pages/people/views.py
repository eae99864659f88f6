import datetime
from collections.abc import Iterable
from string import ascii_lowercase
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractYear, Substr
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from minutes.filters import PersonFilter
from minutes.filters.tasks import TaskOrder, in_order
from minutes.models import Attendance, AttendanceRole, Meeting, Person, Task, TaskActor
from minutes.models.bodies import PEOPLE_BY_NAME
from minutes.models.prepared import first_or_404, prepared
from pages.charts.bars import BarRow, bar_rows, latest_years
from pages.lists.filter_form import ListFilters, bodies_to_choose
from pages.lists.pagination import page_of
from pages.redirects import redirect_merged
from pages.tasks.rows import rows_of, with_place

PEOPLE_A_PAGE = 100
MEETINGS_A_PAGE = 50
OF_THE_SAME_NAME = 20
TASKS_SHOWN = 10


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people named in published minutes by name, filtered."""
    bodies = bodies_to_choose()
    shown = {"name": None, "body": bodies, "organization": None}
    people = Person.objects.published().select_related("organization", "body")
    filters = ListFilters(PersonFilter, request.GET, people, shown)
    counts = count_by_initial(filters)
    chosen = filters.in_force.get("initial")
    found = counts.get(chosen, 0) if chosen else sum(counts.values())
    page = page_of(request, filters.records.order_by(*PEOPLE_BY_NAME), PEOPLE_A_PAGE, found)
    add_dates(page.object_list)
    context = {
        "page": page,
        "filters": filters,
        "several_bodies": len(bodies) > 1,
        "initials": initials(filters, counts),
    }
    return render(request, "pages/people/people.html", context)


class Initial(NamedTuple):
    """An initial letter in pinyin, the number of people, and the URL of their list."""

    letter: str
    count: int
    address: str
    is_chosen: bool


def count_by_initial(filters: ListFilters) -> dict[str, int]:
    """Return the number of people matching the other filters, by initial."""
    others = QueryDict(urlencode({name: value for name, value in filters.in_force.items() if name != "initial"}))
    people = PersonFilter(others, Person.objects.published()).qs.order_by()
    return dict(people.values_list(Substr("sound", 1, 1)).annotate(Count("pk", distinct=True)))


def initials(filters: ListFilters, counts: dict[str, int]) -> list[Initial]:
    """Return the initials to choose from; empty if all have the same one."""
    if len(counts) < 2:
        return []
    chosen = filters.in_force.get("initial")
    return [
        Initial(letter.upper(), counts.get(letter, 0), filters.query_with(initial=letter), letter == chosen)
        for letter in ascii_lowercase
    ]


def add_dates(people: Iterable[Person]) -> None:
    """Add the number of meetings `times`, and the `first` and `last` date, to the people of a page."""
    dates = {person: values for person, *values in _dates([person.pk for person in people])}
    for person in people:
        person.times, person.first, person.last = dates.get(person.pk, (0, None, None))


@prepared
def _dates(people: list[int]) -> QuerySet:
    listed = Attendance.objects.published().filter(person__in=people).order_by().values_list("person")
    return listed.annotate(Count("meeting", distinct=True), Min("meeting__date"), Max("meeting__date"))


def people_with_dates() -> QuerySet[Person]:
    """Return published people with their number of entries, first and last date."""
    listed = Q(attendance__meeting__in=Meeting.objects.published())
    return (
        Person.objects.published()
        .select_related("organization", "body")
        .annotate(
            times=Count("attendance__meeting", distinct=True, filter=listed),
            first=Min("attendance__meeting__date", filter=listed),
            last=Max("attendance__meeting__date", filter=listed),
        )
    )


@redirect_merged(Person.objects.published)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person: the meetings that name them, by year and in full."""
    named = _named_as(pk)
    person = first_or_404([each for each in named if each.pk == pk])
    add_dates(named)
    page = page_of(request, entries_of(pk), MEETINGS_A_PAGE)
    years, columns = attendance_by_year(pk)
    return render(
        request,
        "pages/people/person.html",
        {
            "person": person,
            "page": page,
            "columns": columns,
            "tasks": rows_of(_latest_tasks(pk)),
            "tasks_count": len(_task_ids(pk)),
            "years": years,
            "same_name": latest_first(each for each in named if each.pk != pk)[:OF_THE_SAME_NAME],
        },
    )


def latest_first(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda each: each.last or datetime.date.min, reverse=True)


@prepared
def _named_as(pk: int) -> QuerySet[Person]:
    """Find a person and those of the same name."""
    name = Person.objects.filter(pk=pk).values("name")
    return Person.objects.published().filter(name__in=name).order_by("pk").select_related("organization", "body")


@prepared
def _latest_tasks(person: int) -> QuerySet[Task]:
    return with_place(in_order(_tasks_of(person), TaskOrder.NEWEST))[:TASKS_SHOWN]


@prepared
def _task_ids(person: int) -> QuerySet:
    return _tasks_of(person).order_by().values_list("pk", flat=True)


def _tasks_of(person: int) -> QuerySet[Task]:
    return Task.objects.published_each().filter(
        pk__in=TaskActor.objects.filter(person=person).order_by().values("task")
    )


def entries_of(person: int) -> QuerySet[Attendance]:
    """Return the published entries of a person, the latest first."""
    shown = Attendance.objects.published_each().filter(person=person).latest_first()
    return shown.select_related("meeting__body", "organization")


def attendance_by_year(person: int) -> tuple[list[BarRow], list[AttendanceRole]]:
    """Return the entries of a person by year and role, and the roles that occur."""
    rows = entries_of(person).order_by().values_list(ExtractYear("meeting__date"), "role")
    counts = {(year, role): count for year, role, count in rows.annotate(Count("meeting", distinct=True))}
    roles = [role for role in AttendanceRole if any(role == of for _, of in counts)]
    return bar_rows(latest_years(counts), roles, counts), roles
