"""Preload all readers, and fork a confined child for each file.

`python -m minutes.extraction.sandbox.forkserver WORKER`, with a socket to its caller as standard input. The caller
sends a request with two file descriptors: the file, and where to write messages. The server replies with the child's
process id, waits for one byte, kills the remaining processes of the child's group and replies with its exit code. It
ends when the caller does. No child sees another's file.
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
    """Serve requests until the caller is gone."""
    worker = importlib.import_module(sys.argv[1])
    worker.warm_up()
    # Children inherit the empty network namespace, and share unmodified memory pages.
    leave_network()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=sys.stdin.fileno()) as caller:
        while serve(caller, worker):
            pass


def serve(caller: socket.socket, worker: ModuleType) -> bool:
    """Serve one request; return whether the caller still exists."""
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
    # The child is not reaped yet, so its process id cannot be reused.
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    exit_code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if is_there:
        caller.sendall(b"%d\n" % exit_code)
    return is_there


def receive(caller: socket.socket) -> tuple[bytes, list[int]]:
    """Return a request and its descriptors; empty if the caller is gone."""
    line, descriptors, _, _ = socket.recv_fds(caller, 4096, 2)
    while line and not line.endswith(b"\n"):
        line += caller.recv(4096)
    return line, descriptors or [-1, -1]


def run_child(caller: socket.socket, worker: ModuleType, line: bytes, file: int, output: int, server: int) -> None:
    """Read one file in this process, and exit."""
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
    """Put the child into a process group; called in child and server to avoid a race."""
    with suppress(ProcessLookupError, PermissionError):
        os.setpgid(child, child)


if __name__ == "__main__":
    main()
