"""Measure pages during a slow-request attack: `python -m bench.stalling [SECONDS]`.

Through nginx and Caddy, 200 connections send their headers a byte at a time, and 50 send half a body, for a minute;
those closed by the proxy are reopened. During that, and half a minute before and after, another client reads pages,
bypassing every cache.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.deploy.proxies import COMMANDS, NAME, prepare_site, run_proxy  # noqa: E402
from tests.desk.served import make_new_archive  # noqa: E402

SLOW_HEADS, STALLED_BODIES = 200, 50
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
BETWEEN_BYTES = 2
HEAD = f"GET / HTTP/1.1\r\nHost: {NAME}\r\nX-Slow: ".encode()
BODY = f"POST /report/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n\r\nhalf".encode()
# Each URL is new, so that no cache responds.
PAGES = (
    *("/?n={}", "/meetings/2/?n={}", "/meetings/2/items/1/?n={}", "/documents/1/?n={}", "/help/?n={}"),
    "/search/?q=%E6%B2%B3%E9%81%93%20-x{}",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_new_archive(Path(folder) / "new")
        site = prepare_site(Path(folder), Path(folder) / "new", ARCHIVE_API_REQUESTS_A_MINUTE="100000")
        print("| proxy | reader | requests | other than 200 | p50 ms | p95 ms | opened again |")
        print("|---|---|---|---|---|---|---|")
        try:
            for name in COMMANDS:
                (Path(folder) / name).mkdir()
                with run_proxy(name, Path(folder) / name, site.port) as port:
                    measure(name, port)
        finally:
            site.close()


def measure(name: str, port: int) -> None:
    read(port, 5)
    quiet = read(port, SECONDS // 2)
    attack = Attack(port)
    stalled = read(port, SECONDS)
    opened_again = attack.end()
    quiet += read(port, SECONDS // 2)
    for what, answers, again in (("quiet", quiet, ""), ("while they stall", stalled, str(opened_again))):
        times = sorted(seconds * 1000 for _, seconds in answers)
        others = sum(status != 200 for status, _ in answers)
        p50, p95 = statistics.median(times), times[int(0.95 * len(times))]
        print(f"| {name} | {what} | {len(times)} | {others} | {p50:.0f} | {p95:.0f} | {again} |", flush=True)


def read(port: int, seconds: float) -> list[tuple[int, float]]:
    """Return the status and time of every response to a client reading pages."""
    answers = []
    end = time.monotonic() + seconds
    for number, page in zip(itertools.count(), itertools.cycle(PAGES)):
        if time.monotonic() > end:
            return answers
        begun = time.monotonic()
        # From another address than the attack.
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=("127.0.0.2", 0))
        with contextlib.closing(connection):
            connection.request("GET", page.format(number), headers={"Host": NAME})
            answer = connection.getresponse()
            answer.read()
        answers.append((answer.status, time.monotonic() - begun))
    return answers


class Attack:
    """The stalled connections, maintained by a thread until they are closed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.opened_again = 0
        self.ended = threading.Event()
        self.open = [(begun, self.begin(begun)) for begun in [HEAD] * SLOW_HEADS + [BODY] * STALLED_BODIES]
        self.thread = threading.Thread(target=self.keep_up)
        self.thread.start()

    def begin(self, begun: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.sendall(begun)
        connection.setblocking(False)
        return connection

    def keep_up(self) -> None:
        """Send a byte of each header from time to time; reopen closed connections."""
        while not self.ended.wait(BETWEEN_BYTES):
            for index, (begun, connection) in enumerate(self.open):
                if not self.is_open(connection, begun):
                    connection.close()
                    self.open[index] = (begun, self.begin(begun))
                    self.opened_again += 1

    @staticmethod
    def is_open(connection: socket.socket, begun: bytes) -> bool:
        try:
            if begun == HEAD:
                connection.send(b"x")
            # A response, or the end: either way, the proxy has ended the request.
            connection.recv(4096)
            return False
        except BlockingIOError:
            return True
        except OSError:
            return False

    def end(self) -> int:
        self.ended.set()
        self.thread.join()
        for _, connection in self.open:
            connection.close()
        return self.opened_again


if __name__ == "__main__":
    main()
