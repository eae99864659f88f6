"""Read a file in a confined process, and end that process in any case."""

from __future__ import annotations

import atexit
import logging
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.results import Extraction, Progress, WebFacts
from minutes.extraction.sandbox.confinement import Limits
from minutes.extraction.sandbox.protocol import Message, Request, decode_message, encode
from minutes.parser.types import ParsedMinutes

logger = logging.getLogger(__name__)
PROJECT = Path(__file__).resolve().parents[3]
WORKER = "minutes.extraction.sandbox.worker"
# Enough for five million characters and the minutes parsed from them, as JSON.
MAX_REPLY = 200_000_000
MAX_PROBLEM_CODE = 60
ENDED_BY = {
    signal.SIGXCPU: "读取用时超过上限，可能是恶意文件。请拆分或另存后再提交。",
    signal.SIGKILL: "读取用时或内存超过上限，读取程序已被终止。请拆分或另存后再提交。",
}
TOO_SLOW = "读取超过{seconds}秒，已终止，可能是恶意文件。请拆分或另存后再提交。"
TOO_MUCH = "读取程序的答复过长，不像是会议纪要。请确认文件。"
CRASHED = "读取程序意外终止（{reason}），文件可能已损坏，或展开后过大。请用原程序打开核对后另存，再提交。"
INVALID_REPLY = CRASHED.format(reason="答复不合规定")


def read_in_sandbox(
    reader: str,
    content: bytes,
    limits: Limits,
    progress: Progress,
    is_large: bool = False,
    web: WebFacts | None = None,
) -> tuple[Extraction, ParsedMinutes]:
    """Return what a reader extracts and what is parsed from it.

    Raise `UnreadableText` if the reading fails in any way, and `MustBeRecognized` for images of text.
    """
    with tempfile.TemporaryDirectory(prefix="minutes-reading-", ignore_cleanup_errors=True) as folder:
        request = Request(reader, limits, folder, os.environ.get("PATH", os.defpath), is_large, web)
        with tempfile.TemporaryFile(dir=folder) as file, idle_server() as server:
            file.write(content)
            file.seek(0)
            message, exit_code = converse(server, request, file, progress)
    return result_of(message, exit_code)


def converse(server: ForkServer, request: Request, file: IO[bytes], progress: Progress) -> tuple[Message | None, int]:
    """Return the last valid message of the child, if any, and its exit code."""
    reads, writes = os.pipe()
    with open(reads, "rb", buffering=0) as output:
        try:
            server.fork(request, file.fileno(), writes)
        finally:
            os.close(writes)
        try:
            message = last_message(output, request.limits.seconds, progress)
        finally:
            exit_code = server.end_child()
    return message, exit_code


def last_message(output: IO[bytes], seconds: int, progress: Progress) -> Message | None:
    """Report pages as they are done, and return the message after them."""
    message = None
    for line in lines_of(output, seconds):
        try:
            message = decode_message(line)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return Message(unreadable=INVALID_REPLY)
        if message.page:
            progress(message.page, message.pages)
            message = None
    return message


def lines_of(output: IO[bytes], seconds: int) -> Iterator[bytes]:
    """Yield complete lines until the output is closed.

    Raise `UnreadableText` after this many seconds.
    """
    deadline = time.monotonic() + seconds
    pieces: list[bytes] = []
    received = 0
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while True:
            if not selector.select(max(deadline - time.monotonic(), 0)):
                raise UnreadableText(TOO_SLOW.format(seconds=seconds))
            piece = output.read(1 << 20)
            if not piece:
                return
            received += len(piece)
            if received > MAX_REPLY:
                raise UnreadableText(TOO_MUCH)
            *ends, rest = piece.split(b"\n")
            for end in ends:
                yield b"".join([*pieces, end])
                pieces.clear()
            pieces.append(rest)


def result_of(message: Message | None, exit_code: int) -> tuple[Extraction, ParsedMinutes]:
    """Return the result after validation: a malicious file may control the process."""
    if message is None:
        raise UnreadableText(INVALID_REPLY if exit_code == 0 else why_it_ended(exit_code))
    if message.error:
        logger.warning("A file could not be read:\n%s", message.error)
    if message.unreadable is not None:
        raise UnreadableText(message.unreadable)
    if message.pages_to_recognize is not None:
        raise MustBeRecognized(message.pages_to_recognize)
    if message.extraction is None or message.parsed is None or not is_valid(message.extraction):
        raise UnreadableText(INVALID_REPLY)
    return message.extraction, message.parsed


def is_valid(extraction: Extraction) -> bool:
    """Return whether the text can be stored and every problem's span is within it."""
    return "\0" not in extraction.text and all(
        len(problem.code) <= MAX_PROBLEM_CODE
        and (problem.span is None or 0 <= problem.span.start <= problem.span.end <= len(extraction.text))
        for problem in extraction.problems
    )


def why_it_ended(exit_code: int) -> str:
    if exit_code >= 0:
        return CRASHED.format(reason=f"代码 {exit_code}")
    if exit_code in (-signal.SIGXCPU, -signal.SIGKILL):
        return ENDED_BY[signal.Signals(-exit_code)]
    return CRASHED.format(reason=f"信号 {-exit_code}")


class ForkServer:
    """Client of minutes.extraction.sandbox.forkserver, with one child at a time."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.socket, theirs = socket.socketpair()
        with theirs:
            # -P: no module is imported from its working directory. The environment is empty, since ours contains
            # secrets.
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-B", "-m", "minutes.extraction.sandbox.forkserver", worker],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8"},
                start_new_session=True,
            )

    def fork(self, request: Request, file: int, output: int) -> None:
        """Start a child that reads the file."""
        socket.send_fds(self.socket, [encode(request)], [file, output])
        self.child = self.receive_number()

    def end_child(self) -> int:
        """Kill the child's process group, and return its exit code."""
        # The process id stays reserved until the server has reaped it.
        with suppress(ProcessLookupError):
            os.killpg(self.child, signal.SIGKILL)
        self.socket.sendall(b".")
        return self.receive_number()

    def receive_number(self) -> int:
        line = b""
        while not line.endswith(b"\n"):
            if not (piece := self.socket.recv(64)):
                raise EOFError("The fork server has ended")
            line += piece
        return int(line)

    def close(self) -> None:
        """Close the socket, which ends the server."""
        self.socket.close()
        self.process.wait()


idle_servers: list[ForkServer] = []
# After a fork, the sockets inherited are closed; the servers belong to the parent.
servers_of_parent: list[ForkServer] = []


@contextmanager
def idle_server() -> Iterator[ForkServer]:
    """Yield an idle server, or start one; threads read files concurrently."""
    server = take_idle_server() or ForkServer(WORKER)
    try:
        yield server
    except (EOFError, OSError) as error:
        server.close()
        raise UnreadableText(CRASHED.format(reason="无法启动")) from error
    except BaseException:
        idle_servers.append(server)
        raise
    idle_servers.append(server)


def take_idle_server() -> ForkServer | None:
    while idle_servers:
        server = idle_servers.pop()
        if server.worker == WORKER and server.process.poll() is None:
            return server
        server.close()
    return None


def close_idle_servers() -> None:
    while idle_servers:
        idle_servers.pop().close()


def leave_servers_to_parent() -> None:
    for server in idle_servers:
        server.socket.close()
    servers_of_parent.extend(idle_servers)
    idle_servers.clear()


atexit.register(close_idle_servers)
os.register_at_fork(after_in_child=leave_servers_to_parent)
