"""Template tags that link facts to their source, and short forms of places."""

from django import template
from django.utils.html import format_html

from minutes.addresses import address_in_source
from minutes.ingest.department_names import BODY_ENDING
from minutes.models import Body
from minutes.models.sources import Spanned

register = template.Library()


@register.simple_tag
def fact(text: object, meeting_id: int, read_from: Spanned | list[int] | None) -> str:
    """Link the text to its span in the source; plain text without a span."""
    place = source_url(meeting_id, read_from)
    return format_html('<a class="fact" href="{}">{}</a>', place, text) if place else format_html("{}", text)


@register.simple_tag
def place(of_what: object, meeting_id: int, read_from: Spanned | list[int] | None) -> str:
    """Return a small 原文 link to a span; nothing without one."""
    url = source_url(meeting_id, read_from)
    if not url:
        return ""
    return format_html('<a class="place" href="{}">原文<span class="visually-hidden">：{}</span></a>', url, of_what)


def source_url(meeting_id: int, read_from: Spanned | list[int] | None) -> str:
    """Return the URL of the source with a span highlighted; "" without one."""
    start, end = (read_from.start, read_from.end) if isinstance(read_from, Spanned) else (read_from or (0, 0))
    return address_in_source(meeting_id, start, end) if start < end else ""


@register.filter
def cited_place(within: object, position: int) -> str:
    """Join parts of a citation path: 5 and 3 make 5/3."""
    return f"{within}/{position}"


@register.filter
def place_of_body(body: Body) -> str:
    """Return the place a body governs: 云川市 for 云川市人民政府."""
    return BODY_ENDING.sub("", body.name)
