import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear, Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.filters import MeetingFilter
from minutes.filters.conditions import YEAR_UNKNOWN, YearField
from minutes.models import Meeting, Problem
from minutes.models.meetings import MEETING_SUMMARY
from minutes.models.parts import load_items, load_texts
from minutes.models.prepared import first_or_404, prepared
from pages.attendance.groups import attendance_by_role, entries_of, note_first_and_last
from pages.items.decided_items import decided_items
from pages.lists.filter_form import ListFilters, bodies_to_choose
from pages.tasks.of_meeting import tasks_of_meeting
from pages.withdrawn import gone_if_withdrawn

# The problem code for documents named in the opening that no item is about.
NAMED_IN_OPENING_ONLY = "opening-item-missing"


@dataclass(frozen=True, slots=True)
class YearOfMeetings:
    """A year with meetings; `year` is None for undated ones."""

    year: int | None
    count: int

    @property
    def parameter(self) -> str:
        return str(self.year or YEAR_UNKNOWN)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings of one year, by default the latest, with filters."""
    beside_year = request.GET.copy()
    beside_year.pop("year", None)
    shown = {"body": bodies_to_choose(), "kind": None}
    conditions = ListFilters(MeetingFilter, beside_year, Meeting.objects.published(), shown)
    years = years_of(conditions.records)
    chosen_year = requested_year(request) if "year" in request.GET else next((year.parameter for year in years), "")
    return render(
        request,
        "pages/meetings/meetings.html",
        {
            "conditions": conditions,
            "years": years,
            "chosen_year": chosen_year,
            "unknown": YEAR_UNKNOWN,
            "meetings": with_contents(of_year(conditions.records, chosen_year)),
            "query_with_year": conditions.query_with(year=chosen_year) if chosen_year else conditions.query,
        },
    )


def requested_year(request: HttpRequest) -> str:
    """Return the year in the URL, or raise Http404."""
    try:
        return YearField().clean(request.GET["year"])
    except ValidationError as error:
        raise Http404("no such year") from error


def years_of(meetings: QuerySet[Meeting]) -> list[YearOfMeetings]:
    """Return the years of these meetings, latest first, with counts."""
    rows = (
        meetings.order_by()
        .values(year=ExtractYear("date"))
        .annotate(count=Count("pk"))
        .order_by(F("year").desc(nulls_last=True))
    )
    return [YearOfMeetings(row["year"], row["count"]) for row in rows]


def of_year(meetings: QuerySet[Meeting], year: str) -> QuerySet[Meeting]:
    """Return the meetings of a year."""
    if year == YEAR_UNKNOWN:
        return meetings.filter(date__isnull=True)
    return meetings.filter(date__year=int(year)) if year else meetings.none()


def with_contents(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Load what names meetings, and their items, in one more query."""
    named = list(meetings.select_related("body").only(*MEETING_SUMMARY, "body__name"))
    load_items(named)
    return named


@require_safe
@gone_if_withdrawn("pk")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: decisions, text, attendance, dates and neighbours."""
    meeting = first_or_404(_published_with_source(pk))
    items = load_items([meeting])
    load_texts(items)
    entries = entries_of(pk)
    earlier, later = earlier_meeting(meeting), later_meeting(meeting)
    note_first_and_last(entries, meeting, earlier=earlier is not None, later=later is not None)
    return render(
        request,
        "pages/meetings/meeting.html",
        {
            "meeting": meeting,
            "decisions": decided_items(items),
            "tasks": tasks_of_meeting(meeting, items),
            "attendance": attendance_by_role(entries),
            "days_until_compiled": days_between(meeting.date, meeting.compiled_on),
            "days_until_issued": days_between(meeting.date, meeting.issued_on),
            "not_in_text": _problems(pk, NAMED_IN_OPENING_ONLY),
            "earlier": earlier,
            "later": later,
            "not_held_before": numbers_between(earlier, meeting),
            "not_held_after": numbers_between(meeting, later),
        },
    )


@prepared
def _published_with_source(pk: int) -> QuerySet[Meeting]:
    """Find a published meeting with body and source, without bytes and text."""
    return (
        Meeting.objects.published()
        .filter(pk=pk)
        .select_related("body", "source")
        .defer("source__content", "source__text", "source__web")
        .annotate(original_size=Length("source__content"))
    )


@prepared
def _problems(meeting: int, code: str) -> QuerySet[Problem]:
    return Problem.objects.filter(meeting=meeting, code=code)


def days_between(first, last) -> int | None:
    """Return the days between two dates, or None if unknown or in reverse order."""
    if first is None or last is None or last < first:
        return None
    return (last - first).days


def earlier_meeting(meeting: Meeting) -> Meeting | None:
    """Return the previous meeting of the same body and kind."""
    at = (meeting.body_id, meeting.kind_text, meeting.date, meeting.pk)
    return next(iter(_earlier(*at)), None) if meeting.date else None


def later_meeting(meeting: Meeting) -> Meeting | None:
    """Return the next meeting of the same body and kind."""
    at = (meeting.body_id, meeting.kind_text, meeting.date, meeting.pk)
    return next(iter(_later(*at)), None) if meeting.date else None


@prepared
def _earlier(body: int, kind_text: str, date: datetime.date, pk: int) -> QuerySet[Meeting]:
    return neighbours(body, kind_text).filter(Q(date__lt=date) | Q(date=date, pk__lt=pk)).order_by("-date", "-pk")[:1]


@prepared
def _later(body: int, kind_text: str, date: datetime.date, pk: int) -> QuerySet[Meeting]:
    return neighbours(body, kind_text).filter(Q(date__gt=date) | Q(date=date, pk__gt=pk)).order_by("date", "pk")[:1]


def neighbours(body: int, kind_text: str) -> QuerySet[Meeting]:
    of_this_kind = Meeting.objects.published().filter(body=body, kind_text=kind_text)
    return of_this_kind.select_related("body").only("number", "kind", "kind_text", "distinction", "body__name")


def numbers_between(first: Meeting | None, last: Meeting | None) -> tuple[int, int] | None:
    """Return the first and last number missing between two meetings, or None.

    None if they are consecutive, or if numbering restarted, because the count is unknown then.
    """
    if first is None or last is None or first.number is None or last.number is None:
        return None
    return (first.number + 1, last.number - 1) if last.number - first.number > 1 else None
