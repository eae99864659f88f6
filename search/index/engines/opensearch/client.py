"""Ask the nodes of a server over HTTP, and stop asking those that do not answer."""

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
# What writes an index may take: copying to other nodes, making what was written visible.
SECONDS_TO_WRITE = 60.0
# So long a node that did not answer is left alone: readers are told at once that there is no search, instead of waiting
# one after another until all threads of the web server do.
SECONDS_OF_REST = 5.0
# How long a node that rested is waited for to say that it is there.
_SECONDS_TO_SHOW = 0.5
# One slow answer to a reader may be due to the question, two in a row are not.
_MOST_TIMEOUTS = 2
# Connections kept open to a node, one a thread.
_MOST_CONNECTIONS = 8


class NotThere(SearchUnavailable):
    """The server answers, and has no index, alias or document of this name."""


class Client:
    """A server as the list of its nodes, asked in turn."""

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
                    retries=False,
                    maxsize=_MOST_CONNECTIONS,
                    **(secured if address.startswith("https:") else {}),
                )
            )
            for address in nodes
        ]
        # Processes begin with different nodes.
        self._turn = count(os.getpid())

    def ask(self, method: str, path: str, body: object = None, seconds: float = SECONDS_TO_ANSWER) -> Any:
        """Return what the server answers; raise SearchUnavailable where it does not."""
        return self._send(method, path, None if body is None else _encoded(body), seconds)

    def ask_in_lines(self, path: str, lines: Iterable[object], seconds: float = SECONDS_TO_ANSWER) -> Any:
        """Return what the server answers to several questions or orders, a line each."""
        return self._send("POST", path, b"".join(_encoded(line) + b"\n" for line in lines), seconds)

    def _send(self, method: str, path: str, body: bytes | None, seconds: float) -> Any:
        reason = _("no node of it answered lately")
        for node in self._awake():
            try:
                response = node.pool.request(
                    method, path, body=body, timeout=urllib3.Timeout(connect=SECONDS_TO_CONNECT, read=seconds)
                )
            except ReadTimeoutError as error:
                # The next node may wait for the same one; asking it too would only double the time.
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
        """Yield the nodes that are not left alone just now, every time from another one on."""
        first = next(self._turn) % len(self._nodes)
        for node in self._nodes[first:] + self._nodes[:first]:
            if node.is_awake():
                yield node


class _Node:
    """A node and how it answered lately."""

    def __init__(self, pool: urllib3.HTTPConnectionPool) -> None:
        self.pool = pool
        self.name = f"{pool.host}:{pool.port}"
        self._failures = 0
        self._rests_until = 0.0

    def is_awake(self) -> bool:
        """Return whether it may be asked. One whose rest is over shows first that it answers at all."""
        if time.monotonic() < self._rests_until:
            return False
        if not self._rests_until:
            return True
        self._rests_until = time.monotonic() + SECONDS_OF_REST  # so that no other thread waits for it as well
        try:
            self.pool.request("GET", "/", timeout=urllib3.Timeout(_SECONDS_TO_SHOW))
        except HTTPError:
            return False
        self._rests_until = 0.0
        return True

    def answered(self) -> None:
        self._failures = 0

    def failed(self, at_once: bool) -> None:
        """Leave it alone for a while: at once, or after several failures without an answer between them."""
        self._failures += 1
        if at_once or self._failures >= _MOST_TIMEOUTS:
            self._rests_until = time.monotonic() + SECONDS_OF_REST


def _encoded(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _read(response: urllib3.BaseHTTPResponse, path: str) -> Any:
    """Return the answer as Python has it; raise SearchUnavailable for an error."""
    try:
        answer = json.loads(response.data) if response.data else {}
    except ValueError:
        answer = {}
    if response.status < 300:
        return answer
    told = answer.get("error", {}) if isinstance(answer, dict) else {}
    if response.status == 404:
        raise NotThere(_("OpenSearch has no {path}", path=path.split("?")[0]))
    raise refused(response.status, told)


def refused(status: int, told: Any) -> IndexUnreachable:
    """Return the error for what the server answered instead of an answer, and log it."""
    logger.error("OpenSearch answered %s: %s", status, str(told)[:2000])
    reason = told.get("type", "") if isinstance(told, dict) else str(told)
    return IndexUnreachable(_("OpenSearch answered {status} {reason}: see the log", status=status, reason=reason))
