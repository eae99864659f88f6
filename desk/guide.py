"""The staff guide: docs/guide rendered in the admin, with links and pictures."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from desk.shortcuts import render_page

GUIDE = settings.BASE_DIR / "docs" / "guide"
# Raw HTML is escaped.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@staff_member_required
@require_safe
def guide(request: HttpRequest, page_name: str) -> HttpResponse:
    """Show a page of the guide; README is the table of contents."""
    heading, _, text = guide_file(f"{page_name}.md").read_text(encoding="utf-8").partition("\n")
    html = mark_safe(MARKDOWN.render(text))  # noqa: S308
    return render_page(request, "guide", heading.removeprefix("# "), is_contents=page_name == "README", text=html)


@staff_member_required
@require_safe
def picture(request: HttpRequest, picture_name: str) -> HttpResponse:
    """Send a picture of the guide."""
    return HttpResponse(guide_file(f"pictures/{picture_name}.png").read_bytes(), content_type="image/png")


def guide_file(path: str) -> Path:
    """Return the file for a URL path, or raise Http404.

    The URL patterns allow neither dots nor slashes.
    """
    if not (file := GUIDE / path).is_file():
        raise Http404("the guide has no such page")
    return file
