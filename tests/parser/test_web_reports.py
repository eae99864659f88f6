"""Test short reports of meetings on websites: who met and came, what is told of each matter, and how they end."""

import pytest

from minutes.parser.pipeline import parse

OPENING = "2021年3月5日，县长王岚主持召开县政府第12次常务会议"


def actors(tasks):
    return [[actor.text for actor in task.actors] for task in tasks]


@pytest.mark.parametrize("day", ["昨天", "近日", "今天上午"])
def test_a_newspaper_names_the_chair_before_the_day(day: str):
    parsed = parse(f"本报讯 市委副书记、市长王岚{day}主持召开市政府常务会议。\n会议听取了防汛准备情况的汇报。\n")

    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "市委副书记、市长")
    assert parsed.body is None


def test_the_number_of_a_national_conference_in_the_title_is_not_that_of_the_meeting():
    parsed = parse("市水务局召开党组会议学习第十五次全国水务会议精神\n3月5日，市水务局召开党组会议，学习会议精神。\n")

    assert parsed.number is None


@pytest.mark.parametrize(
    ("invited", "came"),
    [
        (
            "。会议还邀请了县人大副主任沈一舟、县政协副主席周禾、武装部、法院的主要领导列席会议。",
            [("沈一舟", "县人大"), ("周禾", "县政协"), (None, "武装部"), (None, "法院")],
        ),
        ("，会议邀请了县人大常委会主任沈一舟等人大、政协相关领导参加。", [("沈一舟", "县人大常委会")]),
        ("，县开发区党工委书记、管委会主任沈一舟及县直相关部门、乡镇负责人列席会议。", [("沈一舟", None)]),
    ],
)
def test_who_was_invited(invited: str, came: list[tuple[str | None, str | None]]):
    parsed = parse(f"{OPENING}{invited}\n会议审议了《节水条例》。\n")

    assert [(one.name, one.organization) for one in parsed.attendance] == came


def test_an_offices_rooms_are_not_named_units():
    parsed = parse("3月5日，市水务局召开党组会议，局机关各科室主要负责同志参加会议。\n会议学习了《节水条例》。\n")

    assert parsed.attendance == ()


def test_a_page_names_the_office_in_full():
    parsed = parse("信息来源：云川市水务局\n3月5日，市水务局召开局党组会议，学习全省水务会议精神。\n")

    assert parsed.body.value == "云川市水务局"


def test_the_page_and_a_document_agree_on_the_place():
    parsed = parse(
        "2021年3月9日 来源：北河东浦\n3月5日，区长王岚主持召开区政府第7次常务会议。\n"
        "会议审议了《东浦区公房管理办法》。\n"
    )

    assert parsed.body.value == "东浦区人民政府"
    assert "body-inferred" in [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("documents", "body"),
    [
        ("《云川县节水办法》、《关于云川县公房的请示》", "云川县人民政府"),
        ("《云川县节水办法》", None),
        ("《云川县节水办法》、《云川县节水办法》", None),
        ("《云川县节水办法》、《北渚县公房办法》、《云川县公房办法》", None),
    ],
)
def test_two_documents_of_one_place_name_the_body(documents: str, body: str | None):
    parsed = parse(f"{OPENING}。\n会议审议了{documents}。\n")

    codes = [problem.code for problem in parsed.problems]
    assert (parsed.body and parsed.body.value) == body
    assert ("body-inferred-from-text" if body else "body-uncertain") in codes


def test_units_before_a_crowd_that_came():
    parsed = parse(
        f"{OPENING}。\n会议审议了《节水条例》。\n市委办公厅、市政协办公厅等部门负责同志和市政府咨询委委员应邀参会。\n"
    )

    assert [(one.organization, one.title) for one in parsed.attendance] == [
        ("市委办公厅", "负责同志"),
        ("市政协办公厅", "负责同志"),
    ]


def test_a_name_may_end_as_an_office_does_behind_a_title():
    parsed = parse("3月5日，区党工委书记、管委会主任王广部主持召开主任工作例会。\n会议听取了武装部的汇报。\n")

    assert parsed.chair.name == "王广部"
