"""What a reading process gives up before it looks at the file: memory, time, disk, network, programs."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass
from typing import Any

PR_SET_PDEATHSIG = 1
CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
OPEN_FILES = 64
# LibreOffice opens its own parts.
OPEN_FILES_OF_LARGE_PROGRAMS = 1024
FORBIDDEN = ("socket.", "subprocess.Popen", "os.fork", "os.exec", "os.posix_spawn", "os.system")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one reading."""

    file_bytes: int
    pages: int
    memory: int
    cpu_seconds: int
    seconds: int


def confine(limits: Limits, is_large: bool, runs_programs: bool) -> None:
    """Take from this process, for good, whatever the reading does not need."""
    limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 5)
    limit(resource.RLIMIT_AS, limits.memory)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, 4 * limits.file_bytes if runs_programs else 0)
    limit(resource.RLIMIT_NOFILE, OPEN_FILES_OF_LARGE_PROGRAMS if is_large else OPEN_FILES)
    if not is_large:
        limit(resource.RLIMIT_NPROC, 0)
    sys.addaudithook(refuse_network if runs_programs else refuse_network_and_programs)


def limit(which: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, or leave a stricter one that the machine has set."""
    hardest = resource.getrlimit(which)[1]
    wanted = soft if hard is None else hard
    hard = wanted if hardest == resource.RLIM_INFINITY else min(wanted, hardest)
    resource.setrlimit(which, (min(soft, hard), hard))


def leave_network() -> None:
    """Move into an empty network namespace, as root or as anybody else, where the system allows it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "unshare") and libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def die_with(parent: int) -> None:
    """End this process when its parent ends, however that happens."""
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
