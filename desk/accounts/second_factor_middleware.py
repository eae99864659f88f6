"""Require the second factor before every view of staff, and forbid caching them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from desk.accounts import second_factor


def require_second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: redirect to the missing step of the second factor; public views skip the session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(reverse("admin:index")):
            return get_response(request)
        response = redirect_to_missing_step(request) or get_response(request)
        add_never_cache_headers(response)
        return response

    return middleware


def redirect_to_missing_step(request: HttpRequest) -> HttpResponse | None:
    """Return the redirect to entering or setting up the second factor, if it is missing."""
    step = second_factor.missing_step(request.user)
    if step is None or request.path_info in {reverse(name) for name in second_factor.VIEWS_OPEN_DURING_STEP[step]}:
        return None
    return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
