"""Test the register of tasks, and tasks on other pages."""

import csv
import datetime
import io

import openpyxl
import pytest
from icalendar import Calendar

from minutes.models import Document, MeetingStatus, Organization, Person, Task
from tests.kept import kept
from tests.pages.factory import ItemFacts, TaskFacts, keep_meeting, unit_of
from tests.pages.reading import read
from tests.pages.stories import FLOODS, FLOODS_AGAIN, HOUSING

SPRING = datetime.date(2020, 4, 10)
REVISE, INSPECT, FUND, CARE, PLAN = (task.text for task in FLOODS.tasks)
# The beginning of the long task, up to the fold.
PLAN_HEAD = "市水务局要抓紧编制超标准洪水预案"


@pytest.fixture
def on_1_may_2020(monkeypatch):
    moment = datetime.datetime(2020, 5, 1, 4, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@kept
def floods():
    return keep_meeting(number=88, date=SPRING, items=(FLOODS,))


def found(client, **conditions):
    """Return the starts of the tasks in the register."""
    text = read(client.get("/tasks/", conditions)).text
    tasks = {"revise": REVISE, "inspect": INSPECT, "fund": FUND, "care": CARE, "plan": PLAN_HEAD}
    return {name for name, words in tasks.items() if words in text}


def test_the_register_says_who_what_and_by_when(client, on_1_may_2020, floods):
    text = read(client.get("/tasks/")).text

    assert "市水务局 责任领导 副市长陈立 配合 市气象局" in text
    assert "期限 6月底前 2020年6月30日 还有 60 天" in text
    assert "共 4 条任务" in text


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, {"revise", "inspect", "fund", "plan"}),
        ({"organization": "市水务局"}, {"inspect", "plan"}),
        ({"organization": "市气象局", "role": "supporting"}, {"inspect"}),
        ({"organization": "市气象局", "role": "lead"}, set()),
        ({"leader": "陈立"}, {"inspect"}),
        ({"leader": "陈"}, {"inspect"}),
        ({"leader": "副市长陈立"}, {"inspect"}),
        ({"leader": "陈 立"}, {"inspect"}),
        ({"q": "防汛经费"}, {"fund"}),
        ({"q": "经费 防汛"}, {"fund"}),
        ({"q": "“防汛經費”"}, {"fund"}),
        ({"q": "防汛 洪水"}, set()),
        ({"kind": "procedure"}, {"revise"}),
        ({"deadline": "next90"}, {"inspect"}),
        ({"deadline": "past"}, set()),
        ({"deadline": "any"}, {"inspect"}),
        ({"deadline": "none"}, {"revise", "fund", "plan"}),
        ({"due_after": "2020-07-01"}, set()),
        ({"due_before": "2020-06-30"}, {"inspect"}),
        ({"due_after": "2020.6.1", "due_before": "2020年6月30日"}, {"inspect"}),
        ({"due_after": "2020/7/1"}, set()),
        ({"year": "2019年"}, set()),
        ({"year": "二〇二〇"}, {"revise", "inspect", "fund", "plan"}),
        ({"year": "2019"}, set()),
        ({"body": "云川市人民政府", "year": "2020"}, {"revise", "inspect", "fund", "plan"}),
        ({"document": "云川市防汛应急预案"}, {"revise"}),
        ({"collective": "only"}, {"care"}),
        ({"collective": "all"}, {"revise", "inspect", "fund", "care", "plan"}),
        ({"no_later_record": "1"}, {"revise"}),
    ],
)
def test_the_register_is_narrowed_by_its_address(client, on_1_may_2020, floods, conditions, expected):
    assert found(client, **conditions) == expected


def test_a_deadline_that_is_over_is_past_and_nothing_more(client, floods):
    text = read(client.get("/tasks/", {"deadline": "past"})).text

    assert INSPECT in text
    for claim in ("未完成", "逾期", "超期", "没有完成", "已完成", "未办结"):
        assert claim not in text


def test_a_condition_that_makes_no_sense_is_named_and_not_used(client, floods):
    text = read(client.get("/tasks/", {"leader": "陈玉"})).text

    assert "没有由“陈玉”负责的任务。请写姓名或人员的编号。这个条件没有使用。" in text
    assert FUND in text


def test_a_long_task_is_folded_and_no_character_is_lost(client, floods):
    page = client.get("/tasks/", {"q": "超标准洪水"}).content.decode()
    head = page.index("<summary>市水务局要抓紧编制")
    folded = page[head : page.index("</details>", head)]
    text = folded.replace('<span class="task-more">展开</span>', "").replace("</summary>", "").replace("<summary>", "")

    assert text == PLAN
    assert folded.split("<span")[0].endswith(("，", "。", "；"))


