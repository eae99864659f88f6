"""Test attendance in sentences after the items, and in tables."""

import pytest

from minutes.parser.pipeline import parse

HEAD = "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"
ITEM = "一、研究堤防加固工作\n会议原则同意。\n由市水务局负责。\n"

SENTENCES = {
    "市领导沈一舟、周禾出席会议；林望、何青列席。": [
        ("present", "沈一舟", None, None), ("present", "周禾", None, None),
        ("in_attendance", "林望", None, None), ("in_attendance", "何青", None, None),
    ],
    "市领导沈一舟、周禾参会。": [("present", "沈一舟", None, None), ("present", "周禾", None, None)],
    "市水务局、市财政局等指挥部成员单位负责同志参加会议。": [
        ("represented", None, "市水务局", "负责同志"), ("represented", None, "市财政局", "负责同志"),
    ],
    "市直部门负责人参加。": [("represented", None, "市直部门", "负责人")],
    "沈一舟、苏祖望和胡树林参加会议。": [
        ("present", "沈一舟", None, None), ("present", "苏祖望", None, None), ("present", "胡树林", None, None),
    ],
    "副市长沈一舟、周禾，秘书长林望出席会议。市发改委主任何青、市财政局局长许知远列席会议。": [
        ("present", "沈一舟", None, "副市长"), ("present", "周禾", None, "副市长"), ("present", "林望", None, "秘书长"),
        ("in_attendance", "何青", "市发改委", "主任"), ("in_attendance", "许知远", "市财政局", "局长"),
    ],
    "会议由王岚主持。沈一舟、周禾出席，市发改委、市财政局等单位负责同志列席。": [
        ("present", "沈一舟", None, None), ("present", "周禾", None, None),
        ("represented", None, "市发改委", "负责同志"), ("represented", None, "市财政局", "负责同志"),
    ],
    "市人大、市政协相关领导，市司法局及相关单位负责同志列席会议。": [
        ("represented", None, "市人大", "相关领导"), ("represented", None, "市政协", "相关领导"),
        ("represented", None, "市司法局", "负责同志"),
    ],
    "市领导沈一舟、周禾及各县区负责人出席会议。": [
        ("present", "沈一舟", None, None), ("present", "周禾", None, None),
        ("represented", None, "各县区", "负责人"),
    ],
    "副市长沈一舟和市发改委、市财政局等部门、单位有关负责人参加了会议。": [
        ("present", "沈一舟", None, "副市长"),
        ("represented", None, "市发改委", "有关负责人"), ("represented", None, "市财政局", "有关负责人"),
    ],
    "市水务局、民政局等单位及各镇（街道）主要领导列席会议。": [
        ("represented", None, "市水务局", "主要领导"), ("represented", None, "民政局", "主要领导"),
    ],
    "发改、统计等部门参加。": [("represented", None, "发改", None), ("represented", None, "统计", None)],
    "沈一舟、周禾出席会议，财政、市住建等有关部门列席。": [
        ("present", "沈一舟", None, None), ("present", "周禾", None, None),
        ("represented", None, "财政", None), ("represented", None, "市住建", None),
    ],
    "副市长沈一舟和发改、财政等部门有关负责人参加了会议。": [
        ("present", "沈一舟", None, "副市长"),
        ("represented", None, "发改", "有关负责人"), ("represented", None, "财政", "有关负责人"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_who_came_told_behind_the_items(sentence: str):
    parsed = parse(f"{HEAD}{ITEM}{sentence}\n")

    assert [(one.role, one.name, one.organization, one.title) for one in parsed.attendance] == SENTENCES[sentence]
    assert [paragraph.text for paragraph in parsed.items[0].paragraphs] == ["会议原则同意。", "由市水务局负责。"]
    assert parsed.problems == ()


@pytest.mark.parametrize("sentence", ["会议要求县区主要负责人参加调度。", "由市水务局派员参加。", "各单位要按时参加。"])
def test_an_order_to_take_part_stays_in_the_item(sentence: str):
    parsed = parse(f"{HEAD}{ITEM}{sentence}\n")

    assert parsed.items[0].paragraphs[-1].text == sentence
    assert parsed.attendance == ()


ROWS = [("市交通局", "林望", "局长"), ("市财政局", "周禾", "副局长"), ("市水务局", "赵长风", "局长")]


@pytest.mark.parametrize("between", ["\t", "  ", " | "])
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (1, 2, 0)])
@pytest.mark.parametrize("numbered", [False, True])
def test_a_table_without_a_head(between: str, order: tuple[int, ...], numbered: bool):
    rows = [between.join(row[column] for column in order) for row in ROWS]
    lines = "\n".join(f"{number}{between}{row}" if numbered else row for number, row in enumerate(rows, 1))
    parsed = parse(f"{HEAD}{ITEM}列席：\n{lines}\n记录：何青\n")

    assert [(one.organization, one.name, one.title) for one in parsed.attendance] == ROWS
    assert parsed.problems == ()


def test_a_table_of_two_columns_with_unit_and_post_in_one():
    parsed = parse(f"{HEAD}{ITEM}列席：\n市交通局局长\t林  望\n市财政局副局长\t周禾\n")

    assert [(one.organization, one.name, one.title) for one in parsed.attendance] == [
        ("市交通局", "林望", "局长"), ("市财政局", "周禾", "副局长"),
    ]  # fmt: skip


def test_a_name_cut_in_the_wrong_place_is_a_problem():
    parsed = parse(f"{HEAD}{ITEM}市政协副主席徐冰事务列席会议。\n")

    assert "name-unclear" in {problem.code for problem in parsed.problems}


@pytest.mark.parametrize("how", ["常务列席", "固定列席", "分别列席", "全程列席"])
def test_how_somebody_came_is_no_part_of_the_name(how: str):
    parsed = parse(f"{HEAD}{ITEM}市政协副主席徐冰{how}会议。\n")
    listed = parse(f"{HEAD}{ITEM}列席：徐冰{how}、周禾{how}\n")

    assert [(one.role, one.name) for one in parsed.attendance] == [("in_attendance", "徐冰")]
    assert [(one.role, one.name) for one in listed.attendance] == [
        ("in_attendance", "徐冰"), ("in_attendance", "周禾"),
    ]  # fmt: skip


def test_a_journalist_is_no_unit():
    parsed = parse(f"{HEAD}{ITEM}列席人员：记者陈小平。\n相关文章\n")

    assert [(one.name, one.organization, one.title) for one in parsed.attendance] == [("陈小平", None, "记者")]


def test_who_spoke_and_who_chaired_within_the_sentence_of_those_who_came():
    parsed = parse(
        "8月16日，云川市政府召开第六次全体会议。市委副书记、市长王岚出席会议并讲话，市委常委、副市长沈一舟主持会议，"
        "副市长周禾参加会议。\n会议通报了上半年经济运行情况。\n"
    )

    assert [(one.name, one.title) for one in parsed.attendance] == [("王岚", "市委副书记、市长"), ("周禾", "副市长")]
    assert (parsed.chair.name, parsed.chair.title) == ("沈一舟", "市委常委、副市长")


def test_a_labelled_list_of_people_and_units():
    parsed = parse(f"{HEAD}{ITEM}出席：沈一舟、周禾及市水务局、市民政局负责人\n")

    assert [(one.role, one.name, one.organization, one.title) for one in parsed.attendance] == [
        ("present", "沈一舟", None, None),
        ("present", "周禾", None, None),
        ("represented", None, "市水务局", "负责人"),
        ("represented", None, "市民政局", "负责人"),
    ]


def test_chair_and_list_in_a_paragraph_of_their_own_behind_the_meeting():
    parsed = parse(
        "3月3日，南屏县政府召开2021年第二次常务会议。\n"
        "会议由县委副书记、县长王岚主持。县委常委、副县长沈一舟，副县长周禾、林望，参加会议，县应急局负责人列席会议。\n"
        "会议听取了县应急局关于防汛准备情况的汇报。\n"
    )

    assert (parsed.body.value, parsed.number.value, parsed.date.value.isoformat()) == (
        "南屏县人民政府",
        2,
        "2021-03-03",
    )
    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "县委副书记、县长")
    assert [(one.role, one.name or one.organization, one.title) for one in parsed.attendance] == [
        ("present", "沈一舟", "县委常委、副县长"),
        ("present", "周禾", "副县长"),
        ("present", "林望", "副县长"),
        ("represented", "县应急局", "负责人"),
    ]
    assert [item.title.value for item in parsed.items] == ["听取县应急局关于防汛准备情况的汇报"]


