"""Problems are settled one by one, or a kind of them at once, in one meeting or in several; any of it is undone."""

import re

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from minutes.corrections.changes import rebuild_rows
from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import AuditEntry, Meeting, Settlement
from minutes.parser.problems.kinds import KINDS
from tests.desk.bringing import logged_in
from tests.desk.staff import somebody
from tests.kept import kept
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.thorough

MEETINGS = "/admin/minutes/meeting/"
SETTLEMENTS = "/admin/minutes/settlement/"
# Three lines of the head that belong to no field, and a verb that the table of words lacks.
STRAY = "云川市人民政府\n\n常务会议纪要\n\n甲区简报\n\n乙区简报\n\n丙区简报"


@pytest.fixture
def editor(db):
    return logged_in(somebody("卓韬", "编辑"))


@kept
def drafts() -> list[Meeting]:
    """Create three drafts, each with three lines that belong to no field."""
    return [draft(number) for number in (3, 4, 5)]


def draft(number: int) -> Meeting:
    text = minutes_text(number, number, doc_number="", head=STRAY)
    meeting = Meeting.objects.get(pk=ingest_bytes(f"{number}.txt", text.encode(), IngestOptions()).meeting)
    assert stray_lines(meeting) == 3
    return meeting


def stray_lines(meeting: Meeting) -> int:
    return meeting.problems.open("must").filter(code="line-unaccounted").count()


def page(client, meeting: Meeting) -> str:
    return client.get(reverse("desk-review", args=[meeting.pk])).text


def send(client, meeting: Meeting, **fields: object):
    return client.post(reverse("desk-settle", args=[meeting.pk]), fields, follow=True)


def history(client, meeting: Meeting) -> str:
    return client.get(reverse("desk-history", args=[meeting.pk])).text


def test_every_kind_has_a_name_of_its_own():
    names = [kind.name for kind in KINDS.values()]
    assert len(set(names)) == len(names)


def test_what_must_be_settled_and_what_is_worth_a_look_are_counted_apart(editor, drafts):
    meeting = drafts[0]
    meeting.problems.create(code="unknown-outcome", message="请核对结果。")
    meeting.problems.create(code="title-derived", message="标题取自首句。")

    html = page(editor, meeting)

    assert "必须核实 <strong>3</strong> 处" in html
    assert "值得一看 <strong>1</strong> 处" in html
    assert "另有说明 1 处，不用处理" in html
    assert html.count("data-doubt") == 4
    assert re.search(r"说明：标题取自首句。</p>", html)


def test_a_kind_is_settled_in_one_act_and_undone_in_another(editor, drafts):
    meeting, other, _ = drafts
    assert "一行没有归入字段 <strong>3</strong> 处" in page(editor, meeting)

    answer = send(editor, meeting, code="line-unaccounted")

    assert "已核实3处" in answer.text
    assert (stray_lines(meeting), stray_lines(other)) == (0, 3)
    act = Settlement.objects.get()
    assert (act.made_by.username, act.count) == ("卓韬", 3)
    assert "卓韬　核实无误：“一行没有归入字段”这一类3处" in history(editor, meeting)

    answer = send(editor, meeting, undo=act.pk)

    assert "3处重新列为待核" in answer.text
    assert stray_lines(meeting) == 3
    act.refresh_from_db()
    assert act.undone_by.username == "卓韬"
    assert "卓韬　重新列为待核：“一行没有归入字段”这一类3处" in history(editor, meeting)
    assert "0处重新列为待核" in send(editor, meeting, undo=act.pk).text


def test_what_was_settled_together_stays_so_when_the_rows_are_made_again(editor, drafts):
    meeting = drafts[0]
    send(editor, meeting, code="line-unaccounted")

    rebuild_rows(Meeting.objects.get(pk=meeting.pk))

    assert stray_lines(meeting) == 0
    assert Settlement.objects.get().problems.count() == 3


