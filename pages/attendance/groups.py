"""Group attendance by role and unit, in text order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max, Min

from minutes.models import Attendance, AttendanceRole, Meeting, Organization, Person


@dataclass(slots=True)
class UnitAttendance:
    """The attendees listed under one unit, or under none."""

    organization: Organization | None
    entries: list[Attendance] = field(default_factory=list)


@dataclass(slots=True)
class RoleAttendance:
    """The entries of one role, by unit."""

    role: AttendanceRole
    units: list[UnitAttendance]

    @property
    def named(self) -> int:
        """Return the number of people named."""
        return sum(entry.person_id is not None for unit in self.units for entry in unit.entries)

    @property
    def place(self) -> list[int] | None:
        """Return the span from the first entry of the role to the last."""
        read = [entry for unit in self.units for entry in unit.entries if entry.start < entry.end]
        return [min(entry.start for entry in read), max(entry.end for entry in read)] if read else None

    @property
    def units_named(self) -> int:
        """Return the number of units named."""
        return sum(unit.organization is not None for unit in self.units)


def attendance_by_role(entries: Iterable[Attendance]) -> list[RoleAttendance]:
    """Return the roles that occur: present, in attendance, represented, apologies."""
    entries = list(entries)
    order = (
        AttendanceRole.PRESENT,
        AttendanceRole.IN_ATTENDANCE,
        AttendanceRole.REPRESENTED,
        AttendanceRole.APOLOGIES,
    )
    of_role = {role: [entry for entry in entries if entry.role == role] for role in order}
    return [RoleAttendance(role, by_unit(found)) for role, found in of_role.items() if found]


def by_unit(entries: Iterable[Attendance]) -> list[UnitAttendance]:
    """Group the entries by organization; one listed twice appears once."""
    units: dict[int | None, UnitAttendance] = {}
    for entry in entries:
        unit = units.setdefault(entry.organization_id, UnitAttendance(entry.organization))
        unit.entries.append(entry)
    return list(units.values())


def note_first_and_last(
    entries: Iterable[Attendance], meeting: Meeting, earlier: Meeting | None, later: Meeting | None
) -> None:
    """Set `is_first` and `is_last` if no earlier or later meeting names the person.

    Without an earlier or later meeting in the archive, nothing is set.
    """
    here = Person.objects.filter(attendance__meeting=meeting).values("pk")
    shown = Attendance.objects.published().filter(person__in=here)
    rows = shown.order_by().values_list("person").annotate(Min("meeting__date"), Max("meeting__date"))
    spans = {person: (first, last) for person, first, last in rows}
    for entry in entries:
        first, last = spans.get(entry.person_id, (None, None))
        entry.is_first = earlier is not None and first is not None and first == meeting.date
        entry.is_last = later is not None and last is not None and last == meeting.date
