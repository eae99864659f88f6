"""Test short reports of meetings on websites: who met and came, what is told of each matter, and how they end."""

import pytest

from minutes.parser.pipeline import parse

OPENING = "2021年3月5日，县长王岚主持召开县政府第12次常务会议"


def actors(tasks):
    return [[actor.text for actor in task.actors] for task in tasks]


@pytest.mark.parametrize(
    "said", ["会议原则同意《节水办法》并指出，要科学调水。", "会议原则同意《节水办法》指出，要科学调水。"]
)
def test_a_statement_behind_a_document_is_no_part_of_the_title(said: str):
    items = parse(f"{OPENING}。\n{said}\n会议原则同意《公房管理方案》并强调，要摸清底数。\n").items

    assert [item.title.value for item in items] == ["原则同意《节水办法》", "原则同意《公房管理方案》"]


@pytest.mark.parametrize("day", ["昨天", "近日", "今天上午"])
def test_a_newspaper_names_the_chair_before_the_day(day: str):
    parsed = parse(f"本报讯 市委副书记、市长王岚{day}主持召开市政府常务会议。\n会议听取了防汛准备情况的汇报。\n")

    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "市委副书记、市长")
    assert parsed.body is None


def test_what_is_done_about_a_meeting_conveyed_is_no_matter_of_its_own():
    conveyed = "会议传达学习全省治污工作会议精神，研究推进我县治污工作。"
    items = parse(f"{OPENING}。\n{conveyed}\n会议学习《节水条例》。\n").items

    assert [item.title.value for item in items] == ["传达学习全省治污工作会议精神", "学习《节水条例》"]


def test_the_number_of_a_national_conference_in_the_title_is_not_that_of_the_meeting():
    parsed = parse("市水务局召开党组会议学习第十五次全国水务会议精神\n3月5日，市水务局召开党组会议，学习会议精神。\n")

    assert parsed.number is None


@pytest.mark.parametrize(
    ("signed", "credit"),
    [
        ("（王岚、沈一舟 报道）", "（王岚、沈一舟报道）"),
        ("（记者 王岚） 来源：云川日报", "（记者王岚）来源：云川日报"),
    ],
)
def test_who_wrote_the_report_is_no_part_of_the_last_sentence(signed: str, credit: str):
    parsed = parse(f"{OPENING}。\n会议听取了防汛准备情况的汇报。\n会议还研究了其他事项。{signed}\n")

    assert parsed.closing.text == "会议还研究了其他事项。"
    assert [(one.text, one.reason) for one in parsed.noise] == [(credit, "web-foot")]


def test_a_button_for_sharing_ends_the_text():
    parsed = parse(f"{OPENING}。\n会议听取了防汛准备情况的汇报。\n会议还研究了其他事项。\n分享：\n右侧内容\n")

    assert parsed.closing.text == "会议还研究了其他事项。"


def test_a_regular_meeting_called_by_its_matter_names_the_item():
    (item,) = parse(
        "2021年3月5日，副县长沈一舟在县水务局主持召开堤防加固工作调度例会。\n沈一舟要求，一是力度要大，二是进度要快。\n"
    ).items

    assert item.title.value == "堤防加固工作"


def test_each_who_submitted_documents_reported():
    (item,) = parse(
        f"{OPENING}。\n会议审议了县水务局送审的《节水办法》，北渚镇送审的《公房方案》，县财政局《预算请示》等议题。\n"
    ).items

    assert [unit.value for unit in item.reported_by] == ["县水务局", "北渚镇", "县财政局"]


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


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("各镇政府（街道办）、各有关单位要守住底线。", [["各镇政府（街道办）", "各有关单位"]]),
        ("相关单位要高度重视，通力配合。", [["相关单位"]]),
        ("县政府领导要对照清单抓好落实。", [["县政府领导"]]),
        ("局系统各级党组织要抓好落实。", [["局系统各级党组织"]]),
    ],
)
def test_groups_that_are_told(order: str, told: list[list[str]]):
    (item,) = parse(f"{OPENING}。\n会议审议了《节水条例》。会议强调，{order}\n").items

    assert actors(item.tasks) == told


