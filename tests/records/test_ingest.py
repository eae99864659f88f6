"""Test the output of manage.py ingest, and the resulting records."""

import io
import json
import os

import pytest
from django.core.management import call_command
from django.db import connection

from minutes.extraction.files import LISTED_ENDINGS
from minutes.extraction.read_file import read_file
from minutes.ingest import ingest_file
from minutes.models import Body, Meeting, MeetingStatus, Organization, Person, SourceFile
from minutes.signals import meeting_changed
from minutes.workflow import publish
from tests.minutes_text import minutes_text

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


@pytest.fixture
def announced():
    """Collect the ids of meetings in change signals."""
    ids = []

    def note(sender, meeting_id, **_):
        ids.append(meeting_id)

    meeting_changed.connect(note)
    yield ids
    meeting_changed.disconnect(note)


def test_a_folder_is_taken_in_with_the_folders_in_it(run, write, tmp_path):
    write("2021/a.txt", minutes_text(12, 5))
    write("2021/more/b.TXT", minutes_text(13, 12, doc_number="〔2021〕8号"))
    write("2021/readme.md", "not minutes")

    result = run("ingest", tmp_path / "2021")

    assert not result.failure
    assert [line.split(":")[0] for line in result.lines[:2]] == ["added      a.txt", "added      b.TXT"]
    assert result.lines[-1].startswith("2 files:")
    assert set(Meeting.objects.values_list("number", flat=True)) == {12, 13}


def test_a_pattern_means_the_files_it_fits(run, write, tmp_path):
    write("y1.txt", minutes_text(12, 5))
    write("y2.txt", minutes_text(13, 12, doc_number="〔2021〕8号"))
    write("other.txt", "今天天气很好。")

    result = run("ingest", tmp_path / "y*.txt")

    assert result.lines[-1] == "2 files: 2 added"


def test_new_meetings_are_drafts_unless_published(run, write, announced):
    path = write("a.txt", minutes_text())

    run("ingest", path)

    meeting = Meeting.objects.get()
    assert meeting.status == MeetingStatus.DRAFT
    assert meeting.published_at is None
    assert announced == []


def test_publishing_shows_and_announces_the_meeting(run, write, announced):
    run("ingest", write("a.txt", minutes_text()), "--publish")

    meeting = Meeting.objects.published().get()
    assert meeting.published_at is not None
    assert announced == [meeting.pk]


def test_the_announcement_is_made_in_the_transaction_of_the_meeting(run, write):
    """Writes of signal receivers and of ingest are rolled back together."""

    def fail(sender, meeting_id, **_):
        Body.objects.create(name="索引任务")
        raise RuntimeError("no room for the index task")

    meeting_changed.connect(fail)
    try:
        result = run("ingest", write("a.txt", minutes_text()), "--publish")
    finally:
        meeting_changed.disconnect(fail)

    assert "RuntimeError: no room for the index task" in result.lines[0]
    assert not Meeting.objects.exists()
    assert not Body.objects.exists()


def test_the_same_bytes_again_change_nothing(run, write):
    run("ingest", write("a.txt", minutes_text()))
    before = Meeting.objects.values().get()

    result = run("ingest", write("renamed.txt", minutes_text()))

    assert result.lines[0].startswith("unchanged  renamed.txt: 云川市人民政府第12次常务会议")
    assert not result.failure
    assert Meeting.objects.values().get() == before
    assert SourceFile.objects.count() == 1


def test_a_draft_is_published_when_it_is_given_again_with_publish(run, write, announced):
    path = write("a.txt", minutes_text())
    run("ingest", path)

    result = run("ingest", path, "--publish")

    assert result.lines[0].startswith("published  a.txt")
    assert Meeting.objects.published().count() == 1
    assert announced == [Meeting.objects.get().pk]


def test_what_is_published_stays_so_when_it_is_given_again_as_draft(run, write):
    path = write("a.txt", minutes_text())
    run("ingest", path, "--publish")

    run("ingest", path, "--draft")

    assert Meeting.objects.published().count() == 1


