"""The guide for staff in the admin: the pages of docs/guide, under addresses that let their links and pictures hold."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from desk.render import page

GUIDE = settings.BASE_DIR / "docs" / "guide"
# What is no Markdown stays text: no tag of a page gets through.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@staff_member_required
@require_safe
def guide(request: HttpRequest, page_name: str) -> HttpResponse:
    """A page of the guide; README is its table of contents."""
    heading, _, text = file_of_guide(f"{page_name}.md").read_text(encoding="utf-8").partition("\n")
    html = mark_safe(MARKDOWN.render(text))  # noqa: S308
    return page(request, "guide", heading.removeprefix("# "), is_contents=page_name == "README", text=html)


@staff_member_required
@require_safe
def picture(request: HttpRequest, picture_name: str) -> HttpResponse:
    """A picture that a page shows."""
    return HttpResponse(file_of_guide(f"pictures/{picture_name}.png").read_bytes(), content_type="image/png")


def file_of_guide(path: str) -> Path:
    """The file of an address; addresses have neither dots nor slashes of their own."""
    if not (file := GUIDE / path).is_file():
        raise Http404("the guide has no such page")
    return file
