"""Test reparsing and replacing files: differences are shown, corrections stay."""

from dataclasses import replace

import pytest

from minutes.corrections import reparse
from minutes.corrections.changes import keep_correction, remove_correction
from minutes.ingest.ingest_file import IngestOptions, Status, ingest_bytes
from minutes.models import AuditEntry, Meeting, SourceFile
from minutes.parser import PARSER_VERSION
from minutes.parser.pipeline import parse
from minutes.parser.types import Field
from tests.corrections.editing import SAMPLES, correct, rows_of, seen_at

pytestmark = pytest.mark.thorough


@pytest.fixture
def newer_parser(monkeypatch):
    """Replace the parser by one that reads differently, like a newer version."""

    def read_with(change):
        monkeypatch.setattr(reparse, "PARSER_VERSION", "99")
        monkeypatch.setattr(reparse, "parse_source", lambda source: change(parse(source.text)))

    return read_with


def without_first_item(parsed):
    return replace(parsed, items=parsed.items[1:])


def with_number(number):
    return lambda parsed: replace(parsed, number=Field(number, parsed.number.span))


def test_the_same_parser_reads_the_same(meeting):
    before = rows_of(meeting)
    result = reparse.reparse(meeting.pk, by=None)
    assert (result.differences, result.questions) == ([], [])
    assert rows_of(meeting) == before


def test_a_newer_parser_shows_its_differences_by_part(meeting, newer_parser):
    newer_parser(with_number(42))
    result = reparse.reparse(meeting.pk, by=None)
    assert [(each.name, each.before["value"], each.after["value"]) for each in result.differences] == [("次数", 24, 42)]
    meeting.refresh_from_db()
    assert (meeting.number, meeting.parser_version) == (42, "99")
    assert AuditEntry.objects.get(action="reparsed").about.startswith("云川市人民政府")


def test_a_dry_run_changes_nothing(meeting, newer_parser):
    newer_parser(with_number(42))
    before = rows_of(meeting)
    assert reparse.reparse(meeting.pk, by=None, dry_run=True).differences
    meeting.refresh_from_db()
    assert (meeting.number, meeting.parser_version) == (24, PARSER_VERSION)
    assert rows_of(meeting) == before


def test_a_correction_stands_where_the_parser_reads_what_it_read(meeting, editor, newer_parser):
    seen = seen_at(meeting, "chair")
    correct(meeting, "chair", {**seen, "name": "陆砚清"}, seen, editor)
    newer_parser(with_number(42))
    result = reparse.reparse(meeting.pk, by=editor)
    meeting.refresh_from_db()
    assert (meeting.chair_name, meeting.number) == ("陆砚清", 42)
    assert result.questions == []


def test_where_both_changed_the_correction_stands_and_a_person_is_asked(meeting, editor, newer_parser):
    seen = seen_at(meeting, "number")
    correct(meeting, "number", {**seen, "value": 25}, seen, editor)
    newer_parser(with_number(42))
    result = reparse.reparse(meeting.pk, by=editor)
    assert [problem.code for problem in result.questions] == ["correction-questioned"]
    meeting.refresh_from_db()
    assert meeting.number == 25
    assert meeting.problems.filter(code="correction-questioned").count() == 1
    keep_correction(meeting.pk, "number")
    assert not meeting.problems.filter(code="correction-questioned").exists()
    assert Meeting.objects.get(pk=meeting.pk).number == 25
    remove_correction(meeting.pk, "number")
    assert Meeting.objects.get(pk=meeting.pk).number == 42


