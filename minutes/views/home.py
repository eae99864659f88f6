from django.db.models import Count, F, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem, Document, Meeting
from minutes.views.decisions import decided, with_decisions
from minutes.views.meetings import with_contents
from minutes.views.organizations import organizations_on_record

LATEST_MEETINGS = 5
LATEST_DECISIONS = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: search, what was decided lately, the latest meetings, and how much is held."""
    published = Meeting.objects.published()
    return render(
        request,
        "minutes/home.html",
        {
            "decisions": [decided(item) for item in latest_decided_items()],
            "meetings": with_contents(published)[:LATEST_MEETINGS],
            "held": published.aggregate(meetings=Count("pk"), first=Min("date"), last=Max("date")),
            "held_items": AgendaItem.objects.filter(meeting__in=published).count(),
            "held_documents": Document.objects.filter(references__item__meeting__in=published).distinct().count(),
            "held_organizations": organizations_on_record().count(),
        },
    )


def latest_decided_items():
    """The items of the latest meetings whose decision names a result or a next step, newest first."""
    says_something = ~Q(decision__outcome_text="") | ~Q(decision__next_step="")
    items = AgendaItem.objects.filter(
        says_something, decision__isnull=False, meeting__in=Meeting.objects.published(), meeting__date__isnull=False
    )
    return with_decisions(items).order_by(F("meeting__date").desc(), "-meeting", "position")[:LATEST_DECISIONS]
