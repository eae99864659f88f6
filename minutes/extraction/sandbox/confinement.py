"""Restrict a process before it reads a file.

Memory, time, disk, network and programs are limited.
"""

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
# LibreOffice executes its own programs.
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
    """Irrevocably drop from this process what reading a file does not need."""
    limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 5)
    limit(resource.RLIMIT_AS, limits.memory)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, 4 * limits.file_bytes if runs_programs else 0)
    limit(resource.RLIMIT_NOFILE, OPEN_FILES_OF_LARGE_PROGRAMS if is_large else OPEN_FILES)
    if not is_large:
        limit(resource.RLIMIT_NPROC, 0)
    sys.addaudithook(refuse_network if runs_programs else refuse_network_and_programs)


def limit(which: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, unless the system already has a stricter one."""
    hardest = resource.getrlimit(which)[1]
    wanted = soft if hard is None else hard
    hard = wanted if hardest == resource.RLIM_INFINITY else min(wanted, hardest)
    resource.setrlimit(which, (min(soft, hard), hard))


def leave_network() -> None:
    """Move into an empty network namespace where the system allows it, root or not."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "unshare") and libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends."""
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
