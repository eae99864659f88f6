"""The weight of a page: itself and every file it loads, in gzipped bytes."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass

# <link rel="stylesheet" href="/static/css/archive.1a2b.css"> · <script src="/static/js/suggest.3c4d.js" defer>
_LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"[^>]* href|script src|img src)="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Weight:
    """The bytes of a page, and of the files it loads."""

    page: int
    files: int
    how_many_files: int


def weigh(port: int, path: str) -> Weight:
    """Return the weight of one page of the archive on this port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    files = set(_LOADED.findall(_body(connection, path, "identity").decode()))
    return Weight(
        page=len(_body(connection, path, "gzip")),
        files=sum(len(_body(connection, file, "gzip")) for file in files),
        how_many_files=len(files),
    )


def _body(connection: http.client.HTTPConnection, path: str, encoding: str) -> bytes:
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    body = response.read()
    if response.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {response.status}")
    return body
