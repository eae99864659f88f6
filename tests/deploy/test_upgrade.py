"""Test docs/operate/upgrade.md: a newer release takes over while people read, search and upload; no request fails."""

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from urllib.parse import quote

import pytest

from config.probe import OWN_ADDRESS
from tests.desk.served import Person, Site, copy_program
from tests.desk.test_several_workers import all_are_read, until
from tests.minutes_text import minutes_text
from tests.search.conftest import a_name_of_its_own

pytestmark = pytest.mark.slow

READERS = 2
SEARCH = "/search/?q=" + quote("河道管理")
PATHS = ("/", "/meetings/", SEARCH, "/tasks/", "/health/", "/meetings/1/")
# So many more answers after each step show that reading goes on.
ENOUGH = 40
# A clerk brings a file after so many answers of all, which the worker has to read in the end.
ANSWERS_A_FILE = 12
MOST_SECONDS = 600
MARK = "<!-- a newer release -->"


class People:
    """Readers and a clerk who ask all the time, and how they were answered."""

    def __init__(self, site):
        self.site = site
        self.answers, self.changed, self.ended = Counter(), threading.Condition(), threading.Event()
        (self.clerk,) = site.people("鲁一苇")

    @contextlib.contextmanager
    def at_work(self):
        threads = [threading.Thread(target=self.read) for _ in range(READERS)]
        threads.append(threading.Thread(target=self.bring))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            with self.changed:
                self.ended.set()
                self.changed.notify_all()
            for thread in threads:
                thread.join()

    def read(self):
        reader = Person(self.site.port, "")
        while not self.ended.is_set():
            for path in PATHS:
                self.note(path, 200, lambda path=path: reader.ask("GET", path))

    def bring(self):
        number = 200  # above those of the samples
        while not self.ended.is_set():
            number += 1
            content = minutes_text(number, number % 20 + 1, doc_number=f"〔2021〕{number}号").encode()
            self.note("upload", 302, lambda content=content, number=number: self.clerk.bring(f"{number}.txt", content))
            self.wait(ANSWERS_A_FILE)

    def note(self, what, wanted, ask):
        try:
            status, _ = ask()
            outcome = "as it should be" if status == wanted else f"{what}: {status}"
        except (OSError, http.client.HTTPException) as problem:
            outcome = f"{what}: {problem!r}"
        with self.changed:
            self.answers[outcome] += 1
            self.answers["uploads"] += what == "upload"
            self.changed.notify_all()

    def wait(self, more=ENOUGH):
        """Return after so many more answers, or when it is over."""
        with self.changed:
            wanted = self.answers["as it should be"] + more
            is_enough = self.changed.wait_for(
                lambda: self.ended.is_set() or self.answers["as it should be"] >= wanted, MOST_SECONDS
            )
            assert is_enough, self.answers


@pytest.fixture(params=["on one machine", "on servers"])
def settings_of_servers(request):
    if request.param == "on one machine":
        yield {}
        return
    postgres_server = request.getfixturevalue("postgres_server")
    with a_name_of_its_own(request.getfixturevalue("search_server")) as server:
        nodes = ",".join(node.removeprefix("http://") for node in server.nodes)
        yield {
            "ARCHIVE_DATABASE_URL": postgres_server.create_database(server.name),
            "ARCHIVE_SEARCH_URL": f"opensearch://{nodes}/{server.name}",
        }


@pytest.fixture
def listening():
    """Yield a socket as minutes-web.socket keeps it open."""
    with socket.create_server((OWN_ADDRESS, 0), backlog=1024) as listening:
        yield listening


@pytest.fixture
def old(tmp_path, settings_of_servers, listening):
    site = Site(tmp_path / "var")
    site.environment |= settings_of_servers
    site.port = listening.getsockname()[1]
    site.run("-m", "config.prepare")
    start_web(site, listening)
    site.start_worker()
    site.wait_until_open()
    yield site
    site.close()


@pytest.fixture
def new(tmp_path, old):
    """Yield a site of a release with one more column, which every query of meetings selects, and another template."""
    site = Site(old.var_dir, program=copy_program(tmp_path / "newer"))
    site.environment, site.port = old.environment, old.port
    column = "    weather = models.CharField(max_length=20, null=True)"
    change(site.program / "minutes/models/meetings.py", "    place = ", f"{column}\n    place = ")
    change(site.program / "templates/base.html", "</body>", f"{MARK}</body>")
    site.manage("makemigrations", "minutes", "--name", "weather")
    yield site
    site.close()


def change(file, before, after):
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), "utf-8")


def start_web(site, listening):
    """Start the web server on a socket that is open already, as systemd hands it over."""
    site.web = subprocess.Popen(
        [
            *("sh", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" "$@" 3<&0 </dev/null', sys.executable),
            *("-m", "gunicorn", "--config", "config/gunicorn.py", "--log-level", "critical", "config.wsgi"),
        ],
        cwd=site.program,
        env=site.environment,
        stdin=listening,
        start_new_session=True,
    )


def stop(process):
    """Stop a program as systemd does."""
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def test_nobody_notices_an_upgrade(old, new, listening):
    people = People(old)
    with people.at_work():
        people.wait()
        new.run("-m", "config.prepare")
        people.wait()

        # systemctl restart minutes-web minutes-worker
        stop(old.web)
        start_web(new, listening)
        stop(old.workers[0])
        new.start_worker()
        people.wait()

        new.manage("index", "--rebuild")
        people.wait()
        assert MARK in people.clerk.ask("GET", "/")[1]
    print(dict(people.answers))
    uploads = people.answers.pop("uploads")
    # A server on a busy machine may answer later than a search waits.
    late = people.answers.pop(f"{SEARCH}: 503", 0) if new.environment.get("ARCHIVE_SEARCH_URL") else 0
    assert set(people.answers) == {"as it should be"}, people.answers
    assert late < people.answers["as it should be"] / 50
    until(lambda: all_are_read(new))
    assert new.rows("SELECT state, count(*) FROM desk_upload GROUP BY state") == [("added", uploads)]
