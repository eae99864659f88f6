"""Test deadlines without actors: they become tasks that name nobody."""

import pytest

from minutes.ingest.record_meeting import record
from minutes.models import Body, Deadline, Problem, SourceFile, Task
from minutes.parser.pipeline import parse

pytestmark = pytest.mark.django_db

HEAD = """云川市人民政府
常务会议纪要
〔2021〕6号

2021年3月5日上午，市长王岚主持召开市政府第90次常务会议，议定以下事项：

一、审议《云川市节水条例》

"""
FOOT = "\n\n出席：王岚（市长）、陈立（副市长）\n"


def recorded(paragraphs):
    """Return the tasks of the item with their deadlines."""
    text = HEAD + paragraphs + FOOT
    source = SourceFile(name="90.txt", sha256="90", content=text.encode(), encoding="utf-8", text=text)
    record(parse(text), source, Body.objects.create(name="云川市人民政府"), "1", ())
    tasks = Task.objects.prefetch_related("deadlines").order_by("position")
    return [(task.text, [deadline.text for deadline in task.deadlines.all()]) for task in tasks]


def test_a_sentence_with_a_date_that_names_nobody_is_a_task():
    tasks = recorded("原则同意《云川市节水条例》。压减部分于9月底前收回统筹。水价另行研究。")

    assert tasks == [("压减部分于9月底前收回统筹", ["9月底前"])]
    task = Task.objects.get()
    assert not task.actors.exists()
    assert (task.part, task.item.position, task.collective) == ("item", 1, False)
    assert task.meeting.source.text[task.start : task.end] == task.text


def test_the_doubt_is_noted_where_the_sentence_stands():
    recorded("原则同意《云川市节水条例》。压减部分于9月底前收回统筹。")

    problem = Problem.objects.get(code="task-without-actor")
    task = Task.objects.get()
    assert (problem.start, problem.end) == (task.start, task.end)


def test_two_dates_of_one_sentence_are_one_task_and_its_marker_is_no_part_of_it():
    tasks = recorded(
        "（一）原则同意《云川市节水条例》。\n\n（二）宕口修复今年12月底前完成主体工程，明年6月底前通过验收。"
    )

    assert tasks == [
        ("宕口修复今年12月底前完成主体工程，明年6月底前通过验收", ["今年12月底前", "明年6月底前"]),
    ]


def test_a_line_break_within_the_sentence_is_no_character_of_it():
    ((text, _),) = recorded("原则同意《云川市节水条例》。压减部分于9月\n  底前收回统筹。")

    assert text == "压减部分于9月底前收回统筹"


def test_a_date_that_a_task_holds_makes_no_second_one():
    tasks = recorded("原则同意《云川市节水条例》。由市水务局负责，6月底前完成管网排查。")

    assert [deadlines for _, deadlines in tasks] == [["6月底前"]]
    assert Task.objects.get().actors.exists()


def test_every_deadline_of_an_item_belongs_to_a_task():
    recorded("原则同意《云川市节水条例》。压减部分于9月底前收回统筹。由市水务局负责，6月底前完成管网排查。")

    assert Deadline.objects.count() == 2
    assert not Deadline.objects.filter(task=None).exists()
