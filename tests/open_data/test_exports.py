"""Test the content of bulk files, and their safety in spreadsheets."""

import csv
import datetime
import hashlib
import io
import json
import sqlite3
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from minutes.models import Meeting, MeetingStatus, Organization
from minutes.parser.json_format import as_json
from minutes.parser.pipeline import parse
from tests.minutes_text import minutes_text
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.stories import HOUSING, LONG_AGENDA, PARKING_AGAIN


@pytest.fixture
def export(tmp_path):
    """Run the command like an operator; return the folder."""

    def run(*, folder=tmp_path / "export"):
        call_command("export", str(folder), stdout=io.StringIO())
        return folder

    return run


def lines_of(folder):
    return [json.loads(line) for line in (folder / "minutes.jsonl").read_text("utf-8").splitlines()]


def table_of(folder, name):
    with zipfile.ZipFile(folder / "minutes-csv.zip") as archive:
        content = archive.read(f"{name}.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def withdraw(meeting):
    meeting.status = MeetingStatus.WITHDRAWN
    meeting.published_at = timezone.now()
    meeting.withdrawn_at = datetime.datetime(2020, 2, 3, 4, 5, tzinfo=datetime.UTC)
    meeting.withdrawal_reason = "附件误收个人信息。"
    meeting.save()


def is_said_by(parsed, exported):
    """Return whether the export contains everything the parser printed."""
    if isinstance(parsed, dict):
        return isinstance(exported, dict) and all(is_said_by(value, exported.get(key)) for key, value in parsed.items())
    if isinstance(parsed, list):
        return len(parsed) == len(exported) and all(map(is_said_by, parsed, exported))
    return parsed == exported


def test_a_line_says_all_that_the_parser_prints_and_the_ids(db, tmp_path, export):
    file = tmp_path / "a.txt"
    file.write_text(minutes_text(), "utf-8")
    call_command("ingest", str(file), "--publish", stdout=io.StringIO())

    (line,) = lines_of(export())

    source = {
        "name": "a.txt",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "characters": len(minutes_text()),
    }
    parsed = as_json(parse(minutes_text()), source)
    # The records know units by the name they are shown under.
    for entry in parsed["attendance"]:
        entry.pop("organization")
    # What is no part of the minutes is no part of the records.
    parsed.pop("noise")
    for passage in (parsed["opening"], *parsed["items"]):
        passage.pop("tasks")
    for item in parsed["items"]:
        assert item["decisions"]
    assert is_said_by(parsed, line)
    assert line["id"] == Meeting.objects.get().pk
    assert [item["id"] for item in line["items"]] == list(Meeting.objects.get().items.values_list("pk", flat=True))
    assert all(unit["organization_id"] for item in line["items"] for unit in item["units"])


def test_the_files_agree_with_each_other_and_with_what_is_said_of_them(db, export):
    keep_meeting(items=LONG_AGENDA, attendees=20, represented=("市委宣传部",))
    keep_meeting(number=79, items=(PARKING_AGAIN,))
    folder = export()
    manifest = json.loads((folder / "manifest.json").read_text())
    database = sqlite3.connect(folder / "minutes.sqlite3")

    lines, *tables = manifest["files"]
    assert lines["counts"] == {"meetings": 2, "withdrawn_meetings": 0}
    assert len(lines_of(folder)) == 2
    for name, count in tables[0]["counts"].items():
        assert len(table_of(folder, name)) == count
        assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (count,)
    for file in manifest["files"]:
        content = (folder / file["name"]).read_bytes()
        assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    database.close()


def test_the_database_answers_who_led_what(db, export):
    keep_meeting(items=LONG_AGENDA)
    database = sqlite3.connect(export() / "minutes.sqlite3")
    found = database.execute(
        "SELECT items.title FROM items JOIN units_of_items ON item_id = items.id"
        " JOIN organizations ON organizations.id = organization_id"
        " WHERE role = 'lead' AND organizations.name = '市住建局'"
    ).fetchall()
    database.close()

    assert found == [(HOUSING.title,)]


def test_every_column_is_explained(db, export):
    keep_meeting(items=LONG_AGENDA)
    folder = export()
    with zipfile.ZipFile(folder / "minutes-csv.zip") as archive:
        names = [name.removesuffix(".csv") for name in archive.namelist() if name.endswith(".csv")]
        readme = archive.read("README.md").decode()
    explained = {(row["table"], row["column"]): row["meaning"] for row in table_of(folder, "columns")}

    for name in names:
        if name == "columns":
            continue
        assert f"`{name}.csv`" in readme
        for row in table_of(folder, name)[:1]:
            assert all(explained[name, column] for column in row)
    assert "常务会议" in explained["meetings", "kind"]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\n=1"])
def test_a_cell_never_calculates(db, export, start):
    keep_meeting(items=(ItemFacts(title=f"{start}的方案"),))

    assert table_of(export(), "items")[0]["title"] == f"'{start}的方案"


def test_a_cell_that_is_no_formula_stays_as_it_is(db, export):
    keep_meeting(items=(ItemFacts(title="研究“1+1=2”工程"),))

    assert table_of(export(), "items")[0]["title"] == "研究“1+1=2”工程"


def test_nothing_but_what_published_meetings_name_is_exported(db, export):
    keep_meeting(items=(HOUSING,), attendees=0)
    secret = ItemFacts(
        title="审议《保密方案》", paragraphs=("原则同意。由市保密局落实。",), outcome="原则同意", lead="市保密局"
    )
    keep_meeting(number=71, items=(secret,), status=MeetingStatus.DRAFT)
    folder = export()

    assert [row["name"] for row in table_of(folder, "organizations")] == ["市住建局"]
    assert "保密" not in (folder / "minutes.jsonl").read_text("utf-8")
    assert "保密".encode() not in (folder / "minutes.sqlite3").read_bytes()


def test_a_withdrawn_meeting_leaves_that_it_was_there_and_no_text(db, export):
    keep_meeting(items=(PARKING_AGAIN,))
    withdrawn = keep_meeting(number=71, items=(HOUSING,))
    withdraw(withdrawn)
    folder = export()

    assert lines_of(folder)[1] == {
        "id": withdrawn.pk,
        "body": "云川市人民政府",
        "kind": "executive",
        "number": 71,
        "doc_number": "〔2019〕71号",
        "date": "2019-11-21",
        "withdrawn": True,
        "withdrawn_at": "2020-02-03T04:05:00+00:00",
        "reason": "附件误收个人信息。",
    }
    (row,) = table_of(folder, "withdrawn_meetings")
    assert (row["number"], row["withdrawal_reason"]) == ("71", "附件误收个人信息。")
    assert row["withdrawn_at"] == "2020-02-03T04:05:00+00:00"
    assert "老旧小区".encode() not in (folder / "minutes.sqlite3").read_bytes()


def test_a_draft_that_was_never_public_leaves_nothing(db, export):
    keep_meeting(items=(HOUSING,), status=MeetingStatus.WITHDRAWN)

    assert lines_of(export()) == []


def test_an_export_replaces_an_earlier_one(db, export):
    keep_meeting(items=(PARKING_AGAIN,))
    export()
    keep_meeting(number=71, items=(HOUSING,))
    folder = export()

    assert len(lines_of(folder)) == 2
    assert sorted(path.name for path in folder.iterdir()) == [
        "manifest.json",
        "minutes-csv.zip",
        "minutes.jsonl",
        "minutes.sqlite3",
    ]


def test_a_folder_that_cannot_be_written_is_named(db, tmp_path, export):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="Name another folder"):
        export(folder=tmp_path / "file")


def test_an_export_asks_the_database_a_fixed_number_of_times(db, export, django_assert_max_num_queries):
    keep_meeting(number=1, items=LONG_AGENDA, attendees=20)
    with CaptureQueriesContext(connection) as asked_for_one:
        export()
    for number in range(2, 9):
        keep_meeting(number=number, items=LONG_AGENDA, attendees=20)

    with django_assert_max_num_queries(len(asked_for_one)):
        export()
    assert Organization.objects.exists()


def test_tables_of_records_with_pages_say_their_addresses(export, db, settings):
    settings.SITE_URL = "https://minutes.example.org"
    meeting = keep_meeting(items=(HOUSING,))
    folder = export()

    assert table_of(folder, "meetings")[0]["page"] == f"https://minutes.example.org/meetings/{meeting.pk}/"
    assert table_of(folder, "items")[0]["page"].endswith(f"/meetings/{meeting.pk}/items/1/")
    for name in ("bodies", "organizations", "documents", "people"):
        assert all(row["page"].startswith("https://") for row in table_of(folder, name))