def test_what_was_withdrawn_does_not_come_back(run, write, announced):
    path = write("a.txt", minutes_text())
    run("ingest", path)
    Meeting.objects.update(status=MeetingStatus.WITHDRAWN)

    result = run("ingest", path, "--publish")

    assert "withdrawn and stays so" in result.lines[0]
    assert not Meeting.objects.published().exists()
    assert announced == []


def test_the_same_meeting_from_another_file_is_a_conflict_that_names_both(run, write):
    run("ingest", write("first.txt", minutes_text()))
    before = Meeting.objects.values().get()

    result = run("ingest", write("second.txt", minutes_text(extra_paragraph="另行通知。")))

    assert result.lines[0].startswith("conflict   second.txt: 云川市人民政府第12次常务会议")
    assert "read from first.txt" in result.lines[0]
    assert result.failure.startswith("1 of 1 files")
    assert Meeting.objects.values().get() == before
    assert SourceFile.objects.get().name == "first.txt"


def test_the_same_doc_number_is_the_same_meeting_even_on_another_day(run, write):
    run("ingest", write("first.txt", minutes_text(12, 5)))

    result = run("ingest", write("second.txt", minutes_text(13, 6)))

    assert result.lines[0].startswith("conflict")


def test_numbers_start_anew_without_conflict(run, write):
    run("ingest", write("a.txt", minutes_text(1, 5)))

    result = run("ingest", write("b.txt", minutes_text(1, 12, doc_number="〔2021〕9号")))

    assert not result.failure
    assert Meeting.objects.filter(number=1).count() == 2


def test_the_database_refuses_a_second_record_that_no_lookup_has_seen(run, write, monkeypatch):
    """As when another process stores the same meeting between our lookup and our insert."""
    run("ingest", write("first.txt", minutes_text()))
    look, looks = Meeting.objects.filter, []

    def blind_at_first(meeting):
        looks.append(meeting)
        return None if len(looks) == 1 else look(number=12).select_related("body", "source").get()

    monkeypatch.setattr("minutes.ingest.record_meeting.same_meeting_on_record", blind_at_first)

    result = run("ingest", write("second.txt", minutes_text(extra_paragraph="另行通知。")))

    assert result.lines[0].startswith("conflict   second.txt")
    assert Meeting.objects.count() == 1


def test_a_failing_file_is_reported_and_the_others_are_taken_in(run, write, tmp_path):
    write("a.txt", minutes_text(12, 5))
    write("b.txt", b"%PDF-1.4 and so on")
    write("c.txt", minutes_text(13, 12, doc_number="〔2021〕8号"))

    result = run("ingest", tmp_path)

    assert [line.split()[0] for line in result.lines[:3]] == ["added", "failed", "added"]
    assert result.lines[-1] == "3 files: 2 added, 1 failed"
    assert result.failure.startswith("1 of 3 files")
    assert Meeting.objects.count() == 2


def test_an_error_nobody_foresaw_is_told_with_its_class_and_concerns_its_file_alone(run, write, tmp_path, monkeypatch):
    write("a.txt", minutes_text(12, 5))
    write("b.txt", minutes_text(13, 12, doc_number="〔2021〕8号"))

    def fail_on_the_first(name, *arguments):
        if name == "a.txt":
            raise ZeroDivisionError("a bug")
        return read_file(name, *arguments)

    monkeypatch.setattr("minutes.ingest.read_ahead.read_file", fail_on_the_first)

    result = run("ingest", tmp_path)

    assert result.lines[0] == "failed     a.txt: ZeroDivisionError: a bug"
    assert Meeting.objects.get().number == 13


def test_a_pipe_among_the_files_is_named_and_not_waited_for(run, write, tmp_path):
    write("a.txt", minutes_text())
    os.mkfifo(tmp_path / "pipe.txt")

    result = run("ingest", tmp_path)

    assert [line.partition(":")[0] for line in result.lines[:2]] == ["added      a.txt", "failed     pipe.txt"]
    assert "管道" in result.lines[1]


