"""What a reading process gives up before it looks at the file: memory, time, disk, network."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Any

PR_SET_PDEATHSIG = 1
CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
OPEN_FILES = 64
# LibreOffice opens its own parts.
OPEN_FILES_OF_LARGE_PROGRAMS = 1024
FORBIDDEN = ("socket.", "subprocess.Popen", "os.fork", "os.exec", "os.posix_spawn", "os.system")


def confine(order: dict[str, Any]) -> None:
    """Nothing; from here on this process cannot take more than the order allows it."""
    runs_programs = order["reader"] == "doc"
    leave_the_network()
    die_with(order["parent"])
    limit(resource.RLIMIT_CPU, order["cpu_seconds"], order["cpu_seconds"] + 5)
    limit(resource.RLIMIT_AS, order["memory"])
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, 4 * order["file_bytes"] if runs_programs else 0)
    limit(resource.RLIMIT_NOFILE, OPEN_FILES_OF_LARGE_PROGRAMS if order["is_large"] else OPEN_FILES)
    if not order["is_large"]:
        limit(resource.RLIMIT_NPROC, 0)
    sys.addaudithook(refuse_network if runs_programs else refuse_network_and_programs)


def limit(which: int, soft: int, hard: int | None = None) -> None:
    """Sets a limit, or leaves a stricter one that the machine has set."""
    hardest = resource.getrlimit(which)[1]
    wanted = soft if hard is None else hard
    hard = wanted if hardest == resource.RLIM_INFINITY else min(wanted, hardest)
    resource.setrlimit(which, (min(soft, hard), hard))


def leave_the_network() -> None:
    """Moves into a network of its own, with nobody in it, where the system lets us; the root user or anybody else."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "unshare") and libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def die_with(parent: int) -> None:
    """Ends this process when the one that started it ends, however that happens."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def refuse_network(event: str, arguments: Any) -> None:
    if event.startswith("socket."):
        raise PermissionError(f"{event} is not allowed while a file is read")


def refuse_network_and_programs(event: str, arguments: Any) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not allowed while a file is read")
