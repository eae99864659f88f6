"""The tasks of items found: those with the units and words of the search.

All tasks, if the search has neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from minutes.fold import fold
from minutes.models import Task
from pages.tasks.rows import TaskRow, rows_of, with_place
from search.query import text_queries, units_meant
from search.query.params import SearchParams
from search.results.hits import Hit


@dataclass(frozen=True, slots=True)
class HitTasks:
    """A result with its tasks."""

    hit: Hit
    rows: list[TaskRow]


def tasks_of_hits(hits: Sequence[Hit], search: SearchParams) -> list[HitTasks]:
    """Return the tasks of each result in order; some may have none."""
    items = [hit.item.pk for hit in hits if hit.item]
    tasks = Task.objects.published_each().filter(item__in=items, collective=False).order_by("meeting", "position")
    rows: dict[int, list[TaskRow]] = defaultdict(list)
    for row in rows_of(with_place(tasks)):
        rows[row.task.item_id or 0].append(row)
    units = search.filters.of("organization") | units_meant(search.query)
    words = [each.text for each in text_queries(search.query)]
    return [HitTasks(hit, containing(naming(rows[hit.item.pk], units), words)) for hit in hits if hit.item]


def naming(rows: list[TaskRow], units: Collection[int]) -> list[TaskRow]:
    found = [row for row in rows if any(actor.organization_id in units for actor in row.task.actors.all())]
    return found or rows


def containing(rows: list[TaskRow], words: Sequence[str]) -> list[TaskRow]:
    found = [row for row in rows if any(word in fold(row.task.text) for word in words)]
    return found or rows
