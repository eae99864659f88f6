"""What an alert is called on its pages and in its letters."""

from __future__ import annotations

from django.http import QueryDict

from minutes.models import Organization
from search.index.facet_fields import TASKED

LONGEST_WORDS = 40
LONGEST_ID = 18
EVERYTHING = "全部议题"


def alert_title(conditions: QueryDict) -> str:
    """Return the words of the search, the units whose tasks or items it asks for, or the name of everything."""
    if words := " ".join(conditions.get("q", "").split())[:LONGEST_WORDS]:
        return words
    numbers = [int(each) for each in conditions.getlist("organization") if each.isdecimal() and len(each) <= LONGEST_ID]
    units = Organization.objects.published().filter(pk__in=numbers).order_by("name") if numbers else ()
    names = "、".join(unit.name for unit in units)[:LONGEST_WORDS]
    if not names:
        return EVERYTHING
    return f"{names}的新任务" if conditions.getlist("role") == [TASKED] else f"{names}的议题"