@pytest.mark.parametrize("last", ["会前，县司法局组织学习了《行政处罚法》。", "会上，与会人员还进行了学法讲座。"])
def test_what_happened_besides_closes_the_text(last: str):
    parsed = parse(f"{OPENING}。\n会议审议了《节水条例》。\n{last}\n")

    assert parsed.closing.text == last


def test_matters_listed_above_what_was_said_of_each():
    parsed = parse(
        f"{OPENING}。\n会议就堤防加固、公房管理等工作进行了专题研究。\n"
        "就堤防加固方面，王岚指出，县水务局要抓紧施工。\n就公房管理工作，王岚强调，县财政局要摸清底数。\n"
    )

    assert [item.title.value for item in parsed.items] == ["堤防加固", "公房管理工作"]
    assert [actors(item.tasks) for item in parsed.items] == [[["县水务局"]], [["县财政局"]]]
    assert parsed.opening.text.endswith("进行了专题研究。")


def test_what_a_document_says_is_named_after_the_matter_of_the_opening():
    (item,) = parse(
        f"{OPENING}，专题讨论《政府工作报告》。副县长沈一舟参加会议。\n"
        "《政府工作报告》对去年的工作作了回顾。王岚要求，要抓紧修改。\n"
    ).items

    assert item.title.value == "专题讨论《政府工作报告》"


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


def test_a_title_with_its_day_above_labels():
    parsed = parse(
        "2021年3月5日云川市政府常务会议\n日期：2021年3月8日 字体：【大】【中】【小】\n"
        "会议时间：2021年3月5日\n主持人：王岚市长\n"
        "会议摘要：会议传达学习全省治污工作会议精神。\n\n5日，市长王岚主持召开市政府常务会议，传达学习全省治污工作会议精神。\n"
        "会议要求，市政府领导要抓好落实。\n"
    )

    assert (parsed.body.value, parsed.date.value.isoformat()) == ("云川市人民政府", "2021-03-05")
    assert (parsed.chair.name, parsed.web_published_on.value.isoformat()) == ("王岚", "2021-03-08")
    assert [item.title.value for item in parsed.items] == ["传达学习全省治污工作会议精神"]


def test_a_document_that_was_explained_is_a_matter():
    items = parse(
        f"{OPENING}。\n会议讨论并原则通过了《节水办法》。\n"
        "工作人员对《公房管理方案》（讨论稿）的起草情况作了说明。王岚指出，县财政局要抓紧修改。\n"
    ).items

    assert [item.title.value for item in items] == [
        "讨论并原则通过《节水办法》",
        "《公房管理方案》（讨论稿）的起草情况",
    ]
    assert [actors(item.tasks) for item in items] == [[], [["县财政局"]]]


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


@pytest.mark.parametrize(
    ("heard", "reporters"),
    [
        ("审议了《政府工作报告》、县水务局《节水请示》、县财政局《预算请示》", ["县水务局", "县财政局"]),
        (
            "原则通过县府办提交的《规定》，县府办、县住房和城乡建设局、县文物局提交的《报告》",
            ["县府办", "县住房和城乡建设局", "县文物局"],
        ),
    ],
)
def test_who_reported_on_several_documents(heard: str, reporters: list[str]):
    (item,) = parse(f"{OPENING}。\n会议{heard}。\n").items

    assert [unit.value for unit in item.reported_by] == reporters


def test_a_day_with_its_time_above_the_text_is_that_of_the_page():
    parsed = parse(
        "王岚主持召开第十一次市长工作例会\n2021年03月08日09:52  来源:云川网\n"
        "据云川日报报道  3月5日，市长王岚主持召开第十一次市长工作例会。\n会议听取了防汛准备情况的汇报。\n"
    )

    assert (parsed.date.value.isoformat(), parsed.web_published_on.value.isoformat()) == ("2021-03-05", "2021-03-08")
    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "市长")


def test_what_was_studied_earnestly_is_a_matter_of_its_own():
    items = parse(
        f"{OPENING}。\n会议传达学习了全国水务会议精神，认真学习了《节水条例》。会议要求，要抓好落实。\n"
    ).items

    assert [item.title.value for item in items] == ["传达学习全国水务会议精神", "学习《节水条例》"]


