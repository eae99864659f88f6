"""The HTML that embeds a decision in a page of another site."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.html import format_html

from minutes.models import AgendaItem

WIDTH, HEIGHT = 600, 320


def embedding_code(item: AgendaItem, absolute: Callable[[str], str], width: int = WIDTH, height: int = HEIGHT) -> str:
    """Return the iframe; it may not run scripts, and opens links in new pages."""
    address = absolute(reverse("embed-item", args=[item.meeting_id, item.position]))
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>',
        address,
        item.title,
        width,
        height,
    )
