"""The review page, as an editor and a publisher use it without scripts."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import (
    AuditAction,
    AuditEntry,
    Correction,
    Meeting,
    MeetingStatus,
    Organization,
    Person,
    TaskActor,
)
from tests.desk.bringing import logged_in
from tests.desk.staff import somebody
from tests.kept import kept

pytestmark = pytest.mark.thorough

SAMPLES = Path(__file__).parents[2] / "samples"


@kept
def meeting() -> Meeting:
    """Create the 70th meeting of 云川市: a draft with two ambiguous deadlines."""
    name = "yunchuan-2019-70.txt"
    return Meeting.objects.get(pk=ingest_bytes(name, (SAMPLES / name).read_bytes(), IngestOptions()).meeting)


def weigh(meeting: Meeting, code: str) -> None:
    """Make the two doubts of the meeting ones of another kind."""
    meeting.problems.update(code=code)


@pytest.fixture
def editor(db):
    return logged_in(somebody("卓韬", "编辑"))


@pytest.fixture
def publisher(db):
    return logged_in(somebody("贺鸣", "发布员"))


def page(client, meeting: Meeting, **asked: str):
    return client.get(reverse("desk-review", args=[meeting.pk]), asked)


def hidden(html: str, place: str) -> str:
    """Return the hidden fields of the form of a path."""
    form = re.search(rf'name="place" value="{re.escape(place)}"><input type="hidden" name="seen" value="(\w+)"', html)
    assert form, f"no form of {place} on the page"
    return form[1]


def save(client, meeting: Meeting, place: str, seen: str = "", **fields):
    """Submit the form of a path, opened just before or with `seen`."""
    seen = seen or hidden(page(client, meeting, edit=place).text, place)
    data = {"place": place, "seen": seen, "do": "correct", **fields}
    return client.post(reverse("desk-correct", args=[meeting.pk]), data)


def test_only_what_is_in_doubt_stands_open(editor, meeting):
    weigh(meeting, "unknown-outcome")
    html = page(editor, meeting).text
    opened = re.findall(r'<details class="section" id="([^"]+)" open', html)
    assert opened == ["at-items-0", "at-items-3", "new-units"]
    assert html.count("data-doubt") == 3
    assert html.count('class="place-form"') == 3
    assert meeting.source.text[200:260].split()[0] in html


def test_a_field_opens_by_its_link_is_saved_and_says_who_changed_it(editor, meeting):
    assert 'name="value"' not in re.search(r'id="at-number".*?id="at-doc_number"', page(editor, meeting).text, re.S)[0]
    answer = save(editor, meeting, "number", value="71")
    assert answer.status_code == 302
    html = editor.get(answer.url).text
    assert "已保存。" in html
    assert "原读作“70”" in html
    assert "卓韬" in html
    meeting.refresh_from_db()
    assert (meeting.number, Correction.objects.get().parsed["value"]) == (71, 70)


@pytest.mark.parametrize(
    ("place", "fields", "says"),
    [
        ("date", {"value": "没有这一天"}, "没有保存"),
        ("date", {"value": "0219-05-01"}, "1900年至2199年"),
        ("number", {"value": "-3"}, "没有保存"),
        ("place", {"value": "会议室", "start": "5"}, "起止字数"),
        ("place", {"value": "会议室", "start": "5", "end": "999999"}, "起止字数"),
        ("attendance/0", {"role": "present", "name": "", "organization": ""}, "姓名和单位至少填一个"),
        ("attendance/0", {"role": "absent", "name": "某人"}, "没有保存"),
        ("items/0/position", {"value": "2"}, "序号2有两个议题"),
        ("items/0/position", {"do": "remove"}, "每个议题都要有序号"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_form_with_what_was_typed(editor, meeting, place, fields, says):
    answer = save(editor, meeting, place, **fields)
    assert answer.status_code in (409, 422)
    assert says in answer.text
    assert fields.get("do") or next(iter(fields.values())) in answer.text
    assert not Correction.objects.exists()


def test_a_place_that_is_not_there_is_told(editor, meeting):
    answer = editor.post(reverse("desk-correct", args=[meeting.pk]), {"place": "items/99/title", "value": "无"})
    assert (answer.status_code, "已不在记录中" in answer.text) == (409, True)


def test_an_added_item_goes_with_all_that_was_corrected_in_it(editor, meeting):
    count = meeting.items.count()
    save(editor, meeting, "items/+1", position="40", title="城市公园", start="300", end="400")
    save(editor, meeting, "items/+1/title", value="城市公园建设")
    assert meeting.items.get(position=40).title == "城市公园建设"
    assert (
        editor.post(reverse("desk-correct", args=[meeting.pk]), {"place": "items/+1/title", "do": "keep"}).status_code
        == 409
    )
    answer = save(editor, meeting, "items/+1", do="take-back")
    assert answer.status_code == 302
    assert meeting.items.count() == count
    assert not Correction.objects.exists()


def test_a_correction_without_a_place_is_told_in_words_and_can_be_deleted(editor, meeting):
    save(editor, meeting, "items/0/title", value="更正过的标题")
    Correction.objects.update(place="adrift/1/items/9/title")
    shown = re.search(r"找不到位置.*?</ul>", page(editor, meeting).text, re.S)[0]
    assert "第10项 · 标题：更正过的标题 <button" in shown
    Correction.objects.first().save()
    history = editor.get(reverse("desk-history", args=[meeting.pk])).text
    assert '<th scope="row">第10项 · 标题（找不到位置）</th>' in history
    answer = editor.post(
        reverse("desk-correct", args=[meeting.pk]), {"place": "adrift/1/items/9/title", "do": "take-back"}
    )
    assert answer.status_code == 302
    assert not Correction.objects.exists()
    assert "找不到位置" not in page(editor, meeting).text


@pytest.mark.parametrize("problem", ["", "no-number", "1.5", "9" * 30, "9" * 5000])
def test_a_problem_that_is_not_there_is_not_found(editor, meeting, problem):
    assert editor.post(reverse("desk-settle", args=[meeting.pk]), {"problem": problem}).status_code == 404
    assert editor.post(reverse("desk-settle", args=[10**30]), {"problem": problem}).status_code == 404


def test_the_second_of_two_editors_is_told_and_keeps_what_they_typed(editor, publisher, meeting):
    seen = hidden(page(publisher, meeting, edit="number").text, "number")
    save(editor, meeting, "number", value="71")
    answer = save(publisher, meeting, "number", seen=seen, value="72")
    assert answer.status_code == 409
    assert "卓韬在" in answer.text
    assert 'value="72"' in answer.text
    meeting.refresh_from_db()
    assert meeting.number == 71


def test_units_and_entries_are_added_and_removed(editor, meeting):
    save(editor, meeting, "items/0/decisions/0/lead", values=["市住建局", "市新设局", ""])
    item = meeting.items.get(position=1)
    leading = {each.organization.name for each in item.involvements.filter(role="lead")}
    assert leading == {"市住建局", "市新设局"}
    assert "市新设局" in re.search(r'id="new-units".*?</details>', page(editor, meeting).text, re.S)[0]
    count = meeting.attendance.count()
    save(editor, meeting, "attendance/+1", role="in_attendance", name="屈怀远", organization="市水务局")
    assert meeting.attendance.filter(person__name="屈怀远", organization__name="市水务局").count() == 1
    assert "新增出席1" in page(editor, meeting).text
    save(editor, meeting, "attendance/0", do="remove")
    assert meeting.attendance.count() == count


def test_an_item_is_added_from_its_characters(editor, meeting):
    at = meeting.source.text.index("（二）")
    save(editor, meeting, "items/+1", position="90", title="漏读的一项", start=str(at), end=str(at + 40))
    item = meeting.items.get(position=90)
    assert item.paragraphs.get().text == "".join(meeting.source.text[at : at + 40].split())


def test_the_history_calls_people_by_their_name_rather_than_their_login(editor, meeting):
    User.objects.update(first_name="阮平")
    save(editor, meeting, "number", value="71")
    AuditEntry.note(AuditAction.REVIEWED, User.objects.get(first_name="阮平"), meeting)

    history = editor.get(reverse("desk-history", args=[meeting.pk])).text

    assert "<td>阮平</td>" in history
    assert "　阮平　" in history


def test_a_correction_is_taken_back_and_found_in_the_history_to_be_put_back(editor, meeting):
    save(editor, meeting, "number", value="71")
    save(editor, meeting, "number", do="take-back")
    meeting.refresh_from_db()
    assert meeting.number == 70
    history = editor.get(reverse("desk-history", args=[meeting.pk])).text
    assert history.count("次数</th>") == 2
    assert "<td>恢复为读出的内容</td><td>70</td>" in history
    line = Correction.history.filter(history_type="+").get()
    editor.post(reverse("desk-revert", args=[meeting.pk, line.history_id]))
    meeting.refresh_from_db()
    assert meeting.number == 71


def test_whom_only_tasks_name_is_shown_before_publishing(publisher, meeting):
    unit = Organization.objects.create(body=meeting.body, name="市地震局")
    person = Person.objects.create(body=meeting.body, name="闵若水")
    last = TaskActor.objects.filter(task__meeting=meeting).last()
    for position, record in enumerate(({"organization": unit}, {"person": person}), last.position + 1):
        TaskActor.objects.create(
            task=last.task, position=position, role="lead", form="unit", text="…", start=0, end=1, **record
        )
    Meeting.objects.update(status=MeetingStatus.REVIEWED)

    shown = publisher.get(reverse("desk-publish", args=[meeting.pk])).text

    assert "市地震局" in shown
    assert "闵若水" in shown


@pytest.mark.slow
def test_a_draft_becomes_public_only_step_by_step(editor, publisher, meeting, client):
    def step(who, name, **data):
        meeting.refresh_from_db()
        return who.post(reverse(f"desk-{name}", args=[meeting.pk]), {"revision": meeting.revision, **data}, follow=True)

    weigh(meeting, "name-unclear")
    assert "3处必须核实" in step(editor, "reviewed").text
    assert "还没有审核" in step(publisher, "publish").text
    for problem in meeting.problems.all():
        editor.post(reverse("desk-settle", args=[meeting.pk]), {"problem": problem.pk})
    assert step(editor, "publish").status_code == 403
    assert "可以发布" in step(editor, "reviewed").text
    shown = publisher.get(reverse("desk-publish", args=[meeting.pk])).text
    for expected in ("首次公开的单位", "市消防救援支队", meeting.items.first().title, meeting.source.name):
        assert expected in shown
    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert "已发布" in step(publisher, "publish").text
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert "请写明撤回的原因" in step(publisher, "withdraw").text
    assert "已撤回" in step(publisher, "withdraw", reason="附件误收。").text
    assert client.get(meeting.get_absolute_url()).status_code == 410
    assert "已恢复公开" in step(publisher, "restore").text
    assert client.get(meeting.get_absolute_url()).status_code == 200
    steps = list(AuditEntry.objects.order_by("pk").values_list("action", "by_name"))
    assert [each for each in steps if each[0] != "logged_in"] == [
        *[("settled", "卓韬")] * 3,
        ("reviewed", "卓韬"),
        ("published", "贺鸣"),
        ("withdrawn", "贺鸣"),
        ("restored", "贺鸣"),
    ]


def test_what_changed_since_the_page_was_opened_is_not_published(editor, publisher, meeting):
    meeting.problems.all().delete()
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.REVIEWED)
    meeting.refresh_from_db()
    save(editor, meeting, "number", value="71")
    answer = publisher.post(reverse("desk-publish", args=[meeting.pk]), {"revision": meeting.revision}, follow=True)
    assert "又有更改" in answer.text
    assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.REVIEWED


def test_reading_again_shows_before_it_does(editor, meeting, monkeypatch):
    from dataclasses import replace

    from minutes.corrections import reparse
    from minutes.parser.pipeline import parse
    from minutes.parser.types import Field

    save(editor, meeting, "place", value="云川宾馆")
    monkeypatch.setattr(reparse, "PARSER_VERSION", "99")
    read = parse(meeting.source.text)
    monkeypatch.setattr(reparse, "parse_source", lambda source: replace(read, number=Field(7, read.number.span)))
    address = reverse("desk-reparse", args=[meeting.pk])
    shown = editor.get(address).text
    assert re.search(r"次数</th><td>70</td><td>7</td>", shown)
    assert Meeting.objects.get(pk=meeting.pk).number == 70
    editor.post(address)
    meeting.refresh_from_db()
    assert (meeting.number, meeting.place, meeting.parser_version) == (7, "云川宾馆", "99")


def test_the_page_asks_a_bounded_number_of_questions(editor, meeting, django_assert_max_num_queries):
    page(editor, meeting)
    with django_assert_max_num_queries(22):
        page(editor, meeting)


def test_a_unit_of_another_meeting_is_not_new(editor, meeting):
    name = "yunchuan-2018-24.txt"
    ingest_bytes(name, (SAMPLES / name).read_bytes(), IngestOptions())
    new = re.search(r'id="new-units".*?</details>', page(editor, meeting).text, re.S)[0]
    shared = Organization.objects.filter(attendance__meeting=meeting).filter(attendance__meeting__number=24).first()
    assert shared
    assert f"<li>{shared.name}<" not in new


def test_a_task_is_given_to_another_unit_and_split_on_the_page(editor, meeting):
    task = meeting.tasks.filter(item__isnull=False).order_by("position").first()
    place = f"items/{task.item.position - 1}/tasks/0"
    facts = {"start": task.start, "end": task.end, "kind": task.kind, "due": ["6月底前（2020-06-30）"]}
    response = save(editor, meeting, place, lead=["市审计局"], leader=["副市长陈立"], **facts)
    assert response.status_code == 302, response.text
    task = meeting.tasks.get(text=task.text)
    assert [(actor.role, actor.text, actor.title) for actor in task.actors.all()] == [
        ("leader", "副市长陈立", "副市长") if task.actors.first().title else ("leader", "副市长陈立", ""),
        ("lead", "市审计局", ""),
    ]
    assert task.actors.get(role="lead").organization.name == "市审计局"
    assert [str(deadline.date) for deadline in task.deadlines.all()] == ["2020-06-30"]

    count = meeting.tasks.count()
    save(editor, meeting, place, do="split", at=task.start + 5)
    assert meeting.tasks.count() == count + 1
    save(editor, meeting, place, do="merge")
    assert meeting.tasks.count() == count
    assert meeting.tasks.filter(text=task.text).exists()


def test_a_task_is_added_by_typing_its_words(editor, meeting):
    """Without scripts, words typed instead of selected are found across line breaks."""
    paragraph = meeting.items.get(position=1).paragraphs.get(position=2)
    words = paragraph.text[4:20]
    facts = {"kind": "work", "lead": ["市审计局"], "words": f"{words[:6]}\n {words[6:]}"}
    response = save(editor, meeting, "items/0/tasks/+1", **facts)
    assert response.status_code == 302, response.text
    task = meeting.tasks.get(actors__organization__name="市审计局")
    assert (task.text, task.item.position) == (words, 1)
    assert "".join(meeting.source.text[task.start : task.end].split()) == words


@pytest.mark.parametrize(("words", "said"), [("原文里没有的一句话", "没有这段文字"), ("，", "请多写几个字")])
def test_typed_words_that_stand_nowhere_or_often_are_refused(editor, meeting, words, said):
    count = meeting.tasks.count()
    response = save(editor, meeting, "items/0/tasks/+1", kind="work", lead=["市审计局"], words=words)
    assert response.status_code == 422
    assert said in response.text
    assert meeting.tasks.count() == count


def test_a_task_cannot_be_split_outside_of_its_characters(editor, meeting):
    response = save(editor, meeting, "items/0/tasks/0", do="split", at="0")
    assert response.status_code == 409
    assert "后一条任务从第几字开始" in response.text


def test_a_deadline_of_a_task_with_a_day_that_does_not_exist_is_refused(editor, meeting):
    task = meeting.tasks.get(position=1)
    facts = {"start": task.start, "end": task.end, "kind": task.kind, "due": ["2月底前（2021-02-30）"]}
    response = save(editor, meeting, "items/0/tasks/0", **facts)
    assert response.status_code == 422
    assert "“2021-02-30”不是日期" in response.text


def test_the_breakdown_of_a_draft_is_a_page_and_two_files_for_staff_alone(editor, client, meeting):
    address = reverse("desk-breakdown", args=[meeting.pk])
    assert reverse("desk-breakdown", args=[meeting.pk]) in page(editor, meeting).text
    text = editor.get(address).text
    assert "分解表只供内部使用" in text
    assert meeting.tasks.first().text in text
    for extension in ("xlsx", "docx"):
        file = reverse("desk-breakdown-file", args=[meeting.pk, extension])
        assert editor.get(file).status_code == 200
        assert client.get(file).status_code == 302
    assert client.get(address).status_code == 302
    assert AuditEntry.objects.filter(action="exported").count() == 2