def test_corrections_move_with_their_characters_when_items_are_counted_otherwise(meeting, editor, newer_parser):
    seen = seen_at(meeting, "items/2/title")
    correct(meeting, "items/2/title", {**seen, "value": "河长制考核"}, seen, editor)
    first = seen_at(meeting, "items/0/title")
    correct(meeting, "items/0/title", {**first, "value": "投资计划"}, first, editor)
    newer_parser(without_first_item)
    result = reparse.reparse(meeting.pk, by=editor)
    assert meeting.items.get(position=3).title == "河长制考核"
    assert set(meeting.corrections.values_list("place", flat=True)) == {
        "items/1/title",
        f"adrift/{meeting.corrections.get(value__value='投资计划').pk}/items/0/title",
    }
    assert [problem.code for problem in result.questions] == ["correction-adrift"]
    assert meeting.problems.filter(code="correction-adrift").exists()


@pytest.mark.slow
def test_many_corrections_move_in_as_few_queries_as_one(meeting, editor, django_assert_max_num_queries):
    for index in range(meeting.attendance.count()):
        place = f"attendance/{index}"
        seen = seen_at(meeting, place)
        correct(meeting, place, {**seen, "note": "核对过"}, seen, editor)
    assert meeting.corrections.count() > 10
    with django_assert_max_num_queries(20):
        reparse.reparse(meeting.pk, by=None, dry_run=True)
    assert set(meeting.corrections.values_list("value__note", flat=True)) == {"核对过"}


def test_another_file_takes_the_place_of_the_first_and_the_first_is_kept(meeting, editor):
    seen = seen_at(meeting, "place")
    correct(meeting, "place", {"value": "云川宾馆", "span": [3, 5]}, seen, editor)
    title = seen_at(meeting, "items/0/title")
    correct(meeting, "items/0/title", {**title, "value": "投资计划"}, title, editor)
    first, first_bytes = meeting.source, bytes(SourceFile.objects.get(meeting=meeting).content)
    better = (SAMPLES / "yunchuan-2018-24.txt").read_text(encoding="utf-8").replace("安身之所", "安居之所")
    result = ingest_bytes("better.txt", better.encode(), IngestOptions(by=editor, in_place_of=meeting))
    assert (result.status, result.meeting) == (Status.ADDED, meeting.pk)
    meeting.refresh_from_db()
    assert "安居之所" in "".join(meeting.items.values_list("paragraphs__text", flat=True))
    assert meeting.place == "云川宾馆", "corrections of the head stay"
    assert meeting.problems.filter(code="correction-adrift").count() == 1
    first.refresh_from_db()
    assert first.formerly_of == meeting
    assert bytes(first.content) == first_bytes == (SAMPLES / "yunchuan-2018-24.txt").read_bytes()
    assert meeting.source != first
    again = ingest_bytes("first.txt", (SAMPLES / "yunchuan-2018-24.txt").read_bytes(), IngestOptions())
    assert (again.status, again.meeting) == (Status.UNCHANGED, meeting.pk)


def test_the_command_tells_and_does(meeting, newer_parser, capsys):
    from django.core.management import call_command

    newer_parser(with_number(42))
    call_command("reparse", str(meeting.pk), "--dry-run")
    assert "次数: 24 -> 42" in capsys.readouterr().out
    assert Meeting.objects.get(pk=meeting.pk).number == 24
    call_command("reparse", str(meeting.pk))
    assert Meeting.objects.get(pk=meeting.pk).number == 42


def test_a_field_that_an_older_parser_did_not_have_is_no_difference_while_it_is_empty(meeting, editor):
    for item in meeting.reading.parsed["items"]:
        for task in item["tasks"]:
            if task["next_step"] is None:
                del task["next_step"]
    meeting.reading.save()
    place = next(
        f"items/{position}/tasks/0"
        for position, item in enumerate(meeting.reading.parsed["items"])
        if item["tasks"] and "next_step" not in item["tasks"][0]
    )
    seen = seen_at(meeting, place)
    correct(meeting, place, {**seen, "text": "更正过的任务"}, seen, editor)

    rereading = reparse.reparse(meeting.pk, editor)

    assert (rereading.differences, rereading.questions) == ([], [])
    assert not meeting.problems.filter(code="correction-questioned").exists()
