"""Atom feeds that a browser shows as a page: with a style sheet, and with links that can be followed.

Browsers give up XSLT, so the feed itself is styled (CSS). Elements of XHTML in it are live links in a browser; feed
readers pass over what is not Atom.
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
    """An Atom feed with a style sheet, a note for people, and a link to follow in each entry."""

    def write(self, outfile: TextIO, encoding: str) -> None:
        """Write the feed; the style sheet stands before its root element."""
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.processingInstruction("xml-stylesheet", str(Stylesheet(static("css/feed.css"))))
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add after Django's elements what the feed is for, and the way to the page."""
        super().add_root_elements(handler)
        handler.startElement("p", XHTML)
        handler.characters(WHAT_A_FEED_IS)
        handler.addQuickElement("a", "看网页", {"href": self.feed["link"]})
        handler.characters("。")
        handler.endElement("p")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add after Django's elements a link to the page of the entry."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("a", "打开", XHTML | {"href": item["link"]})


def shown_in_browsers(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Call a feed XML where a browser asks for it: Chromium shows application/atom+xml as its source text."""
    if response.status_code == HTTPStatus.OK and "text/html" in request.headers.get("Accept", ""):
        response["Content-Type"] = "application/xml; charset=utf-8"
    patch_vary_headers(response, ["Accept"])
    return response
