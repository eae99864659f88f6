"""HTTP client for the nodes of a server, with a circuit breaker per node."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

from minutes.messages import translate as _
from search.index.engines.base import IndexUnreachable, SearchUnavailable

logger = logging.getLogger(__name__)

SECONDS_TO_CONNECT = 1.0
SECONDS_TO_ANSWER = 2.0
# Timeout of write requests, including replication and refresh.
SECONDS_TO_WRITE = 60.0
# A node that failed is skipped for this long: readers get an error at once, instead of blocking the web server's
# threads one after another.
SECONDS_OF_REST = 5.0
# Timeout for the first request to a node after that.
_SECONDS_TO_SHOW = 0.5
# A single slow response may be due to the query; two in a row are not.
_MOST_TIMEOUTS = 2
# A node short of memory refuses writes until it has freed some. Pauses: 0, 1, 2, 4, 8 and then 15 seconds.
_UNTIL_IT_HAS_ROOM = urllib3.Retry(
    total=None,
    connect=False,
    read=False,
    status=8,
    status_forcelist=[429],
    allowed_methods=None,
    backoff_factor=0.5,
    backoff_max=15,
    raise_on_status=False,
)
# Connections kept open per node, one per thread.
_MOST_CONNECTIONS = 8


class NotThere(SearchUnavailable):
    """The server answers, but has no index, alias or document of this name."""


class Client:
    """A server as a list of nodes, used in turn."""

    def __init__(self, nodes: Sequence[str], user: str = "", password: str = "", certificates: str = "") -> None:
        headers = {"Content-Type": "application/json"}
        if user:
            headers |= urllib3.make_headers(basic_auth=f"{user}:{password}")
        secured = {"cert_reqs": "CERT_REQUIRED", "ca_certs": certificates or None}
        self._nodes = [
            _Node(
                urllib3.connection_from_url(
                    address,
                    headers=headers,
                    maxsize=_MOST_CONNECTIONS,
                    **(secured if address.startswith("https:") else {}),
                )
            )
            for address in nodes
        ]
        # Processes start with different nodes.
        self._turn = count(os.getpid())

    def ask(self, method: str, path: str, body: object = None, seconds: float = SECONDS_TO_ANSWER) -> Any:
        """Return the response to a request; raise SearchUnavailable on failure."""
        return self._send(method, path, None if body is None else _encoded(body), seconds)

    def ask_in_lines(self, path: str, lines: Iterable[object], seconds: float = SECONDS_TO_ANSWER) -> Any:
        """Return the response to several requests, one per line."""
        return self._send("POST", path, _in_lines(lines), seconds)

    def write_in_lines(self, path: str, lines: Iterable[object], seconds: float = SECONDS_TO_WRITE) -> Any:
        """Return the response to several operations, one per line, that may be repeated."""
        return self._send("POST", path, _in_lines(lines), seconds, _UNTIL_IT_HAS_ROOM)

    def _send(
        self, method: str, path: str, body: bytes | None, seconds: float, retries: urllib3.Retry | bool = False
    ) -> Any:
        reason = _("no node of it answered lately")
        for node in self._awake():
            try:
                timeout = urllib3.Timeout(connect=SECONDS_TO_CONNECT, read=seconds)
                response = node.pool.request(method, path, body=body, timeout=timeout, retries=retries)
            except ReadTimeoutError as error:
                # The next node may be waiting for the same one; a retry would only double the time.
                node.failed(at_once=seconds > SECONDS_TO_ANSWER)
                logger.warning("OpenSearch at %s did not answer within %s seconds", node.name, seconds)
                raise IndexUnreachable(
                    _("OpenSearch did not answer within {seconds:g} seconds", seconds=seconds)
                ) from error
            except HTTPError as error:
                node.failed(at_once=True)
                logger.warning("OpenSearch at %s cannot be reached: %s", node.name, error)
                reason = _("{node} cannot be reached", node=node.name)
                continue
            node.answered()
            return _read(response, path)
        raise IndexUnreachable(_("OpenSearch does not answer: {reason}", reason=reason))

    def _awake(self) -> Iterator[_Node]:
        """Yield the available nodes, starting with the next one each time."""
        first = next(self._turn) % len(self._nodes)
        for node in self._nodes[first:] + self._nodes[:first]:
            if node.is_awake():
                yield node


class _Node:
    """A node and its recent failures."""

    def __init__(self, pool: urllib3.HTTPConnectionPool) -> None:
        self.pool = pool
        self.name = f"{pool.host}:{pool.port}"
        self._failures = 0
        self._rests_until = 0.0

    def is_awake(self) -> bool:
        """Return whether it may be used; after a failure, it must respond to a ping first."""
        if time.monotonic() < self._rests_until:
            return False
        if not self._rests_until:
            return True
        self._rests_until = time.monotonic() + SECONDS_OF_REST  # so that other threads do not wait for it as well
        try:
            self.pool.request("GET", "/", timeout=urllib3.Timeout(_SECONDS_TO_SHOW), retries=False)
        except HTTPError:
            return False
        self._rests_until = 0.0
        return True

    def answered(self) -> None:
        self._failures = 0

    def failed(self, at_once: bool) -> None:
        """Skip the node for a while, at once or after consecutive failures."""
        self._failures += 1
        if at_once or self._failures >= _MOST_TIMEOUTS:
            self._rests_until = time.monotonic() + SECONDS_OF_REST


def _encoded(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _in_lines(lines: Iterable[object]) -> bytes:
    return b"".join(_encoded(line) + b"\n" for line in lines)


def _read(response: urllib3.BaseHTTPResponse, path: str) -> Any:
    """Return the parsed response; raise SearchUnavailable for an error."""
    try:
        answer = json.loads(response.data) if response.data else {}
    except ValueError:
        answer = {}
    if response.status < 300:
        return answer
    error = answer.get("error", {}) if isinstance(answer, dict) else {}
    if response.status == 404:
        raise NotThere(_("OpenSearch has no {path}", path=path.split("?")[0]))
    raise refused(response.status, error)


def refused(status: int, response: Any) -> IndexUnreachable:
    """Log an error response and return the exception for it."""
    logger.error("OpenSearch answered %s: %s", status, str(response)[:2000])
    reason = response.get("type", "") if isinstance(response, dict) else str(response)
    return IndexUnreachable(_("OpenSearch answered {status} {reason}: see the log", status=status, reason=reason))
