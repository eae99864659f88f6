"""Reject oversized request bodies, and numbers out of range of the database."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from minutes.extraction.limits import MEGABYTE

# Allowance for the form around a file.
FORM_OVERHEAD_BYTES = 100_000


class RefuseLargeBodies:
    """Answer 413 to large bodies; only the upload view accepts files.

    It does so from users who may upload.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and length > max_upload_bytes(request):
            return render(request, "413.html", {"most_megabytes": settings.EXTRACT_FILE_MB}, status=413)
        return None


def max_upload_bytes(request: HttpRequest) -> int:
    """Return how many bytes this user may send to this view on top of a plain form."""
    takes_files = request.resolver_match.view_name == "desk-uploads" and request.user.has_perm("minutes.upload_minutes")
    return settings.EXTRACT_FILE_MB * MEGABYTE + FORM_OVERHEAD_BYTES if takes_files else 0


class RefuseImpossibleNumbers:
    """Answer 400 to admin filters out of range, such as ?id__in=9223372036854775808."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # SQLite's driver raises OverflowError, PostgreSQL DataError.
        in_admin = request.resolver_match.app_name == "admin" and request.method in ("GET", "HEAD")
        if in_admin and isinstance(exception, (OverflowError, DataError)):
            return refuse_bad_request(request, exception)
        return None


def refuse_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer requests that Django rejects.

    For an overlong text or too many files, the page says how to upload them instead.
    """
    if isinstance(exception, TooManyFilesSent):
        context = {"most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
        return render(request, "413.html", context, status=413)
    if isinstance(exception, RequestDataTooBig):
        context = {"most_megabytes_of_words": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE}
        return render(request, "413.html", context, status=413)
    return defaults.bad_request(request, exception)
