"""Stands before everything below /admin/: no browser keeps a page, and the second factor comes first."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from desk.accounts import second_factor


def doorkeeper(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware for pages of staff; requests for public ones pass without a look at the session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(reverse("admin:index")):
            return get_response(request)
        response = the_step_that_is_missing(request) or get_response(request)
        add_never_cache_headers(response)
        return response

    return middleware


def the_step_that_is_missing(request: HttpRequest) -> HttpResponse | None:
    """The way to the code of the second factor, or to setting one up, for whoever has to go there first."""
    step = second_factor.step_before_the_admin(request.user)
    if step is None or request.path_info in {reverse(name) for name in second_factor.OPEN_BEFORE[step]}:
        return None
    return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
