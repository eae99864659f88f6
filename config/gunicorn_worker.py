"""A gunicorn thread worker with socket timeouts and Chinese error responses."""

import json
import logging
import socket
import struct
from contextlib import suppress

from gunicorn.http.errors import (
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import TConn, ThreadWorker

logger = logging.getLogger(__name__)

# Seconds between two parts of a header, body or response. A client that sends single bytes still occupies a thread,
# which is why a public archive needs a proxy that buffers requests (deploy/).
SECONDS_BETWEEN_BYTES = 10

REFUSALS: dict[type[ParseException], tuple[str, str]] = {
    LimitRequestLine: ("414 URI Too Long", "网址太长，服务器不接收。请缩短检索词，或减少筛选条件，再试一次。"),
    LimitRequestHeaders: ("431 Request Header Fields Too Large", "请求头太多或太长。请清除本站的 Cookie，再试一次。"),
    ParseException: ("400 Bad Request", "服务器读不懂这个请求。请检查网址，或从首页进入。"),
}
PAGE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>请求未被接收</title><p>{sentence}</p></html>'


class RequestWithPath(Request):
    """A request whose error for too long a first line has the path."""

    def read_line(self, unreader: object, buf: bytearray, limit: int = 0) -> tuple[bytes, bytearray]:
        """Return the first line; the exception for a long one has its path."""
        try:
            return super().read_line(unreader, buf, limit)
        except LimitRequestLine as refused:
            refused.path = bytes(buf).partition(b"?")[0]
            raise


RequestParser.mesg_class = RequestWithPath


class SocketTimeoutWorker(ThreadWorker):
    """Set kernel timeouts on client sockets, for which gunicorn has no setting."""

    def enqueue_req(self, conn: TConn) -> None:
        limit = struct.pack("ll", SECONDS_BETWEEN_BYTES, 0)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        super().enqueue_req(conn)

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: BaseException) -> None:
        """Respond to requests that gunicorn rejects before they reach Django.

        gunicorn's own page is in English, and its log has IP addresses.
        """
        kind = next((kind for kind in REFUSALS if isinstance(exc, kind)), None)
        # Raised by a response: an error of ours, which gunicorn logs.
        if kind is None or isinstance(exc, InvalidResponseHeader | InvalidResponseHeaderName):
            super().handle_error(req, client, addr, exc)
            return
        status, sentence = REFUSALS[kind]
        logger.info("Refused with %s: %s", status, type(exc).__name__)
        with suppress(OSError):
            client.sendall(refusal(status, sentence, as_problem=b"/api/" in getattr(exc, "path", b"")))


def refusal(status: str, sentence: str, as_problem: bool) -> bytes:
    """Return the response that says why a request was refused: problem JSON (RFC 9457) for the API, else a page."""
    code, _, title = status.partition(" ")
    problem = {"title": title, "status": int(code), "detail": sentence}
    content = json.dumps(problem, ensure_ascii=False) if as_problem else PAGE.format(sentence=sentence)
    kind = "application/problem+json" if as_problem else "text/html; charset=utf-8"
    body = content.encode()
    head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body
