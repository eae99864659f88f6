"""The web server replaces its processes while it answers: after a signal, and after so many requests."""

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