def test_a_meeting_told_by_its_name_first_and_those_who_came():
    parsed = parse(
        "□记者 左岸 报道\n北渚新闻网讯 5月6日，县政府第三次常务会议召开，县委副书记、县长王岚，副县长沈一舟、周禾，"
        "县政府党组成员、公安局局长林望出席。\n会议听取了防汛准备情况的汇报。\n"
    )

    assert (parsed.kind.value, parsed.number.value) == ("常务会议", 3)
    assert [(one.name, one.title) for one in parsed.attendance] == [
        ("王岚", "县委副书记、县长"),
        ("沈一舟", "副县长"),
        ("周禾", "副县长"),
        ("林望", "县政府党组成员、公安局局长"),
    ]
    assert {problem.code for problem in parsed.problems} == {
        "body-uncertain", "chair-missing", "date-without-year", "title-derived",
    }  # fmt: skip


def test_people_with_their_posts_behind_them_before_units():
    parsed = parse(
        f"{HEAD}{ITEM}市委办沈一舟主任、市民政局周禾局长、市应急局、北渚路、南屏街办事处等单位主要领导参加会议。\n"
    )

    assert [(one.role, one.name, one.organization, one.title) for one in parsed.attendance] == [
        ("present", "沈一舟", "市委办", "主任"),
        ("present", "周禾", "市民政局", "局长"),
        ("represented", None, "市应急局", "主要领导"),
        ("represented", None, "北渚路", "主要领导"),
        ("represented", None, "南屏街办事处", "主要领导"),
    ]


