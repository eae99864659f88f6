"""Lockout after wrong passwords, per name and address and per address alone."""

from __future__ import annotations

import ipaddress

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.throttling import BaseThrottle

# An office shares an address, so for all its names together the limit is wide.
MAX_FAILURES_PER_ADDRESS = 50


def address_of(request: HttpRequest) -> str | None:
    """Return the client address from the connection or our own proxy; None if it is not an address."""
    try:
        return str(ipaddress.ip_address(BaseThrottle().get_ident(request) or ""))
    except ValueError:
        return None


class Attempts(AxesDatabaseHandler):
    """Count wrong passwords for a name from an address, and from that address for any name."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Return the failures that count; at least the limit when the address has had too many."""
        failures = super().get_failures(request, credentials)
        if failures_from(request) >= MAX_FAILURES_PER_ADDRESS:
            return max(failures, settings.AXES_FAILURE_LIMIT)
        return failures


def failures_from(request: HttpRequest) -> int:
    attempts = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address, attempt_time__gte=get_cool_off_threshold(request)
    )
    return attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """Render the page for a locked out client; it does not say whether the name exists."""
    wait = settings.AXES_COOLOFF_TIME
    page = render(request, "desk/access/locked_out.html", {"minutes": int(wait.total_seconds() // 60)}, status=429)
    page["Retry-After"] = str(int(wait.total_seconds()))
    return page
