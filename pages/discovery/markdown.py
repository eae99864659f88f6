"""Serve public pages as Markdown: /meetings/5.md, or `Accept: text/markdown`."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, get_script_prefix, is_valid_path, resolve
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from markdownify import MarkdownConverter

CONTENT_TYPE = "text/markdown; charset=utf-8"
PUBLIC_URLCONFS = ("pages.urls", "search.urls")
# Elements that need a browser, or that repeat their context for screen readers.
LEFT_OUT = "form, script, style, svg, button, input, .actions, .legend, .visually-hidden, .skip-link, .embedding"
# 审议《<b>办法</b>》 or [附件](http://…) in the minutes: neither must become markup or a link in Markdown
STARTS_MARKUP = re.compile(r"([<\[\]])")
# Three or more line breaks, with spaces between: "第一段\n\n \n第二段"
EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")


class Converter(MarkdownConverter):
    """Convert HTML to Markdown, keeping the text of a page as text."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape what Markdown would interpret as HTML or a link, besides emphasis."""
        return STARTS_MARKUP.sub(r"\\\1", super().escape(text, parent_tags))


@require_safe
def markdown_page(request: HttpRequest, page: str) -> HttpResponse:
    """Return the page /PAGE/ as Markdown for /PAGE.md; 404 if it is not public."""
    path = f"/{page}/" if page else "/"
    for urlconf in PUBLIC_URLCONFS:
        try:
            match = resolve(path, urlconf)
        except Resolver404:
            continue
        request.path_info, request.path = path, get_script_prefix().rstrip("/") + path
        request.resolver_match = match
        response = match.func(request, *match.args, **match.kwargs)
        # Responses of a TemplateView are rendered after the outermost view.
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        return as_markdown(request, response)
    raise Http404(f"no page {path}")


def negotiate_markdown(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Convert a public page if the request prefers Markdown to HTML."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not is_public_page(request, response):
            return response
        if request.get_preferred_type(["text/html", "text/markdown"]) == "text/markdown":
            response = as_markdown(request, response)
        patch_vary_headers(response, ["Accept"])
        return response

    return middleware


def is_public_page(request: HttpRequest, response: HttpResponse) -> bool:
    is_html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    return is_html and any(is_valid_path(request.path_info, urlconf) for urlconf in PUBLIC_URLCONFS)


def as_markdown(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the main part of an HTML response as Markdown.

    Links are absolute, and the URL of the page is above.
    """
    if not response.get("Content-Type", "").startswith("text/html"):
        return response
    document = BeautifulSoup(response.content, "lxml")
    address = request.build_absolute_uri()
    main = document.find(id="content") or document
    for element in main.select(LEFT_OUT):
        element.decompose()
    for link in main.select("a[href]"):
        link["href"] = urljoin(address, str(link["href"]))
    text = Converter(heading_style="ATX", bullets="-").convert_soup(main)
    body = EMPTY_LINES.sub("\n\n", text).strip()
    content = f"<{request.build_absolute_uri(request.get_full_path())}>\n\n{body}\n"
    converted = HttpResponse(content, status=response.status_code, content_type=CONTENT_TYPE)
    for name in ("Last-Modified", "Cache-Control", "Location"):
        if name in response:
            converted[name] = response[name]
    return converted
