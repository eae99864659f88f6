"""Whoever guesses passwords is locked out for a while; those who guess nothing are not."""

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
MOST_FROM_ONE_ADDRESS = 50


def address_of(request: HttpRequest) -> str | None:
    """The address of whoever asks, as the connection has it, or our own proxy; nothing where that is no address."""
    try:
        return str(ipaddress.ip_address(BaseThrottle().get_ident(request) or ""))
    except ValueError:
        return None


class Attempts(AxesDatabaseHandler):
    """Counts wrong passwords for a name from an address, and from that address for whatever names."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """The wrong passwords that count; as many as lock when the address alone has had too many."""
        failures = super().get_failures(request, credentials)
        if failures_from(request) >= MOST_FROM_ONE_ADDRESS:
            return max(failures, settings.AXES_FAILURE_LIMIT)
        return failures


def failures_from(request: HttpRequest) -> int:
    attempts = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address, attempt_time__gte=get_cool_off_threshold(request)
    )
    return attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """The page for whoever is locked out; it does not say whether the name exists."""
    wait = settings.AXES_COOLOFF_TIME
    page = render(request, "desk/access/locked_out.html", {"minutes": int(wait.total_seconds() // 60)}, status=429)
    page["Retry-After"] = str(int(wait.total_seconds()))
    return page
