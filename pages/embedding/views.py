from __future__ import annotations

from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem, Meeting
from pages.embedding.code import HEIGHT, WIDTH, embedding_code
from pages.items.decided_items import decided_items
from pages.items.decision_card import cards_of
from pages.withdrawn import gone_if_withdrawn

NARROWEST, LOWEST = 240, 160


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@gone_if_withdrawn("meeting_pk")
def embedded_item(request: HttpRequest, meeting_pk: int, position: int) -> HttpResponse:
    """Show the decisions of an item for a frame; the only page that may be framed."""
    item = item_at(meeting_pk, position)
    context = {"item": item, "meeting": item.meeting, "cards": cards_of(*decided_items([item]))}
    return render(request, "pages/embedding/item.html", context)


def item_at(meeting_pk: int, position: int) -> AgendaItem:
    """Return a published item with its paragraphs, or raise Http404."""
    # Queried by meeting: a number out of range of the database finds nothing instead of failing.
    of_meeting = AgendaItem.objects.published_each().filter(meeting__in=Meeting.objects.filter(pk=meeting_pk))
    return get_object_or_404(
        of_meeting.select_related("meeting__body").prefetch_related("paragraphs"), position=position
    )


class OEmbedForm(forms.Form):
    """The parameters of oEmbed 1.0; unknown ones are ignored, as the standard allows."""

    # Any host: those of an intranet have no dots, which URLField requires.
    url = forms.CharField(max_length=2000, error_messages={"required": "请写议题的网址。"})
    maxwidth = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    maxheight = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    format = forms.ChoiceField(required=False, choices=[("json", "json"), ("xml", "xml")])


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer an oEmbed request (oembed.com); JSON only, 501 for XML."""
    form = OEmbedForm(request.GET)
    if not form.is_valid():
        return problem(400, "请求有误", "；".join(f"{name}：{errors[0]}" for name, errors in form.errors.items()))
    values = form.cleaned_data
    if values["format"] == "xml":
        return problem(501, "没有这种格式", "只有 JSON：请写 format=json，或删去 format。")
    try:
        item = item_of(values["url"], request)
    except Http404:
        return problem(404, "没有找到", "这不是本站一项公开议题的网址：请从议题的网页上复制。")
    width = max(NARROWEST, min(values["maxwidth"] or WIDTH, WIDTH))
    height = max(LOWEST, min(values["maxheight"] or HEIGHT, HEIGHT))
    described = {
        "version": "1.0",
        "type": "rich",
        "title": item.title,
        "author_name": item.meeting.body.name,
        "author_url": request.build_absolute_uri(item.meeting.body.get_absolute_url()),
        "provider_name": "会议纪要档案",
        "provider_url": request.build_absolute_uri(reverse("home")),
        "thumbnail_url": request.build_absolute_uri(reverse("card-item", args=[item.meeting_id, item.position])),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "html": embedding_code(item, request.build_absolute_uri, width, height),
        "width": width,
        "height": height,
    }
    response = JsonResponse(described, json_dumps_params={"ensure_ascii": False})
    # Programs of other sites request it from the browser; the data is public.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def problem(status: int, title: str, detail: str) -> JsonResponse:
    """Return an error as problem JSON (RFC 9457), like those of the API."""
    members = {"title": title, "status": status, "detail": detail}
    options = {"ensure_ascii": False}
    return JsonResponse(members, status=status, content_type="application/problem+json", json_dumps_params=options)


def item_of(url: str, request: HttpRequest) -> AgendaItem:
    """Return the item of a page URL of this site, or raise Http404."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Http404("not an address") from None
    prefix = reverse("home")
    if parts.netloc != request.get_host() or not parts.path.startswith(prefix):
        raise Http404("not an address of this archive")
    try:
        match = resolve(f"/{parts.path.removeprefix(prefix)}")
    except Resolver404:
        raise Http404("no such page") from None
    if match.url_name not in ("item", "embed-item"):
        raise Http404("not an item")
    return item_at(**match.kwargs)