def test_what_was_conveyed_besides_is_a_matter():
    items = parse(f"{OPENING}。\n会议听取了节水情况的汇报。\n会议还传达了“全省防汛工作会议”等会议精神。\n").items

    assert [item.title.value for item in items] == ["听取节水情况的汇报", "传达“全省防汛工作会议”等会议精神"]


def test_units_before_a_crowd_that_came():
    parsed = parse(
        f"{OPENING}。\n会议审议了《节水条例》。\n市委办公厅、市政协办公厅等部门负责同志和市政府咨询委委员应邀参会。\n"
    )

    assert [(one.organization, one.title) for one in parsed.attendance] == [
        ("市委办公厅", "负责同志"),
        ("市政协办公厅", "负责同志"),
    ]


def test_all_that_was_conveyed_names_the_only_item():
    (item,) = parse(
        f"{OPENING}，传达学习省委会议精神，省长新年贺词，市委会议精神等，研究政府系统贯彻落实工作。\n"
        "会议指出，全县政府系统要抓好落实。\n"
    ).items

    assert item.title.value == "传达学习省委会议精神，省长新年贺词，市委会议精神等"
    assert actors(item.tasks) == [["全县政府系统"]]


def test_the_page_of_a_newspaper_is_of_the_page():
    parsed = parse("第A01版:要闻\n3月5日，县长王岚主持召开县政府第12次常务会议。\n会议审议了《节水条例》。\n")

    assert [(one.text, one.reason) for one in parsed.noise] == [("第A01版:要闻", "web-head")]


def test_a_name_may_end_as_an_office_does_behind_a_title():
    parsed = parse("3月5日，区党工委书记、管委会主任王广部主持召开主任工作例会。\n会议听取了武装部的汇报。\n")

    assert parsed.chair.name == "王广部"


def test_what_goes_to_the_delegates_is_the_next_step():
    (item,) = parse(f"{OPENING}。\n会议听取了人事安排汇报，决定提交全体代表酝酿。\n").items

    assert [decision.next_step.value for decision in item.decisions] == ["提交全体代表酝酿"]


def test_what_stands_at_the_end_of_a_page_is_no_part_of_the_closing():
    for foot in ("回到顶部", "文/摄影 王岚", "记者：王岚 编辑：沈一舟", "稿件来源：云川日报"):
        parsed = parse(f"{OPENING}。\n会议审议了《节水条例》。\n会议还研究了其他事项。\n县领导周禾参加会议。\n{foot}\n")

        assert [one.name for one in parsed.attendance] == ["周禾"]
        assert parsed.closing.text == "会议还研究了其他事项。"


def test_a_caption_begins_no_item():
    items = parse(f"{OPENING}。\n图为：会议现场\n会议审议了《节水条例》。\n").items

    assert [item.title.value for item in items] == ["审议《节水条例》"]


def test_a_table_of_the_page_in_one_column():
    parsed = parse(
        "索引号\n620724001/2020-00144\n文号\n发布机构\n云川县政府办\n公开形式\n主动公开\n"
        "生成日期\n2021-03-08 09:30:00\n是否有效\n"
        "县委副书记、县长王岚3月5日主持召开县政府第12次常务会议。\n会议审议了《节水条例》。\n"
    )

    assert (parsed.body.value, parsed.date.value.isoformat()) == ("云川县人民政府", "2021-03-05")
    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "县委副书记、县长")
    assert parsed.opening.text == "县委副书记、县长王岚3月5日主持召开县政府第12次常务会议。"
    assert "line-unaccounted" not in [problem.code for problem in parsed.problems]


def test_the_day_of_a_telegram_is_not_that_of_the_meeting():
    parsed = parse(
        "云川新闻网北河3月8日电（记者 陆岚）2021年3月5日，应县县委副书记、县长王岚主持召开县政府第12次常务会议。\n"
        "会议审议了《节水条例》。\n"
    )

    assert (parsed.date.value.isoformat(), parsed.body.value) == ("2021-03-05", "应县人民政府")


