"""Group attendance by role and unit, in text order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max, Min, QuerySet

from minutes.models import Attendance, AttendanceRole, Meeting
from minutes.models.prepared import prepared


@dataclass(slots=True)
class Entry:
    """An entry of the attendance; of a person or unit that it lacks, there is no id."""

    role: str
    person: int | None
    name: str | None
    organization: int | None
    unit: str | None
    title: str
    note: str
    start: int
    end: int
    # Whether no earlier or later meeting names the person.
    is_first: bool = False
    is_last: bool = False


@dataclass(slots=True)
class UnitAttendance:
    """The attendees listed under one unit, or under none."""

    organization: int | None
    name: str | None
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class RoleAttendance:
    """The entries of one role, by unit."""

    role: AttendanceRole
    units: list[UnitAttendance]

    @property
    def named(self) -> int:
        """Return the number of people named."""
        return sum(entry.person is not None for unit in self.units for entry in unit.entries)

    @property
    def place(self) -> list[int] | None:
        """Return the span from the first entry of the role to the last."""
        read = [entry for unit in self.units for entry in unit.entries if entry.start < entry.end]
        return [min(entry.start for entry in read), max(entry.end for entry in read)] if read else None

    @property
    def units_named(self) -> int:
        """Return the number of units named."""
        return sum(unit.organization is not None for unit in self.units)


def entries_of(meeting: int) -> list[Entry]:
    """Return the attendance of a meeting in text order."""
    return [Entry(*row) for row in _entries(meeting)]


@prepared
def _entries(meeting: int) -> QuerySet:
    columns = ("role", "person", "person__name", "organization", "organization__name", "title", "note", "start", "end")
    return Attendance.objects.filter(meeting=meeting).order_by("position").values_list(*columns)


def attendance_by_role(entries: list[Entry]) -> list[RoleAttendance]:
    """Return the roles that occur: present, in attendance, represented, apologies."""
    order = (
        AttendanceRole.PRESENT,
        AttendanceRole.IN_ATTENDANCE,
        AttendanceRole.REPRESENTED,
        AttendanceRole.APOLOGIES,
    )
    of_role = {role: [entry for entry in entries if entry.role == role] for role in order}
    return [RoleAttendance(role, by_unit(found)) for role, found in of_role.items() if found]


def by_unit(entries: Iterable[Entry]) -> list[UnitAttendance]:
    """Group the entries by organization; one listed twice appears once."""
    units: dict[int | None, UnitAttendance] = {}
    for entry in entries:
        unit = units.setdefault(entry.organization, UnitAttendance(entry.organization, entry.unit))
        unit.entries.append(entry)
    return list(units.values())


def note_first_and_last(entries: list[Entry], meeting: Meeting, earlier: bool, later: bool) -> None:
    """Set `is_first` and `is_last` if no earlier or later meeting names the person.

    Without an earlier or later meeting in the archive, nothing is set.
    """
    if not meeting.date or not (earlier or later):
        return
    spans = {person: days for person, *days in _spans({entry.person for entry in entries if entry.person})}
    for entry in entries:
        first, last = spans.get(entry.person, (None, None))
        entry.is_first = earlier and first == meeting.date
        entry.is_last = later and last == meeting.date


@prepared
def _spans(people: set[int]) -> QuerySet:
    """Find the first and last meeting day of these people."""
    shown = Attendance.objects.published_each().filter(person__in=people).order_by()
    return shown.values_list("person").annotate(Min("meeting__date"), Max("meeting__date"))