@pytest.mark.parametrize(("order", "first"), [("", "2021"), ("oldest", "2020")])
def test_tasks_are_sorted_by_their_meeting(client, floods, order, first):
    keep_meeting(number=101, date=datetime.date(2021, 4, 9), items=(FLOODS,))
    text = read(client.get("/tasks/", {"q": "防汛经费", "sort": order})).text

    listed = text.split("条任务")[1]
    assert (listed.index("2021年4月9日") < listed.index("2020年4月10日")) == (first == "2021")


def test_the_nearest_deadline_comes_first_when_asked(client, db):
    task = TaskFacts(
        "市商务局要在1月底前备足货源。", lead=("市商务局",), deadline=("1月底前", datetime.date(2020, 1, 31))
    )
    keep_meeting(number=88, date=SPRING, items=(FLOODS,))
    paragraphs = ("市商务局要在1月底前备足货源。",)
    keep_meeting(
        number=60, date=datetime.date(2019, 12, 1), items=(ItemFacts("研究市场供应", paragraphs, tasks=(task,)),)
    )
    text = read(client.get("/tasks/", {"sort": "due"})).text

    assert text.index("备足货源") < text.index(INSPECT) < text.index(FUND)


def test_what_came_later_stands_under_the_task(client, floods):
    later = keep_meeting(number=105, date=datetime.date(2020, 9, 9), items=(FLOODS_AGAIN,))
    page = read(client.get("/tasks/", {"kind": "procedure"}))

    assert "后来的记录：2020年9月9日 《云川市防汛应急预案》" in page.text
    assert later.items.get().get_absolute_url() in [address for _, address in page.links]
    assert found(client, no_later_record="1") == set()


def test_silence_is_called_no_proof_wherever_it_is_shown(client, floods):
    for address in ("/tasks/?no_later_record=1", Document.objects.get().get_absolute_url(), "/tasks/by-unit/"):
        assert "没有记录不等于没有办" in read(client.get(address)).text


def test_an_earlier_or_hidden_meeting_is_no_later_record(client, floods):
    keep_meeting(number=60, date=datetime.date(2019, 9, 9), items=(FLOODS_AGAIN,))
    keep_meeting(number=105, date=datetime.date(2020, 9, 9), items=(FLOODS_AGAIN,), status=MeetingStatus.DRAFT)

    assert found(client, no_later_record="1") == {"revise"}


@pytest.mark.parametrize("status", [MeetingStatus.DRAFT, MeetingStatus.REVIEWED, MeetingStatus.WITHDRAWN])
@pytest.mark.parametrize(
    "address",
    ["/tasks/", "/tasks/tasks.csv", "/tasks/tasks.ics", "/feeds/tasks/", "/tasks/by-unit/", "/api/v1/tasks/"],
)
def test_tasks_of_hidden_meetings_are_shown_nowhere(client, db, status, address):
    keep_meeting(number=1, items=(HOUSING,))
    keep_meeting(number=88, date=SPRING, items=(FLOODS,), status=status)
    response = client.get(address, {"deadline": "any"} if address.endswith("ics") else {})

    assert response.status_code == 200
    assert "市水务局" not in response.content.decode()


@pytest.mark.parametrize("extension", ["/", ".xlsx", ".docx"])
@pytest.mark.parametrize(("status", "code"), [(MeetingStatus.DRAFT, 404), (MeetingStatus.WITHDRAWN, 410)])
def test_the_breakdown_of_a_hidden_meeting_is_not_public(client, db, status, code, extension):
    meeting = keep_meeting(number=88, date=SPRING, items=(FLOODS,), status=status)
    if status == MeetingStatus.WITHDRAWN:
        type(meeting).objects.update(published_at=datetime.datetime(2020, 5, 1, tzinfo=datetime.UTC))

    response = client.get(f"/meetings/{meeting.pk}/tasks{extension}")
    assert response.status_code == code
    assert "市水务局" not in response.content.decode()


def test_every_state_is_a_table_a_feed_and_a_calendar(client, on_1_may_2020, floods):
    page = read(client.get("/tasks/", {"organization": "市水务局", "sort": "oldest"}))
    (csv_address,) = page.links_saying("表格（CSV）")
    (xlsx_address,) = page.links_saying("表格（Excel）")
    (feed_address,) = page.links_saying("订阅（Atom）")
    (calendar_address,) = page.links_saying("期限日历（iCalendar）")

    lines = list(csv.DictReader(io.StringIO(client.get(csv_address).content.decode("utf-8-sig"))))
    assert [line["任务原文"] for line in lines] == [INSPECT, PLAN]
    assert (lines[0]["责任领导"], lines[0]["牵头"], lines[0]["配合"]) == ("副市长陈立", "市水务局", "市气象局")
    assert lines[0]["期限日期"] == "2020-06-30"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(xlsx_address).content)).active
    assert [cell.value for cell in sheet["F"]] == ["任务原文", INSPECT, PLAN]
    feed = client.get(feed_address).content.decode()
    assert "市水务局的新任务" in feed
    assert INSPECT.rstrip("。") in feed
    assert FUND.rstrip("。") not in feed
    (event,) = Calendar.from_ical(client.get(calendar_address).content).walk("VEVENT")
    assert event["DTSTART"].dt == datetime.date(2020, 6, 30)
    assert "副市长陈立" in event["DESCRIPTION"]