@pytest.mark.parametrize("place", ["武乡县", "岭镇县"])
def test_a_county_whose_name_ends_as_a_town_does(place: str):
    parsed = parse(
        f"来源：{place}新闻中心\n3月5日，县长王岚主持召开县政府常务会议。\n会议审议了《{place}节水办法》。\n"
    )

    assert parsed.body.value == f"{place}人民政府"


def test_documents_of_a_city_may_be_of_the_city_above():
    parsed = parse(
        "3月5日，市长王岚主持召开市政府常务会议。\n会议审议了《云川市节水办法》、《关于云川市公房的请示》。\n"
    )

    assert (parsed.body, "body-uncertain" in [problem.code for problem in parsed.problems]) == (None, True)


@pytest.mark.parametrize("second", ["县人武部政委胡树林", "县法院院长胡树林"])
def test_two_people_of_different_units_joined_by_a_word(second: str):
    parsed = parse(f"{OPENING}，县人大常委会副主任沈一舟和{second}应邀出席会议。\n会议审议了《节水条例》。\n")

    came = [(one.name, (one.organization or "") + (one.title or "")) for one in parsed.attendance]
    assert came == [("沈一舟", "县人大常委会副主任"), ("胡树林", second.removesuffix("胡树林"))]


def test_leading_cadres_sum_up_those_who_came():
    parsed = parse(f"{OPENING}。沈一舟、周禾等县处级领导干部出席会议。\n会议审议了《节水条例》。\n")

    assert [one.name for one in parsed.attendance] == ["沈一舟", "周禾"]


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("会议研究了公车改革等工作，审议了“审计计划”。", ["研究公车改革等工作", "审议“审计计划”"]),
        (
            "会议听取节水情况汇报，讨论《公房方案》《林长办法》，审议《工作规则》。",
            ["听取节水情况汇报", "讨论《公房方案》《林长办法》", "审议《工作规则》"],
        ),
        (
            "会议传达学习了省委会议精神。会议分析了一季度经济运行，研究了安全生产工作。会议听取了林长制情况汇报。",
            ["传达学习省委会议精神", "分析一季度经济运行", "研究安全生产工作", "听取林长制情况汇报"],
        ),
        ("会议听取了节水情况汇报。会议分析了节水的问题。", ["听取节水情况汇报"]),
        (
            "会议听取了全县堤防加固工作情况汇报。会议听取了全县校车安全工作情况汇报。",
            ["听取全县堤防加固工作情况汇报", "听取全县校车安全工作情况汇报"],
        ),
    ],
)
def test_matters_in_one_paragraph(said: str, titles: list[str]):
    items = parse(f"{OPENING}。\n{said}\n").items

    assert [item.title.value for item in items] == titles


def test_what_is_said_of_a_matter_at_the_end_stays_with_it():
    items = parse(
        f"{OPENING}。\n会议传达学习了省委会议精神。\n会议还对安全生产工作进行了安排部署。会议要求，所有行业都要制订预案。\n"
    ).items

    assert [actors(item.tasks) for item in items] == [[], [["所有行业"]]]


def test_what_was_said_of_several_matters_closes_the_text():
    parsed = parse(
        f"{OPENING}。\n会议研究了公车改革等工作，审议了《审计计划》。\n"
        "王岚讲话要求，县财政局要做好公车改革工作，县审计局要落实《审计计划》。\n"
    )

    assert actors(parsed.closing_tasks) == [["县财政局"], ["县审计局"]]


def test_a_document_is_mentioned_by_the_end_of_its_title():
    items = parse(
        f"{OPENING}。\n会议学习《节水条例》，审议《云川县人民政府工作规则》。\n"
        "会议指出，政府工作规则是行为准则，县政府办要严格落实。\n"
    ).items

    assert [actors(item.tasks) for item in items] == [[], [["县政府办"]]]


def test_a_leader_whose_speech_is_studied_is_not_told():
    (item,) = parse(f"{OPENING}。\n会议集体学习习近平总书记在青年大会上的重要讲话精神。\n").items

    assert item.tasks == ()
