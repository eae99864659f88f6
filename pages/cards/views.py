from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem, Body, Document, Meeting, Organization, Person
from pages.cards.draw import Card, draw, font_file
from pages.redirects import redirect_merged
from pages.withdrawn import gone_if_withdrawn

# Incremented when the design changes, to invalidate cached cards.
LOOK = 1
WITHOUT_TITLE = "images/card.png"


def answer(card: Card) -> HttpResponse:
    """Return the card, cached by content; without a font, redirect to the default."""
    file = font_file()
    if file is None:
        return redirect(static(WITHOUT_TITLE))
    kept = caches["cards"]
    key = hashlib.sha256("\0".join((str(LOOK), str(file[0]), *astuple(card))).encode()).hexdigest()
    png = kept.get(key)
    if png is None:
        kept.set(key, png := draw(card, file))
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def day_of(meeting: Meeting) -> str:
    return date_format(meeting.date) if meeting.date else ""


def joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


@require_safe
@gone_if_withdrawn("pk")
def meeting_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the card of a meeting: its date and number of items."""
    meeting = get_object_or_404(Meeting.objects.published().select_related("body"), pk=pk)
    return answer(Card("会议纪要", str(meeting), day_of(meeting), f"{meeting.items.count()} 项议题"))


@require_safe
@gone_if_withdrawn("meeting_pk")
def item_card(request: HttpRequest, meeting_pk: int, position: int) -> HttpResponse:
    """Return the card of an item: decision, units and date."""
    meeting = Meeting.objects.filter(pk=meeting_pk)
    items = AgendaItem.objects.published().filter(meeting__in=meeting).select_related("meeting__body")
    item = get_object_or_404(items, position=position)
    outcomes = item.decisions.exclude(outcome_text="").values_list("outcome_text", flat=True)
    fact = "；".join(dict.fromkeys(outcomes)) or "纪要原文"
    return answer(Card("议题", item.title, joined(str(item.meeting), day_of(item.meeting)), fact))


@require_safe
def body_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the card of a body: its number of published meetings."""
    body = get_object_or_404(Body.objects.published(), pk=pk)
    count = Meeting.objects.published().filter(body=body).count()
    return answer(Card("政府", body.name, "", f"{count} 次会议"))


def card_of(kind: str, records: Callable) -> Callable[..., HttpResponse]:
    """Return a view for the cards of a kind of record, following merges."""

    @require_safe
    @redirect_merged(records)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        record = get_object_or_404(records().select_related("body"), pk=pk)
        return answer(Card(kind, str(record), record.body.name))

    return view


organization_card = card_of("单位", Organization.objects.published)
person_card = card_of("人员", Person.objects.published)
document_card = card_of("文件", Document.objects.published)
