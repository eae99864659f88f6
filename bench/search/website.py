"""Measure the archive as served: pages through gunicorn, memory, and updates."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.core.management import call_command

from bench.search.questions import Question

SECONDS_TO_START = 120


class Website:
    """A running server with one worker."""

    def __init__(self, port: int, process: int) -> None:
        self.port = port
        self.process = process
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def read(self, path: str) -> str:
        """Return a page; raise for any status but success."""
        self.connection.request("GET", path)
        response = self.connection.getresponse()
        text = response.read().decode()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return text

    def processor_milliseconds(self) -> float:
        """Return the processor milliseconds of the worker so far."""
        threads = Path(f"/proc/{self._worker()}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    def worker_megabytes(self) -> dict[str, float]:
        """Return the worker's memory in MB: private and shared, with mapped files."""
        kilobytes: dict[str, int] = {}
        for line in Path(f"/proc/{self._worker()}/smaps_rollup").read_text().splitlines()[1:]:
            name, size, *_ = line.split()
            kilobytes[name.strip(":")] = int(size)
        own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
        # Mapped files not shared at the moment are private to the system, but not counted as private here.
        mapped = kilobytes["Private_Clean"]
        return {"own": (own - mapped) / 1024, "mapped or shared": (kilobytes["Rss"] - own + mapped) / 1024}

    def _worker(self) -> str:
        (worker,) = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return worker


@contextmanager
def served(processes: int = 1) -> Iterator[Website]:
    """Serve the archive on a free port within the context, from so many worker processes."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--log-level", "error"),
            *("--bind", f"127.0.0.1:{port}", "--keep-alive", "60", "config.wsgi"),
        ],
        env=os.environ | {"WEB_CONCURRENCY": str(processes)},
    )
    try:
        _wait_until_open(port, process)
        yield Website(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_open(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            Website(port, process.pid).read("/health/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The server did not start.")


def address(question: Question) -> str:
    """Return the URL of the results page of a question."""
    parameters: dict[str, object] = {"q": question.words}
    if question.dates:
        parameters["date_after"], parameters["date_before"] = question.dates
    if question.department:
        parameters["department"] = question.department
    if question.newest_first:
        parameters["sort"] = "newest"
    return f"/search/?{urlencode(parameters, doseq=True)}"
