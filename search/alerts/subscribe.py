"""Taking an alert up: what is kept of it before its reader has confirmed, and how often anybody may be written to."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from search.alerts.models import Alert

# An address that nobody has confirmed is nobody's: it is not kept.
UNCONFIRMED_FOR = datetime.timedelta(days=3)
# Nobody's letter box may be filled through this form, and nobody's reputation as a sender be spent.
LETTERS_A_DAY_TO_AN_ADDRESS = 3
LETTERS_AN_HOUR = 100

_confirming = Signer(salt="search.alerts.confirm")
_ending = Signer(salt="search.alerts.end")


class TooManyAlerts(Exception):
    """More confirmations were asked for than are sent in an hour."""


def ask_for_alert(email: str, params: QueryDict, site: str) -> None:
    """Write to the address for its owner's confirmation, unless it was written to often enough today.

    Whoever asks learns nothing about the address: not whether it is known here, nor whether a letter was sent.
    """
    now = timezone.now()
    if Alert.objects.filter(asked_at__gt=now - datetime.timedelta(hours=1)).count() >= LETTERS_AN_HOUR:
        raise TooManyAlerts
    address = email.strip().lower()
    today = Alert.objects.filter(email=address, asked_at__gt=now - datetime.timedelta(days=1))
    if today.count() >= LETTERS_A_DAY_TO_AN_ADDRESS:
        return
    with transaction.atomic():
        alert, is_new = Alert.objects.get_or_create(
            email=address, conditions=in_one_order(params), defaults={"site": site, "asked_at": now}
        )
    if is_new or (not alert.confirmed_at and alert.asked_at < now - datetime.timedelta(hours=1)):
        Alert.objects.filter(pk=alert.pk).update(asked_at=now)
        _send_confirmation(alert)


def in_one_order(params: QueryDict) -> str:
    """The conditions of a search as text, the same for the same search."""
    ordered = QueryDict(mutable=True)
    for name in sorted(params):
        ordered.setlist(name, sorted(value for value in params.getlist(name) if value))
    return ordered.urlencode()


def forget_unconfirmed() -> int:
    """How many alerts were deleted because nobody confirmed them in time."""
    return Alert.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - UNCONFIRMED_FOR).delete()[0]


def confirmation_address(alert: Alert) -> str:
    """The page that confirms an alert."""
    return _absolute(alert, reverse("search-alert-confirm", args=[_confirming.sign(str(alert.pk))]))


def end_address(alert: Alert) -> str:
    """The page that ends an alert."""
    return _absolute(alert, reverse("search-alert-end", args=[_ending.sign(str(alert.pk))]))


def search_address(alert: Alert) -> str:
    """The results of the search an alert is for, as they are today."""
    return _absolute(alert, f"{reverse('search')}?{alert.conditions}")


def alert_to_confirm(token: str) -> Alert | None:
    """The alert that this signed text confirms, unless it was ended or forgotten."""
    return _alert_of(_confirming, token)


def alert_to_end(token: str) -> Alert | None:
    """The alert that this signed text ends, unless it is over already."""
    return _alert_of(_ending, token)


def _alert_of(signer: Signer, token: str) -> Alert | None:
    try:
        return Alert.objects.filter(pk=signer.unsign(token)).first()
    except BadSignature:
        return None


def _absolute(alert: Alert, path: str) -> str:
    return alert.site.rstrip("/") + path


def _send_confirmation(alert: Alert) -> None:
    told = {"alert": alert, "confirm": confirmation_address(alert), "search": search_address(alert)}
    EmailMessage(
        subject="请确认：会议纪要检索的邮件订阅",
        body=render_to_string("search/alerts/confirm.txt", told),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[alert.email],
    ).send()
