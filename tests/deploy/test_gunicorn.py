"""The web server replaces its processes while it answers, and refuses what it cannot read."""

import http.client
import signal
import threading

import pytest

from tests.desk.served import Site

pytestmark = pytest.mark.slow

READERS = 4
REQUESTS = 150


@pytest.fixture
def site(new_archive, tmp_path):
    site = Site(tmp_path / "var")
    site.prepare(new_archive)
    yield site
    site.close()


def test_no_request_is_dropped_while_processes_are_replaced(site):
    # Each process ends after some twenty requests, so that it happens often.
    site.start_web("--max-requests", "20", "--max-requests-jitter", "5")
    site.wait_until_open()
    statuses, reloads = [], threading.Semaphore(0)

    def read():
        for number in range(REQUESTS):
            connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
            connection.request("GET", "/health/")
            statuses.append(connection.getresponse().status)
            connection.close()
            if number % 50 == 25:
                reloads.release()

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        reloads.acquire(timeout=60)
        site.web.send_signal(signal.SIGHUP)
    for reader in readers:
        reader.join()

    assert statuses == [200] * READERS * REQUESTS


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/search/", "text/html; charset=utf-8"), ("/api/v1/search/", "application/problem+json")],
)
def test_a_long_address_is_refused_in_the_form_of_its_interface(site, path, kind):
    site.start_web()
    site.wait_until_open()
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request("GET", f"{path}?q={'%E4%BA%91' * 1_000}")
    answer = connection.getresponse()

    assert (answer.status, answer.getheader("Content-Type")) == (414, kind)
    assert "网址太长" in answer.read().decode()