def test_one_of_those_settled_together_is_opened_again_alone(editor, drafts):
    meeting = drafts[0]
    send(editor, meeting, code="line-unaccounted")
    send(editor, meeting, problem=meeting.problems.filter(code="line-unaccounted").first().pk)
    assert stray_lines(meeting) == 1

    send(editor, meeting, undo=Settlement.objects.get().pk)

    assert stray_lines(meeting) == 3


def test_a_kind_is_settled_over_a_selection_of_meetings(editor, drafts):
    *chosen, left = drafts
    asked = {"action": "settle_kind", ACTION_CHECKBOX_NAME: [meeting.pk for meeting in chosen]}
    shown = editor.post(MEETINGS, asked).text
    assert "一行没有归入字段" in shown
    assert "2 次会议，6 处" in shown

    answer = editor.post(MEETINGS, {**asked, "code": "line-unaccounted"}, follow=True)

    assert "已核实“一行没有归入字段（6处）”" in answer.text
    assert [stray_lines(meeting) for meeting in (*chosen, left)] == [0, 0, 3]
    assert Settlement.objects.count() == 1
    assert AuditEntry.objects.filter(action="settled").count() == 2
    for meeting in chosen:
        assert "“一行没有归入字段”这一类3处" in history(editor, meeting)

    listed = editor.get(SETTLEMENTS).text
    assert "一行没有归入字段（6处）" in listed
    undone = {"action": "undo", ACTION_CHECKBOX_NAME: [Settlement.objects.get().pk]}
    assert "6处重新列为待核" in editor.post(SETTLEMENTS, undone, follow=True).text
    assert [stray_lines(meeting) for meeting in (*chosen, left)] == [3, 3, 3]


@pytest.mark.parametrize("fields", [{"code": "no-such-kind"}, {"code": "title-derived"}])
def test_a_kind_of_which_none_is_open_changes_nothing(editor, fields, drafts):
    meeting = drafts[0]
    meeting.problems.create(code="title-derived", message="标题取自首句。")

    assert "这一类已经没有待核的问题" in send(editor, meeting, **fields).text
    assert not Settlement.objects.exists()


@pytest.mark.parametrize("undo", ["no-number", "99", "9" * 30])
def test_an_act_that_is_not_of_this_meeting_is_not_found(editor, undo, drafts):
    meeting, other, _ = drafts
    send(editor, other, code="line-unaccounted")

    assert send(editor, meeting, undo=undo).status_code == 404
    assert send(editor, meeting, undo=Settlement.objects.get().pk).status_code == 404
    assert stray_lines(other) == 0


def test_an_uploader_settles_nothing(drafts):
    meeting, uploader = drafts[0], logged_in(somebody("阮知秋", "上传员"))

    assert send(uploader, meeting, code="line-unaccounted").status_code == 403
    asked = {"action": "settle_kind", ACTION_CHECKBOX_NAME: [meeting.pk], "code": "line-unaccounted"}
    uploader.post(MEETINGS, asked)
    assert stray_lines(meeting) == 3


def test_what_must_be_settled_since_the_review_is_not_published(editor, drafts):
    meeting, publisher = drafts[0], logged_in(somebody("贺鸣", "发布员"))
    send(editor, meeting, code="line-unaccounted")
    editor.post(reverse("desk-reviewed", args=[meeting.pk]), {"revision": 0})
    send(editor, meeting, undo=Settlement.objects.get().pk)
    meeting.refresh_from_db()
    assert meeting.status == "reviewed"

    answer = publisher.post(reverse("desk-publish", args=[meeting.pk]), {"revision": meeting.revision}, follow=True)

    assert "又有3处必须核实的问题" in answer.text
    meeting.refresh_from_db()
    assert meeting.status == "reviewed"


def test_lists_name_the_kind_of_a_problem_in_words(editor, drafts):
    meeting = drafts[0]

    for address in (f"{MEETINGS}{meeting.pk}/change/", "/admin/minutes/problem/"):
        shown = editor.get(address).text
        assert "<td" in shown
        assert "一行没有归入字段" in shown
