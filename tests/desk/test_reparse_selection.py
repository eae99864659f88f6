"""Test previewing and applying a newer parser to one or several meetings."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from desk.workflow.bulk import MAX_REPARSED
from minutes.corrections.changes import rebuild_rows
from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import AuditEntry, Meeting
from tests.corrections.editing import correct, seen_at
from tests.desk.bringing import logged_in
from tests.desk.staff import somebody
from tests.minutes_text import minutes_text
from tests.pages.factory import keep_meeting

MEETINGS = "/admin/minutes/meeting/"


@pytest.fixture
def editor(db):
    return logged_in(somebody("卓韬", "编辑"))


def read_long_ago(number: int) -> Meeting:
    """Store a meeting as read by a parser that did not read the recorder yet."""
    text = minutes_text(number, number, doc_number="").encode()
    meeting = Meeting.objects.get(pk=ingest_bytes(f"{number}.txt", text, IngestOptions(publish=True)).meeting)
    meeting.reading.parsed["recorder"] = None
    meeting.reading.parser_version = meeting.parser_version = "0.1"
    meeting.reading.save()
    meeting.save()
    rebuild_rows(meeting)
    return Meeting.objects.get(pk=meeting.pk)


def chosen(*meetings: Meeting, **more: str) -> dict[str, object]:
    return {"action": "reparse", ACTION_CHECKBOX_NAME: [meeting.pk for meeting in meetings], **more}


def test_a_selection_is_reparsed_after_its_differences_were_seen(editor):
    old, corrected = read_long_ago(3), read_long_ago(4)
    seen = seen_at(corrected, "place")
    correct(corrected, "place", {"value": "云川宾馆", "span": [0, 0]}, seen, None)
    ingest_bytes("5.txt", minutes_text(5, 5, doc_number="").encode(), IngestOptions())
    assert "<strong>2</strong>次会议由旧版解析器读出" in editor.get("/admin/").text
    assert {each.pk for each in editor.get(f"{MEETINGS}?parser=old").context["cl"].queryset} == {old.pk, corrected.pk}

    shown = editor.post(MEETINGS, chosen(old, corrected)).text

    assert "2 次有不同" in shown
    assert shown.count("<td>侯鹤鸣</td>") == 2
    assert "云川宾馆" not in shown
    assert not Meeting.objects.exclude(recorder="").filter(pk__in=(old.pk, corrected.pk)).exists()

    answer = editor.post(MEETINGS, chosen(old, corrected, confirmed="1"), follow=True)

    assert "已重新解析2次会议，2次有不同。人工更正都已保留。" in answer.text
    for meeting in (old, corrected):
        meeting.refresh_from_db()
        assert meeting.recorder == "侯鹤鸣"
    assert corrected.place == "云川宾馆"
    assert AuditEntry.objects.filter(action="reparsed", by_name="卓韬").count() == 2
    assert "由旧版解析器读出" not in editor.get("/admin/").text


def test_one_meeting_shows_the_same_differences_on_its_own_page(editor):
    meeting = read_long_ago(3)

    shown = editor.get(reverse("desk-reparse", args=[meeting.pk])).text

    assert "现有内容由解析器 0.1 读出" in shown
    assert shown.count("<td>侯鹤鸣</td>") == 1


def test_the_command_previews_and_does_what_the_desk_does(run, db):
    meeting = read_long_ago(3)

    preview = run("reparse", "--dry-run").out

    assert "侯鹤鸣" in preview
    meeting.refresh_from_db()
    assert meeting.recorder == ""
    run("reparse")
    meeting.refresh_from_db()
    assert meeting.recorder == "侯鹤鸣"
    assert "侯鹤鸣" not in run("reparse", "--all", "--dry-run").out


def test_more_than_one_page_shows_are_refused(editor):
    meetings = [keep_meeting(number=number, attendees=0) for number in range(1, MAX_REPARSED + 2)]

    assert "manage.py reparse" in editor.post(MEETINGS, chosen(*meetings), follow=True).text
