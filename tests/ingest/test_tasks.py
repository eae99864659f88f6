"""Test recorded tasks: positions, linked actors, and stable ids."""

import datetime
from dataclasses import replace

import pytest

from minutes.corrections.parsed_json import as_stored, from_stored
from minutes.ingest.record_meeting import record, record_again
from minutes.models import Body, Deadline, Involvement, Organization, Person, Problem, SourceFile, Task
from minutes.parser.pipeline import parse
from minutes.parser.types import Deadline as ParsedDeadline
from minutes.parser.types import Span, TaskActor
from minutes.parser.types import Task as ParsedTask

pytestmark = pytest.mark.django_db

TEXT = """云川市人民政府
常务会议纪要
〔2021〕6号

2021年3月5日上午，市长王岚主持召开市政府第90次常务会议，议定以下事项：

一、审议《云川市防汛应急预案》

原则同意《云川市防汛应急预案》。由市应急局修改完善后按程序印发实施。

由副市长陈立牵头，市水务局会同市气象局做好预报，6月底前完成。交通、应急等部门要各司其职。南屏县和各乡镇要落实责任。

会上，还要求市教育局做好开学准备。

出席：王岚（市长）、陈立（副市长）、市应急局贺知舟、市水务局卓韬
"""


def span_of(words, within=TEXT):
    start = TEXT.index(words, TEXT.index(within))
    return Span(start, start + len(words))


def actor(text, role="lead", form="unit", name=None, title=None, within=TEXT):
    return TaskActor(text, name or (text if form != "post" else None), title, role, form, span_of(text, within))


def task(words, *actors, kind="work", collective=False, deadlines=()):
    return ParsedTask(kind, collective, actors, None, words, span_of(words), deadlines)


JUNE = ParsedDeadline("6月底前", datetime.date(2021, 6, 30), span_of("6月底前"))
ISSUE = "由市应急局修改完善后按程序印发实施。"
FORECAST = "由副市长陈立牵头，市水务局会同市气象局做好预报，6月底前完成。"
FIELDS = "交通、应急等部门要各司其职。"
PLACES = "南屏县和各乡镇要落实责任。"
SCHOOLS = "要求市教育局做好开学准备。"
TASKS = (
    task(ISSUE, actor("市应急局", within=ISSUE), kind="procedure"),
    task(
        FORECAST,
        actor("副市长陈立", "leader", "post", "陈立", "副市长", within=FORECAST),
        actor("市水务局", within=FORECAST),
        actor("市气象局", "supporting", within=FORECAST),
        deadlines=(JUNE,),
    ),
    task(FIELDS, actor("交通", form="field", within=FIELDS), actor("应急", form="field", within=FIELDS)),
    task(PLACES, actor("南屏县", form="place", within=PLACES), actor("各乡镇", form="crowd", within=PLACES)),
)
CLOSING = (task(SCHOOLS, actor("市教育局", within=SCHOOLS)),)


@pytest.fixture
def parsed():
    """Parse the minutes above, replacing all tasks by these."""
    read = parse(TEXT)
    item = replace(read.items[0], tasks=TASKS)
    return replace(read, items=(item, *read.items[1:]), opening_tasks=(), closing_tasks=CLOSING)


@pytest.fixture
def body():
    return Body.objects.create(name="云川市人民政府")


@pytest.fixture
def meeting(parsed, body):
    source = SourceFile(name="90.txt", sha256="90", content=TEXT.encode(), encoding="utf-8", text=TEXT)
    return record(parsed, source, body, "1", ())


def actors_of(text):
    return {actor.text: actor for actor in Task.objects.get(text=text).actors.all()}


def test_each_task_stands_where_it_was_read(meeting):
    tasks = list(meeting.tasks.all())
    assert [each.text for each in tasks] == [ISSUE, FORECAST, FIELDS, PLACES, SCHOOLS]
    assert [TEXT[each.start : each.end] for each in tasks] == [each.text for each in tasks]
    assert [each.part for each in tasks] == ["item"] * 4 + ["closing"]
    assert tasks[-1].item is None


