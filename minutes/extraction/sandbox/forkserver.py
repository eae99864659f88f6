"""A process that has imported every reader and forks a confined child for each file, before it has seen any.

`python -m minutes.extraction.sandbox.forkserver WORKER`, a socket to its caller on its standard input. The caller
sends a request with two descriptors: the file, and where to write messages. The server answers with the child's
number, waits for one byte, kills what is left of the child's process group and answers with its exit code. It ends
when the caller does.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import sys
from contextlib import suppress
from types import ModuleType

from minutes.extraction.sandbox.confinement import die_with, leave_network
from minutes.extraction.sandbox.protocol import decode_request


def main() -> None:
    """Serve one request after the other until the caller is gone."""
    worker = importlib.import_module(sys.argv[1])
    # Children inherit the empty network, and the pages of memory that they do not change.
    leave_network()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=sys.stdin.fileno()) as caller:
        while serve(caller, worker):
            pass


def serve(caller: socket.socket, worker: ModuleType) -> bool:
    """Run one request; return whether the caller is still there."""
    line, (file, output) = receive(caller)
    if not line:
        return False
    server = os.getpid()
    child = os.fork()
    if child == 0:
        run_child(caller, worker, line, file, output, server)
    os.close(file)
    os.close(output)
    make_group(child)
    caller.sendall(b"%d\n" % child)
    is_there = bool(caller.recv(1))
    # Not waited for yet, the child keeps its number, which nobody else can have.
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    exit_code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if is_there:
        caller.sendall(b"%d\n" % exit_code)
    return is_there


def receive(caller: socket.socket) -> tuple[bytes, list[int]]:
    """Return the line of a request and its descriptors; an empty line when the caller is gone."""
    line, descriptors, _, _ = socket.recv_fds(caller, 4096, 2)
    while line and not line.endswith(b"\n"):
        line += caller.recv(4096)
    return line, descriptors or [-1, -1]


def run_child(caller: socket.socket, worker: ModuleType, line: bytes, file: int, output: int, server: int) -> None:
    """Read one file in this process, and end it."""
    exit_code = 1
    try:
        die_with(server)
        make_group(os.getpid())
        caller.close()
        with open(file, "rb") as content, open(output, "wb") as messages:
            worker.run(decode_request(line), content, messages)
        exit_code = 0
    finally:
        os._exit(exit_code)


def make_group(child: int) -> None:
    """Give the child a process group; child and server both do, so that neither is too early."""
    with suppress(ProcessLookupError, PermissionError):
        os.setpgid(child, child)


if __name__ == "__main__":
    main()
