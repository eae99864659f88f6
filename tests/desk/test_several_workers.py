"""Test several worker processes: files are read once, dead workers' tasks resume."""

import json
import os
import signal
import threading

import pytest

from tests.desk.served import Site, kill
from tests.desk.test_whole_way import scanned
from tests.extraction.needed import needs_recognition
from tests.minutes_text import minutes_text
from tests.waiting import until

pytestmark = pytest.mark.slow

FILES = 40


@pytest.fixture(params=["sqlite", "postgresql"])
def sites(request, new_archive, tmp_path):
    """Two machines with one database; with SQLite they are one."""
    if request.param == "sqlite":
        here = there = Site(tmp_path / "var")
    else:
        url = request.getfixturevalue("postgres_server").create_database(f"workers_{os.urandom(4).hex()}")
        here, there = Site(tmp_path / "var", url), Site(tmp_path / "there/var", url)
    for site in (here, there):
        site.var_dir.mkdir(parents=True, exist_ok=True)
    here.prepare(new_archive)
    yield here, there
    here.close()
    there.close()


def start_workers(here, there):
    workers = [site.start_worker("--worker-id", name) for site, name in ((here, "quay"), (there, "harbour"))]
    until(lambda: here.rows("SELECT count(*) FROM desk_worker") == [(2,)])
    return workers


def bring(site, names):
    (person,) = site.people("鲁一苇")
    site.start_web()
    site.wait_until_open()
    for number in names:
        content = minutes_text(number, number % 20 + 1, doc_number=f"〔2021〕{number}号").encode()
        assert person.bring(f"{number}.txt", content)[0] == 302
    return person


def all_are_read(site):
    return not site.rows("SELECT 1 FROM desk_upload WHERE state IN ('waiting', 'reading')")


def workers_of_readings(site):
    """Return the workers of each reading, in the order in which they had it."""
    rows = site.rows("SELECT worker_ids FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%read_upload'")
    return [json.loads(ids) if isinstance(ids, str) else ids for (ids,) in rows]


def test_each_of_many_files_is_read_once(sites):
    here, there = sites
    start_workers(here, there)
    bring(here, range(1, FILES + 1))

    until(lambda: all_are_read(here))

    assert here.rows("SELECT DISTINCT state, attempts FROM desk_upload") == [("added", 1)]
    assert here.rows("SELECT count(*), count(DISTINCT number) FROM minutes_meeting") == [(FILES, FILES)]
    readings = workers_of_readings(here)
    assert [len(ids) for ids in readings] == [1] * FILES
    assert {ids[0] for ids in readings} == {"quay", "harbour"}
    status, page = here.people("温如故")[0].ask("GET", "/ready/")
    assert "2 alive" in json.loads(page)["checks"]["worker"]["message"], (status, page)


def test_what_a_killed_worker_had_is_finished_by_the_other(sites):
    here, there = sites
    _, victim = start_workers(here, there)
    bringing = threading.Thread(target=bring, args=(here, range(1, FILES + 1)))
    bringing.start()

    until(lambda: was_killed_while_reading(here, victim))
    bringing.join()
    until(lambda: all_are_read(here))

    assert here.rows("SELECT DISTINCT state FROM desk_upload") == [("added",)]
    assert here.rows("SELECT count(*), count(DISTINCT number) FROM minutes_meeting") == [(FILES, FILES)]
    assert ["harbour", "quay"] in workers_of_readings(here)
    assert sorted(len(ids) for ids in workers_of_readings(here)) == [1] * (FILES - 1) + [2]


def was_killed_while_reading(site, victim):
    """Stop the worker for a moment; kill it if it has a file."""
    os.kill(victim.pid, signal.SIGSTOP)
    has = site.rows(
        "SELECT worker_ids FROM django_tasks_database_dbtaskresult"
        " WHERE status = 'RUNNING' AND task_path LIKE '%read_upload'"
    )
    if any("harbour" in ids for (ids,) in has):
        kill(victim)
        return True
    os.kill(victim.pid, signal.SIGCONT)
    return False


@needs_recognition
def test_a_long_recognition_delays_nobody_else(sites):
    here, _ = sites
    here.start_worker()
    person = bring(here, ())
    scan = pages_of_scan(30)
    assert person.bring("scan.pdf", scan)[0] == 302
    until(lambda: is_being_recognized(here))

    assert person.bring("1.txt", minutes_text().encode())[0] == 302
    until(lambda: here.rows("SELECT 1 FROM desk_upload WHERE name = '1.txt' AND state = 'added'"))

    assert here.rows("SELECT state FROM desk_upload WHERE name = 'scan.pdf'") == [("reading",)]


def is_being_recognized(site):
    """Return whether the scan is read by the task for it; a first look at the file reads it too, for a moment."""
    return site.rows(
        "SELECT 1 FROM desk_upload WHERE state = 'reading' AND page > 0 AND EXISTS (SELECT 1"
        " FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING' AND task_path LIKE '%recognize_upload')"
    )


def pages_of_scan(count):
    import io

    from PIL import Image

    page = Image.open(io.BytesIO(scanned(minutes_text(), "PNG")))
    content = io.BytesIO()
    page.save(content, "PDF", resolution=200, save_all=True, append_images=[page] * (count - 1))
    return content.getvalue()
