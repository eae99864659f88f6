"""Subscribe to alerts: confirmation by e-mail, with rate limits."""

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
from django_tasks import task

from search.alerts.mail import send
from search.alerts.models import Alert

# Unconfirmed addresses are not kept longer than this.
UNCONFIRMED_FOR = datetime.timedelta(days=3)
# Limits against flooding mailboxes through this form, and against damage to the sender's reputation.
LETTERS_A_DAY_TO_AN_ADDRESS = 3
LETTERS_AN_HOUR = 100
BETWEEN_CONFIRMATIONS = datetime.timedelta(hours=1)

_confirming = Signer(salt="search.alerts.confirm")
_ending = Signer(salt="search.alerts.end")


class TooManyAlerts(Exception):
    """More confirmations were requested than are sent in an hour."""


def ask_for_alert(email: str, params: QueryDict, site: str) -> None:
    """Store the alert and enqueue the confirmation message.

    The same statements run for every address, and the task decides whether to send a message, so that neither the
    response nor its time reveals anything about the address.
    """
    now = timezone.now()
    if Alert.objects.filter(asked_at__gt=now - datetime.timedelta(hours=1)).count() >= LETTERS_AN_HOUR:
        raise TooManyAlerts
    identity = {"email": email.strip().lower(), "conditions": canonical_conditions(params)}
    with transaction.atomic():
        Alert.objects.bulk_create([Alert(**identity, site=site, asked_at=now)], ignore_conflicts=True)
        alert = Alert.objects.only("pk").get(**identity)
        Alert.objects.filter(pk=alert.pk, confirmed_at=None).update(asked_at=now)
        send_confirmation.enqueue(str(alert.pk))


@task()
def send_confirmation(alert_id: str) -> bool:
    """Send the confirmation message unless one was sent recently.

    Return whether it was sent.
    """
    alert = Alert.objects.filter(pk=alert_id, confirmed_at=None).first()
    now = timezone.now()
    if alert is None or (alert.confirmation_sent_at and alert.confirmation_sent_at > now - BETWEEN_CONFIRMATIONS):
        return False
    sent_today = Alert.objects.filter(email=alert.email, confirmation_sent_at__gt=now - datetime.timedelta(days=1))
    if sent_today.count() >= LETTERS_A_DAY_TO_AN_ADDRESS:
        if alert.confirmation_sent_at is None:
            alert.delete()
        return False
    send(_confirmation_letter(alert))
    Alert.objects.filter(pk=alert.pk).update(confirmation_sent_at=now)
    return True


def canonical_conditions(params: QueryDict) -> str:
    """Return the parameters of a search in a canonical order, as a string."""
    ordered = QueryDict(mutable=True)
    for name in sorted(params):
        ordered.setlist(name, sorted(value for value in params.getlist(name) if value))
    return ordered.urlencode()


def forget_unconfirmed() -> int:
    """Delete alerts that were not confirmed in time; return how many."""
    return Alert.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - UNCONFIRMED_FOR).delete()[0]


def confirmation_address(alert: Alert) -> str:
    """Return the URL of the page that confirms an alert."""
    return _absolute(alert, reverse("search-alert-confirm", args=[_confirming.sign(str(alert.pk))]))


def end_address(alert: Alert) -> str:
    """Return the URL of the page that ends an alert."""
    return _absolute(alert, reverse("search-alert-end", args=[_ending.sign(str(alert.pk))]))


def search_address(alert: Alert) -> str:
    """Return the URL of an alert's search with its current results."""
    return _absolute(alert, f"{reverse('search')}?{alert.conditions}")


def alert_to_confirm(token: str) -> Alert | None:
    """Return the alert of a signed confirmation token, or None if it is gone."""
    return _alert_of(_confirming, token)


def alert_to_end(token: str) -> Alert | None:
    """Return the alert of a signed token that ends it, or None if it is gone."""
    return _alert_of(_ending, token)


def _alert_of(signer: Signer, token: str) -> Alert | None:
    try:
        return Alert.objects.filter(pk=signer.unsign(token)).first()
    except BadSignature:
        return None


def _absolute(alert: Alert, path: str) -> str:
    return alert.site.rstrip("/") + path


def _confirmation_letter(alert: Alert) -> EmailMessage:
    context = {"alert": alert, "confirm": confirmation_address(alert), "search": search_address(alert)}
    return EmailMessage(
        subject="请确认：会议纪要检索的邮件订阅",
        body=render_to_string("search/alerts/confirm.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[alert.email],
    )
