"""Test forms of printed minutes: who came for which matter, posts, and what is no decision or task."""

import pytest

from minutes.parser.pipeline import parse
from tests.parser.test_tasks import described

HEAD = "云川县人民政府常务会议纪要\n2021年3月5日，县长王岚主持召开县政府第12次常务会议。\n"
ITEMS = "一、审议《云川县供水办法》\n会议原则同意。\n二、研究堤防加固工作\n会议同意。\n"


def came(text: str) -> list[tuple]:
    return [(one.role, one.name, one.organization, one.title) for one in parse(HEAD + text).attendance]


def test_those_who_came_for_a_matter_are_below_the_items():
    listed = (
        "出席：王岚\n固定列席：县司法局麦冬。\n第一议题：县水务局左岸、南屏镇陆岚。\n第一至二议题：县财政局林望。\n"
    )
    parsed = parse(HEAD + ITEMS + listed)
    assert [len(item.paragraphs) for item in parsed.items] == [1, 1]
    assert came(ITEMS + listed) == [
        ("present", "王岚", None, None),
        ("in_attendance", "麦冬", "县司法局", None),
        ("in_attendance", "左岸", "县水务局", None),
        ("in_attendance", "陆岚", "南屏镇", None),
        ("in_attendance", "林望", "县财政局", None),
    ]


def test_those_who_came_for_a_matter_are_above_the_items():
    text = "列席：县司法局麦冬\n第一议题：县水务局左岸、南屏镇陆岚。\n" + ITEMS
    assert [item.title.value for item in parse(HEAD + text).items] == ["审议《云川县供水办法》", "研究堤防加固工作"]
    assert [name for _, name, _, _ in came(text)] == ["麦冬", "左岸", "陆岚"]


def test_a_matter_is_no_list_of_people():
    text = (
        "列席：县司法局麦冬\n第一议题：研究堤防加固工作\n会议同意。\n第二议题：审议《云川县供水办法》\n会议原则同意。\n"
    )
    assert [item.title.value for item in parse(HEAD + text).items] == ["研究堤防加固工作", "审议《云川县供水办法》"]


def test_a_post_of_the_government_is_of_no_unit():
    listed = "出席：县委常委、政府副县长沈一舟，政府副县长、公安局局长周禾，政府副县长林望、陆岚。\n"
    assert came(ITEMS + listed) == [
        ("present", "沈一舟", None, "县委常委、政府副县长"),
        ("present", "周禾", None, "政府副县长、公安局局长"),
        ("present", "林望", None, "政府副县长"),
        ("present", "陆岚", None, "政府副县长"),
    ]


def test_a_numbered_label_of_a_group_is_no_unit():
    text = ITEMS + "参加此次会议的有：（1）市领导：沈一舟、周禾；（2）有关部门：县水务局左岸。\n"
    assert came(text) == [
        ("present", "沈一舟", None, None),
        ("present", "周禾", None, None),
        ("present", "左岸", "县水务局", None),
    ]


