"""The OpenSearch server at ARCHIVE_SEARCH_URL, if any."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

SCHEMES = {"opensearch": "http", "opensearchs": "https"}
DEFAULT_NAME = "archive"
DEFAULT_PORT = 9200


@dataclass(frozen=True, slots=True)
class SearchServer:
    """The nodes of a server, credentials, and the name of the archive on it."""

    nodes: tuple[str, ...]  # http://host:port
    user: str = ""
    password: str = field(default="", repr=False)
    certificates: str = ""  # CA bundle to verify the nodes; empty for that of the system
    name: str = DEFAULT_NAME


def opensearch(url: str) -> SearchServer:
    """Return the server of a URL; raise ValueError if it is invalid.

    opensearchs://archive:password@one.example.org:9200,two.example.org:9200/archive?ca=/etc/ssl/search.pem
    """
    parts = urlsplit(url)
    people, _, hosts = parts.netloc.rpartition("@")
    user, _, password = people.partition(":")
    options = parse_qs(parts.query, strict_parsing=bool(parts.query), keep_blank_values=True)
    name = parts.path.strip("/") or DEFAULT_NAME
    if parts.scheme not in SCHEMES or parts.fragment or options.keys() - {"ca"}:
        raise ValueError("not an address of OpenSearch")
    # archive, minutes-2
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", name):
        raise ValueError("not a name that an index can have")
    nodes = tuple(f"{SCHEMES[parts.scheme]}://{_host_and_port(host)}" for host in hosts.split(","))
    return SearchServer(nodes, unquote(user), unquote(password), options.get("ca", [""])[0], name)


def _host_and_port(written: str) -> str:
    parts = urlsplit(f"//{written}")
    # search-1.example.org, 10.0.0.7, ::1
    if not parts.hostname or not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+", parts.hostname):
        raise ValueError("not a host")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{host}:{parts.port or DEFAULT_PORT}"