def test_a_link_among_the_files_is_named_and_not_followed(run, write, tmp_path):
    (tmp_path / "link.txt").symlink_to(write("elsewhere/private.txt", minutes_text()))

    result = run("ingest", tmp_path / "link.txt")

    assert result.lines[0].startswith("failed     link.txt: 无法读取：是符号链接")
    assert Meeting.objects.count() == 0


def test_who_stops_it_is_told_how_to_go_on(run, write, tmp_path, monkeypatch):
    write("a.txt", minutes_text(12, 5))
    write("b.txt", minutes_text(13, 12, doc_number="〔2021〕8号"))
    store = ingest_file.store

    def stop_at_the_second(parsed, *arguments):
        if parsed.number.value == 13:
            raise KeyboardInterrupt
        return store(parsed, *arguments)

    monkeypatch.setattr(ingest_file, "store", stop_at_the_second)

    result = run("ingest", tmp_path)

    assert [line.partition(":")[0] for line in result.lines] == ["added      a.txt"]
    assert result.failure.startswith("Stopped.")
    assert Meeting.objects.get().number == 12


def test_a_failure_half_way_leaves_nothing_of_the_file(run, write, monkeypatch):
    def fail(*_):
        raise RuntimeError("interrupted")

    monkeypatch.setattr("minutes.ingest.record_meeting.record_items", fail)

    run("ingest", write("a.txt", minutes_text()))

    for model in (Meeting, SourceFile, Organization, Person, Body):
        assert not model.objects.exists(), model


@pytest.mark.parametrize(
    ("text", "reason"),
    [("今天天气很好，大家都去公园。", "These are not minutes"), ("Lorem ipsum dolor sit amet.", "文件里没有汉字")],
)
def test_a_text_that_is_not_minutes_is_refused(text, reason, run, write):
    result = run("ingest", write("a.txt", text))

    assert reason in result.lines[0]
    assert result.failure
    assert not SourceFile.objects.exists()


def without_body() -> str:
    return minutes_text(head="常务会议纪要").replace("云川市人民政府办公室", "").replace("武警云川支队", "武警支队")


def test_the_body_is_not_guessed(run, write):
    result = run("ingest", write("a.txt", without_body()))

    assert "--body" in result.lines[0]
    assert result.failure
    assert not Meeting.objects.exists()


def test_the_body_can_be_said_and_stays_a_matter_to_look_at(run, write):
    run("ingest", write("a.txt", without_body()), "--body", "云川市人民政府")

    meeting = Meeting.objects.get()
    assert meeting.body.name == "云川市人民政府"
    assert meeting.problems.filter(code="body-not-named").count() == 1
    assert not meeting.problems.filter(code="body-missing").exists()


def test_a_body_that_the_text_names_is_not_overridden(run, write):
    run("ingest", write("a.txt", minutes_text()), "--body", "东浦县人民政府")

    assert Body.objects.get().name == "云川市人民政府"


def test_a_dry_run_tells_the_same_and_stores_nothing(run, write, announced, tmp_path):
    write("a.txt", minutes_text())
    write("b.txt", b"%PDF-1.4 and so on")

    dry = run("ingest", tmp_path, "--publish", "--dry-run")

    assert not any(model.objects.exists() for model in (Meeting, SourceFile, Organization, Person, Body))
    assert announced == []
    assert dry.lines[-1] == "2 files: 1 added, 1 failed (dry run: nothing was stored)"
    assert dry.lines[:2] == run("ingest", tmp_path, "--publish").lines[:2]


def test_a_dry_run_publishes_no_draft(run, write):
    path = write("a.txt", minutes_text())
    run("ingest", path)

    result = run("ingest", path, "--publish", "--dry-run")

    assert result.lines[0].startswith("published")
    assert not Meeting.objects.published().exists()


