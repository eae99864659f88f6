"""Test downloads below /data/, and when the files are regenerated."""

import hashlib
import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minutes.models import Meeting, MeetingStatus
from minutes.signals import meeting_changed
from minutes.workflow import publish
from open_data.tasks import regenerate_exports
from tests.kept import kept
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import HOUSING, PARKING_AGAIN

FILES = ["minutes.jsonl", "minutes-csv.zip", "minutes.sqlite3"]


def requests_for_exports():
    return DBTaskResult.objects.filter(task_path=regenerate_exports.module_path)


def announce(meeting):
    with transaction.atomic():
        meeting_changed.send(sender=Meeting, meeting_id=meeting.pk)


def work():
    """Run the worker after the quiet time."""
    requests_for_exports().update(run_after=timezone.now())
    call_command("db_worker", batch=True, interval=0, verbosity=0, startup_delay=False)


def content_of(response):
    return b"".join(response.streaming_content)


@kept
def archive(folder):
    """Two published meetings, and the files made."""
    meetings = [keep_meeting(items=(HOUSING,)), keep_meeting(number=79, items=(PARKING_AGAIN,))]
    Meeting.objects.update(published_at=timezone.now())
    announce(meetings[0])
    work()
    return meetings


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_what_the_page_says_it_is(client, archive, name):
    page = read(client.get("/data/"))
    response = client.get(f"/data/{name}")
    content = content_of(response)

    assert hashlib.sha256(content).hexdigest() in page.text
    assert int(response["Content-Length"]) == len(content)
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_before_the_first_export_the_page_says_so(client, db):
    response = client.get("/data/")

    assert response.status_code == 200
    assert "还没有生成" in read(response).text
    assert client.get("/data/minutes.jsonl").status_code == 404


@pytest.mark.parametrize("name", ["CURRENT", "nothing.csv", "..", "%2e%2e%2fCURRENT"])
def test_nothing_else_can_be_fetched(client, archive, name):
    assert client.get(f"/data/{name}").status_code == 404


@pytest.mark.parametrize("name", ["minutes.jsonl", "manifest.json"])
def test_a_file_already_held_is_not_sent_again_until_there_is_a_new_one(client, archive, name):
    first = client.get(f"/data/{name}")
    first.close()

    assert client.get(f"/data/{name}", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(f"/data/{name}", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    Meeting.objects.filter(pk=archive[0].pk).update(recorder="曾有志")
    announce(archive[0])
    work()
    later = client.get(f"/data/{name}", headers={"if-none-match": first["ETag"]})
    later.close()
    assert later.status_code == 200


def test_many_publications_ask_for_new_files_once(db):
    for number in range(1, 5):
        meeting = keep_meeting(number=number, status=MeetingStatus.DRAFT)
        with transaction.atomic():
            publish(meeting)

    assert requests_for_exports().count() == 1
    assert requests_for_exports().get().run_after > timezone.now()


def test_a_change_after_the_files_were_made_asks_again(client, archive):
    third = keep_meeting(number=80, items=(HOUSING,), status=MeetingStatus.DRAFT)
    with transaction.atomic():
        publish(third)
    work()

    assert content_of(client.get("/data/minutes.jsonl")).count(b"\n") == 3


def test_a_transaction_that_fails_asks_for_nothing(db):
    with transaction.atomic():
        meeting_changed.send(sender=Meeting, meeting_id=1)
        transaction.set_rollback(True)

    assert not requests_for_exports().exists()


def test_what_is_withdrawn_is_not_sent_even_before_the_worker_comes(client, archive):
    first = client.get("/data/minutes.jsonl")
    first.close()
    Meeting.objects.filter(pk=archive[0].pk).update(status=MeetingStatus.WITHDRAWN)

    for name in FILES:
        response = client.get(f"/data/{name}", headers={"if-none-match": first["ETag"]})
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
    assert "下载暂停" in read(client.get("/data/")).text

    announce(archive[0])
    work()
    response = client.get("/data/minutes.jsonl")
    assert response.status_code == 200
    assert "老旧小区" not in content_of(response).decode()


def test_an_export_that_fails_leaves_the_earlier_one(client, archive, export_dir, monkeypatch):
    monkeypatch.setattr("open_data.archive.as_json", lambda meeting: 1 / 0)
    announce(archive[0])
    work()

    response = client.get("/data/minutes.jsonl")
    assert response.status_code == 200
    assert content_of(response).count(b"\n") == 2
    assert requests_for_exports().failed().count() == 1


def test_older_exports_do_not_pile_up(archive, export_dir):
    for _ in range(2):
        announce(archive[0])
        work()

    assert sum(path.is_dir() for path in export_dir.iterdir()) == 1


def test_the_command_says_what_it_wrote(archive, tmp_path):
    out = io.StringIO()
    call_command("export", str(tmp_path / "mine"), stdout=out)

    digest = hashlib.sha256((tmp_path / "mine" / "minutes.jsonl").read_bytes()).hexdigest()
    assert f"{digest}  {tmp_path / 'mine' / 'minutes.jsonl'}" in out.getvalue()
    assert "2 meetings" in out.getvalue()


def test_the_catalogue_describes_every_file_as_it_is(client, archive):
    described = client.get("/data/catalogue.jsonld")
    assert described["Content-Type"] == "application/ld+json"
    [dataset] = described.json()["dcat:dataset"]
    files = {each["dct:title"]: each for each in dataset["dcat:distribution"] if "dcat:downloadURL" in each}

    assert set(files) == {"minutes.jsonl", "minutes-csv.zip", "minutes.sqlite3"}
    for each in files.values():
        content = b"".join(client.get(each["dcat:downloadURL"]["@id"]).streaming_content)
        assert int(each["dcat:byteSize"]["@value"]) == len(content)
        assert each["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(content).hexdigest()
