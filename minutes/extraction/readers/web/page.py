"""Parse the bytes of a web page into a tree, tolerating any encoding and markup."""

from __future__ import annotations

import re

from lxml import etree

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.readers.text import DecodedText, decode

# Attributes are looked up linearly: parsing a tag of this length takes a minute.
MAX_TAG = 100_000
TAG_BEGINS = re.compile("<[a-zA-Z/!?]")
# src="data:image/png;base64,iVBOR…" · value="/wEPDwUKMTY1…"
LONG_VALUE = re.compile(r"""=\s*(?:"[^"<>]{5000,}"|'[^'<>]{5000,}')""")
NOT_TEXT = ("script", "style")
TOO_DEEP = "网页的标签嵌套过深，可能是恶意文件。请用浏览器打开，把正文复制出来再提交。"
FRAMES = "网页由框架组成，正文在另一个文件里。请用浏览器打开正文所在的框架再另存，或把整个网页存为 .mht。"
TAG_TOO_LONG = "网页里有过长的标签，可能是恶意文件。请用浏览器打开，把正文复制出来再提交。"


def parse_page(content: bytes) -> tuple[etree._Element, DecodedText]:
    """Return the root element of the page, and its decoded characters."""
    decoded = decode(content)
    return tree_of(decoded.text), decoded


def tree_of(html: str) -> etree._Element:
    """Parse HTML without scripts and comments.

    Raise `UnreadableText` where text would be lost, or parsing would take too long.
    """
    html = LONG_VALUE.sub('=""', without_elements(html, NOT_TEXT))
    if longest_tag(html) > MAX_TAG:
        raise UnreadableText(TAG_TOO_LONG)
    # As bytes: lxml rejects a str with an encoding declaration, and declarations may be wrong.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    root = etree.fromstring(html.encode(), parser)
    # Otherwise libxml2 would silently drop everything below its maximum depth.
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableText(TOO_DEEP)
    if root is not None and root.find(".//frameset") is not None:
        raise UnreadableText(FRAMES)
    if root is None:
        raise UnreadableText("网页里没有文字。请确认文件。")
    return root


def without_elements(html: str, names: tuple[str, ...]) -> str:
    """Cut elements with non-HTML content, to the end of the page if unclosed."""
    for name in names:
        lower = html.lower()
        pieces, place = [], 0
        while (start := lower.find(f"<{name}", place)) >= 0:
            end = lower.find(f"</{name}", start)
            pieces.append(html[place:start])
            close = lower.find(">", end) if end >= 0 else -1
            place = close + 1 if close >= 0 else len(html)
        html = "".join([*pieces, html[place:]])
    return html


def longest_tag(html: str) -> int:
    """Return the length of the longest stretch from the start of a tag to the next >."""
    longest = 0
    for piece in html.split(">"):
        if len(piece) > longest and (begins := TAG_BEGINS.search(piece)):
            longest = max(longest, len(piece) - begins.start())
    return longest
