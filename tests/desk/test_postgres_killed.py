"""Test that acknowledged uploads survive kill -9 of PostgreSQL."""

import contextlib
import http.client
import threading

import pytest

from servers import postgres
from tests.conftest import need
from tests.desk.served import Site
from tests.desk.test_several_workers import all_are_read, until
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow

FILES = 40
KILLED_AFTER = (10, 25)


@pytest.fixture
def server():
    need(postgres.programs(), postgres.MISSING)
    with postgres.running() as server:
        yield server


def test_nothing_acknowledged_is_lost_and_both_programs_go_on(server, new_archive, tmp_path):
    site = Site(tmp_path / "var", server.url)
    site.prepare(new_archive)
    (person,) = site.people("鲁一苇")
    site.start_web()
    worker = site.start_worker()
    site.wait_until_open()
    acknowledged, due = [], [threading.Event() for _ in KILLED_AFTER]

    def bring():
        pause = threading.Event()
        for number in range(1, FILES + 1):
            content = minutes_text(number, number % 20 + 1, doc_number=f"〔2021〕{number}号").encode()
            while number not in acknowledged:
                with contextlib.suppress(OSError, http.client.HTTPException):
                    status, page = person.bring(f"{number}.txt", content)
                    # 503: nothing was stored, and the page says so.
                    assert status in (302, 503), page
                    if status == 302:
                        acknowledged.append(number)
                pause.wait(0.05)
            for event, after in zip(due, KILLED_AFTER, strict=True):
                if number == after:
                    event.set()

    bringing = threading.Thread(target=bring)
    bringing.start()
    try:
        for event in due:
            assert event.wait(timeout=120)
            server.kill()
            until(lambda: starts(server))
        bringing.join()
        until(lambda: all_are_read(site))

        names = {name for (name,) in site.rows("SELECT name FROM desk_upload WHERE state IN ('added', 'known')")}
        assert names == {f"{number}.txt" for number in acknowledged}
        assert site.rows("SELECT count(*), count(DISTINCT number) FROM minutes_meeting") == [(FILES, FILES)]
        assert (site.web.poll(), worker.poll()) == (None, None)
        site.wait_until_open()
    finally:
        site.close()


def starts(server):
    """Start the server; the processes of the killed one may still be about to end."""
    with contextlib.suppress(RuntimeError):
        server.start()
        return True
    return False
