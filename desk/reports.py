"""What readers report as wrong, at the place it is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import Resolver404, resolve, reverse

from minutes.models import ErrorReport, Meeting


@dataclass(frozen=True, slots=True)
class Subject:
    """The meeting that a page is of, and the position of the item, where it is of one."""

    meeting: int
    item: int | None = None

    @property
    def review_url(self) -> str:
        anchor = f"#item-{self.item}" if self.item else ""
        return reverse("desk-review", args=[self.meeting]) + anchor


def reports_about(meeting: Meeting) -> QuerySet[ErrorReport]:
    """The open reports of the pages of a meeting: its own, its items', its source, the citations of its text."""
    below = (meeting.get_absolute_url(), f"/cite/{meeting.pk}/")
    return ErrorReport.objects.filter(
        Q(place__startswith=below[0]) | Q(place__startswith=below[1]), handled=False
    ).order_by("reported_at", "pk")


def subject_of(report: ErrorReport) -> Subject | None:
    """Which meeting and item a report is about; nothing where its page is of neither."""
    try:
        page = resolve(report.place.partition("?")[0])
    except Resolver404:
        return None
    match page.url_name:
        case "item":
            return Subject(page.kwargs["meeting_pk"], page.kwargs["position"])
        case "meeting" | "source":
            return Subject(page.kwargs["pk"])
        case "cite" | "cited":
            meeting, *item = map(int, page.kwargs["place"].split("/")[:2])
            return Subject(meeting, *item)
    return None
