from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem, Body, Decision, Document, Meeting, Organization
from minutes.models.meetings import with_meeting_summary
from pages.items.decided_items import decided_items
from pages.meetings.views import with_contents

LATEST_MEETINGS = 5
LATEST_DECISIONS = 6
# More bodies than fit side by side are found in the statistics.
BODIES = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show search, latest decisions and meetings, and statistics."""
    published = Meeting.objects.published()
    latest = latest_of(published)
    return render(
        request,
        "pages/home/home.html",
        {
            "bodies": bodies_that_met_most()[:BODIES],
            "decisions": decided_items(latest_items_with_result(latest)),
            "meetings": latest,
            "published": published.aggregate(meetings=Count("pk"), first=Min("date"), last=Max("date")),
            "item_count": AgendaItem.objects.filter(meeting__in=published).count(),
            "document_count": Document.objects.published().count(),
            "organization_count": Organization.objects.published().count(),
        },
    )


def bodies_that_met_most() -> QuerySet[Body]:
    """Return the bodies by number of published meetings, as `meeting_count`."""
    of_published = Body.objects.filter(meetings__in=Meeting.objects.published())
    return of_published.annotate(meeting_count=Count("meetings")).order_by("-meeting_count", "name")


def latest_of(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Return the latest of these meetings; found by number first, so that the database sorts no texts."""
    return with_contents(Meeting.objects.filter(pk__in=meetings.values("pk")[:LATEST_MEETINGS]))


def latest_items_with_result(meetings: list[Meeting]) -> QuerySet[AgendaItem]:
    """Return the items of these meetings with an outcome or next step, newest first."""
    with_result = Decision.objects.filter(item=OuterRef("pk")).exclude(outcome_text="", next_step="")
    items = AgendaItem.objects.filter(Exists(with_result), meeting__in=meetings)
    return with_meeting_summary(items.latest_first())[:LATEST_DECISIONS]
