"""kill -9 of the web server while an editor corrects: every acknowledged correction is on record, whole."""

import contextlib
import http.client
import json
import random
import re
from urllib.parse import urlencode

import pytest

from tests.desk.served import ROOT, TOKEN, Person, Site, kill

pytestmark = pytest.mark.slow


EDITS = 30
SEED = 20210306
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def site(new_archive, tmp_path):
    site = Site(tmp_path / "var")
    site.prepare(new_archive)
    site.manage("ingest", str(ROOT / "samples" / "yunchuan-2019-70.txt"))
    yield site
    site.close()


def hall(number: int) -> str:
    return f"云川宾馆{number}号厅"


def correct_place(person: Person, number: int) -> int:
    """Correct the location of the meeting on its page; return the status.

    The correction is the number-th one.
    """
    status, page = person.ask("GET", "/admin/review/1/?edit=place")
    assert status == 200, page
    seen = re.search(r'name="place" value="place"><input type="hidden" name="seen" value="(\w+)"', page)[1]
    fields = {"csrfmiddlewaretoken": TOKEN, "place": "place", "seen": seen, "do": "correct", "value": hall(number)}
    return person.ask("POST", "/admin/review/1/correct/", urlencode(fields).encode(), FORM)[0]


def test_every_acknowledged_correction_is_on_record(site):
    (person,) = site.people("鲁一苇")
    site.start_web()
    site.wait_until_open()
    chance = random.Random(SEED)
    killed_at = set(chance.sample(range(3, EDITS), 4))
    acknowledged = []

    for number in range(1, EDITS + 1):
        if number in killed_at:
            # Somewhere within the request: the answer may come, or the server be gone before.
            site.kill_web_after(chance.uniform(0, 0.08))
        with contextlib.suppress(OSError, http.client.HTTPException):
            assert correct_place(person, number) == 302
            acknowledged.append(number)
        if number in killed_at:
            kill(site.web)
            site.start_web()
            site.wait_until_open()

    assert len(acknowledged) >= EDITS - len(killed_at)
    (value,) = site.rows("SELECT value FROM minutes_correction WHERE place = 'place'")[0]
    history = [
        json.loads(value)["value"]
        for (value,) in site.rows("SELECT value FROM minutes_historicalcorrection ORDER BY history_id")
    ]
    assert [each for each in history if each in set(map(hall, acknowledged))] == [hall(each) for each in acknowledged]
    assert json.loads(value)["value"] == history[-1]
    # The rows are those of the correction: never one without the other.
    assert site.rows("SELECT place, revision FROM minutes_meeting") == [(history[-1], len(history))]
    assert site.rows("SELECT count(*) FROM minutes_agendaitem") == [(6,)]
    assert site.rows("PRAGMA integrity_check") == [("ok",)]
