"""What is answered at the address of what was public once and is withdrawn: that it was, when and why it went."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import Meeting

View = Callable[..., HttpResponse]


def tells_of_withdrawal(of_meeting: str) -> Callable[[View], View]:
    """Answer 410 where nothing is found because its meeting is withdrawn.

    `of_meeting` is the part of the address that begins with the number of the meeting.
    """

    def telling(view: View) -> View:
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

    return telling
