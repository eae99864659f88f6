"""OpenSearch, a node or several: `python -m servers.opensearch COMMAND …` runs a command beside one.

The command finds the address in ARCHIVE_TEST_OPENSEARCH. The program comes from bin/fetch-opensearch.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from config import launch
from servers.confined import as_account, folder_of, free_port, give

VERSION = "2.19.5"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "minutes-archive"
ARCHIVE = CACHE / f"opensearch-{VERSION}.zip"
MISSING = "OpenSearch or Java 17 is not installed: run bin/install-servers"
# On a machine that does much besides; without that, three nodes take some ten seconds.
MOST_SECONDS_TO_START = 240
ACCOUNT = "nobody"
# What it can do everywhere: no replica of a size, no check of how full the disk of a developer is. A node that hangs is
# given up after 4 seconds.
SETTINGS = """
cluster.name: archive
node.processors: 2
network.host: 127.0.0.1
cluster.routing.allocation.disk.threshold_enabled: false
cluster.fault_detection.follower_check.timeout: 2s
cluster.fault_detection.follower_check.retry_count: 2
cluster.fault_detection.leader_check.timeout: 2s
cluster.fault_detection.leader_check.retry_count: 2
"""
JVM = """
-XX:+UseSerialGC
-Djava.io.tmpdir=${OPENSEARCH_TMPDIR}
18-:-Djava.security.manager=allow
"""
# For tests and first looks: without the second compiler a start takes about half the processor time.
SMALL = "-Xms512m\n-Xmx512m\n-XX:TieredStopAtLevel=1\n"
# For measurements with some hundred thousand documents.
LARGE = "-Xms2g\n-Xmx2g\n"


def java() -> Path | None:
    """Return the folder of a Java that it runs on, or None."""
    found = [path for version in (17, 21) for path in Path("/usr/lib/jvm").glob(f"java-{version}-openjdk-*")]
    return found[0] if found else None


def is_installed() -> bool:
    """Return whether program and Java are there."""
    return ARCHIVE.exists() and java() is not None


class Node:
    """A node in a folder of its own; `kill`, `pause` and `start` play a crash, a hang and their repair."""

    def __init__(self, program: Path, folder: Path, name: str) -> None:
        self.program, self.folder, self.name = program, folder, name
        self.port, self.transport_port = free_port(), free_port()
        self._process: subprocess.Popen | None = None

    def configure(self, nodes: list[Node], size: str) -> None:
        """Write its settings, as one of these nodes; `size` is SMALL or LARGE."""
        for part in ("config", "data", "logs", "tmp"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        lines = [
            SETTINGS.strip(),
            f"node.name: {self.name}",
            f"path.data: {self.folder / 'data'}",
            f"path.logs: {self.folder / 'logs'}",
            f"http.port: {self.port}",
            f"transport.port: {self.transport_port}",
        ]
        if len(nodes) == 1:
            lines.append("discovery.type: single-node")
        else:
            seeds = json.dumps([f"127.0.0.1:{node.transport_port}" for node in nodes])
            managers = json.dumps([node.name for node in nodes])
            lines += [f"discovery.seed_hosts: {seeds}", f"cluster.initial_cluster_manager_nodes: {managers}"]
        (self.folder / "config/opensearch.yml").write_text("\n".join(lines) + "\n", "utf-8")
        (self.folder / "config/jvm.options").write_text(JVM + size, "utf-8")
        shutil.copy(self.program / "config/log4j2.properties", self.folder / "config")
        for path in (self.folder, *self.folder.rglob("*")):
            give(path, ACCOUNT)

    def start(self) -> None:
        """Start it; `Cluster.wait` returns once it answers."""
        environment = {
            "PATH": os.environ["PATH"],
            "OPENSEARCH_JAVA_HOME": str(java()),
            "OPENSEARCH_PATH_CONF": str(self.folder / "config"),
            "OPENSEARCH_TMPDIR": str(self.folder / "tmp"),
        }
        with (self.folder / "out").open("wb") as out:
            self._process = launch.start(
                str(self.program / "bin/opensearch"),
                env=environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                **as_account(ACCOUNT),
            )

    def ask_to_end(self) -> None:
        """Ask it to end as an operator does, one that hangs too."""
        self._send(signal.SIGCONT)
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a loss of power would."""
        self._send(signal.SIGKILL)
        self.wait()

    def pause(self) -> None:
        """Let it hang: it takes connections and answers none."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._send(signal.SIGCONT)

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _send(self, what: signal.Signals) -> None:
        if not self.has_ended():
            self._process.send_signal(what)

    def wait(self) -> None:
        """Return once it has ended."""
        if self._process:
            self._process.wait(60)


class Cluster:
    """The nodes that work together."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    @property
    def url(self) -> str:
        """The address, as ARCHIVE_SEARCH_URL has it."""
        return "opensearch://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def start(self) -> None:
        for node in self.nodes:
            node.start()
        self.wait()

    def manager(self) -> Node:
        """Return the node that leads the others."""
        [name] = self._managers()
        return next(node for node in self.nodes if node.name == name)

    def wait(self) -> None:
        """Return once all its nodes work together; the server itself waits for them, some seconds at a time."""
        given_up = time.monotonic() + MOST_SECONDS_TO_START
        while time.monotonic() < given_up and not any(node.has_ended() for node in self.nodes):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self._is_green():
                    return
            # A process that has just begun refuses connections: the end of it, or a tenth of a second, comes first.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.nodes[0]._process.wait(0.1)
        raise RuntimeError("\n".join((node.folder / "out").read_text("utf-8", "replace") for node in self.nodes))

    def _is_green(self) -> bool:
        wait = f"/_cluster/health?wait_for_status=green&wait_for_nodes={len(self.nodes)}&timeout=10s"
        # A node that hung takes itself for one of the old cluster until it hears of the new one.
        return len(self._managers()) == 1 and all(_get(node, wait)[0] == 200 for node in self.nodes)

    def _managers(self) -> set[str]:
        """Return the cluster managers named by the nodes."""
        return {_get(node, "/_cat/cluster_manager?h=node")[1].strip() for node in self.nodes}

    def stop(self) -> None:
        for node in self.nodes:
            node.ask_to_end()
        for node in self.nodes:
            try:
                node.wait()
            except subprocess.TimeoutExpired:
                node.kill()


def _get(node: Node, path: str) -> tuple[int, str]:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", node.port, timeout=15)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()


@contextlib.contextmanager
def running(nodes: int = 1, kept: Path | None = None, size: str = SMALL) -> Iterator[Cluster]:
    """Run a cluster of so many nodes within the context; in a folder that is kept, or one that is not."""
    with folder_of("opensearch", kept) as folder:
        program = _program_in(folder)
        every = [Node(program, folder / f"node-{number}", f"node-{number}") for number in range(1, nodes + 1)]
        for node in every:
            node.configure(every, size)
        cluster = Cluster(every)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()


def _program_in(folder: Path) -> Path:
    """Unpack the program, where it is not yet."""
    program = folder / f"opensearch-{VERSION}"
    if not program.exists():
        with zipfile.ZipFile(ARCHIVE) as archive:
            archive.extractall(folder / "unpacked")
        (folder / "unpacked" / program.name).rename(program)
        (folder / "unpacked").rmdir()
    # Whatever the mask of this process is, another account shall run it.
    for path in (folder, program, *program.rglob("*")):
        path.chmod(0o755)
    return program


def main() -> int:
    if not is_installed():
        print(MISSING, file=sys.stderr)
        return 1
    with running() as cluster:
        environment = os.environ | {"ARCHIVE_TEST_OPENSEARCH": cluster.url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
