"""Atom feeds that browsers show as a page, with a style sheet and links.

Browsers are dropping XSLT, so the feed itself is styled with CSS. XHTML elements in it are links in a browser; feed
readers ignore what is not Atom.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, TextIO

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed, Stylesheet
from django.utils.xmlutils import SimplerXMLGenerator

XHTML = {"xmlns": "http://www.w3.org/1999/xhtml"}
WHAT_A_FEED_IS = "这是一个订阅源：把本页的地址加入阅读器（RSS、Atom 都可以），有了新内容它会告诉您。也可以"


class ReadableAtomFeed(Atom1Feed):
    """An Atom feed with a style sheet, a note for people, and a link per entry."""

    def write(self, outfile: TextIO, encoding: str) -> None:
        """Write the feed, with the style sheet before the root element."""
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.processingInstruction("xml-stylesheet", str(Stylesheet(static("css/feed.css"))))
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add a note for people and a link to the page after Django's elements."""
        super().add_root_elements(handler)
        handler.startElement("p", XHTML)
        handler.characters(WHAT_A_FEED_IS)
        handler.addQuickElement("a", "看网页", {"href": self.feed["link"]})
        handler.characters("。")
        handler.endElement("p")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add a link to the entry's page after Django's elements."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("a", "打开", XHTML | {"href": item["link"]})


def shown_in_browsers(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Send application/xml to browsers: Chromium shows Atom as source text."""
    if response.status_code == HTTPStatus.OK and "text/html" in request.headers.get("Accept", ""):
        response["Content-Type"] = "application/xml; charset=utf-8"
    patch_vary_headers(response, ["Accept"])
    return response
