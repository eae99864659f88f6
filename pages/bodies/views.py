from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minutes.filters.tasks import with_deadline
from minutes.models import AgendaItem, Body, Document, Meeting, Organization, Task
from pages.bodies.tree import bodies_with_counts, division_tree
from pages.home.views import latest_items_with_result, latest_of
from pages.items.decided_items import decided_items
from pages.meetings.views import years_of


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """List the bodies with published meetings as a tree: province, city, county."""
    tree, unplaced = division_tree(bodies_with_counts())
    return render(request, "pages/bodies/bodies.html", {"tree": tree, "unplaced": unplaced})


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a body: latest decisions, meetings by year and kind, statistics."""
    published = Meeting.objects.published().filter(body=pk)
    body = get_object_or_404(
        Body.objects.filter(pk__in=published.values("body")).select_related("division__parent__parent"), pk=pk
    )
    latest = latest_of(published)
    return render(
        request,
        "pages/bodies/body.html",
        {
            "body": body,
            "divisions": body.division.path if body.division else [],
            "decisions": decided_items(latest_items_with_result(latest)),
            "meetings": latest,
            "years": years_of(published),
            "kinds": published.order_by("kind").values("kind", "kind_text").annotate(count=Count("pk")),
            "published": published.aggregate(meetings=Count("pk"), first=Min("date"), last=Max("date")),
            "item_count": AgendaItem.objects.filter(meeting__in=published).count(),
            "document_count": Document.objects.published().filter(body=body).count(),
            "organization_count": Organization.objects.published().filter(body=body).count(),
            "tasks_to_come": Task.objects.published()
            .filter(with_deadline(date__gte=timezone.localdate()), meeting__body=body)
            .count(),
        },
    )
