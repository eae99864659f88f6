from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes import coverage as held


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """What the archive holds and lacks: numbers by body, days until issue, counts of what is not shown."""
    return render(
        request,
        "pages/coverage/coverage.html",
        {
            "bodies": held.coverage_by_body(),
            "lags": held.lags_by_year(),
            "hidden": held.hidden_counts(),
            "index_updated_at": held.index_updated_at(),
        },
    )
