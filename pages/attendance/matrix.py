"""The attendance matrix: a state for each unit and meeting of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, F, TextChoices
from django.db.models.functions import ExtractYear

from minutes.models import Attendance, AttendanceRole, Body, Meeting, Organization


class State(TextChoices):
    """How a meeting lists a unit; not being listed does not mean being absent."""

    LISTED = "listed", "出席"
    REPRESENTED = "represented", "派代表"
    ON_LEAVE = "on-leave", "请假"
    NOT_LISTED = "not-listed", "未列名"


STATE_OF_ROLE = {
    AttendanceRole.PRESENT: State.LISTED,
    AttendanceRole.IN_ATTENDANCE: State.LISTED,
    AttendanceRole.REPRESENTED: State.REPRESENTED,
    AttendanceRole.APOLOGIES: State.ON_LEAVE,
}
# If several people of a unit are listed, the state of the most present one counts.
MOST_PRESENT_FIRST = (State.LISTED, State.REPRESENTED, State.ON_LEAVE)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, its state at each meeting, and in how many it is present or represented."""

    organization: Organization
    states: list[State]

    @property
    def came(self) -> int:
        return sum(state in (State.LISTED, State.REPRESENTED) for state in self.states)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units by meetings: meetings by date, the most frequent units first."""

    meetings: list[Meeting]
    rows: list[UnitRow]

    def as_table(self) -> Iterator[list[str]]:
        """Return the matrix as rows of text below a header of meetings."""
        yield ["单位", *(f"{meeting}（{meeting.date}）" for meeting in self.meetings)]
        for row in self.rows:
            yield [row.organization.name, *(state.label for state in row.states)]


def matrix_of(body: Body, year: int) -> Matrix:
    """Build the attendance matrix of a body's published meetings of one year."""
    meetings = list(
        Meeting.objects.published().filter(body=body, date__year=year).select_related("body").order_by("date", "pk")
    )
    listed = states_by_unit(meetings)
    units = Organization.objects.in_bulk(listed)
    rows = [
        UnitRow(units[unit], [states.get(meeting.pk, State.NOT_LISTED) for meeting in meetings])
        for unit, states in listed.items()
    ]
    return Matrix(meetings, sorted(rows, key=lambda row: (-row.came, row.organization.name)))


def states_by_unit(meetings: Iterable[Meeting]) -> dict[int, dict[int, State]]:
    """Return the state of each unit at each meeting that lists it."""
    entries = Attendance.objects.filter(meeting__in=meetings, organization__isnull=False)
    found: dict[int, dict[int, set[State]]] = defaultdict(lambda: defaultdict(set))
    for unit, meeting, role in entries.order_by().values_list("organization", "meeting", "role").distinct():
        found[unit][meeting].add(STATE_OF_ROLE[role])
    return {
        unit: {meeting: min(states, key=MOST_PRESENT_FIRST.index) for meeting, states in by_meeting.items()}
        for unit, by_meeting in found.items()
    }


def years_of(body: Body) -> dict[int, int]:
    """Return the years with attendance, latest first, with the number of meetings."""
    entries = Attendance.objects.published().filter(meeting__body=body, meeting__date__isnull=False)
    rows = entries.order_by().values_list(ExtractYear("meeting__date")).annotate(Count("meeting", distinct=True))
    return dict(sorted(rows, reverse=True))


def year_to_open(years: dict[int, int]) -> int | None:
    """Return the latest year with more than one meeting, else the latest."""
    return next((year for year, meetings in years.items() if meetings > 1), next(iter(years), None))


def bodies_on_record() -> list[Body]:
    """Return the bodies with published meetings, the latest one first."""
    met = Meeting.objects.published().order_by(F("date").desc(nulls_last=True), "-pk").values_list("body", flat=True)
    order = list(dict.fromkeys(met))
    bodies = Body.objects.in_bulk(order)
    return [bodies[pk] for pk in order]
