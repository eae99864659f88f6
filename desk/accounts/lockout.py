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

# Staff of one office share an address, so the limit for all their accounts together is higher.
MAX_FAILURES_PER_ADDRESS = 50


def address_of(request: HttpRequest) -> str | None:
    """Return the client's IP address, or None if it is not a valid one.

    The address comes from the connection, or from X-Forwarded-For where our own proxy set it.
    """
    try:
        return str(ipaddress.ip_address(BaseThrottle().get_ident(request) or ""))
    except ValueError:
        return None


class Attempts(AxesDatabaseHandler):
    """Count failed logins per name and address, and per address for all names."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Return the failed logins; at least the limit if the address exceeded its own."""
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
    """Render the lockout page; it does not reveal whether the account exists."""
    wait = settings.AXES_COOLOFF_TIME
    page = render(request, "desk/accounts/locked_out.html", {"minutes": int(wait.total_seconds() // 60)}, status=429)
    page["Retry-After"] = str(int(wait.total_seconds()))
    return page