def decided(text: str) -> list[tuple]:
    (item,) = parse(f"{HEAD}一、研究供水工作\n{text}\n出席：王岚\n").items
    return [
        (one.outcome and one.outcome.value, [unit.value for unit in one.lead], one.next_step and one.next_step.value)
        for one in item.decisions
    ]


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        ("会议指出，县政府严格执行县人大第五次会议审查批准的预算。", []),
        ("会议要求，发挥县水务局牵头作用，完善联动机制。", []),
        (
            "会议原则同意该方案，责成县政府办结合会议意见修改完善后，报县委常委会审议。",
            [("原则同意", ["县政府办"], "报县委常委会审议")],
        ),
        (
            "会议原则同意印发《北渚水库移民安置方案》，由县政府办按程序印发。",
            [("原则同意", ["县政府办"], "按程序印发")],
        ),
        ("会议原则同意印发《北渚水库移民安置方案》。", [("原则同意", [], "印发")]),
        (
            "会议原则同意县水务局意见。县水务局负责，修改完善后，报县政府印发实施。",
            [("原则同意", ["县水务局"], "报县政府印发实施")],
        ),
        (
            "会议同意拨付经费。关于水泵购置事宜，会议议定，由县财政局牵头，县审计局配合办理。",
            [("同意", [], None), (None, ["县财政局"], None)],
        ),
        ("会议议定以下意见。\n牵头领导：左岸；责任单位：县水务局、县财政局", [(None, ["县水务局", "县财政局"], None)]),
        (
            "会议同意收回云川宾馆土地使用权，补偿由县财政局支付；收回云川酒店土地使用权事项，因存在争议，会议决定暂缓研究。",
            [("同意", ["县财政局"], None), ("暂缓研究", [], None)],
        ),
        (
            "会议同意收回桐谷路地块，补偿由县财政局支付；收回云川宾馆土地使用权事项，因存在争议，待查清后再议。",
            [("同意", ["县财政局"], None), ("再议", [], None)],
        ),
        ("会议同意购置水泵。会议认为，购置水车缺乏论证，不予同意。", [("同意", [], None), ("不予同意", [], None)]),
        ("会议议定以下意见。\n责任领导：左岸", []),
        (
            "会议决定，该规划由县政府提请县十八届人大四次会议审查批准。",
            [("决定", ["县政府"], "提请县十八届人大四次会议审查批准")],
        ),
    ],
)
def test_decisions(text: str, decisions: list[tuple]):
    assert decided(text) == decisions


@pytest.mark.parametrize(
    "text",
    [
        "会议指出，南屏镇会同县水务局在充分征求意见基础上，形成了方案。",
        "会议指出，县水务局在充分征求意见基础上，形成方案。",
        "会议要求，县委明确要求的事项必须纳入清单。",
        "会议指出，尤其是贯彻左岸书记在全会上的讲话精神，结合实际抓好落实。",
        "会议明确，云川智能不再向县政府主张因逾期未支付该公司垫付费用的权利。",
    ],
)
def test_nobody_is_told(text: str):
    assert described(text) == []


def test_a_point_that_is_a_project_tells_nobody():
    assert described("北渚镇桃源村农业园建设项目；", numbered=True) == []


def test_everyone_in_a_list_reported():
    text = "一、听取防汛工作汇报\n会议听取了县水务局、县应急局、北渚旅游度假区防汛和防火工作汇报。\n会议同意。\n"
    (item,) = parse(HEAD + text).items
    assert [unit.value for unit in item.reported_by] == ["县水务局", "县应急局", "北渚旅游度假区"]


def test_an_item_is_called_by_the_document_it_begins_with():
    text = (
        "会议指出，《2021年云川县政府工作报告》总结了成绩，原则同意县政府办意见。县政府办负责修改后，提请县委常委会审议《云川县2021年政府工作报告》。\n"
        "会议指出，《云川县供水办法》系统全面，原则同意县水务局意见。县水务局负责修改后，提请县委常委会审议《云川县供水办法》。\n"
    )
    titles = [item.title.value for item in parse(HEAD.strip() + "\n" + text).items]
    assert titles == ["《2021年云川县政府工作报告》", "审议《云川县供水办法》"]


@pytest.mark.parametrize("document", ["《推动云川县节水工作方案》", "《2021年云川县节水计划》"])
def test_a_document_names_the_place_behind_a_verb_or_a_year(document: str):
    text = "2021年3月5日，县长王岚主持召开县政府第12次常务会议。\n"
    text += f"一、审议{document}\n会议原则同意。云川城区供水由县水务局负责。\n"
    body = parse(text).body
    assert body is not None
    assert body.value == "云川县人民政府"