def test_a_table_calculates_nothing(client, db):
    formula = "=1+1"
    task = TaskFacts(f"{formula}由市财政局核算。", lead=("市财政局",))
    keep_meeting(items=(ItemFacts("研究预算", (f"{formula}由市财政局核算。",), tasks=(task,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/tasks/tasks.xlsx").content)).active

    assert sheet["F2"].value == f"{formula}由市财政局核算。"
    assert sheet["F2"].data_type == "s"


def test_an_item_lists_its_tasks_behind_the_decision_and_folds_the_collective_ones(client, floods):
    page = client.get(floods.items.get().get_absolute_url()).content.decode()

    assert page.index('id="decision"') < page.index('id="tasks"') < page.index('id="text"')
    folded = page[page.index('<details class="tasks-collective">') :]
    assert "另有 1 条" in folded
    assert CARE in folded[: folded.index("</details>")]


def test_a_meeting_lists_the_tasks_of_its_items_and_leads_to_the_breakdown(client, floods):
    page = read(client.get(floods.get_absolute_url()))

    assert "任务 4 条，1 条写明期限" in page.text
    assert page.links_saying("分解表") == [f"/meetings/{floods.pk}/tasks/"]
    assert page.links_saying("Excel") == [f"/meetings/{floods.pk}/tasks.xlsx"]


def test_a_unit_shows_what_it_was_told_by_year_and_with_whom(client, floods):
    keep_meeting(number=70, date=datetime.date(2019, 4, 9), items=(FLOODS,))
    unit = Organization.objects.get(name="市水务局")
    text = read(client.get(unit.get_absolute_url())).text

    assert "任务 4 条" in text
    assert "同一任务里还有：市气象局（2 条）" in text
    assert INSPECT in text
    assert FUND not in text


def test_a_person_shows_what_they_lead(client, floods):
    person = Person.objects.get(name="陈立", organization=None)
    text = read(client.get(person.get_absolute_url())).text

    assert "负责的任务 1 条" in text
    assert INSPECT in text


def test_a_document_shows_who_was_to_bring_it_where_and_what_came_later(client, floods):
    keep_meeting(number=105, date=datetime.date(2020, 9, 9), items=(FLOODS_AGAIN,))
    text = read(client.get(Document.objects.get().get_absolute_url())).text

    assert REVISE in text
    assert "后来的记录：2020年9月9日" in text
    assert FUND not in text


def test_units_are_counted_by_year_for_one_government(client, floods):
    keep_meeting(number=70, date=datetime.date(2019, 4, 9), items=(FLOODS,))
    keep_meeting(number=3, date=datetime.date(2019, 5, 9), items=(FLOODS,), body="南屏县人民政府")
    page = read(client.get("/tasks/by-unit/", {"body": floods.body_id}))

    row = page.text.split("后来再有记录\n")[1].split("市水务局")[1]
    assert row.split()[:7] == ["4", "2", "2", "2", "0", "0", "市应急局"]
    assert "市水务局4（2）" in page.text


def test_a_unit_that_is_only_told_outside_of_items_has_a_page(client, db):
    meeting = keep_meeting(items=(HOUSING,))
    task = Task.objects.create(
        meeting=meeting, part="closing", position=2, kind="work", text="市教育局要做好开学准备。", start=0, end=12
    )
    unit = unit_of(meeting.body, "市教育局")
    task.actors.create(
        position=1, role="lead", form="unit", text="市教育局", name="市教育局", organization=unit, start=0, end=4
    )

    assert "市教育局要做好开学准备。" in read(client.get(unit.get_absolute_url())).text
    assert "其他事项" in read(client.get("/tasks/")).text


@pytest.mark.django_db
def test_the_matter_before_the_actor_is_shown_found_and_exported(client):
    matter, words = "各泵站的<电费>", "由市财政局核定，6月底前拨付。"
    task = TaskFacts(words, lead=("市财政局",), about=matter)
    meeting = keep_meeting(items=(ItemFacts("研究泵站工作", (matter + words,), tasks=(task,)),))

    for address in ("/tasks/", "/tasks/?q=电费", meeting.get_absolute_url(), f"{meeting.get_absolute_url()}items/1/"):
        text = read(client.get(address)).text
        assert f"事项 {matter}" in text, address
    assert matter in read(client.get(f"{meeting.get_absolute_url()}tasks/")).text
    (line,) = csv.DictReader(io.StringIO(client.get("/tasks/tasks.csv").content.decode("utf-8-sig")))
    assert (line["任务原文"], line["事项"]) == (words, matter)
