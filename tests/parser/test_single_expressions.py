"""Small texts, each read right by one expression alone: without it the reading differs (`make mutants`)."""

import pytest

from minutes.parser.pipeline import parse
from minutes.parser.vocabulary.organizations import find_units
from minutes.parser.vocabulary.verbs import outcome_kind

OPENING = "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议"
HEAD = f"{OPENING}。会议议定以下意见：\n"
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
    ("written", "deadlines"),
    [
        ("最迟于6月15日完成", ["6月15日"]),
        ("要在三季度完成改造", ["三季度"]),
        ("要在两年内完成改造", ["两年内"]),
        ("要在3月至6月底完成改造", []),
        ("要做好6月前期工作", []),
        ("要抓紧受理，6月15日截止", ["6月15日"]),
    ],
)
def test_what_is_a_deadline(written: str, deadlines: list[str]):
    (item,) = parse(f"{HEAD}一、研究供热改造\n由市住建局负责，{written}。\n").items

    assert [deadline.text for task in item.tasks for deadline in task.deadlines] == deadlines


@pytest.mark.parametrize(
    ("listed", "people"),
    [
        ("南屏县周禾北渚市何青", [("南屏县", "周禾"), ("北渚市", "何青")]),
        (
            "中国银行云川分行行长  何青  中国电信云川分公司经理  贾子昂",
            [("中国银行云川分行", "何青"), ("中国电信云川分公司", "贾子昂")],
        ),
        ("云川港  林望", [("云川港", "林望")]),
        # a branch is one unit
        ("农业银行南屏县支行 贺明舟", [("农业银行南屏县支行", "贺明舟")]),
        (
            "市自然资源局东浦分局贺明舟陆砚青 市财政局何  青",
            [("市自然资源局东浦分局", "贺明舟"), ("市自然资源局东浦分局", "陆砚青"), ("市财政局", "何青")],
        ),
        # a department has its name to itself
        ("市卫健委周禾市应急局季敏", [("市卫健委", "周禾"), ("市应急局", "季敏")]),
        # a word that invites is no part of a unit
        ("市水务局林望，特邀省规划院总工程师沈一舟", [("市水务局", "林望"), ("省规划院", "沈一舟")]),
    ],
)
def test_where_a_unit_of_a_list_ends_and_its_person_begins(listed: str, people: list[tuple[str, str]]):
    parsed = parse(f"{HEAD}{ITEM}列席：{listed}\n")

    assert [(one.organization, one.name) for one in parsed.attendance] == people


@pytest.mark.parametrize(
    ("listed", "people"),
    [
        (
            "王岚  县委常委、副县长\n周  禾  县发改局局长（出差）",
            [("王岚", None, "县委常委、副县长"), ("周禾", "县发改局", "局长")],
        ),
        (
            "副市长：林望、沈一舟\n市水务局：周禾",
            [("林望", None, "副市长"), ("沈一舟", None, "副市长"), ("周禾", "市水务局", None)],
        ),
        ("序号 姓名 单位\n1 林望 市水务局\n2 周禾 市财政局", [("林望", "市水务局", None), ("周禾", "市财政局", None)]),
    ],
)
def test_what_a_line_says_of_its_people(listed: str, people: list[tuple[str, str | None, str | None]]):
    parsed = parse(f"{HEAD}{ITEM}出席：\n{listed}\n")

    assert [(one.name, one.organization, one.title) for one in parsed.attendance] == people
    assert "name-unclear" not in [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("opening", "people"),
    [
        ("副市长林望，邀请县政协副主席沈一舟参加会议。", [("林望", None), ("沈一舟", "县政协")]),
        ("研究城西路、江东路，副市长周禾参加。", [("周禾", None)]),
    ],
)
def test_who_came_according_to_the_opening(opening: str, people: list[tuple[str, str | None]]):
    parsed = parse(f"{OPENING}。{opening}\n{ITEM}")

    assert [(one.name, one.organization) for one in parsed.attendance] == people