def test_a_meeting_without_a_name_is_of_its_matter_and_of_who_was_asked_to_hold_it():
    parsed = parse(
        "关于供水保障的会议纪要\n2021年3月5日，县政府办公室副主任林望受副县长沈一舟委托，在县政府306会议室召开会议，专题研究供水保障问题。\n"
        "一、加快管网改造。由县水务局负责。\n"
    )
    assert parsed.chair is not None
    assert (parsed.chair.name, parsed.chair.title) == ("林望", "县政府办公室副主任")
    assert parsed.kind is not None
    assert parsed.kind.value == "专题会议"


def test_recipients_that_are_no_units_are_a_group():
    imprint = "送：县长、各副县长。\n"
    assert [one.value for one in parse(HEAD + ITEMS + imprint).distribution] == ["县长、各副县长"]


def test_somebody_excused_alone_has_a_post_before_the_reason():
    assert came(ITEMS + "请假：麦  冬　县审计局局长（在县委党校学习）\n") == [("apologies", "麦冬", "县审计局", "局长")]


def test_a_post_that_names_its_place_is_of_no_unit_before_it():
    opening = "县水务局局长左岸、南屏区副区长麦冬参加会议。"
    text = HEAD.strip() + opening + "\n" + ITEMS
    assert [(one.name, one.organization, one.title) for one in parse(text).attendance] == [
        ("左岸", "县水务局", "局长"),
        ("麦冬", None, "南屏区副区长"),
    ]


def test_the_party_groups_of_all_departments_are_told():
    assert described("会议要求，各部门党组（党委）要引以为戒，举一反三。") == [
        "work of a crowd | lead 各部门党组（党委） | 各部门党组（党委）要引以为戒，举一反三"
    ]


def test_the_recorder_may_be_of_a_unit():
    recorder = parse(HEAD + ITEMS + "记录：县政府办公室麦冬\n").recorder
    assert recorder is not None
    assert recorder.value == "麦冬"


def test_how_many_came_is_accounted_for():
    head = "云川县第4次县长办公会议纪要\n时间：2021年3月5日\n主持人：王岚\n应到9人，实到7人\n出席：王岚  沈一舟\n"
    assert "line-unaccounted" not in [problem.code for problem in parse(head + ITEMS).problems]


def test_term_and_office_alone_on_their_lines():
    head = (
        "云川县人民政府\n第39次常务会议纪要\n（第十八届）\n2021年3月5日，县长王岚主持召开县人民政府第39次常务会议。\n"
    )
    parsed = parse(head + ITEMS + "整理：云川县人民政府办公室\n2021年3月8日\n")
    assert parsed.term is not None
    assert parsed.term.value == 18
    assert parsed.compiled_by is not None
    assert parsed.compiled_by.value == "云川县人民政府办公室"
    assert str(parsed.compiled_on and parsed.compiled_on.value) == "2021-03-08"
    assert [problem.code for problem in parsed.problems if problem.weight == "must"] == []


def test_two_lists_of_recipients_on_a_line():
    imprint = "抄报：市政府办公室。抄送：县委办公室，县政协办公室。\n"
    recipients = [one.value for one in parse(HEAD + ITEMS + imprint).distribution]
    assert recipients == ["市政府办公室", "县委办公室", "县政协办公室"]


def test_those_on_the_screen_are_no_person():
    opening = "县长王岚主持会议，县水务局局长左岸参加会议，各乡镇通过视频参加会议。"
    assert [one.name for one in parse(HEAD.strip() + opening + "\n" + ITEMS).attendance if one.name] == ["左岸"]


def test_the_kinds_of_places_are_part_of_a_crowd():
    assert described("县重点办要会同各县（市、区）逐月调度。") == [
        "work | lead 县重点办, supporting 各县（市、区） | 县重点办要会同各县（市、区）逐月调度"
    ]


def test_another_matter_behind_a_semicolon_is_no_part_of_the_task():
    said = "会议明确，由县财政局支付桐谷路地块补偿；收回云川宾馆土地使用权事项，因存在争议暂缓。"
    assert described(said) == ["work | lead 县财政局 | 由县财政局支付桐谷路地块补偿"]
