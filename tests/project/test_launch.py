"""Test `make run`: two processes, one URL, nothing left behind."""

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


ROOT = Path(__file__).resolve().parents[2]
# * The archive is open (Ctrl-C stops it): http://127.0.0.1:8000/
OPEN = re.compile(r"The archive is open.*(http://127\.0\.0\.1:\d+/)$")
SECONDS_TO_END = 60


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory):
    """One archive for all tests here; the first to run fills it with the samples."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def begin(var_dir, port, *arguments):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "config.launch", "--port", str(port), *arguments],
        cwd=ROOT,
        env=inherited | {"ARCHIVE_VAR_DIR": str(var_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


class Launched:
    """A launcher whose output is read continuously, so that it never blocks."""

    def __init__(self, process):
        self.process = process
        self.said = []
        self.address = None
        self.opened_or_ended = threading.Event()
        self.reading = threading.Thread(target=self.read)
        self.reading.start()

    def read(self):
        with self.process.stdout as output:
            for line in output:
                self.said.append(line.rstrip())
                if found := OPEN.search(self.said[-1]):
                    self.address = found[1]
                    self.opened_or_ended.set()
        self.opened_or_ended.set()

    def ends_with(self):
        """Its exit code, once it and all who could still write to its output have ended."""
        self.reading.join(timeout=SECONDS_TO_END)
        return self.process.wait(timeout=SECONDS_TO_END)


@contextlib.contextmanager
def served(var_dir, port):
    """Yield a launched archive that responds."""
    launched = Launched(begin(var_dir, port))
    try:
        launched.opened_or_ended.wait(timeout=SECONDS_TO_END)
        assert launched.address, "it never opened:\n" + "\n".join(launched.said)
        yield launched
    finally:
        interrupt(launched.process)
        launched.ends_with()


def interrupt(process):
    """Ctrl-C, which a terminal sends to the group of the process in front."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)


def parents():
    """Return the parent of every living process by id."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    return found


def commands(pids):
    return {pid: Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in pids}


def children(pid):
    """Return the command line of every child of this process by id."""
    return commands(child for child, parent in parents().items() if parent == pid)


def descendants(pid):
    """Return the command line of every descendant of this process by id."""
    family = parents()
    below = {pid}
    while further := {child for child, parent in family.items() if parent in below} - below:
        below |= further
    return commands(below - {pid})


def lives(pid):
    """Whether a process can still do something; one that ended may wait in the list for its parent."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    return "State:\tZ" not in status


def wait_until_dead(processes):
    """Return once none of the processes lives; a killed one that lost its parent takes a moment to go."""
    pause = threading.Event()
    for _ in range(SECONDS_TO_END * 20):
        if not any(map(lives, processes)):
            return
        pause.wait(0.05)
    raise AssertionError([command for pid, command in processes.items() if lives(pid)])


def meetings(var_dir):
    with contextlib.closing(sqlite3.connect(var_dir / "archive.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM minutes_meeting").fetchone()[0]


def test_it_serves_the_samples_and_ends_without_orphans(var_dir, port):
    with served(var_dir, port) as launched:
        with urllib.request.urlopen(launched.address, timeout=SECONDS_TO_END) as page:
            assert page.status == 200
            assert "云川市" in page.read().decode()
        processes = descendants(launched.process.pid)
        assert any("gunicorn" in command for command in processes.values())
        assert any("db_worker" in command for command in processes.values())

        interrupt(launched.process)
        assert launched.ends_with() == 0

    wait_until_dead(processes)


def ask_as_typed(port, target):
    """Request a URL with unencoded Chinese, like curl; return the response."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS_TO_END) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_an_address_typed_in_chinese_is_understood(var_dir, port):
    with served(var_dir, port):
        found = ask_as_typed(port, "/search/?q=老旧小区")
        items = ask_as_typed(port, "/api/v1/items/?lead=市住建局&year=2019")
    assert found.startswith("HTTP/1.1 200")
    assert "老旧小区</mark>" in found
    assert items.startswith("HTTP/1.1 200")
    assert '"written":"市住建局"' in items


def test_a_second_run_duplicates_nothing(var_dir, port):
    with served(var_dir, port):
        before = meetings(var_dir)
    with served(var_dir, port) as launched:
        assert meetings(var_dir) == before > 0
        assert not any("Taking in" in line for line in launched.said)


@pytest.mark.parametrize(("program", "name"), [("db_worker", "worker"), ("gunicorn", "web server")])
def test_when_one_process_dies_the_other_stops_too(var_dir, port, program, name):
    with served(var_dir, port) as launched:
        processes = descendants(launched.process.pid)
        (victim,) = [pid for pid, command in children(launched.process.pid).items() if program in command]
        os.kill(victim, signal.SIGKILL)
        assert launched.ends_with() == 1
        assert any(f"The {name} ended by itself" in line for line in launched.said)

    wait_until_dead(processes)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a process that its parent died")
def test_a_killed_launcher_takes_both_along(var_dir, port):
    with served(var_dir, port) as launched:
        processes = descendants(launched.process.pid)
        launched.process.kill()
        assert launched.ends_with() == -signal.SIGKILL

    wait_until_dead(processes)


def test_a_busy_port_is_named_with_another_one(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as occupied:
        port = occupied.getsockname()[1]
        launcher = begin(tmp_path, port)
        said, _ = launcher.communicate(timeout=SECONDS_TO_END)

    assert launcher.returncode == 1
    assert f"Port {port} cannot be used" in said
    assert "make run PORT=" in said
    assert list(tmp_path.iterdir()) == []


def test_minutes_that_are_not_there_are_named(tmp_path, port):
    launcher = begin(tmp_path, port, "no/such/folder")
    said, _ = launcher.communicate(timeout=SECONDS_TO_END)

    assert launcher.returncode == 1
    assert "There is no file or folder no/such/folder" in said


def test_a_damaged_database_is_named_with_what_to_do(tmp_path, port):
    (tmp_path / "archive.sqlite3").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    launcher = begin(tmp_path, port)
    said, _ = launcher.communicate(timeout=SECONDS_TO_END)

    assert launcher.returncode == 1
    assert "it is damaged: restore the last good backup" in said
    assert "Traceback" not in said


def test_make_hands_port_and_minutes_on():
    result = subprocess.run(
        ["make", "--dry-run", "run", "PORT=8001", "MINUTES=my minutes"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert '-m config.launch --port "8001" "my minutes"' in result.stdout
