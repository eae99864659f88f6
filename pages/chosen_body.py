"""The body chosen by a reader, in the URL (?body=) or a cookie.

Menu and search keep it visibly. Lists are only filtered by what is in their URL.
"""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from minutes.filters.conditions import GREATEST_ID_LENGTH
from minutes.models import Body

COOKIE = "body"
A_YEAR = 365 * 24 * 60 * 60


def chosen_body(request: HttpRequest) -> Body | None:
    """Return the body in the URL, else in the cookie; takes at most one query."""
    values = [value for value in request.GET.getlist("body") if value] if request.method == "GET" else []
    if len(values) > 1:
        return None
    written = values[0] if values else request.COOKIES.get(COOKIE, "")
    if not written or len(written) > Body._meta.get_field("name").max_length:
        return None
    if written.isascii() and written.isdigit():
        known = Body.objects.published().filter(pk=int(written)) if len(written) <= GREATEST_ID_LENGTH else []
    else:
        known = Body.objects.published().filter(name=written)
    return next(iter(known), None)


def requested_body(request: HttpRequest, offered: list[Body]) -> Body | None:
    """Return the body of ?body= on a page about one, by default the first; raise Http404 if not offered."""
    requested = request.GET.get("body")
    if not requested:
        return next(iter(offered), None)
    for body in offered:
        if requested in (str(body.pk), body.name):
            return body
    raise Http404("no such body")


def of_request(request: HttpRequest) -> dict[str, object]:
    """Return a lazy template variable with the chosen body."""
    return {
        "chosen_body": SimpleLazyObject(lambda: chosen_body(request)),
        "remembers_body": COOKIE in request.COOKIES,
    }


def keep_private(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Mark pages for a reader with a cookie as private; others can be shared."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if COOKIE in request.COOKIES and response.get("Content-Type", "").startswith("text/html"):
            patch_cache_control(response, private=True)
        return response

    return middleware


class ChoiceForm(forms.Form):
    """The body to remember; empty to forget it."""

    body = forms.ModelChoiceField(Body.objects.none(), required=False)
    next = forms.CharField(required=False, max_length=2000)


# Without a CSRF token, so that pages with the form are the same for everybody; forging it could only choose a body.
@csrf_exempt
@require_POST
def choose_body(request: HttpRequest) -> HttpResponse:
    """Store or delete the cookie with a body, and redirect back."""
    form = ChoiceForm(request.POST)
    form.fields["body"].queryset = Body.objects.published()
    body = form.cleaned_data["body"] if form.is_valid() else None
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = body.get_absolute_url() if body else reverse("bodies")
    response = redirect(back)
    if body:
        path = f"{settings.FORCE_SCRIPT_NAME}/"
        options = {"secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Lax", "path": path}
        response.set_cookie(COOKIE, str(body.pk), max_age=A_YEAR, **options)
    else:
        response.delete_cookie(COOKIE, path=f"{settings.FORCE_SCRIPT_NAME}/", samesite="Lax")
    return response
