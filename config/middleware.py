"""Middleware: compression, and a message if the database is unavailable."""

import logging
import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

from minutes.models.engine_sql import is_unavailable

logger = logging.getLogger(__name__)


class CompressPages(GZipMiddleware):
    """Compress responses; streamed files are sent as they are, with their length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if response.streaming else super().process_response(request, response)


class RespondUnavailable:
    """Answer 503 with a message while the database cannot be read or written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable(request, error) if is_unavailable(error) else None


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    view = request.resolver_match.view_name if request.resolver_match else "a page"
    logger.warning("The database did not do what %s needs: %s", view, error)
    was_writing = request.method not in ("GET", "HEAD")
    response = render(request, "503.html", {"was_writing": was_writing}, status=503)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Render the error page with the request id, which is in the log."""
    error = sys.exception()
    try:
        if error and is_unavailable(error):
            # Errors of views are handled by `RespondUnavailable`; this one is from another middleware.
            return unavailable(request, error)
        return render(request, "500.html", {"request_id": getattr(request, "id", "")}, status=500)
    except Exception:
        # The cause of the error may affect this page as well.
        logger.exception("The error page could not be rendered")
        return HttpResponse("档案出了故障，请稍后再试。", status=500, content_type="text/plain; charset=utf-8")