def test_json_has_one_line_a_file_and_one_for_the_run(run, write, tmp_path):
    write("a.txt", minutes_text())
    write("b.txt", b"%PDF-1.4 and so on")

    first, second, last = map(json.loads, run("ingest", tmp_path, "--json").lines)

    meeting = Meeting.objects.get()
    assert first["file"] == "a.txt"
    assert first["status"] == "added"
    assert first["meeting"] == meeting.pk
    assert first["items"] == 2
    assert first["problems"] == meeting.problems.count()
    assert (second["status"], second["meeting"]) == ("failed", None)
    assert "PDF" in second["message"]
    assert last["summary"] == {
        "files": 2,
        "added": 1,
        "published": 0,
        "unchanged": 0,
        "conflict": 0,
        "needs_body": 0,
        "failed": 1,
        "dry_run": False,
    }


def test_a_path_that_leads_nowhere_is_a_failure(run, tmp_path):
    result = run("ingest", tmp_path / "missing.txt")

    assert result.lines[0] == "failed     missing.txt: 无法读取：没有这个文件，可能已被移走或改名。"
    assert result.failure


def test_a_folder_without_files_of_a_known_ending_is_a_failure(run, write, tmp_path):
    write("a.xlsx", b"PK")
    write("~$a.docx", "what Word leaves beside an open file")

    assert run("ingest", tmp_path).failure == f"There is no file to be read ({LISTED_ENDINGS}) in {tmp_path}."


def test_odd_bytes_in_a_file_name_are_shown_and_stored_harmlessly(run, tmp_path):
    path = os.fsencode(tmp_path) + "/\x1b[31m会议".encode() + b"\xff.txt"
    with open(path, "wb") as file:
        file.write(minutes_text().encode())

    result = run("ingest", tmp_path)

    assert SourceFile.objects.get().name == "�[31m会议�.txt"
    assert "\x1b" not in result.out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_and_nowhere_else(run, write):
    path, terminal = write("a.txt", minutes_text()), Terminal()

    call_command("ingest", str(path), stderr=terminal, stdout=io.StringIO())

    assert "1  a.txt" in terminal.getvalue()
    assert run("ingest", path).err == ""


def test_a_long_run_keeps_no_log_of_its_queries(run, write, tmp_path, settings):
    settings.DEBUG = True
    for number in range(1, 6):
        write(f"{number}.txt", minutes_text(number, number, doc_number=f"〔2021〕{number}号"))

    assert run("ingest", tmp_path).lines[-1] == "5 files: 5 added"
    assert connection.queries == []


def test_publish_of_a_record_can_be_undone_with_its_transaction(run, write):
    from django.db import transaction

    run("ingest", write("a.txt", minutes_text()))
    with transaction.atomic():
        publish(Meeting.objects.get())
        transaction.set_rollback(True)

    assert not Meeting.objects.published().exists()


def repeated_numbers(meeting):
    return list(meeting.problems.filter(code="number-repeated").values_list("message", flat=True))


def test_a_number_of_another_day_is_doubted_and_both_meetings_are_kept(run, write):
    run("ingest", write("a.txt", minutes_text(12, 5)))
    run("ingest", write("b.txt", minutes_text(12, 19, doc_number="〔2021〕8号")))

    first, second = Meeting.objects.order_by("date")
    assert repeated_numbers(first) == []
    [message] = repeated_numbers(second)
    assert "“云川市人民政府第12次常务会议”（2021年3月5日）也是第12次" in message
    [problem] = second.problems.filter(code="number-repeated")
    assert second.source.text[problem.start : problem.end] == "12"


@pytest.mark.parametrize(
    "changed",
    [("2021年3月5日", "2022年3月5日"), ("第12次", "第13次"), ("常务会议", "全体会议"), ("云川市", "北渚市")],
    ids=["another year", "another number", "another kind", "another government"],
)
def test_a_number_that_began_anew_is_not_doubted(run, write, changed):
    run("ingest", write("a.txt", minutes_text(12, 5)))
    other = minutes_text(12, 5 if changed[0] == "2021年3月5日" else 19, doc_number="〔2021〕8号")
    run("ingest", write("b.txt", other.replace(*changed)))

    assert [repeated_numbers(meeting) for meeting in Meeting.objects.all()] == [[], []]
