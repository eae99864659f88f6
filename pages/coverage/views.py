from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.coverage import statistics


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show published and missing meetings by body, and the delay of issue."""
    return render(
        request,
        "pages/coverage/coverage.html",
        {
            "bodies": statistics.coverage_by_body(),
            "lags": statistics.lags_by_year(),
            "hidden": statistics.hidden_counts(),
            "index_updated_at": statistics.index_updated_at(),
        },
    )