def test_a_list_longer_than_a_stretch_is_read_whole():
    units = ["市财政局", "市教育局", "市水务局", "市应急局", "市住建局", "市审计局", "市统计局", "市民政局"]
    people = [(unit, name) for name in ("林望", "周禾", "何青", "季敏") for unit in units]
    listed = "  ".join("".join(one) for one in people * 8)
    parsed = parse(f"{HEAD}{ITEM}列席：{listed}\n")

    assert len(listed) > 2000
    assert {(one.organization, one.name) for one in parsed.attendance} == set(people)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            "云川：县政府召开第8次常务会议\n2021年3月5日，县长王岚主持召开县政府第8次常务会议，研究有关工作。",
            "云川县人民政府",
        ),
        ("党组会议纪要\n2021年3月5日，云川市自然资源和规划局召开党组会议，局长王岚主持。", "云川市自然资源和规划局"),
    ],
)
def test_which_body_met(head: str, body: str):
    assert parse(f"{head}\n{ITEM}").body.value == body


@pytest.mark.parametrize("title", ["关于加强新城区节水的意见", "关于统筹推进区防汛工作的意见"])
def test_what_is_no_place_infers_no_body(title: str):
    parsed = parse(
        "常务会议纪要\n2021年3月5日，区长王岚主持召开第12次常务会议，研究有关工作。\n"
        f"一、审议《{title}》\n会议同意。\n来源：新城区\n"
    )

    assert parsed.body is None
    assert [problem.code for problem in parsed.problems if problem.code.startswith("body")] == ["body-missing"]


def test_a_line_that_names_the_unit_is_a_paragraph_whatever_follows_it():
    (item,) = parse(f"{HEAD}一、研究供热改造\n责任单位：市水务局\n及时开工，年内完工。\n").items

    assert [paragraph.text for paragraph in item.paragraphs] == ["责任单位：市水务局", "及时开工，年内完工。"]


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("县住建局具体汇报了情况", "县住建局"),
        ("同意县住建局等部门提出的方案", "县住建局"),
        ("岭县汇报了情况", "岭县"),
    ],
)
def test_which_unit_reported(written: str, unit: str):
    (item,) = parse(f"{HEAD}一、研究供热改造\n{written}。\n").items

    assert [reported.value for reported in item.reported_by] == [unit]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        # matters counted in one sentence
        (
            "。\n会议共有三项议题：一是听取防汛情况汇报；二是研究节水方案；三是审议预算草案。\n会议要求，抓好落实。",
            ["听取防汛情况汇报", "研究节水方案", "审议预算草案"],
        ),
        # points that share only 工作方案 with the agenda are not called by it
        (
            "。\n议题：\n一、研究堤防工作方案\n二、研究节水工作方案\n会议纪要如下：\n"
            "一、同意市水务局的工作方案。\n二、同意市财政局的工作方案。",
            ["同意市水务局的工作方案", "同意市财政局的工作方案"],
        ),
        # a further matter in a paragraph of its own
        (
            "。\n会议听取了防汛准备情况的汇报。会议同意市水务局的意见。\n研究防汛、绿化等工作。会议同意。",
            ["听取防汛准备情况的汇报", "研究防汛、绿化等工作"],
        ),
        # a further matter in the same sentence
        (
            "。\n会议听取了防汛准备情况的汇报，审议通过《云川市节水条例》。\n会议要求，抓好落实。",
            ["听取防汛准备情况的汇报", "审议通过《云川市节水条例》"],
        ),
        (
            "。\n会议听取了防汛准备情况的汇报，研究了城区绿化方案。\n会议要求，抓好落实。",
            ["听取防汛准备情况的汇报", "研究城区绿化方案"],
        ),
        # a label below a title
        (
            "。\n一、关于堤防加固工作\n会议意见：\n1.原则同意市水务局的方案；\n2.由市水务局牵头。",
            ["关于堤防加固工作"],
        ),
    ],
)
def test_which_matters_are_items(text: str, titles: list[str]):
    assert [item.title.value for item in parse(f"{OPENING}{text}\n").items] == titles


