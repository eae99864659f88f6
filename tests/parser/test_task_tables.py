"""Test task tables: a task in each row. All rows are invented."""

import datetime

import pytest

from minutes.parser.pipeline import parse

HEAD = "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"
TABLE = (
    "序号\t议定事项\t责任单位\t完成时限\n"
    "1\t编制堤防加固方案\t市水务局\t2021年6月30日\n"
    "2\t落实加固资金300万元，纳入预算\t市财政局、市发改委\t6月底\n"
    "3\t做好宣传\t各区政府\t长期坚持\n"
    "4\t公布热线\t市民政局牵头，市大数据局配合\t2021-04-15\n"
)
TASKS = [
    ("编制堤防加固方案", [("lead", "市水务局")], [datetime.date(2021, 6, 30)]),
    ("落实加固资金300万元，纳入预算", [("lead", "市财政局"), ("lead", "市发改委")], [datetime.date(2021, 6, 30)]),
    ("做好宣传", [("lead", "各区政府")], []),
    ("公布热线", [("lead", "市民政局"), ("supporting", "市大数据局")], [datetime.date(2021, 4, 15)]),
]


def described(tasks):
    return [
        (
            task.text,
            [(actor.role, actor.text) for actor in task.actors],
            [deadline.date for deadline in task.deadlines],
        )
        for task in tasks
    ]


@pytest.mark.parametrize("before", ["一、研究堤防加固工作\n会议原则同意。议定事项如下：\n", ""])
@pytest.mark.parametrize("between", ["\t", "  ", " | "])
def test_each_row_is_a_task(before: str, between: str):
    text = HEAD + before + TABLE.replace("\t", between)
    (item,) = parse(text).items

    assert described(item.tasks) == TASKS
    for number, task in enumerate(item.tasks, 1):
        line = next(line for line in text.splitlines() if line.startswith(f"{number}{between}"))
        assert text[slice(*task.span)] == line.removeprefix(f"{number}{between}")
        assert [text[slice(*actor.span)] for actor in task.actors] == [actor.text for actor in task.actors]


def test_columns_in_any_order_with_a_rule_below_the_head_and_a_sentence_behind():
    text = (
        f"{HEAD}一、研究堤防加固工作\n会议原则同意。\n"
        "| 时限 | 牵头单位 | 配合单位 | 责任领导 | 工作任务 |\n| --- | --- | --- | --- | --- |\n"
        "| 5月前 | 市水务局 | 市财政局 | 副市长沈一舟 | 编制堤防加固方案 |\n"
        "市应急局要加强督查。\n二、研究排涝工作\n会议同意。\n"
    )
    first, second = parse(text).items

    assert described(first.tasks) == [
        (
            "编制堤防加固方案",
            [("lead", "市水务局"), ("supporting", "市财政局"), ("leader", "副市长沈一舟")],
            [None],
        ),
        ("市应急局要加强督查", [("lead", "市应急局")], []),
    ]
    assert second.tasks == ()


def test_a_row_whose_units_cannot_be_read_is_a_task_with_a_doubt():
    text = f"{HEAD}一、研究堤防加固工作\n会议原则同意。\n议定事项\t责任单位\n编制堤防加固方案\t原班人马\n"
    parsed = parse(text)

    assert described(parsed.items[0].tasks) == [("编制堤防加固方案", [], [])]
    assert "task-without-actor" in {problem.code for problem in parsed.problems}


@pytest.mark.parametrize(("between", "edge"), [("\t", ""), (" | ", ""), (" | ", "|")], ids=["tabs", "bars", "framed"])
def test_an_empty_cell_leaves_the_others_in_their_columns(between: str, edge: str):
    rows = [
        ("议定事项", "牵头单位", "配合单位", "完成时限"),
        ("落实加固资金", "市财政局", "", "2021年5月"),
        ("排查危旧房屋", "", "市住建局", ""),
        ("建立信息平台", "市数据局", "市公安局", ""),
    ]
    lines = "\n".join(f"{edge} {between.join(row)} {edge}".strip(" ") for row in rows)
    (item,) = parse(f"{HEAD}{lines}\n").items

    assert described(item.tasks) == [
        ("落实加固资金", [("lead", "市财政局")], [datetime.date(2021, 5, 31)]),
        ("排查危旧房屋", [("supporting", "市住建局")], []),
        ("建立信息平台", [("lead", "市数据局"), ("supporting", "市公安局")], []),
    ]


def test_a_row_whose_cells_cannot_be_told_apart_is_a_task_with_a_doubt():
    text = f"{HEAD}议定事项  牵头单位  完成时限\n落实加固资金  市财政局\n"
    parsed = parse(text)

    assert described(parsed.items[0].tasks) == [("落实加固资金市财政局", [], [])]
    assert "task-without-actor" in {problem.code for problem in parsed.problems}


def test_the_units_of_a_column_are_responsible_for_what_was_decided():
    parsed = parse(
        "2021年3月5日，市长王岚主持召开市政府专题会议。\n"
        "序号\t议题\t议定意见\t责任单位\t配合单位\n1\t泵站检修\t原则同意检修方案。\t市水务局\t市财政局\n"
    )

    (decision,) = parsed.items[0].decisions
    assert [unit.value for unit in decision.lead] == ["市水务局"]
    assert [unit.value for unit in decision.supporting] == ["市财政局"]


def test_the_head_of_a_table_of_decisions_that_a_page_repeats_is_no_item():
    head = "序号\t议题\t议定意见\t责任单位\n"
    rows = ["1\t泵站检修\t原则同意检修方案。\t市水务局\n", "2\t公交线路\t原则同意线路方案。\t市交通局\n"]
    pages = f"{head}{rows[0]}— 1 —\n{head}{rows[1]}— 2 —\n"
    parsed = parse(f"{HEAD}{pages}{head}— 3 —\n")

    assert [item.title.value for item in parsed.items] == ["泵站检修", "公交线路"]
    assert [one.text for one in parsed.items[1].paragraphs][-1] == "序号议题议定意见责任单位"
    assert [item.paragraphs[0].text for item in parsed.items] == ["序号议题议定意见责任单位"] * 2
    assert not any(problem.code == "table-unread" for problem in parsed.problems)
