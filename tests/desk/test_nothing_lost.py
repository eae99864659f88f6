"""Test that acknowledged uploads survive kill -9, concurrency and a full disk."""

import contextlib
import hashlib
import http.client
import os
import random
import shutil
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.desk.served import Site, kill
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow


UPLOADS = 200
HANDS = 4
SEED = 20210305
# Seconds, for a busy machine; only what hangs takes as long.
LONGEST_WAIT = 300


@pytest.fixture
def site(new_archive, tmp_path):
    site = Site(tmp_path / "var")
    site.prepare(new_archive)
    yield site
    site.close()


def minutes_of(number):
    return minutes_text(number, number % 20 + 1, doc_number=f"〔2021〕{number}号").encode()


def assert_whole(site, numbers):
    """Every file is on record as one meeting with all that belongs to it, byte for byte; and nothing else is."""
    assert site.rows("PRAGMA integrity_check") == [("ok",)]
    assert site.rows("PRAGMA foreign_key_check") == []
    kept = dict(site.rows("SELECT sha256, content FROM minutes_sourcefile"))
    assert kept == {hashlib.sha256(minutes_of(number)).hexdigest(): minutes_of(number) for number in numbers}
    parts = site.rows(
        "SELECT number, (SELECT count(*) FROM minutes_agendaitem WHERE meeting_id = meeting.id),"
        " (SELECT count(*) FROM minutes_attendance WHERE meeting_id = meeting.id), status"
        " FROM minutes_meeting AS meeting ORDER BY number"
    )
    assert parts == [(number, 2, 8, "draft") for number in sorted(numbers)]


class Killing:
    """Kills web server or worker, and starts it again, each time so many uploads were acknowledged."""

    def __init__(self, site, chance):
        self.site = site
        self.acknowledged = []
        self.lock = threading.Lock()
        points = sorted(chance.sample(range(5, UPLOADS - 5), 7))
        self.victims = {point: "web" if turn % 2 else "worker" for turn, point in enumerate(points)}

    def note(self, number):
        with self.lock:
            self.acknowledged.append(number)
            victim = self.victims.pop(len(self.acknowledged), None)
        if victim == "worker":
            kill(self.site.workers[-1])
            self.site.start_worker()
        elif victim == "web":
            kill(self.site.web)
            self.site.start_web()


def bring_until_acknowledged(person, number, killing):
    """Upload a file, again by hand until it is acknowledged."""
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, page = person.bring(f"{number}.txt", minutes_of(number))
            assert status == 302, page
            killing.note(number)
            return
        killing.site.wait_until_open()


def test_killed_at_any_point_nothing_acknowledged_is_lost_and_nothing_is_there_by_half(site):
    (person,) = site.people("鲁一苇")
    site.start_web()
    site.start_worker()
    site.wait_until_open()
    killing = Killing(site, random.Random(SEED))

    with ThreadPoolExecutor(HANDS) as hands:
        sent = [hands.submit(bring_until_acknowledged, person, number, killing) for number in range(1, UPLOADS + 1)]
    for each in sent:
        each.result()
    kill(site.workers[-1])
    assert site.start_worker("--batch").wait(timeout=LONGEST_WAIT) == 0

    assert killing.victims == {}
    assert sorted(killing.acknowledged) == list(range(1, UPLOADS + 1))
    assert_whole(site, range(1, UPLOADS + 1))
    uploads = site.rows("SELECT name, state FROM desk_upload")
    assert {state for _, state in uploads} <= {"added", "known"}
    # Each file was taken in by one upload; who sent it twice because no answer came is told that it is known.
    assert sorted(int(name.removesuffix(".txt")) for name, state in uploads if state == "added") == list(
        range(1, UPLOADS + 1)
    )


def test_the_same_file_from_two_people_at_once_is_one_record(site):
    people = site.people("鲁一苇", "温如故")
    site.start_web()
    site.wait_until_open()
    together = threading.Barrier(2)

    def bring_all(person):
        for number in range(1, 13):
            together.wait()
            assert person.bring(f"{number}.txt", minutes_of(number))[0] == 302

    with ThreadPoolExecutor(2) as hands:
        list(hands.map(bring_all, people))
    workers = [site.start_worker("--batch"), site.start_worker("--batch")]
    assert [worker.wait(timeout=LONGEST_WAIT) for worker in workers] == [0, 0]

    assert_whole(site, range(1, 13))
    states = site.rows(
        "SELECT name, group_concat(state, ' ') FROM (SELECT * FROM desk_upload ORDER BY state) GROUP BY 1"
    )
    assert sorted(states) == sorted((f"{number}.txt", "added known") for number in range(1, 13))


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of 40 MB; yield it with a function to enlarge it."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    disk = tmp_path / "var"
    disk.mkdir()
    mount = [*sudo, "mount", "-t", "tmpfs", "-o"]
    if not shutil.which("mount"):
        pytest.skip("there is no mount to make a small disk with")
    made = subprocess.run([*mount, f"size=40m,uid={os.geteuid()}", "tmpfs", disk], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"a small disk cannot be made here: {made.stderr.decode().strip()}")
    yield disk, lambda: subprocess.run([*mount, "remount,size=200m", "tmpfs", disk], check=True)
    subprocess.run([*sudo, "umount", "--lazy", disk], check=True)


def test_a_full_disk_is_told_and_what_was_acknowledged_is_taken_in_once_there_is_room(new_archive, small_disk):
    disk, enlarge = small_disk
    site = Site(disk)
    try:
        site.prepare(new_archive)
        (person,) = site.people("鲁一苇")
        site.start_web()
        site.wait_until_open()
        # Programs: the worker refuses them at a glance.
        ballast = b"MZ" + bytes(1_000_000)
        received = [number for number in range(1, 4) if person.bring(f"{number}.txt", minutes_of(number))[0] == 302]
        answers = [person.bring(f"{size}.txt", ballast + b"x" * size) for size in range(40)]
        statuses = [status for status, _ in answers]
        refusal = next(page for status, page in answers if status == 507)

        assert received == [1, 2, 3]
        assert set(statuses) == {302, 507}
        assert "没有收下：服务器磁盘已满" in refusal
        assert site.rows("PRAGMA integrity_check") == [("ok",)]
        assert site.rows("SELECT count(*) FROM desk_upload") == [(3 + statuses.count(302),)]
        assert site.rows("SELECT count(*) FROM minutes_auditentry WHERE action = 'uploaded'") == [
            (3 + statuses.count(302),)
        ]

        site.start_worker("--batch").wait(timeout=LONGEST_WAIT)
        enlarge()
        assert site.start_worker("--batch").wait(timeout=LONGEST_WAIT) == 0
        assert person.bring("4.txt", minutes_of(4))[0] == 302
        assert site.start_worker("--batch").wait(timeout=LONGEST_WAIT) == 0
        assert_whole(site, range(1, 5))
        left = dict(site.rows("SELECT state, count(*) FROM desk_upload GROUP BY state"))
        assert left == {"added": 4, "failed": statuses.count(302)}
    finally:
        site.close()
