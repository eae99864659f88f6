"""Organizations with their activity, the most active first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from minutes.models import Attendance, Involvement, InvolvementRole, Organization


def most_active(units: Iterable[Organization]) -> list[Organization]:
    """Add the numbers of items `led`, `supported`, `reported`, meetings `attended`.

    Two grouped queries: with subqueries, PostgreSQL would run one for each unit.
    """
    involvements = Involvement.objects.published().order_by().values_list("organization", "role")
    items = {(unit, role): count for unit, role, count in involvements.annotate(Count("item", distinct=True))}
    attendance = Attendance.objects.published().order_by().values_list("organization")
    meetings = dict(attendance.annotate(Count("meeting", distinct=True)))
    found = list(units)
    for unit in found:
        unit.led = items.get((unit.pk, InvolvementRole.LEAD), 0)
        unit.supported = items.get((unit.pk, InvolvementRole.SUPPORTING), 0)
        unit.reported = items.get((unit.pk, InvolvementRole.REPORTING), 0)
        unit.attended = meetings.get(unit.pk, 0)
    return sorted(found, key=lambda unit: (-unit.led, -unit.supported, -unit.attended, unit.name))
