"""Respond to URLs of withdrawn meetings with 410, date and reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import Meeting

View = Callable[..., HttpResponse]


def gone_if_withdrawn(of_meeting: str) -> Callable[[View], View]:
    """Decorate a view to answer 410 if its meeting is withdrawn.

    `of_meeting` is the URL parameter that starts with the id of the meeting. The view must raise Http404 first.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **address: object) -> HttpResponse:
            try:
                return view(request, **address)
            except Http404:
                meeting = Meeting.objects.withdrawn().filter(pk=int(str(address[of_meeting]).split("/")[0])).first()
                if meeting is None:
                    raise
                return render(request, "pages/withdrawn.html", {"meeting": meeting}, status=410)

        return answer

    return decorator