def test_a_post_that_names_its_unit_ends_the_unit_before_it():
    sentence = "市人大常委会副主任林望、市政府副秘书长何青、市政协副主席左岸列席会议。"

    parsed = parse(f"{HEAD}{ITEM}{sentence}\n")

    assert [(one.name, one.organization, one.title) for one in parsed.attendance] == [
        ("林望", "市人大常委会", "副主任"),
        ("何青", None, "市政府副秘书长"),
        ("左岸", "市政协", "副主席"),
    ]


def test_who_chaired_is_not_listed_among_those_who_came():
    parsed = parse(
        "2021年3月1日，南屏县住建局加快基础设施建设动员会在县政务中心大院成功召开，会议由县住建局副局长张义龙主持，"
        "副县长沈一舟参加会议并讲话。会议听取了项目进展情况的汇报。\n"
    )

    assert (parsed.chair.name, parsed.place.value) == ("张义龙", "县政务中心大院")
    assert [(one.name, one.title) for one in parsed.attendance] == [("沈一舟", "副县长")]


LISTS = {
    "市财政局、市建投（集团）公司、市水务局林望": [
        ("in_attendance", None, "市财政局"), ("in_attendance", None, "市建投（集团）公司"),
        ("in_attendance", "林望", "市水务局"),
    ],
    "市水务局林望，以及市财政局周禾": [
        ("in_attendance", "林望", "市水务局"), ("in_attendance", "周禾", "市财政局"),
    ],
    "市财政局周禾、市教育局林望列席会议": [
        ("in_attendance", "周禾", "市财政局"), ("in_attendance", "林望", "市教育局"),
    ],
    "市人大、市政协相关领导，市司法局负责同志": [
        ("represented", None, "市人大"), ("represented", None, "市政协"), ("represented", None, "市司法局"),
    ],
    "市水务局麻彦市财政局周禾": [
        ("in_attendance", "麻彦", "市水务局"), ("in_attendance", "周禾", "市财政局"),
    ],
    "县委书记周禾": [("in_attendance", "周禾", None)],
    "\n市交通局\t林  望\t局长\n市财政局\t周禾\t局长": [
        ("in_attendance", "林望", "市交通局"), ("in_attendance", "周禾", "市财政局"),
    ],
    "市建投（集团）公司周禾": [("in_attendance", "周禾", "市建投（集团）公司")],
    "市财政局周禾，云川甲—乙产业园管委会艾山·买买提": [
        ("in_attendance", "周禾", "市财政局"), ("in_attendance", "艾山·买买提", "云川甲—乙产业园管委会"),
    ],
    "财政、住建、水务等部门": [
        ("represented", None, "财政"), ("represented", None, "住建"), ("represented", None, "水务"),
    ],
    "沈一舟、周禾、市财政局等单位": [
        ("in_attendance", "沈一舟", None), ("in_attendance", "周禾", None), ("represented", None, "市财政局"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("listed", LISTS)
def test_units_with_brackets_and_dashes_in_their_names_and_units_told_by_their_field(listed: str):
    parsed = parse(f"{HEAD}{ITEM}列席：{listed}\n")

    assert [(one.role, one.name, one.organization) for one in parsed.attendance] == LISTS[listed]
    assert parsed.problems == ()


def test_the_leaders_of_a_body_who_came_are_those_named_before_them():
    parsed = parse(
        "2021年3月5日，县人大常委会召开第12次主任会议。王岚、沈一舟、周禾等常委会领导出席会议。"
        "县人大常委会党组副书记林望列席会议。\n一、讨论节水条例\n会议同意。\n"
    )

    assert [(one.name, one.organization) for one in parsed.attendance] == [
        ("王岚", None), ("沈一舟", None), ("周禾", None), ("林望", "县人大常委会"),
    ]  # fmt: skip


def test_units_listed_before_等部门单位():
    parsed = parse(
        "2021年3月5日，区长王岚主持召开区长办公会议。区水务局、城关镇等部门单位负责人参加会议。\n一、研究防汛工作\n会议同意。\n"
    )

    assert [(one.organization, one.title) for one in parsed.attendance] == [
        ("区水务局", "负责人"),
        ("城关镇", "负责人"),
    ]


def test_a_post_in_brackets_behind_the_name_of_a_unit():
    parsed = parse(
        "2021年3月5日，区长王岚主持召开区长办公会议。\n一、研究防汛\n会议同意。\n列席：区财政局周禾（副局长）\n"
    )

    assert [(one.name, one.organization, one.title) for one in parsed.attendance] == [("周禾", "区财政局", "副局长")]


def test_an_office_called_振兴办():
    parsed = parse(
        "2021年3月5日，镇长王岚主持召开镇长办公会议。\n一、研究项目\n会议同意，由镇乡村振兴办按程序报县农业局审批。\n"
    )

    (decision,) = parsed.items[0].decisions
    assert [unit.value for unit in decision.lead] == ["镇乡村振兴办"]
    assert decision.next_step.value == "按程序报县农业局审批"


def test_who_reported_with_作了汇报():
    parsed = parse("2021年3月5日，区长王岚主持召开区长办公会议。\n一、听取校舍情况\n区教体局作了汇报。会议同意。\n")

    assert [unit.value for unit in parsed.items[0].reported_by] == ["区教体局"]


LISTED = "2021年3月5日，市长王岚主持召开市政府第12次常务会议。\n一、研究防汛\n会议同意。\n"


@pytest.mark.parametrize(
    "written",
    [
        "出席：王岚同志、沈一舟同志。列席：市水务局林望同志、东浦区政府赵长风同志。请假：司马云同志。",
        "出席会议的有：王岚、沈一舟；列席会议的有：市水务局林望、东浦区政府赵长风；请假：司马云。",
        "出席：王岚/沈一舟\n列席：市水务局林望/东浦区政府赵长风\n请假：司马云",
        "【出席】王岚、沈一舟\n【列席】市水务局林望、东浦区政府赵长风\n【请假】司马云",
        "市领导王岚、沈一舟出席会议，市水务局林望、东浦区政府赵长风列席会议，司马云请假。",
        "出席：市长王岚，副市长沈一舟\n列席：市水务局局长林望，东浦区政府副区长赵长风\n请假：副市长司马云",
        "出席：王岚、沈一舟（司马云请假）\n列席：林望（市水务局局长）、赵长风（东浦区政府副区长）",
        "出席：王岚、沈一舟\n列席：\n单位\n姓名\n市水务局\n林望\n东浦区政府\n赵长风\n请假：司马云",
    ],
)
def test_one_list_in_many_hands(written: str):
    parsed = parse(f"{LISTED}{written}\n")

    assert sorted((one.role, one.name, one.organization or "") for one in parsed.attendance) == [
        ("apologies", "司马云", ""),
        ("in_attendance", "林望", "市水务局"),
        ("in_attendance", "赵长风", "东浦区政府"),
        ("present", "沈一舟", ""),
        ("present", "王岚", ""),
    ]


def test_a_title_behind_a_short_name_is_not_cut():
    (one,) = parse(f"{LISTED}列席：云川城投集团段正总经理\n").attendance

    assert (one.name, one.title) == ("段正", "总经理")


def test_two_posts_of_a_unit_before_one_name():
    parsed = parse(
        "2021年3月5日，区长王岚主持召开区政府第12次常务会议。\n区政协党组书记、主席林望，东浦区领导周禾列席会议，"
        "区管委会在家领导参加会议。\n一、研究防汛\n会议同意。\n"
    )

    assert [(one.name, one.organization, one.title) for one in parsed.attendance] == [
        ("林望", "区政协", "党组书记、主席"),
        ("周禾", None, None),
    ]


def test_a_post_and_a_reason_in_the_same_brackets():
    (one,) = parse(f"{LISTED}缺席：周禾（副乡长，外出培训）\n").attendance

    assert (one.role, one.name, one.title, one.note) == ("apologies", "周禾", "副乡长", "外出培训")


def test_what_the_opening_tells_before_those_who_came_names_nobody():
    parsed = parse(
        "2021年3月5日上午，市长王岚主持召开防汛协调会。会议听取了水库除险情况汇报，以及相关部门的意见和建议，"
        "并就加固方案达成共识，副市长沈一舟、周禾出席了会议。经研究，纪要如下：\n一、关于水库除险\n会议同意该方案。\n"
    )

    assert [(one.name, one.title) for one in parsed.attendance] == [("沈一舟", "副市长"), ("周禾", "副市长")]


def test_those_called_together_came():
    parsed = parse(
        "2021年3月5日上午，副市长沈一舟召集市水务局、市财政局等部门分管领导及业务骨干召开防汛推进会议。\n会议听取了防汛情况汇报。\n"
    )

    assert [(one.organization, one.title) for one in parsed.attendance] == [
        ("市水务局", "分管领导"), ("市财政局", "分管领导"),
    ]  # fmt: skip


def test_titles_go_to_the_person_behind_them_in_a_list_without_commas():
    parsed = parse(
        "2021年3月5日上午，州长王岚主持召开州政府第12次常务会议。\n会议听取了防汛情况汇报。\n"
        "州委常委、常务副州长沈一舟、州委常委、副州长周禾、州人大常委会副主任林望、副州长贺鸣、州政协副主席陆岚出席会议。\n"
    )

    assert [(one.name, one.organization, one.title) for one in parsed.attendance] == [
        ("沈一舟", None, "州委常委、常务副州长"), ("周禾", None, "州委常委、副州长"),
        ("林望", "州人大常委会", "副主任"), ("贺鸣", None, "副州长"), ("陆岚", "州政协", "副主席"),
    ]  # fmt: skip


OPENED = "2021年3月5日上午，镇党委书记王岚主持召开会议，{}参加会议。\n一、研究防汛\n会议同意。\n"


def listed_in(prose: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.name, one.organization, one.title) for one in parse(OPENED.format(prose)).attendance]


def test_names_before_titles_joined_by_words():
    assert listed_in("县水务局周禾局长、林望副局长，县财政局贺鸣股长，北渚镇陆岚书记及许知远副镇长") == [
        ("周禾", "县水务局", "局长"), ("林望", "县水务局", "副局长"), ("贺鸣", "县财政局", "股长"),
        ("陆岚", "北渚镇", "书记"), ("许知远", "北渚镇", "副镇长"),
    ]  # fmt: skip
    assert listed_in("沈一舟副县长、林望主任及县水务局贺鸣局长") == [
        ("沈一舟", None, "副县长"), ("林望", None, "主任"), ("贺鸣", "县水务局", "局长"),
    ]  # fmt: skip


def test_the_leaders_of_a_town_have_posts_and_no_units():
    assert listed_in("镇长沈一舟、纪委书记贺鸣、组织委员陆岚、武装部长左岸、副镇长周禾") == [
        ("沈一舟", None, "镇长"), ("贺鸣", None, "纪委书记"), ("陆岚", None, "组织委员"),
        ("左岸", None, "武装部长"), ("周禾", None, "副镇长"),
    ]  # fmt: skip


def test_a_deputy_behind_a_comma_is_of_the_unit_before():
    assert listed_in("县水务局局长周禾，副局长林望，副县长贺鸣") == [
        ("周禾", "县水务局", "局长"), ("林望", "县水务局", "副局长"), ("贺鸣", None, "副县长"),
    ]  # fmt: skip


def test_leaders_of_a_school_and_who_was_excused():
    assert listed_in("校领导沈一舟、周禾") == [("沈一舟", None, None), ("周禾", None, None)]
    (one,) = parse(
        "2021年3月5日，学校召开校长办公会。会议由王岚校长主持，沈一舟副书记因公缺席会议。\n一、研究防汛\n会议同意。\n"
    ).attendance
    assert (one.role, one.name) == ("apologies", "沈一舟")


def test_the_last_of_a_list_behind_以及_and_及():
    assert listed_in("市人大常委会副主任沈一舟、周禾以及秘书长林望") == [
        ("沈一舟", "市人大常委会", "副主任"), ("周禾", "市人大常委会", "副主任"), ("林望", "市人大常委会", "秘书长"),
    ]  # fmt: skip
    assert listed_in("副县长沈一舟、周禾及秘书长林望")[2] == ("林望", None, "秘书长")


def test_deputies_of_the_unit_of_the_chair():
    parsed = parse(
        "2021年3月5日，市十五届人大常委会第12次主任会议召开。市人大常委会主任王岚主持会议，副主任沈一舟、周禾参加会议。\n"
        "会议听取了防汛情况汇报。\n"
    )

    assert parsed.chair.name == "王岚"
    assert [(one.name, one.organization) for one in parsed.attendance] == [
        ("沈一舟", "市人大常委会"), ("周禾", "市人大常委会"),
    ]  # fmt: skip


def test_units_counted_and_joined_by_及():
    parsed = parse(OPENED.format("市水务局、云川中学等十几家辖区单位负责人"))
    joined = parse(OPENED.format("省有关部门及云川集团北渚营业部负责同志"))

    assert [one.organization for one in parsed.attendance] == ["市水务局", "云川中学"]
    assert [one.organization for one in joined.attendance] == ["云川集团北渚营业部"]


def test_a_count_of_people_names_nobody():
    assert listed_in("街道全体机关干部及社区书记80余人") == []


def test_members_of_a_group_behind_the_units_named():
    parsed = parse(OPENED.format("区水务局、振兴集团等指挥部成员单位负责同志以及北渚镇负责人"))

    assert [(one.organization, one.title) for one in parsed.attendance] == [
        ("区水务局", "负责同志"), ("振兴集团", "负责同志"), ("北渚镇", "负责人"),
    ]  # fmt: skip


def test_members_are_no_names_and_halls_are_units():
    assert listed_in("党工委理论学习中心组成员、机关党支部党员") == []
    assert listed_in("省建设厅厅长沈一舟，厅党组书记、副厅长周禾") == [
        ("沈一舟", "省建设厅", "厅长"), ("周禾", None, "厅党组书记、副厅长"),
    ]  # fmt: skip


def test_people_before_a_semicolon_and_crowds_behind_it():
    parsed = parse(
        "3月5日，县安委会召开第三次全体会议。\n\n县委副书记、县长王岚，副县长沈一舟及各工作专班组长；县安委会成员单位主要负责人参加会议。\n\n"
        "会议听取了县应急局的汇报。\n"
    )

    assert [(one.name, one.title) for one in parsed.attendance if one.name] == [
        ("王岚", "县委副书记、县长"),
        ("沈一舟", "副县长"),
    ]


def test_who_chaired_told_last_and_without_a_post():
    parsed = parse(
        "3月5日，县安委会召开第三次全体会议，副县长沈一舟、副县长林望出席会议。\n"
        "会议通报了安全生产形势。\n沈一舟要求，要压实责任。\n林望主持会议。\n"
    )

    assert parsed.chair.name == "林望"


def test_the_heads_of_several_units_are_doubtful_where_their_names_follow():
    parsed = parse(f"{HEAD}{ITEM}列席：市发改委、市财政局负责人林望、何青\n")

    assert "name-unclear" in [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        (
            "县长王岚主持会议，县政协主席林望等四套班子领导，各乡镇主要负责同志参加会议。",
            [("林望", "县政协", "主席")],
        ),
        ("副县长沈一舟、林望在研究相关议题时列席会议。", [("沈一舟", None, "副县长"), ("林望", None, "副县长")]),
        (
            "县领导沈一舟、林望及县政府党组成员、政府办主任何青出席会议。",
            [("沈一舟", None, None), ("林望", None, None), ("何青", None, "县政府党组成员、政府办主任")],
        ),
        ("副县长沈汉庭出席会议。", [("沈汉庭", None, "副县长")]),
    ],
)
def test_leaders_told_in_the_opening(sentence: str, people: list[tuple]):
    parsed = parse(f"3月5日，县长王岚主持召开县政府第12次常务会议。{sentence}\n会议听取了县水务局的汇报。\n")

    named = [(one.name, one.organization, one.title) for one in parsed.attendance if one.name]
    assert named == people


def test_who_was_invited_besides_in_the_list():
    parsed = parse(f"{HEAD}{ITEM}出席会议的领导有：沈一舟、周禾。同时还邀请了林望、何青两位学院的领导参加了会议。\n")

    assert [(one.role, one.name, one.organization) for one in parsed.attendance] == [
        ("present", "沈一舟", None),
        ("present", "周禾", None),
        ("in_attendance", "林望", None),
        ("in_attendance", "何青", None),
    ]


def test_towns_of_one_level_and_the_office_of_a_project():
    parsed = parse(
        "3月5日，副县长沈一舟主持召开协调会，县政府办、住建局、云川公司项目部和北渚、南屏镇政府负责人参加了会议。\n会议听取了汇报。\n"
    )

    assert [one.organization for one in parsed.attendance] == [
        "县政府办",
        "住建局",
        "云川公司项目部",
        "北渚",
        "南屏镇政府",
    ]


def test_the_head_of_a_delegation_is_no_name():
    parsed = parse("3月5日，县人大主席团召开会议，主席团成员出席会议，各代表团团长列席会议。\n会议听取了汇报。\n")

    assert [one.name for one in parsed.attendance if one.name] == []


def test_posts_of_two_units_are_titles_of_one_person():
    parsed = parse(f"{HEAD}{ITEM}副市长沈一舟，市政协副主席、市政府秘书长林望参加会议。\n")

    assert [(one.name, one.organization, one.title) for one in parsed.attendance if one.name] == [
        ("沈一舟", None, "副市长"),
        ("林望", None, "市政协副主席、市政府秘书长"),
    ]


def test_members_of_a_standing_committee_are_no_unit():
    parsed = parse(f"{HEAD}{ITEM}市委常委、市政府副市长，以及相关部门负责同志参加会议。\n")

    assert [one.organization for one in parsed.attendance] == ["相关部门"]


def test_a_chair_a_standing_committee_and_its_other_members():
    parsed = parse(
        "3月25日，县人大常委会召开第36次会议。县人大常委会主任王岚，副主任沈一舟、林望及县人大常委会其他组成人员出席会议。\n"
        "会议审议通过了工作要点（草案）。\n"
        "常务副县长何青列席会议。县法院、县检察院主要负责同志，县政府办主任列席会议。会议还邀请部分县人大代表列席会议。\n"
    )

    assert [(one.name, one.organization, one.title) for one in parsed.attendance] == [
        ("王岚", "县人大常委会", "主任"),
        ("沈一舟", "县人大常委会", "副主任"),
        ("林望", "县人大常委会", "副主任"),
        ("何青", None, "常务副县长"),
        (None, "县法院", "主要负责同志"),
        (None, "县检察院", "主要负责同志"),
        (None, "县政府办", "主任"),
    ]


def test_posts_in_the_party_and_in_two_units():
    parsed = parse(
        "8月3日，区党工委书记王岚主持召开班子会，党工委副书记沈一舟，群工部部长、组织人劳局局长林望参会。\n会议听取了汇报。\n"
    )

    assert [(one.name, one.organization, one.title) for one in parsed.attendance] == [
        ("沈一舟", "党工委", "副书记"),
        ("林望", None, "群工部部长、组织人劳局局长"),
    ]


def test_words_of_a_list_are_no_names():
    parsed = parse(
        "9月10日，东浦街道召开工作推进会，街道全体班子成员、各部正职、副职，县纪委监委驻县人大机关纪检监察组组长参会。\n会议听取了汇报。\n"
    )

    assert [one.name for one in parsed.attendance if one.name] == []