def test_what_was_said_of_a_document_named_by_the_end_of_its_title_is_of_its_matter():
    said = "会议指出，《办法》很重要，要抓好落实。"
    parsed = parse(
        f"{OPENING}，审议《云川市公园管理办法（草案）》；听取堤防加固情况汇报。\n{said}\n会议强调，堤防加固要抓紧。\n"
    )

    assert [paragraph.text for paragraph in parsed.items[0].paragraphs][1:] == [said]


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        # who chaired, in a paragraph of its own
        ("，研究有关工作。\n副市长沈一舟主持会议，市水务局局长林望出席。\n会议研究了防汛工作。", "林望出席。"),
        # a line break within the words that lead to the items
        ("，研究有关问题，现将\n会议议定事项纪要如下：\n一、研究堤防加固\n会议同意。", "议定事项纪要如下："),
    ],
)
def test_where_the_opening_ends(text: str, ending: str):
    assert parse(f"{OPENING}{text}\n").opening.text.endswith(ending)


def test_who_chaired_behind_a_matter_of_the_opening_is_of_the_opening():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日，市政府召开第12次常务会议。会议审议通过了《云川市防汛预案》，由市水务局印发。"
        "市长王岚主持会议并就做好下步工作讲话。\n会议强调，要落实责任。\n"
    )

    assert parsed.chair.name == "王岚"
    assert parsed.opening.text.endswith("会议并就做好下步工作讲话。")


def test_minutes_of_another_meeting_are_doubted_though_its_numbers_go_on():
    parsed = parse(
        f"{OPENING}。\n一、研究防汛工作\n会议同意。\n"
        "2021年3月12日，市长王岚主持召开市政府第13次常务会议。\n二、研究节水工作\n会议同意。\n"
    )

    assert "several-meetings" in [problem.code for problem in parsed.problems]


def test_prose_with_some_blanks_is_no_spaced_text():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚 主持召开 市政府 第12次 常务会议。\n"
        "一、研究 堤防加固 工作方案 实施意见\n会议 原则同意 市水务局 所提意见。\n"
        "出席：王岚 沈一舟 周禾 何青 林望 季敏\n"
    )

    assert [one.name for one in parsed.attendance] == ["王岚", "沈一舟", "周禾", "何青", "林望", "季敏"]


def test_padded_lists_do_not_hide_how_wide_the_lines_are():
    """Its first line is full, so that its sentence does not end the paragraph."""
    prose = (
        "市水务局要加强对全市堤防的巡查和维护及时发现险情组织抢护。市财政局要保障防汛抢险资金并于月底以前全部拨付到位不得拖延，"
        "市应急局要做好物资储备和调运工作并定期向市政府报告有关情况，各县区要落实防汛责任加强值班值守做到险情早发现早报告早处置，"
        "今年入汛以来我市降雨较往年偏多防汛形势严峻各部门要高度重视，坚决克服麻痹思想和侥幸心理把防汛工作抓细抓实确保全市安全度汛，"
        "各有关单位要密切配合形成合力共同做好全年防汛抗旱各项具体工作。"
    )
    lines = "\n".join(prose[start : start + 29] for start in range(0, len(prose), 29))
    listed = (
        "市财政局林望  市教育局何青  市水务局季敏  市应急局贺明舟  "
        "市住建局贾子昂  市审计局陆砚青  市统计局周禾  市民政局许知远"
    )
    (item,) = parse(f"{HEAD}一、研究防汛工作\n{lines}\n列席：{listed}\n").items

    assert [paragraph.text for paragraph in item.paragraphs] == [prose]


def test_a_line_break_within_a_word_ends_no_opening():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务\n会议听取防汛准备情况汇报。\n"
        "会议原则同意。市水务局要加强巡查。\n"
    )

    assert parsed.opening.text.endswith("常务会议听取防汛准备情况汇报。")


def test_a_sentence_is_no_heading_that_ends_the_opening():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议。\n"
        "参加会议的有各县区负责人，各部门负责人。\n（一）研究堤防加固工作\n会议同意。\n"
    )

    assert [item.title.value for item in parsed.items] == ["研究堤防加固工作"]


@pytest.mark.parametrize("buttons", ["〔打印〕〔关闭〕", "〔字体：大中小〕"])
def test_buttons_of_a_page_within_an_item_are_not_its_text(buttons: str):
    parsed = parse(f"{HEAD}一、研究堤防加固工作\n{buttons}\n会议原则同意。\n")

    assert [paragraph.text for paragraph in parsed.items[0].paragraphs] == ["会议原则同意。"]
    assert [(part.text, part.reason) for part in parsed.noise] == [(buttons, "button")]


