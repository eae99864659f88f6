import calendar
import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from minutes.filters import MeetingFilter
from minutes.models import Meeting
from minutes.models.meetings import MEETING_SUMMARY
from pages.lists.filter_form import ListFilters, bodies_to_choose

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Day:
    """A day with the meetings held on it; `date` is None outside of the month."""

    date: datetime.date | None
    meetings: list[Meeting]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as calendar weeks, Monday first."""

    number: int
    weeks: list[list[Day]]

    @property
    def meetings(self) -> int:
        return sum(len(day.meetings) for week in self.weeks for day in week)


@require_safe
def latest_year(request: HttpRequest) -> HttpResponse:
    """Redirect to the calendar of the latest year with meetings, or to the list."""
    filters = ListFilters(MeetingFilter, request.GET, Meeting.objects.published(), {})
    latest = filters.records.filter(date__isnull=False).order_by("-date").first()
    address = reverse("calendar-year", args=[latest.date.year]) if latest else reverse("meetings")
    return redirect(address + filters.query)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the filtered meetings of a year by month, and the adjacent years."""
    shown = {"body": bodies_to_choose(), "kind": None}
    filters = ListFilters(MeetingFilter, request.GET, Meeting.objects.published(), shown)
    dated = filters.records.filter(date__isnull=False)
    years = [day.year for day in dated.dates("date", "year")]
    if year not in years and not filters.in_force:
        raise Http404("no meetings in this year")
    named = dated.filter(date__year=year).select_related("body").only(*MEETING_SUMMARY, "body__name")
    meetings = named.order_by("date", "pk") if year in years else []
    context = {
        "filters": filters,
        "year": year,
        "months": months_of(year, meetings) if meetings else [],
        "earlier": max((each for each in years if each < year), default=None),
        "later": min((each for each in years if each > year), default=None),
        "query_with_year": filters.query_with(year=str(year)),
    }
    return render(request, "pages/meetings/calendar.html", context)


def months_of(year: int, meetings) -> list[Month]:
    """Return the twelve months of a year with these meetings on their days."""
    days: dict[datetime.date, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        days[meeting.date].append(meeting)
    return [Month(month, [[day_of(date, days) for date in week] for week in weeks_of(year, month)]) for month in MONTHS]


def weeks_of(year: int, month: int) -> list[list[datetime.date | None]]:
    """Return the weeks of a month from Monday; None for days outside of it."""
    weeks = calendar.monthcalendar(year, month)
    return [[datetime.date(year, month, day) if day else None for day in week] for week in weeks]


def day_of(date: datetime.date | None, days: Mapping[datetime.date, list[Meeting]]) -> Day:
    return Day(date, days.get(date, []) if date else [])
