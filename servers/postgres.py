"""A PostgreSQL server of one's own: `python -m servers.postgres COMMAND …` runs a command beside one.

The command finds the server's address in ARCHIVE_TEST_POSTGRES.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config import launch
from config.startup import stored_key
from servers.confined import as_account, folder_of, free_port, give

# Debian keeps a folder a version and puts none of them on the path.
PROGRAMS = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"
MISSING = "PostgreSQL is not installed: sudo apt install postgresql"


def programs() -> Path | None:
    """Return the folder of the newest initdb and postgres, or None."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Server:
    """A server in a folder of its own; `kill` and `start` play a crash and its repair."""

    def __init__(self, folder: Path, primary: Server | None = None) -> None:
        """Create a new server, a streaming replica of another one, or use what the folder contains."""
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen | None = None
        data, password = folder / "data", folder / "password"
        self.password = primary.password if primary else stored_key(password)
        if primary:
            self._run("pg_basebackup", "-D", data, *primary.own_user, "-R", "-c", "fast")
        elif not data.exists():
            give(password, ACCOUNT)
            self._run(
                *("initdb", "-D", data, "--locale=C.UTF-8", "--encoding=UTF8", "-U", "archive"),
                *("-A", "scram-sha-256", "--pwfile", password),
            )

    @property
    def url(self) -> str:
        return f"postgres://archive:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def own_user(self) -> tuple[object, ...]:
        """Return how PostgreSQL's own programs find the server."""
        return "-h", "127.0.0.1", "-p", self.port, "-U", "archive"

    def start(self) -> None:
        """Start it and return once it answers."""
        command = [str(programs() / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
        # The path of a socket would be too long in some folders.
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=")
        with (self.folder / "log").open("ab") as log:
            self._process = launch.start(
                *command,
                *(word for setting in settings for word in ("-c", setting)),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **as_account(ACCOUNT),
            )
        while not self._answers():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.1)
                raise RuntimeError((self.folder / "log").read_text("utf-8", "replace")[-2000:])

    def stop(self) -> None:
        """End it at once, whoever is connected, with everything on the disk."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End the server as a loss of power would."""
        self._end(signal.SIGKILL)

    def create_database(self, name: str) -> str:
        """Create an empty database; return its address."""
        self._run("createdb", *self.own_user, name)
        return self.url.removesuffix("postgres") + name

    def _answers(self) -> bool:
        command = [str(programs() / "pg_isready"), "-q", *map(str, self.own_user)]
        return subprocess.run(command, check=False).returncode == 0

    def _end(self, how: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(60)

    def _run(self, program: str, *words: object) -> None:
        command = [str(programs() / program), *map(str, words)]
        done = subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=self.folder,
            env=os.environ | {"PGPASSWORD": self.password},
            **as_account(ACCOUNT),
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


@contextlib.contextmanager
def running(primary: Server | None = None, kept: Path | None = None) -> Iterator[Server]:
    """Run a server, or a replica of another, within the context; in a folder that is kept, or one that is not."""
    with folder_of("postgres", kept) as folder:
        give(folder, ACCOUNT)
        server = Server(folder, primary)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def main() -> int:
    if programs() is None:
        print(MISSING, file=sys.stderr)
        return 1
    with running() as server:
        environment = os.environ | {"ARCHIVE_TEST_POSTGRES": server.url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
