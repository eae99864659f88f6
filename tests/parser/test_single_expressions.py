"""Small texts, each read right by one expression alone: without it the reading differs (`make mutants`)."""

import pytest

from minutes.parser import parse

HEAD = "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"
ITEM = "一、研究堤防加固工作\n会议原则同意。\n"


@pytest.mark.parametrize(
    ("opening", "name", "title"),
    [
        ("2021年3月5日（星期五）王岚主持召开市政府第12次常务会议。", "王岚", None),
        ("2021年3月5日下午3时30分王岚主持召开市政府第12次常务会议。", "王岚", None),
        ("2021年3月5日，受王岚县长委托由沈一舟主持召开县政府第12次常务会议。", "沈一舟", None),
        ("2021年3月5日，受县长王岚委托沈一舟副县长主持召开县政府第12次常务会议。", "沈一舟", "副县长"),
    ],
)
def test_what_stands_before_the_name_of_the_chair(opening: str, name: str, title: str | None):
    parsed = parse(f"云川市人民政府常务会议纪要\n{opening}\n{ITEM}")

    assert (parsed.chair.name, parsed.chair.title) == (name, title)


@pytest.mark.parametrize(
    "head",
    [
        "〔2021〕5号\n3月5日，市长王岚主持召开市政府第2次常务会议。",
        "云川市人民政府2021年第2次常务会议纪要\n3月5日，市长王岚主持召开市政府第2次常务会议。",
        "3月5日，市长王岚主持召开市政府2021年第2次常务会议。",
    ],
)
def test_the_year_of_a_number_dates_the_day(head: str):
    parsed = parse(f"云川市人民政府常务会议纪要\n{head}\n{ITEM}")

    assert parsed.date.value.isoformat() == "2021-03-05"


@pytest.mark.parametrize("listed", ["（一）市教育局林望\n（二）市财政局周禾", "1.市教育局林望\n2.市财政局周禾"])
def test_numbers_before_the_groups_of_a_list(listed: str):
    parsed = parse(f"{HEAD}{ITEM}列席：\n{listed}\n")

    assert [(one.organization, one.name) for one in parsed.attendance] == [("市教育局", "林望"), ("市财政局", "周禾")]


def test_a_text_without_line_breaks_is_cut_before_its_numbers():
    filler = "市水务局要加强巡查。" * 22
    parsed = parse(
        f"{HEAD}一、研究堤防加固工作。会议原则同意。{filler}二、研究排涝工作。会议同意。列席：市财政局周禾\n"
    )

    assert [item.title.value for item in parsed.items] == ["研究堤防加固工作", "研究排涝工作"]
    assert [one.name for one in parsed.attendance] == ["周禾"]


def test_a_paragraph_that_speaks_of_the_meeting_begins_the_items_below_labels():
    parsed = parse(
        "云川市人民政府常务会议纪要\n时间：2021年3月5日\n主持人：王岚\n"
        "会议听取了市水务局关于防汛准备情况的汇报。\n会议原则同意市水务局的意见。\n"
    )

    assert [item.decisions[0].outcome.value for item in parsed.items] == ["原则同意"]


def test_a_label_of_several_groups_is_no_unit():
    parsed = parse(f"{HEAD}{ITEM}列席：\n县直单位和乡镇：林望、何青\n")

    assert [(one.name, one.organization) for one in parsed.attendance] == [("林望", None), ("何青", None)]


def test_the_number_of_another_meeting_is_not_that_of_this_one():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府常务会议，"
        f"传达全省第5次安全生产工作会议精神，研究有关工作。\n{ITEM}"
    )

    assert parsed.number is None


def test_a_matter_told_behind_对_in_the_sentence_of_the_meeting_is_an_item():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议，对《云川市节水条例》进行研究。"
        "会议原则同意该条例，由市水务局修改完善后印发。\n出席：王岚\n"
    )
    (item,) = parsed.items

    assert [document.title for document in item.documents] == ["云川市节水条例"]
    assert [action.value for action in item.actions] == ["研究"]
    assert [decision.outcome.value for decision in item.decisions] == ["原则同意"]
    assert [actor.text for task in item.tasks for actor in task.actors] == ["市水务局"]


def test_sentences_told_behind_对_begin_items():
    parsed = parse(
        f"{HEAD}会议对《云川市节水条例》进行了研究。会议原则同意该条例。\n"
        "会议对《云川市公交规划》进行审议。会议同意该规划。\n"
    )

    assert [[document.title for document in item.documents] for item in parsed.items] == [
        ["云川市节水条例"],
        ["云川市公交规划"],
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("由市住建局牵头\n配合单位：市财政局", ["由市住建局牵头", "配合单位：市财政局"]),
        ("该方案已征求群众\n同意后实施。", ["该方案已征求群众同意后实施。"]),
    ],
)
def test_where_a_paragraph_begins(text: str, paragraphs: list[str]):
    (item,) = parse(f"{HEAD}一、研究供热改造\n{text}\n").items

    assert [paragraph.text for paragraph in item.paragraphs] == paragraphs


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "会议审议了《云川市节水条例》。会议原则同意该条例。会议审议了《云川市公交规划》。会议同意该规划。",
            ["审议《云川市节水条例》", "审议《云川市公交规划》"],
        ),
        ("会议指出，根据《云川市防汛条例》要求，审议《云川市节水规划》很有必要。", ["审议《云川市节水规划》"]),
    ],
)
def test_where_an_unnumbered_matter_begins_and_what_it_is_called(text: str, titles: list[str]):
    assert [item.title.value for item in parse(f"{HEAD}{text}\n会议原则同意。\n").items] == titles


@pytest.mark.parametrize("stage", ["草案", "送审稿"])
def test_the_stage_of_a_document_in_brackets_behind_its_title(stage: str):
    (item,) = parse(f"{HEAD}一、审议《云川市节水条例》（{stage}）\n会议原则同意。\n").items

    assert [document.stage for document in item.documents] == [stage]


@pytest.mark.parametrize(
    ("told", "deadlines"),
    [
        ("最迟于6月15日完成", ["6月15日"]),
        ("要在三季度完成改造", ["三季度"]),
        ("要在两年内完成改造", ["两年内"]),
        ("要在3月至6月底完成改造", []),
        ("要做好6月前期工作", []),
        ("要抓紧受理，6月15日截止", ["6月15日"]),
    ],
)
def test_what_is_a_deadline(told: str, deadlines: list[str]):
    (item,) = parse(f"{HEAD}一、研究供热改造\n由市住建局负责，{told}。\n").items

    assert [deadline.text for task in item.tasks for deadline in task.deadlines] == deadlines
