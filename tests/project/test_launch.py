"""Test `make run`: two processes, one URL, nothing left behind."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request

import pytest

from tests import launched as launchers
from tests.launched import ROOT, SECONDS_TO_END, children, descendants, interrupt, wait_until_dead

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory):
    """One archive for all tests here; the first to run fills it with the samples."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def launcher_of(var_dir, port, *arguments):
    return launchers.begin("config.launch", "--port", port, *arguments, ARCHIVE_VAR_DIR=str(var_dir))


def served(var_dir, port):
    return launchers.served("config.launch", "--port", port, ARCHIVE_VAR_DIR=str(var_dir))


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
        launcher = launcher_of(tmp_path, port)
        said, _ = launcher.communicate(timeout=SECONDS_TO_END)

    assert launcher.returncode == 1
    assert f"Port {port} cannot be used" in said
    assert "PORT=" in said
    assert list(tmp_path.iterdir()) == []


def test_minutes_that_are_not_there_are_named(tmp_path, port):
    launcher = launcher_of(tmp_path, port, "no/such/folder")
    said, _ = launcher.communicate(timeout=SECONDS_TO_END)

    assert launcher.returncode == 1
    assert "There is no file or folder no/such/folder" in said


def test_a_damaged_database_is_named_with_what_to_do(tmp_path, port):
    (tmp_path / "archive.sqlite3").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    launcher = launcher_of(tmp_path, port)
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
