"""The archive as it runs in production: web server and worker, which a test may kill, and people who bring files."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import psycopg

from config.probe import OWN_ADDRESS, is_healthy
from servers.confined import free_port
from tests.desk.bringing import UPLOADS, multipart
from tests.launched import inherited

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_OPEN = 60
TOKEN = "a" * 32
DATABASE = "archive.sqlite3"
# Started for a copy of the program too, which has no tests.
RESTLESS_WORKER = ("-P", str(Path(__file__).with_name("restless_worker.py")))
AT_ONCE = ("--no-startup-delay", "--interval", "0.1")
LOG_IN = """
from django.contrib.auth.models import User
from django.test import Client
for name in {names}:
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    print(client.cookies["sessionid"].value)
"""


class Site:
    """One data directory, and the processes that serve it; `database_url` names a PostgreSQL database."""

    def __init__(self, var_dir: Path, database_url: str = "", program: Path = ROOT) -> None:
        self.var_dir = var_dir
        self.program = program
        self.environment = inherited() | {
            "ARCHIVE_VAR_DIR": str(var_dir),
            "ARCHIVE_DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(program),
            "WEB_CONCURRENCY": "2",
        }
        self.port = free_port()
        self.web: subprocess.Popen | None = None
        self.workers: list[subprocess.Popen] = []

    def manage(self, *words: str, **options) -> str:
        """Run a management command; return its output."""
        return self.run("manage.py", *words, **options)

    def run(self, *words: str, **options) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(
            command, cwd=self.program, env=self.environment, check=True, capture_output=True, text=True, **options
        )
        return done.stdout

    def prepare(self, new_archive: Path) -> None:
        """Begin with a copy of a new archive; a database of PostgreSQL is migrated."""
        url = self.environment["ARCHIVE_DATABASE_URL"]
        left_out = shutil.ignore_patterns(DATABASE) if url else None
        shutil.copytree(new_archive, self.var_dir, ignore=left_out, dirs_exist_ok=True)
        if url:
            self.manage("migrate", "--skip-checks", "-v0")

    def people(self, *names: str) -> list[Person]:
        """Administrators who are logged in."""
        sessions = self.manage("shell", "-v0", "-c", LOG_IN.format(names=names)).split()
        return [Person(self.port, session) for session in sessions]

    def start(self, *command: str, **options) -> subprocess.Popen:
        with (self.var_dir.parent / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=self.program,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **options,
            )

    def start_web(self, *words: str, **options) -> None:
        bind = ["--bind", f"{OWN_ADDRESS}:{self.port}", "--log-level", "critical", *words]
        self.web = self.start("-m", "gunicorn", "--config", "config/gunicorn.py", *bind, "config.wsgi", **options)

    def start_worker(self, *options: str) -> subprocess.Popen:
        self.workers.append(self.start(*RESTLESS_WORKER, "db_worker", *AT_ONCE, *options))
        return self.workers[-1]

    def wait_until_open(self) -> None:
        pause = threading.Event()
        for _ in range(SECONDS_TO_OPEN * 20):
            if is_healthy(self.port):
                return
            pause.wait(0.05)
        raise AssertionError("the web server does not answer: " + (self.var_dir.parent / "log").read_text()[-2000:])

    def kill_web_after(self, seconds: float) -> None:
        threading.Timer(seconds, kill, [self.web]).start()

    def close(self) -> None:
        for process in (self.web, *self.workers):
            if process:
                kill(process)

    def rows(self, question: str) -> list[tuple]:
        """Return the rows of a database query."""
        if url := self.environment["ARCHIVE_DATABASE_URL"]:
            with psycopg.connect(url) as database:
                return database.execute(question).fetchall()
        with contextlib.closing(sqlite3.connect(self.var_dir / DATABASE)) as database:
            return database.execute(question).fetchall()


def make_new_archive(var_dir: Path) -> None:
    """Make a data directory with every table and file that an archive without minutes has."""
    site = Site(var_dir)
    site.manage("migrate", "--skip-checks", "-v0")
    site.manage("collectstatic", "--no-input", "-v0")


class Person:
    """Somebody at a browser, logged in."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.cookies = f"sessionid={session}; csrftoken={TOKEN}"

    def bring(self, name: str, content: bytes) -> tuple[int, str]:
        """Status and page of the answer; `OSError` or `HTTPException` when there was none."""
        body, content_type = multipart((name, content), csrfmiddlewaretoken=TOKEN)
        return self.ask("POST", UPLOADS, body, {"Content-Type": content_type})

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(OWN_ADDRESS, self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body, {"Cookie": self.cookies, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()


def copy_program(folder: Path) -> Path:
    """Copy what an image takes in: the program and the samples."""
    folder.mkdir()
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line.startswith("!"):
            copy = shutil.copytree if (ROOT / line[1:]).is_dir() else shutil.copy
            copy(ROOT / line[1:], folder / line[1:])
    return folder


def kill(process: subprocess.Popen) -> None:
    """Kill -9, of the process and all it started."""
    if process.poll() is not None:
        return  # its number may be another's by now
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