def test_a_numbered_item_ends_the_head_of_a_page():
    parsed = parse("首页\n走进云川\n新闻中心\n政务公开\n一、市水务局汇报防汛工作\n原则同意。\n")

    assert [part.text for part in parsed.noise] == ["首页", "走进云川", "新闻中心", "政务公开"]
    assert [item.title.value for item in parsed.items] == ["市水务局汇报防汛工作"]


@pytest.mark.parametrize(
    ("written", "tasks"),
    [
        # a body that is described, not ordered
        ("市住建局牵头的专班，要抓紧工作。", []),
        ("市住建局、市财政局负责的项目，年底前完工。", []),
        # a sentence that only says by when belongs to nobody's order
        ("由市住建局负责。修订工作原则上年底前全面完成。", ["由市住建局负责"]),
        # a unit is replaced by another, and neither is told anything
        ("项目业主由县城投公司变更为东浦旅游集团。", []),
        # a matter that reads like a place told to do something
        ("（一）滨河社区改造，由县住建局负责。", ["由县住建局负责"]),
        # what has been done, although it begins like an order
        ("由市住建局负责。维护工作已经纳入考核。", ["由市住建局负责"]),
        # a superior's words
        ("国务院明确提出，各地要压实责任。市水务局要抓好落实。", ["市水务局要抓好落实"]),
    ],
)
def test_what_is_a_task(written: str, tasks: list[str]):
    (item,) = parse(f"{HEAD}一、研究供热改造\n{written}\n").items

    assert [task.text for task in item.tasks] == tasks


def test_a_label_without_a_colon_names_a_unit():
    (item,) = parse(f"{HEAD}一、研究供热改造\n做好供热改造，责任单位市住建局，配合单位市财政局。\n").items

    assert [(actor.text, actor.role) for task in item.tasks for actor in task.actors] == [
        ("市住建局", "lead"),
        ("市财政局", "supporting"),
    ]


def test_a_town_among_departments_is_a_place():
    (item,) = parse(f"{HEAD}一、研究供热改造\n由县水务局、青石乡等单位负责。\n").items

    assert [(actor.text, actor.form) for task in item.tasks for actor in task.actors] == [
        ("县水务局", "unit"),
        ("青石乡", "place"),
    ]


def test_who_speaks_of_an_order_is_not_told():
    (item,) = parse(f"{HEAD}一、研究供热改造\n由县住建局牵头，副市长沈一舟在会上强调，要抓好落实。\n").items

    assert [actor.text for task in item.tasks for actor in task.actors] == ["县住建局"]


def test_people_without_a_post_are_told():
    (item,) = parse(f"{HEAD}一、研究供热改造\n供热改造工作，林望牵头，周禾配合。\n").items

    assert [(actor.text, actor.role) for task in item.tasks for actor in task.actors] == [
        ("林望", "leader"),
        ("周禾", "supporting"),
    ]


def test_units_named_in_running_text():
    text = "由市应急局会同市水务局办理，各区不得新建数据中心，市里的服务中心要配合。"

    assert [unit.value for unit in find_units(text)] == ["市应急局", "市水务局"]


@pytest.mark.parametrize("written", ["同意", "一致同意", "会议研究审议并同意"])
def test_the_kind_of_an_outcome_as_a_person_writes_it(written: str):
    assert outcome_kind(written) == "approved"


def test_a_sentence_behind_words_of_a_web_foot_keeps_them_in_the_minutes():
    parsed = parse(f"{HEAD}{ITEM}微信平台的建设\n由市教育局牵头，年内完成。\n")

    assert "微信平台的建设" in "".join(paragraph.text for paragraph in parsed.items[0].paragraphs)
    assert not parsed.noise


def test_a_sentence_at_two_page_breaks_is_no_running_head():
    sentence = "由市水务局负责。\n"
    parsed = parse(
        f"{HEAD}{ITEM}{sentence}— 1 —\n二、研究排涝工作\n会议同意。\n{sentence}— 2 —\n三、研究供水工作\n会议同意。\n"
    )

    assert {noise.reason for noise in parsed.noise} == {"page-number"}
