"""Read a web page saved as one file (MHT): a MIME message with page and frames."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32
from typing import NamedTuple
from urllib.parse import urljoin

from minutes.extraction.exceptions import UnreadableText

MAX_PARTS = 5_000
# A page with frames nested three deep has four.
MAX_DEPTH = 20
DAMAGED = "网页文件（MHT）已损坏，里面没有网页。请用浏览器重新保存，再提交。"
# <frame src="cid:frame-2@mhtml.blink"> · <iframe src="content.htm">
FRAME = re.compile(rb"<i?frame\b[^>]{0,2000}?\bsrc\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.I)
ADDRESS = re.compile(r"https?://\S{1,900}$")


class SavedPage(NamedTuple):
    """The page and its frames in reading order, and the URL of the page."""

    pages: list[bytes]
    address: str


def unpack_mht(content: bytes) -> SavedPage:
    """Return the web pages in the file, the saved one first."""
    try:
        # compat32, because the newer policy is ten times slower.
        mail = email.message_from_bytes(content, policy=compat32)
        parts = list(parts_of(mail))
    except RecursionError as error:
        raise UnreadableText(DAMAGED) from error
    pages = {location_of(part) or str(place): part for place, part in enumerate(parts) if is_page(part)}
    if not pages:
        raise UnreadableText(DAMAGED)
    by_cid = {cid: location for location, part in pages.items() if (cid := cid_of(part))}
    first = next(iter(pages))
    address = str(mail.get("Snapshot-Content-Location") or "").strip() or first
    ordered = in_reading_order(first, pages, by_cid, set())
    return SavedPage([bytes_of(pages[location]) for location in ordered], address if ADDRESS.fullmatch(address) else "")


def parts_of(mail: Message) -> Iterator[Message]:
    """Yield the parts with content; iteratively, as nesting is unlimited."""
    waiting = [(mail, 0)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > MAX_PARTS or depth > MAX_DEPTH:
            raise UnreadableText("网页文件（MHT）的部分过多或嵌套过深，可能是恶意文件。请用浏览器重新保存，再提交。")
        if part.is_multipart():
            waiting += [(each, depth + 1) for each in reversed(part.get_payload())]
        else:
            yield part


def is_page(part: Message) -> bool:
    return part.get_content_type() in ("text/html", "application/xhtml+xml")


def location_of(part: Message) -> str:
    return str(part.get("Content-Location") or "").strip()


def cid_of(part: Message) -> str:
    return str(part.get("Content-ID") or "").strip().strip("<>")


def bytes_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def in_reading_order(location: str, pages: dict[str, Message], by_cid: dict[str, str], seen: set[str]) -> list[str]:
    """Return a page and its frames, each once, then pages not shown by any frame."""
    ordered: list[str] = []
    waiting = [location]
    while waiting:
        here = waiting.pop()
        if here in seen or here not in pages:
            continue
        seen.add(here)
        ordered.append(here)
        sources = [source.decode("ascii", "ignore") for source in FRAME.findall(bytes_of(pages[here]))]
        targets = [
            by_cid.get(source[4:], "") if source.startswith("cid:") else urljoin(here, source) for source in sources
        ]
        waiting += reversed(targets)
    return ordered + [each for each in pages if each not in seen]
