"""A PostgreSQL server of its own for tests: `python -m tests.servers.postgres COMMAND …`.

The command finds the server's address in ARCHIVE_TEST_POSTGRES.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Debian keeps a folder a version and puts none of them on the path.
PROGRAMS = Path("/usr/lib/postgresql")
MISSING = "PostgreSQL is not installed: sudo apt install postgresql"


def programs() -> Path | None:
    """Return the folder of the newest initdb and pg_ctl, or None."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Server:
    """A server in a folder of its own; `kill` and `start` play a crash and its repair."""

    def __init__(self, folder: Path, primary: Server | None = None) -> None:
        """Create a new server, or a streaming replica of another one."""
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        data = folder / "data"
        if primary:
            self._run(
                "pg_basebackup", "-D", data, "-h", "127.0.0.1", "-p", primary.port, "-U", "archive", "-R", "-c", "fast"
            )
        else:
            self._run("initdb", "-D", data, "--locale=C.UTF-8", "--encoding=UTF8", "-A", "trust", "-U", "archive")

    @property
    def url(self) -> str:
        return f"postgres://archive@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self._control("start", "-l", self.folder / "log", "-o", options)

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def kill(self) -> None:
        """End the server as a loss of power would."""
        pid = (self.folder / "data/postmaster.pid").read_text().split()[0]
        os.kill(int(pid), 9)

    def create_database(self, name: str) -> str:
        """Create an empty database; return its address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "archive", name)
        return self.url.removesuffix("postgres") + name

    def _control(self, *words: object) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-w", *words)

    def _run(self, program: str, *words: object) -> None:
        # It refuses to run as root.
        other = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        command = [str(programs() / program), *map(str, words)]
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, cwd=self.folder, **other
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


@contextlib.contextmanager
def running(primary: Server | None = None) -> Iterator[Server]:
    """Run a server, or a replica of another, within the context."""
    folder = Path(tempfile.mkdtemp(prefix="archive-postgres-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    server = Server(folder, primary)
    server.start()
    try:
        yield server
    finally:
        with contextlib.suppress(RuntimeError):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    if programs() is None:
        print(MISSING, file=sys.stderr)
        return 1
    with running() as server:
        environment = os.environ | {"ARCHIVE_TEST_POSTGRES": server.url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