def test_units_and_leaders_lead_to_their_records(meeting):
    actors = actors_of(FORECAST)
    assert actors["市水务局"].organization == Organization.objects.get(name="市水务局")
    assert actors["市气象局"].role == "supporting"
    assert actors["副市长陈立"].person.name == "陈立"
    assert actors["副市长陈立"].title == "副市长"


def test_a_field_means_the_one_unit_that_is_called_so(meeting):
    assert actors_of(FIELDS)["应急"].organization.name == "市应急局"


def test_a_field_without_a_unit_is_linked_to_none_and_says_so(meeting):
    assert actors_of(FIELDS)["交通"].organization is None
    assert Problem.objects.filter(code="actor-not-linked", message__contains="“交通”").count() == 1


def test_a_field_of_two_units_is_linked_to_neither_and_says_so(parsed, body):
    for name in ("市应急办", "市应急局"):
        Organization.objects.create(body=body, name=name)
    source = SourceFile(name="90.txt", sha256="90", content=TEXT.encode(), encoding="utf-8", text=TEXT)
    record(parsed, source, body, "1", ())
    assert actors_of(FIELDS)["应急"].organization is None
    assert "市应急办、市应急局" in Problem.objects.get(code="ambiguous-actor").message


def test_two_people_of_one_name_are_not_guessed_between(parsed, body):
    first, second = (Organization.objects.create(body=body, name=name) for name in ("市审计局", "市统计局"))
    for unit in (first, second):
        Person.objects.create(body=body, name="陈立", organization=unit)
    alone = replace(parsed, attendance=tuple(each for each in parsed.attendance if each.name != "陈立"))
    source = SourceFile(name="90.txt", sha256="90", content=TEXT.encode(), encoding="utf-8", text=TEXT)
    record(alone, source, body, "1", ())
    assert actors_of(FORECAST)["副市长陈立"].person is None
    assert "市审计局陈立、市统计局陈立" in Problem.objects.get(code="ambiguous-actor").message


def test_who_came_to_the_meeting_is_meant_before_others_of_the_name(parsed, body):
    elsewhere = Organization.objects.create(body=body, name="市审计局")
    other = Person.objects.create(body=body, name="陈立", organization=elsewhere)
    source = SourceFile(name="90.txt", sha256="90", content=TEXT.encode(), encoding="utf-8", text=TEXT)
    record(parsed, source, body, "1", ())
    linked = actors_of(FORECAST)["副市长陈立"].person
    assert linked is not None
    assert linked != other


def test_a_crowd_is_linked_to_nobody_without_a_doubt(meeting):
    actors = actors_of(PLACES)
    assert actors["南屏县"].organization.name == "南屏县"
    assert actors["各乡镇"].organization is None
    assert not Problem.objects.filter(message__contains="各乡镇").exists()


def test_a_deadline_belongs_to_its_task_and_its_item(meeting):
    deadline = Deadline.objects.get(text="6月底前")
    assert deadline.task.text == FORECAST
    assert (deadline.item.position, deadline.meeting) == (1, meeting)
    assert Deadline.objects.count() == 1


def test_a_procedure_concerns_the_document_of_its_item(meeting):
    titles = {each.text: [document.title for document in each.documents.all()] for each in meeting.tasks.all()}
    assert titles[ISSUE] == ["云川市防汛应急预案"]
    assert titles[FORECAST] == []


def test_units_with_work_to_do_are_responsible_in_the_item(meeting):
    responsible = Involvement.objects.filter(role="responsible").values_list("organization__name", flat=True)
    assert set(responsible) == {"市水务局", "市气象局", "市应急局", "南屏县"}


def test_rows_made_again_keep_their_keys(meeting, parsed, body):
    before = list(Task.objects.values_list("pk", "text")), list(Deadline.objects.values_list("pk"))
    actors = list(Task.objects.values_list("actors__pk", "actors__text").order_by("actors__pk"))
    record_again(meeting, parsed, body, ())
    assert (list(Task.objects.values_list("pk", "text")), list(Deadline.objects.values_list("pk"))) == before
    assert list(Task.objects.values_list("actors__pk", "actors__text").order_by("actors__pk")) == actors


def test_tasks_are_kept_with_the_reading(parsed):
    assert from_stored(as_stored(parsed)) == parsed
