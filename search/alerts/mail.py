"""E-mail of alerts, sent so that no address or token is logged."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.http import QueryDict

from minutes.models import Organization
from search.index.facet_fields import TASKED

LONGEST_WORDS = 40
LONGEST_ID = 18
EVERYTHING = "全部议题"


class MailNotSent(OSError):
    """The mail server rejected a message or did not answer.

    The message gives the kind of failure only.
    """


def send(letter: EmailMessage) -> None:
    """Send a message; raise MailNotSent.

    The server's response is not included, because it repeats the address.
    """
    try:
        letter.send()
    except (OSError, ValueError) as error:
        # SMTPException is an OSError. ValueError: a header or host name that is not valid in mail.
        raise MailNotSent(type(error).__name__) from None


def alert_title(conditions: QueryDict) -> str:
    """Return the title of an alert: words, organizations, or the whole archive."""
    if words := " ".join(conditions.get("q", "").split())[:LONGEST_WORDS]:
        return words
    numbers = [int(each) for each in conditions.getlist("organization") if each.isdecimal() and len(each) <= LONGEST_ID]
    units = Organization.objects.published().filter(pk__in=numbers).order_by("name") if numbers else ()
    names = "、".join(unit.name for unit in units)[:LONGEST_WORDS]
    if not names:
        return EVERYTHING
    return f"{names}的新任务" if conditions.getlist("role") == [TASKED] else f"{names}的议题"
