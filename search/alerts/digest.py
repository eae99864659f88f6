"""The daily digest of an alert: results in meetings published since the last one."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Min
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone

from minutes.models import AgendaItem, Meeting
from search.alerts.mail import MailNotSent, alert_title, send
from search.alerts.models import Alert
from search.alerts.subscribe import end_address, search_address
from search.index.documents import DocId
from search.index.engines.base import Sort
from search.index.facet_fields import TASKED
from search.models import PendingIndexUpdate
from search.query import QueryError, text_queries
from search.query.params import find_all, parse_params
from search.results.hit_tasks import tasks_of_hits
from search.results.hits import Hit, load_hits
from search.results.serializers import snippet_text

logger = logging.getLogger(__name__)
# A meeting that was withdrawn and restored counts as new.
PUBLIC_SINCE = Coalesce("restored_at", "published_at")


@dataclass(frozen=True, slots=True)
class Sent:
    """The outcome of a round of digests."""

    letters: int = 0
    failed: int = 0


def send_digests() -> Sent:
    """Send a digest for every confirmed alert with news, at most once a day.

    Failed ones are retried in the next round.
    """
    until = _published_and_indexed_until()
    today = timezone.localdate()
    letters = failed = 0
    for alert in Alert.objects.exclude(confirmed_at=None).exclude(sent_on=today).iterator():
        try:
            letters += _send(alert, until, today)
        except QueryError:
            # The organization or person of the search no longer exists; the page linked in the digests says so.
            logger.warning("Alert %s searches for a record that no longer exists", alert.pk)
            failed += 1
        except MailNotSent as error:
            logger.error("The letter of alert %s could not be sent: %s", alert.pk, error)
            failed += 1
    return Sent(letters, failed)


def _published_and_indexed_until() -> datetime.datetime:
    """Return the time up to which every published meeting is indexed.

    Later ones wait for the next digest.
    """
    waiting = PendingIndexUpdate.objects.values("meeting_id")
    first = Meeting.objects.filter(pk__in=waiting).aggregate(first=Min(PUBLIC_SINCE))["first"]
    now = timezone.now()
    return min(now, first - datetime.timedelta(microseconds=1)) if first else now


def _send(alert: Alert, until: datetime.datetime, today: datetime.date) -> bool:
    """Send the digest of an alert; return whether there was news."""
    found = _news(alert, until)
    if found:
        # Sent first, recorded afterwards: sending twice is better than not at all.
        send(_letter(alert, found))
        alert.sent_on = today
    if alert.covered_until is None or until > alert.covered_until:
        alert.covered_until = until
    alert.save(update_fields=["sent_on", "covered_until"])
    return bool(found)


def _news(alert: Alert, until: datetime.datetime) -> list[Hit]:
    """Return all results in meetings published since the last digest, newest first."""
    public = Meeting.objects.published().alias(public_since=PUBLIC_SINCE)
    new = public.filter(public_since__gt=alert.covered_until, public_since__lte=until)
    meetings = set(new.values_list("pk", flat=True))
    if not meetings:
        return []
    search = parse_params(QueryDict(alert.conditions))
    items = set(AgendaItem.objects.filter(meeting__in=meetings).values_list("pk", flat=True))

    def is_new(key: DocId) -> bool:
        return key.pk in (meetings if key.is_meeting else items)

    keys = [key for key in find_all(search, Sort.NEWEST).keys if is_new(key)]
    return load_hits(keys, text_queries(search.query))


def _with_lines(hits: list[Hit], conditions: QueryDict) -> list[tuple[Hit, list[str]]]:
    """Return each result with the lines to quote.

    These are its tasks, for searches for tasks, or its excerpt.
    """
    lines = {each.key: [snippet_text(each.snippet)] for each in hits}
    search = parse_params(conditions)
    if TASKED in search.filters.of("role"):
        for result in tasks_of_hits(hits, search):
            lines[result.hit.key] = [row.task.text for row in result.rows] or lines[result.hit.key]
    return [(each, lines[each.key]) for each in hits]


def _letter(alert: Alert, found: list[Hit]) -> EmailMessage:
    conditions = QueryDict(alert.conditions)
    words = alert_title(conditions)
    site = alert.site.rstrip("/")
    context = {
        "words": words,
        "results": [(each, lines, f"{site}{each.snippet_url}") for each, lines in _with_lines(found, conditions)],
        "search": search_address(alert),
        "end": end_address(alert),
    }
    return EmailMessage(
        subject=f"“{words}”有 {len(found)} 条新结果 · 会议纪要档案",
        body=render_to_string("search/alerts/digest.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[alert.email],
        # RFC 8058: mail programs show a button that ends the alert without opening a page.
        headers={
            "List-Unsubscribe": f"<{context['end']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
