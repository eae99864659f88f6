"""Figures of several bodies side by side."""

from __future__ import annotations

import datetime
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse

from minutes.filters.tasks import with_deadline
from minutes.models import AgendaItem, Body, Decision, Document, ItemTopic, Meeting, Organization, Task
from minutes.parser.topics.classes import topic_classes
from pages.charts.bars import Bar, bar

PER_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one body: number or date, its bar, and the list it counts."""

    value: int | float | datetime.date | None
    bar: Bar | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of all bodies, in their order."""

    label: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading, with their unit."""

    name: str
    title: str
    counts: str
    rows: list[Row]


def overview_of(bodies: Sequence[Body]) -> list[Table]:
    """Return the tables of these bodies: records, meetings a year, topics of items."""
    return [record_counts(bodies), meetings_by_year(bodies), items_by_topic(bodies)]


def record_counts(bodies: Sequence[Body]) -> Table:
    met = Meeting.objects.published().filter(body__in=bodies)
    items = AgendaItem.objects.published().filter(meeting__body__in=bodies)
    tasks = Task.objects.published().filter(meeting__body__in=bodies, collective=False)
    with_outcome = Decision.objects.exclude(outcome_text="").values("item")
    first_and_last = {
        row["body"]: row for row in met.order_by().values("body").annotate(first=Min("date"), last=Max("date"))
    }
    counted = [
        ("会议", count_by_body(met, "body"), "meetings", ""),
        ("议题", count_by_body(items, "meeting__body"), "", ""),
        ("写明议定结果的议题", count_by_body(items.filter(pk__in=with_outcome), "meeting__body"), "", ""),
        ("点名交办的任务", count_by_body(tasks, "meeting__body"), "tasks", ""),
        ("写明期限的任务", count_by_body(tasks.filter(with_deadline()), "meeting__body"), "tasks", "&deadline=any"),
        ("文件", count_by_body(Document.objects.published().filter(body__in=bodies), "body"), "documents", ""),
        ("单位", count_by_body(Organization.objects.published().filter(body__in=bodies), "body"), "organizations", ""),
    ]
    rows = [
        Row(label, [Figure(first_and_last.get(body.pk, {}).get(name)) for body in bodies])
        for label, name in (("最早的会议", "first"), ("最近的会议", "last"))
    ]
    for label, counts, list_name, more in counted:
        address = f"{reverse(list_name)}?body={{}}{more}" if list_name else ""
        rows.append(row_with_bars(label, bodies, counts, address))
    lags = median_days_until_issue(met)
    rows.append(Row("从开会到印发（天，中位数）", [Figure(lags.get(body.pk)) for body in bodies]))
    return Table("held", "收录了什么", "", rows)


def meetings_by_year(bodies: Sequence[Body]) -> Table:
    dated = Meeting.objects.published().filter(body__in=bodies, date__isnull=False).order_by()
    counts = defaultdict(dict)
    for body, year, count in dated.values_list("body", ExtractYear("date")).annotate(Count("pk")):
        counts[year][body] = count
    rows = rows_with_bars(
        [(f"{year}年", counts[year], f"{reverse('meetings')}?body={{}}&year={year}") for year in sorted(counts)[::-1]],
        bodies,
    )
    return Table("years", "每年收录的会议", "次", rows)


def items_by_topic(bodies: Sequence[Body]) -> Table:
    """Return the percentage of items by main topic; an item may have three topics."""
    items = AgendaItem.objects.published().filter(meeting__body__in=bodies).order_by()
    whole = count_by_body(items, "meeting__body")
    members = defaultdict(lambda: defaultdict(set))
    topics = ItemTopic.objects.filter(item__in=items.values("pk")).order_by()
    for body, code, item in topics.values_list("item__meeting__body", "code", "item"):
        members[topic_classes()[code].main_code if code in topic_classes() else code][body].add(item)
    shares = {
        code: {body: round(PER_HUNDRED * len(found) / whole[body]) for body, found in by_body.items()}
        for code, by_body in members.items()
        if code in topic_classes()
    }
    order = sorted(shares, key=lambda code: (-sum(shares[code].values()), code))
    addresses = {code: reverse("topic", args=[code]) for code in order}
    rows = rows_with_bars(
        [(topic_classes()[code].name, shares[code], f"{addresses[code]}?body={{}}") for code in order], bodies
    )
    return Table("topics", "议题的主题", "%", rows)


def count_by_body(records: QuerySet, to_body: str) -> dict[int, int]:
    return dict(records.order_by().values_list(to_body).annotate(Count("pk")))


def median_days_until_issue(meetings: QuerySet[Meeting]) -> dict[int, float]:
    """Return the median days from meeting to issue, where both are known."""
    dates = meetings.filter(date__isnull=False, issued_on__gte=F("date")).order_by()
    days = defaultdict(list)
    for body, met, issued in dates.values_list("body", "date", "issued_on"):
        days[body].append((issued - met).days)
    return {body: statistics.median(each) for body, each in days.items()}


def row_with_bars(label: str, bodies: Sequence[Body], counts: dict[int, int], address: str) -> Row:
    return rows_with_bars([(label, counts, address)], bodies)[0]


def rows_with_bars(rows: Iterable[tuple[str, dict[int, int], str]], bodies: Sequence[Body]) -> list[Row]:
    """Return the rows with bars proportional to the greatest figure of all."""
    rows = list(rows)
    greatest = max((count for _, counts, _ in rows for count in counts.values()), default=0) or 1
    return [
        Row(label, [figure(counts.get(body.pk, 0), greatest, address, body) for body in bodies])
        for label, counts, address in rows
    ]


def figure(count: int, greatest: int, address: str, body: Body) -> Figure:
    return Figure(count, bar(count, greatest), address.format(body.pk) if count else "")


def lines_of(tables: Iterable[Table], bodies: Sequence[Body]) -> Iterable[list[Any]]:
    """Yield the tables as lines of a spreadsheet, with headers."""
    yield ["表", "项目", "单位", *(body.name for body in bodies)]
    for table in tables:
        for row in table.rows:
            yield [table.title, row.label, table.counts, *(each.value for each in row.figures)]
