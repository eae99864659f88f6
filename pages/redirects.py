"""Redirects for merged records."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from minutes.models import find_kept

View = Callable[..., HttpResponse]


def redirect_merged(records: Callable[[], QuerySet]) -> Callable[[View], View]:
    """Redirect to the record that the requested one was merged into."""

    def decorator(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, pk: int) -> HttpResponse:
            try:
                return view(request, pk=pk)
            except Http404:
                kept = find_kept(records(), pk)
                if kept is None:
                    raise
                return redirect_to(request, kept.pk)

        return answer

    return decorator


def redirect_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect permanently to the same page of another record.

    Not cached, since a merge can be undone.
    """
    address = reverse(request.resolver_match.view_name, kwargs=request.resolver_match.kwargs | {"pk": pk})
    conditions = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address}?{conditions}" if conditions else address)
    response["Cache-Control"] = "no-cache"
    return response
