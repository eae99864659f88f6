"""Activity of an organization by year, and the people who attended for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractYear

from minutes.models import Attendance, AttendanceRole, Involvement, InvolvementRole, Meeting, Organization, Person
from minutes.models.prepared import prepared
from pages.charts.bars import BarRow, bar_rows, latest_years
from pages.charts.spans import Stretch, stretches

CAME = "came"
SENT = "sent"
COLUMNS = {
    InvolvementRole.LEAD: "牵头",
    InvolvementRole.RESPONSIBLE: "责任",
    InvolvementRole.SUPPORTING: "配合",
    InvolvementRole.REPORTING: "汇报",
    CAME: "到会",
    SENT: "派代表",
}
CAME_ROLES = (AttendanceRole.PRESENT, AttendanceRole.IN_ATTENDANCE)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A row for each year, the latest first; columns without figures are left out."""

    columns: list[str]
    rows: list[BarRow]


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person who attended for a unit: number of times, first and last date."""

    person: Person
    stretch: Stretch | None


def ledger_by_year(organization: Organization) -> Ledger:
    """Return the items led, supported and reported, and meetings attended, by year."""
    counts = Counter(roles_by_year(organization.pk)) + Counter(attendance_by_year(organization.pk))
    used = [column for column in COLUMNS if any(column == of for _, of in counts)]
    return Ledger([COLUMNS[column] for column in used], bar_rows(latest_years(counts), used, counts))


def roles_by_year(organization: int) -> dict[tuple[int | None, str], int]:
    """Return the number of items by year and role."""
    return {(year, role): count for year, role, count in _roles_by_year(organization)}


@prepared
def _roles_by_year(organization: int) -> QuerySet:
    return (
        Involvement.objects.published_each()
        .filter(organization=organization)
        .exclude(role=InvolvementRole.MENTIONED)
        .order_by()
        .values_list(ExtractYear("item__meeting__date"), "role")
        .annotate(Count("item", distinct=True))
    )


def attendance_by_year(organization: int) -> dict[tuple[int | None, str], int]:
    """Return the number of meetings attended by year.

    Named attendees and unnamed representatives are counted separately.
    """
    rows = _attendance_by_year(organization)
    return {(year, column): count for year, came, sent in rows for column, count in ((CAME, came), (SENT, sent))}


@prepared
def _attendance_by_year(organization: int) -> QuerySet:
    listed = Attendance.objects.published_each().filter(organization=organization)
    return (
        listed.order_by()
        .values_list(ExtractYear("meeting__date"))
        .annotate(
            came=Count("meeting", distinct=True, filter=Q(role__in=CAME_ROLES)),
            sent=Count("meeting", distinct=True, filter=Q(role=AttendanceRole.REPRESENTED)),
        )
    )


@prepared
def names_over_time(organization: int) -> QuerySet[Involvement, dict]:
    """Find the names that items write, earliest first, with `first` and `last` year."""
    rows = Involvement.objects.published_each().filter(organization=organization)
    dated = (
        rows.order_by().values("written").annotate(first=Min("item__meeting__date"), last=Max("item__meeting__date"))
    )
    return dated.order_by(F("last").asc(nulls_first=True), "first", "written")


def delegates(organization: Organization) -> QuerySet[Person]:
    """Return the people who attended for a unit, latest first.

    With `times`, `first` and `last`.
    """
    came = Q(attendance__organization=organization, attendance__meeting__in=Meeting.objects.published())
    return (
        Person.objects.filter(came)
        .annotate(
            times=Count("attendance__meeting", distinct=True),
            first=Min("attendance__meeting__date"),
            last=Max("attendance__meeting__date"),
        )
        .order_by(F("last").desc(nulls_last=True), "name")
    )


def over_time(people: Iterable[Person]) -> list[Delegate]:
    """Return the people with their periods on a common time line."""
    people = list(people)
    lines = stretches((person.first, person.last) for person in people)
    return [Delegate(person, line) for person, line in zip(people, lines, strict=True)]
