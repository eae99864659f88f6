"""What keeps a server to itself: an account without rights, a folder, a port."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def as_account(name: str) -> dict[str, Any]:
    """Return the options of a process that runs as this account where we are root: servers refuse to run as root."""
    if os.geteuid():
        return {}
    account = pwd.getpwnam(name)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give(path: Path, name: str) -> None:
    """Give a file or a folder to the account as which its server runs."""
    if not os.geteuid():
        account = pwd.getpwnam(name)
        os.chown(path, account.pw_uid, account.pw_gid)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def folder_of(server: str, kept: Path | None) -> Iterator[Path]:
    """Lend the folder that keeps what a server knows; without one, a folder that is removed afterwards."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    folder = Path(tempfile.mkdtemp(prefix=f"archive-{server}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
