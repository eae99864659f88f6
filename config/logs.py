"""JSON logs with request ids, and an access log without personal data."""

from __future__ import annotations

import datetime
import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

request_id: ContextVar[str] = ContextVar("request_id", default="")
access = logging.getLogger("access")
# 6f9619ff-8b86-d011-b42d-00c04fc964ff, a request id from a proxy
ID_OF_PROXY = re.compile(r"[A-Za-z0-9-]{8,64}")


class IdentifyRequests:
    """Assign an id to every request, and write the access log.

    The id is in the response, on error pages and in each log line. The access log has the route instead of path and
    query, which may contain search terms and tokens.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get("X-Request-ID", "")
        request.id = sent if ID_OF_PROXY.fullmatch(sent) else uuid.uuid4().hex
        token = request_id.set(request.id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.id
            milliseconds = round(1000 * (time.perf_counter() - started))
            extra = {"route": route_of(request), "status": response.status_code, "ms": milliseconds}
            access.info("%s %s %s %s ms", request.method, extra["route"], extra["status"], milliseconds, extra=extra)
            return response
        finally:
            request_id.reset(token)


def route_of(request: HttpRequest) -> str:
    return f"/{request.resolver_match.route}" if request.resolver_match else "(no route)"


class RouteInsteadOfPath(logging.Filter):
    """Replace the path in Django's log messages with the route; it may have tokens."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            route = route_of(request)
            # Django escapes non-ASCII characters before logging.
            paths = (request.path, request.path.encode("unicode_escape").decode())
            record.args = tuple(route if argument in paths else argument for argument in record.args)
        return True


class JsonLines(logging.Formatter):
    """Format a record as one JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in ("route", "status", "ms") if hasattr(record, name)}
        # Django logs some responses after the middleware has finished.
        if identifier := request_id.get() or getattr(getattr(record, "request", None), "id", ""):
            line["request_id"] = identifier
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
