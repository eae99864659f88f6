"""Require the second factor before every view of staff, and forbid caching them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from desk.accounts import second_factor
from desk.urls import STAFF_ROUTE


class RequireSecondFactor:
    """Redirect staff to the missing step of the second factor.

    Public views do not load the session. The decision is made by the resolved view: a client can write a path, and
    every header that changes it, in many ways, but only one view will run.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_staff_view(request.resolver_match):
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return a redirect to the missing step of the second factor, or None."""
        match = request.resolver_match
        if not is_staff_view(match):
            return None
        step = second_factor.missing_step(request.user)
        if step is None or match.view_name in second_factor.VIEWS_OPEN_DURING_STEP[step]:
            return None
        return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")


def is_staff_view(match: ResolverMatch | None) -> bool:
    """Return whether a request resolved to a view of the desk or the admin."""
    return match is not None and match.route.startswith(STAFF_ROUTE)
