from collections.abc import Iterable
from string import ascii_lowercase
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractYear, Substr
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from minutes.filters import PersonFilter
from minutes.filters.tasks import TaskOrder, in_order
from minutes.models import Attendance, AttendanceRole, Meeting, Person, Task
from minutes.models.bodies import PEOPLE_BY_NAME
from minutes.models.prepared import prepared
from pages.charts.bars import BarRow, bar_rows
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
    dates = {person: told for person, *told in _dates([person.pk for person in people])}
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
    person = get_object_or_404(people_with_dates(), pk=pk)
    page = page_of(request, entries_of(person), MEETINGS_A_PAGE)
    tasks = Task.objects.published().filter(actors__person=person).distinct()
    years, columns = attendance_by_year(person)
    same_name = people_with_dates().filter(name=person.name).exclude(pk=pk).order_by(F("last").desc(nulls_last=True))
    return render(
        request,
        "pages/people/person.html",
        {
            "person": person,
            "page": page,
            "columns": columns,
            "tasks": rows_of(with_place(in_order(tasks, TaskOrder.NEWEST))[:TASKS_SHOWN]),
            "tasks_count": tasks.count(),
            "years": years,
            "same_name": same_name[:OF_THE_SAME_NAME],
        },
    )


def entries_of(person: Person) -> QuerySet[Attendance]:
    """Return the published entries of a person, the latest first."""
    newest_first = (F("meeting__date").desc(nulls_last=True), "-meeting", "position")
    shown = Attendance.objects.published().filter(person=person)
    return shown.select_related("meeting__body", "organization").order_by(*newest_first)


def attendance_by_year(person: Person) -> tuple[list[BarRow], list[AttendanceRole]]:
    """Return the entries of a person by year and role, and the roles that occur."""
    rows = entries_of(person).order_by().values_list(ExtractYear("meeting__date"), "role")
    counts = {(year, role): count for year, role, count in rows.annotate(Count("meeting", distinct=True))}
    roles = [role for role in AttendanceRole if any(role == of for _, of in counts)]
    known = sorted({year for year, _ in counts if year}, reverse=True)
    years = [*known, None] if any(year is None for year, _ in counts) else known
    return bar_rows(years, roles, counts), roles
