"""`make run-cluster` for real: what people come for, on PostgreSQL and three nodes of OpenSearch; one is killed."""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from servers import cluster, opensearch, postgres
from servers.confined import folder_of, free_port
from tests.conftest import need
from tests.desk import test_whole_way as whole_way
from tests.launched import ROOT, SECONDS_TO_END, descendants, inherited, interrupt, served, wait_until_dead
from tests.waiting import SECONDS, until

pytestmark = pytest.mark.slow

READERS = 2
# So many right answers after a node was killed show that searching goes on; they come or the test ends without them.
ENOUGH = 60
SEARCH = "/search/?q=" + quote("老旧小区")


class RunCluster:
    """A folder of servers, and the launcher that runs them."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.launched = self.served = None

    def start(self):
        """Start everything and return once searches are answered; before that, the nodes may be late."""
        self.served = contextlib.ExitStack()
        self.launched = self.served.enter_context(
            served("servers.cluster", "--folder", self.folder, "--port", self.port)
        )
        until(lambda: titles_of(self.get(SEARCH)))

    def stop(self):
        self.served.close()

    @property
    def address(self):
        return self.launched.address.rstrip("/")

    def processes(self):
        return descendants(self.launched.process.pid)

    def manage(self, *words):
        """Return the output of a command that was given this archive as the launcher says."""
        (line,) = [line for line in self.launched.said if "Other commands find this archive after:" in line]
        command = f"{line.rpartition(': ')[2]}; exec {shlex.join([sys.executable, 'manage.py', *words])}"
        done = subprocess.run(
            ["sh", "-c", command], cwd=ROOT, env=inherited(), check=True, capture_output=True, text=True
        )
        return done.stdout

    def get(self, path):
        with urllib.request.urlopen(self.address + path, timeout=SECONDS_TO_END) as answer:
            return answer.read().decode()


@pytest.fixture(scope="module")
def folder():
    need(opensearch.is_installed(), opensearch.MISSING)
    need(postgres.programs(), postgres.MISSING)
    # Not below pytest's folder, which other accounts cannot enter.
    with folder_of("cluster", None) as folder:
        yield folder


@pytest.fixture(scope="module")
def site(folder):
    site = RunCluster(folder)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def window(site, open_window):
    """Return a function to open a window of a signed-in user, or of a visitor."""
    expect.set_options(timeout=20_000)

    def open_one(name="", **options):
        opened = open_window(1280, base_url=site.address, **options)
        if name:
            whole_way.sign_in(opened, name)
        return opened

    yield open_one
    expect.set_options(timeout=5_000)


@pytest.mark.parametrize("scripts", [True, False])
def test_search_filter_open_read_and_check_the_source(window, scripts):
    window = window(java_script_enabled=scripts)
    window.goto("/")
    window.get_by_label("检索会议纪要").fill("老旧小区")
    window.get_by_role("button", name="检索").click()
    results = window.get_by_role("region", name="找到")
    expect(results.get_by_text("第49次常务会议")).not_to_have_count(0)

    window.get_by_label("筛选结果").get_by_role("link", name="2022年").click()
    expect(results.get_by_text("第49次常务会议")).to_have_count(0)
    results.get_by_role("link", name="审议《云川市城镇老旧小区改造实施办法（修订稿）》").first.click()
    expect(window.get_by_role("region", name="议定").get_by_text("市住建局", exact=True).first).to_be_visible()

    window.get_by_role("link", name="2023年6月底前", exact=True).first.click()
    expect(window.locator("mark")).to_have_text("2023年6月底前")
    expect(window.locator("mark")).to_be_in_viewport()


def test_staff_bring_review_publish_correct_and_withdraw_minutes(site, window):
    site.manage("shell", "-v0", "-c", whole_way.MAKE_PEOPLE)
    staff = [window(name) for name in (whole_way.UPLOADER, whole_way.EDITOR, whole_way.PUBLISHER)]

    whole_way.test_what_is_public_is_corrected_read_again_and_withdrawn(site, *staff, window())


def test_search_goes_on_while_a_node_is_killed(site, window):
    titles = titles_of(site.get(SEARCH))
    assert titles
    answers, changed, ended = Counter(), threading.Condition(), threading.Event()

    def read():
        while not ended.is_set():
            try:
                outcome = "right" if titles_of(site.get(SEARCH)) == titles else "wrong"
            except urllib.error.HTTPError as problem:
                outcome = "not available" if problem.code == 503 else "wrong"
            with changed:
                answers[outcome] += 1
                changed.notify_all()

    def wait_for_right_answers():
        with changed:
            wanted = answers["right"] + ENOUGH
            assert changed.wait_for(lambda: answers["right"] >= wanted, SECONDS), answers

    nodes = [pid for pid, command in site.processes().items() if "/bin/java " in command]
    assert len(nodes) == cluster.NODES
    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        wait_for_right_answers()
        os.kill(nodes[0], signal.SIGKILL)
        wait_for_right_answers()
        citizen = window()
        whole_way.search_until(citizen, "老旧小区", found=True)
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    print(dict(answers))
    # A node that is late on a busy machine is no wrong answer, and the exception.
    assert answers["wrong"] == 0, answers
    assert answers["not available"] < answers["right"] / 10, answers


def titles_of(page):
    """Return the paths of the results on a page, in order."""
    # <a href="/meetings/7/items/2/?marked=…">
    return re.findall(r'href="(/meetings/\d+/items/\d+/)', page)


def test_it_stops_without_orphans_and_finds_everything_again(site, folder):
    meetings = site.get("/api/v1/meetings/?page_size=100")
    titles = titles_of(site.get(SEARCH))
    processes = site.processes()
    assert any("gunicorn" in command for command in processes.values())
    assert any("db_worker" in command for command in processes.values())
    private = [path for path in folder.rglob("*") if path.name in ("password", "environment", "secret_key")]
    assert [path.stat().st_mode & 0o077 for path in private] == [0, 0, 0]

    interrupt(site.launched.process)
    assert site.launched.ends_with() == 0
    wait_until_dead(processes)
    assert not (folder / "environment").exists()

    site.start()
    assert site.get("/api/v1/meetings/?page_size=100") == meetings
    assert titles_of(site.get(SEARCH)) == titles != []
    assert not any("Taking in" in line for line in site.launched.said)
