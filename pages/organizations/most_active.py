"""Organizations with their activity, the most active first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from minutes.models import Attendance, Involvement, InvolvementRole, Organization
from minutes.models.prepared import prepared


def most_active(units: Iterable[Organization]) -> list[Organization]:
    """Add the numbers of items `led`, `supported`, `reported`, meetings `attended`.

    Two grouped queries: with subqueries, PostgreSQL would run one for each unit.
    """
    items = {(unit, role): count for unit, role, count in _items()}
    meetings = dict(_meetings())
    found = list(units)
    for unit in found:
        unit.led = items.get((unit.pk, InvolvementRole.LEAD), 0)
        unit.supported = items.get((unit.pk, InvolvementRole.SUPPORTING), 0)
        unit.reported = items.get((unit.pk, InvolvementRole.REPORTING), 0)
        unit.attended = meetings.get(unit.pk, 0)
    return sorted(found, key=lambda unit: (-unit.led, -unit.supported, -unit.attended, unit.name))


@prepared
def _items() -> QuerySet:
    """Count the items of each unit and role; an item has a unit in a role once."""
    involvements = Involvement.objects.published().order_by().values_list("organization", "role")
    return involvements.annotate(Count("pk"))


@prepared
def _meetings() -> QuerySet:
    """Count the meetings of each unit."""
    attendance = Attendance.objects.published().order_by().values_list("organization")
    return attendance.annotate(Count("meeting", distinct=True))
