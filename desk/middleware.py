"""Reject oversized request bodies with 413 before reading them."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults

from minutes.extraction.limits import MEGABYTE

Answer = Callable[[HttpRequest], HttpResponse]
# What a form needs around its file.
FORM_OVERHEAD_BYTES = 100_000


def refuse_large_bodies(get_response: Answer) -> Answer:
    """The middleware that answers 413: files come to one address only, and from those who may bring them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and length > max_body_bytes(request):
            context = {"most_megabytes": settings.EXTRACT_FILE_MB}
            return render(request, "413.html", context, status=413)
        return get_response(request)

    return middleware


def max_body_bytes(request: HttpRequest) -> int:
    """How much this user may send here, when it is more than a form of words."""
    brings_files = request.path == reverse("desk-uploads") and request.user.has_perm("minutes.upload_minutes")
    return settings.EXTRACT_FILE_MB * MEGABYTE + FORM_OVERHEAD_BYTES if brings_files else 0


def refuse_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what Django refuses; of words too long for a form it tells how to bring them all the same."""
    if isinstance(exception, RequestDataTooBig):
        context = {"most_megabytes_of_words": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE}
        return render(request, "413.html", context, status=413)
    return defaults.bad_request(request, exception)
