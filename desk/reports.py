"""Error reports of readers, linked to the meeting or item they are about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import Resolver404, reverse

from minutes.models import ErrorReport, Meeting
from pages.reports.views import resolve_place


@dataclass(frozen=True, slots=True)
class ReportedPage:
    """The meeting of a reported page, and the position of the item if it is one."""

    meeting: int
    item: int | None = None

    @property
    def review_url(self) -> str:
        anchor = f"#item-{self.item}" if self.item else ""
        return reverse("desk-review", args=[self.meeting]) + anchor


def reports_about(meeting: Meeting) -> QuerySet[ErrorReport]:
    """Return open reports about a meeting: its page, items, source and citations."""
    below = (meeting.get_absolute_url(), reverse("cite", args=[str(meeting.pk)]))
    return ErrorReport.objects.filter(
        Q(place__startswith=below[0]) | Q(place__startswith=below[1]), handled=False
    ).order_by("reported_at", "pk")


def reported_page(report: ErrorReport) -> ReportedPage | None:
    """Return the meeting and item a report is about, or None."""
    try:
        page = resolve_place(report.place)
    except Resolver404:
        return None
    match page.url_name:
        case "item":
            return ReportedPage(page.kwargs["meeting_pk"], page.kwargs["position"])
        case "meeting" | "source":
            return ReportedPage(page.kwargs["pk"])
        case "cite" | "cited":
            meeting, *item = map(int, page.kwargs["place"].split("/")[:2])
            return ReportedPage(meeting, *item)
    return None
