"""Test body, term and other fields of head and web page."""

import pytest

from minutes.parser.pipeline import parse

ITEM = "一、研究堤防加固工作\n会议原则同意。\n"
OPENING = "2021年3月5日，区长王岚主持召开区政府第12次常务会议。\n"


def codes(parsed) -> set[str]:
    return {problem.code for problem in parsed.problems}


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("主持召开县十六届人民政府第9次常务会议", 16),
        ("主持召开五届104次县政府常务会议", 5),
        ("主持召开第十八届县人民政府第31次常务会议", 18),
        ("主持召开县政府第9次常务会议，学习党的十九届五中全会精神", None),
        ("主持召开县政府第9次常务会议，研究拟提请县十五届人大二次会议审议的报告", None),
    ],
)
def test_the_term_of_the_government(written: str, term: int | None):
    parsed = parse(f"2021年3月5日，县长王岚{written}。\n{ITEM}")

    assert (parsed.term and parsed.term.value) == term


@pytest.mark.parametrize(
    ("line", "serial"),
    [
        ("第6期", 6),
        ("（第14期）", 14),
        ("第12期（总第112期）", 12),
        ("2023年第15期", 15),
        ("（总第112期）", None),
        ("〔2023〕第11期", 11),
        ("〔2023〕11期", 11),
    ],
)
def test_the_number_of_the_issue(line: str, serial: int | None):
    parsed = parse(f"云川市东浦区人民政府会议纪要\n{line}\n{OPENING}{ITEM}")

    assert (parsed.serial and parsed.serial.value) == serial
    assert "line-unaccounted" not in codes(parsed)


def test_the_chair_named_below_the_items():
    items = "一、研究堤防加固工作\n会议原则同意。\n二、听取防火工作汇报\n会议要求，市应急局要抓好值守。\n"
    opening = "2021年3月5日，区政府召开第12次常务会议。\n"

    parsed = parse(f"{opening}{items}主持：王岚\n出席：沈一舟  周禾\n记录：左岸\n")

    assert parsed.chair.name == "王岚"
    assert [paragraph.text for paragraph in parsed.items[1].paragraphs] == ["会议要求，市应急局要抓好值守。"]
    assert [attendee.name for attendee in parsed.attendance] == ["沈一舟", "周禾"]


def test_a_convener_listed_within_an_item_is_no_chair():
    opening = "2021年3月5日，区长王岚主持召开区政府第12次常务会议。\n"

    parsed = parse(f"{opening}一、研究联席会议制度\n会议同意。\n召集人：陈立\n成员：周禾\n出席：沈一舟  周禾\n")

    assert parsed.chair.name == "王岚"
    assert parsed.items[0].paragraphs[1].text.startswith("召集人：陈立")


def test_the_day_of_the_web_page_gives_the_year():
    parsed = parse(f"发布时间：2022-01-09 09:30　来源：云川日报\n{OPENING.replace('2021年3月5日', '12月28日')}{ITEM}")

    assert parsed.web_published_on.value.isoformat() == "2022-01-09"
    assert parsed.date.value.isoformat() == "2021-12-28"


def test_a_body_that_two_independent_signs_name():
    parsed = parse(
        f"{OPENING}一、审议《东浦区节水办法》\n会议同意。\n列席：云川市东浦区水务局林望\n"
        "云川市东浦区人民政府网站  版权所有\n"
    )

    assert parsed.body.value == "云川市东浦区人民政府"


def test_a_body_from_documents_and_the_list():
    parsed = parse(f"{OPENING}一、审议《东浦区节水办法》\n会议同意。\n列席：东浦区水务局林望\n")

    assert parsed.body.value == "东浦区人民政府"
    assert "body-inferred" in codes(parsed)


@pytest.mark.parametrize("signs", ["《东浦区节水办法》", "《东浦区节水办法》《西浦区节水办法》"])
def test_signs_that_do_not_agree_are_candidates(signs: str):
    parsed = parse(f"{OPENING}一、审议{signs}\n会议同意。\n列席：水务局林望\n")

    assert parsed.body is None
    problem = next(problem for problem in parsed.problems if problem.code == "body-uncertain")
    assert "东浦区" in problem.message


@pytest.mark.parametrize(
    "written",
    [
        "会议审议了《关于请求县人民政府解决春灌资金的请示》。",
        "会议传达了《云中县人民政府关于春灌工作的通知》精神。",
    ],
)
def test_a_document_names_no_body(written: str):
    parsed = parse(f"2021年3月5日，县长王岚主持召开县政府第12次常务会议。{written}\n{ITEM}")

    assert parsed.body is None


@pytest.mark.parametrize("place", ["本溪市", "全椒县", "云川市市中区"])
def test_a_place_whose_name_looks_like_other_words(place: str):
    parsed = parse(f"{place}人民政府常务会议纪要\n{OPENING}{ITEM}")

    assert parsed.body.value == f"{place}人民政府"


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("部务会", "部务会议"), ("工作碰头会", "碰头会议"), ("项目协调推进会议", "协调推进会议"),
        ("防汛指挥部会议", "指挥部会议"),
        ("书记办公会", "书记办公会议"), ("校长办公会", "校长办公会议"), ("党政联席会议", "党政联席会议"),
    ],
)  # fmt: skip
def test_kinds_of_meetings(kind: str, read: str):
    parsed = parse(f"云川市人民政府会议纪要\n2021年3月5日，王岚主持召开{kind}，研究工作。\n{ITEM}")

    assert parsed.kind.value.removesuffix("议") == read.removesuffix("议")


@pytest.mark.parametrize(
    "line", ["南屏县政府召开第12次常务会议", "南屏县政府举行2021年第12次常务会议", "南屏县政府第12次常务会议召开"]
)
def test_a_title_of_the_page_names_the_government_in_short(line: str):
    parsed = parse(f"{line}\n2021年3月5日，县长王岚主持召开县政府第12次常务会议。\n{ITEM}")

    assert parsed.body.value == "南屏县人民政府"


def test_the_government_named_before_the_post_of_the_chair():
    parsed = parse(f"2021年3月5日下午，南屏县政府县长王岚主持召开十六届县人民政府第12次常务会议。\n{ITEM}")

    assert (parsed.body.value, parsed.term.value, parsed.number.value) == ("南屏县人民政府", 16, 12)


def test_the_kind_that_the_number_counts():
    parsed = parse(f"2021年3月5日，县长王岚主持召开县政府党组（扩大）会议和县十六届第9次政府常务会议。\n{ITEM}")

    assert (parsed.kind.value, parsed.number.value) == ("常务会议", 9)


def test_place_and_part_of_the_day_told_late_in_a_long_sentence():
    parsed = parse(
        "为贯彻落实全市城市更新工作会议精神，按照市委、市政府统一部署要求，加快推进老旧厂房改造和沿街立面整治工作，"
        "2021年3月5日上午，在区住建局由副区长沈一舟主持召开城市更新协调会，现将会议纪要如下。\n" + ITEM
    )

    assert (parsed.place.value, parsed.part_of_day.value, parsed.kind.value) == ("区住建局", "上午", "协调会议")
    assert (parsed.chair.name, parsed.chair.title) == ("沈一舟", "副区长")


def test_a_surname_with_a_post_is_no_name():
    parsed = parse(f"2021年3月5日，在县政府会议室由张主任主持召开专题会议。\n{ITEM}")

    assert parsed.chair is None
    assert "chair-missing" in codes(parsed)


def test_a_leader_who_goes_to_a_site_and_calls_the_meeting_there_chairs_it():
    parsed = parse(f"2021年3月5日下午，副县长沈一舟到北渚水库实地察看堤防加固情况，并召开现场办公会。\n{ITEM}")

    assert (parsed.chair.name, parsed.chair.title, parsed.kind.value) == ("沈一舟", "副县长", "现场办公会议")


@pytest.mark.parametrize("between", ["和", "暨", "及"])
def test_the_government_meets_beside_its_party_group(between: str):
    parsed = parse(f"2021年3月5日，区长王岚主持召开区政府党组（扩大）会议{between}区政府常务会议。\n{ITEM}")

    assert parsed.kind.value == "常务会议"


def test_a_day_without_its_month_begins_the_opening():
    parsed = parse(
        "全市农村公路建设指挥部召开2021年第一次会议\n"
        f"31日上午，市委常委、农村公路建设指挥部指挥长沈一舟主持召开指挥部2021年第一次会议。\n{ITEM}"
    )

    assert (parsed.kind.value, parsed.number.value, parsed.part_of_day.value) == ("指挥部会议", 1, "上午")
    assert (parsed.chair.name, parsed.chair.title) == ("沈一舟", "市委常委、农村公路建设指挥部指挥长")
    assert "date-uncertain" in codes(parsed)


def test_the_place_that_the_post_of_the_chair_names():
    parsed = parse(f"2021年3月5日，云川市市长王岚主持召开市政府第12次常务会议。\n{ITEM}")

    assert parsed.body.value == "云川市人民政府"


def test_minutes_of_a_school_name_it():
    parsed = parse("北渚大学校长办公会议纪要\n时间：2021年3月5日\n主持人：校长 王岚\n" + ITEM)

    assert (parsed.body.value, parsed.kind.value) == ("北渚大学", "校长办公会议")


@pytest.mark.parametrize(
    "opening",
    [
        "2021年3月5日，区长王岚主持召开岭县区政府第12次常务会议。",
        "2021年3月5日，区长王岚主持召开区政府第12次常务会议，审议《岭县区节水条例》。\n列席：岭县区水务局沈一舟",
    ],
)
def test_a_district_with_the_word_county_in_its_name(opening: str):
    assert parse(f"{opening}\n{ITEM}").body.value == "岭县区人民政府"


def test_short_and_formal_numerals():
    parsed = parse(
        "贰零贰壹年三月廿五日，市长王岚主持召开市政府第廿二次常务会议。\n壹、研究甲\n会议同意。\n贰、研究乙\n会议同意。\n"
    )

    assert (parsed.date.value.isoformat(), parsed.number.value) == ("2021-03-25", 22)
    assert [item.title.value for item in parsed.items] == ["研究甲", "研究乙"]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("政策联审会", "联审会议"),
        ("经济运行分析会", "分析会议"),
        ("第3次党组扩大会议", "党组会议"),
        ("防汛会商会", "会商会议"),
    ],
)
def test_further_kinds_of_meetings(written: str, kind: str):
    assert parse(f"2021年3月5日，市长王岚主持召开{written}。\n{ITEM}").kind.value == kind


def test_the_kind_behind_the_number_comes_before_another_named_first():
    parsed = parse(f"2021年3月5日，县长王岚主持召开县政府专题会议和县十六届第9次政府常务会议。\n{ITEM}")

    assert (parsed.kind.value, parsed.number.value) == ("常务会议", 9)


def test_a_line_break_within_the_name_of_the_meeting_ends_no_opening():
    parsed = parse(
        f"2021年3月5日，县长王岚在县政府三楼会议室主持召开县政府第12次常务\n会议研究节水和防汛工作，听取有关汇报。\n{ITEM}"
    )

    assert parsed.opening.text.endswith("第12次常务会议研究节水和防汛工作，听取有关汇报。")
    assert (parsed.kind.value, parsed.number.value) == ("常务会议", 12)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("东浦镇党政联席会议纪要", "东浦镇人民政府"),
        ("云川市东浦镇2021年第3次党政班子联席会议纪要", "云川市东浦镇人民政府"),
        ("东浦乡党委、政府联席会议纪要", "东浦乡人民政府"),
        ("北渚街道党政联席会议纪要", "北渚街道办事处"),
        ("北渚大学水利学院党政联席会议纪要", "北渚大学水利学院"),
    ],
)
def test_who_met_where_party_and_government_met_together(title: str, body: str):
    parsed = parse(f"{title}\n2021年3月5日，王岚主持召开党政联席会议。\n{ITEM}")

    assert (parsed.body.value, parsed.kind.value) == (body, "党政联席会议")


def test_a_meeting_called_for_a_matter_is_a_thematic_one():
    parsed = parse(f"2021年3月5日，副市长沈一舟召集市水务局、市财政局负责人，专题研究堤防加固工作。\n{ITEM}")

    assert (parsed.chair.name, parsed.kind.value) == ("沈一舟", "专题会议")


def test_the_title_of_a_news_page_is_not_the_opening():
    parsed = parse(
        "市政府召开常务会议 王岚主持会议并讲话\n"
        f"本报讯（记者 周禾）3月5日，市长王岚主持召开市政府第12次常务会议。\n{ITEM}"
    )

    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "市长")
    assert parsed.opening.text.startswith("本报讯")


@pytest.mark.parametrize(("called", "kind"), [("第85次重点项目周例会", "周例会"), ("第3次工作例会", "工作例会")])
def test_what_is_called_例会_keeps_its_name(called: str, kind: str):
    assert parse(f"2021年3月5日，副市长王岚主持召开市政府{called}。\n{ITEM}").kind.value == kind


def test_the_day_above_a_web_page_is_not_that_of_the_print():
    assert parse(f"2021-03-08\n{OPENING}{ITEM}").issued_on is None


@pytest.mark.parametrize(
    "before", ["〔全媒体记者 林望〕", "（东浦区宣传部 林望）", "云川日报讯（记者 林望）", "为做好防汛工作，"]
)
def test_words_before_the_day_of_the_opening(before: str):
    parsed = parse(
        "区政府召开常务会议 研究防汛\n发布日期：2021-03-08\n"
        f"{before}3月5日，区长王岚主持召开区政府第12次常务会议。\n{ITEM}"
    )

    assert (parsed.date.value.isoformat(), parsed.chair.name) == ("2021-03-05", "王岚")
    assert parsed.opening.text.startswith("".join(before.split()))


def test_a_day_written_with_号():
    assert parse(f"2021年3月5号，区长王岚主持召开区政府第12次常务会议。\n{ITEM}").date.value.isoformat() == "2021-03-05"


def test_the_party_post_of_the_chair_names_the_place():
    parsed = parse(f"2021年3月5日，东浦区委副书记、区长王岚主持召开区长办公会议。\n{ITEM}")

    assert (parsed.body.value, parsed.chair.title) == ("东浦区人民政府", "东浦区委副书记、区长")


def test_a_paragraph_that_tells_who_chaired_goes_on_with_the_opening():
    parsed = parse(
        "2021年3月5日，十七届县人民政府第80次常务会议召开。\n县委副书记、县长王岚主持会议，县政协有关领导列席会议。"
        "会议审议了《南屏县节水规划（送审稿）》。\n"
    )

    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "县委副书记、县长")
    assert [item.title.value for item in parsed.items] == ["审议《南屏县节水规划（送审稿）》"]


def test_the_unit_before_name_and_title_of_the_chair_is_no_name():
    parsed = parse(f"2021年3月5日，市政府办公室沈一舟主任主持召开会议，协调供水问题。\n{ITEM}")

    assert (parsed.chair.name, parsed.chair.title) == ("沈一舟", "主任")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("东浦镇党委会议纪要", "东浦镇党委"),
        ("北渚村村委会会议记录", "北渚村村委会"),
        ("云台街道党工委会议纪要", "云台街道党工委"),
    ],
)
def test_committees_of_towns_and_villages_meet_too(title: str, body: str):
    assert parse(f"{title}\n会议时间：2021年3月5日\n主持人：王岚\n{ITEM}").body.value == body


@pytest.mark.parametrize(
    "written", ["王  岚  区委副书记、区长", "区委副书记、区长  王  岚", "王 岚（区委副书记、区长）"]
)
def test_a_chair_whose_name_is_spread_behind_its_label(written: str):
    chair = parse(f"东浦区人民政府区长办公会议纪要\n时间：2021年3月5日\n主持：{written}\n{ITEM}").chair

    assert (chair.name, chair.title) == ("王岚", "区委副书记、区长")


def test_the_day_alone_below_the_minutes_is_that_of_issue_and_dates_the_meeting():
    parsed = parse(f"3月5日，区长王岚主持召开区政府第12次常务会议。\n{ITEM}出席：王岚\n二〇二一年三月九日\n")

    assert (parsed.date.value.isoformat(), parsed.issued_on.value.isoformat()) == ("2021-03-05", "2021-03-09")


def test_a_list_of_recipients_goes_on_behind_a_full_stop():
    parsed = parse(
        f"{OPENING}{ITEM}出席：王岚\n分送：区委常委。\n　　区委办公室，区政协办公室。\n"
        "东浦区人民政府办公室 2021年3月9日印发\n"
    )

    assert [each.value for each in parsed.distribution] == ["区委常委", "区委办公室", "区政协办公室"]
    assert parsed.issued_by.value == "东浦区人民政府办公室"


def test_the_commander_of_a_headquarters_chairs():
    parsed = parse(f"2021年3月5日，县长、县防汛指挥部总指挥王岚在县应急中心主持召开防汛调度会。\n{ITEM}")

    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "县长、县防汛指挥部总指挥")


def test_an_opening_whose_last_line_leads_to_the_items():
    parsed = parse(
        "云川市人民政府会议纪要\n2021年3月5日，市长王岚主持召开市政府2021\n年第6次会议。会议纪要如下：\n" + ITEM
    )

    assert parsed.number.value == 6
    assert parsed.opening.text.endswith("年第6次会议。会议纪要如下：")


def test_the_day_of_the_month_alone_in_a_report_of_the_day_after():
    head = "区政府召开常务会议\n更新时间：2021-03-06 10:20 来源：云川日报\n"
    parsed = parse(f"{head}5日，区长王岚主持召开区政府第12次常务会议。\n{ITEM}")

    assert (parsed.date.value.isoformat(), parsed.web_published_on.value.isoformat()) == ("2021-03-05", "2021-03-06")


def test_the_day_of_the_month_alone_stays_a_doubt_long_before_the_report():
    parsed = parse(f"更新时间：2021-03-26 10:20\n5日，区长王岚主持召开区政府第12次常务会议。\n{ITEM}")

    assert parsed.date is None
    assert "date-uncertain" in codes(parsed)


def test_a_page_that_tells_its_hour_behind_时间():
    head = "时间:2021/03/08 00:00:00\n来源:东浦区住建局 浏览次数:3\n"
    parsed = parse(f"{head}3月5日，区长王岚主持召开区政府第12次常务会议。\n{ITEM}")

    assert parsed.date.value.isoformat() == "2021-03-05"


def test_a_place_that_held_a_meeting_of_its_government():
    parsed = parse(f"2021年3月5日，东浦区召开2021年第1次政府常务会议。会议由区长王岚主持。\n{ITEM}")

    assert parsed.body.value == "东浦区人民政府"


def test_a_committee_of_a_zone_that_met_is_no_government():
    parsed = parse(
        "2021年3月5日，区长王岚主持召开区管委会2021年第3次常务会议。\n"
        "一、审议《东浦区节水办法》\n会议同意。\n列席：东浦区水务局林望\n"
    )

    assert parsed.body.value == "东浦区管委会"


def test_a_meeting_of_the_standing_committee_of_the_party():
    parsed = parse(f"2021年3月5日下午，九届区委第104次常委会会议召开。\n区委书记王岚主持会议并讲话。\n{ITEM}")

    assert (parsed.kind.value, parsed.term.value, parsed.number.value) == ("常委会会议", 9, 104)
    assert (parsed.chair.name, parsed.part_of_day.value) == ("王岚", "下午")


def test_the_number_of_the_year_stands_for_a_文号():
    parsed = parse(f"云川市人民政府专题会议纪要\n（2021年第22号）\n{OPENING}{ITEM}")

    assert parsed.doc_number.value == "2021年第22号"
    assert "line-unaccounted" not in codes(parsed)


def test_who_chaired_told_below_the_items():
    parsed = parse(
        "2021年3月5日，市政府第二次全体会议召开，传达学习省防汛会议精神，组织讨论《政府工作报告》。\n会议强调，要抓好值守。\n"
        "市委常委、副市长王岚主持会议并讲话，副市长沈一舟和市政府秘书长周禾出席会议。\n新闻推荐\n"
    )

    assert (parsed.chair.name, parsed.chair.title) == ("王岚", "市委常委、副市长")
    assert [item.title.value for item in parsed.items] == ["传达学习省防汛会议精神", "组织讨论《政府工作报告》"]
    assert [(one.name, one.title) for one in parsed.attendance] == [("沈一舟", "副市长"), ("周禾", "市政府秘书长")]
    assert "name-unclear" not in codes(parsed)


def test_a_city_whose_name_ends_in_城市_is_a_candidate():
    parsed = parse(
        "2021年3月5日，市长王岚主持召开市政府第12次常务会议。\n一、审议《岚城市节水办法》\n会议同意。\n列席：岚城市水务局林望\n"
    )

    assert parsed.body.value == "岚城市人民政府"


@pytest.mark.parametrize("place", ["镇江市", "镇远县", "市北区", "云川市"])
def test_a_place_may_begin_like_a_level(place: str):
    level = place[-1]
    parsed = parse(
        f"2021年3月5日，{level}长王岚主持召开{level}政府第12次常务会议。\n一、审议《{place}节水条例》\n"
        f"会议原则同意，节水是{place}的大事。\n"
    )

    assert parsed.body.value == f"{place}人民政府"


@pytest.mark.parametrize("called", ["，现场协调", "，研究", "共同研究"])
def test_a_meeting_that_somebody_called_together_has_its_day_and_chair(called: str) -> None:
    parsed = parse(
        "岚水县人民政府会议纪要\n第14号\n岚水县政府办公室 二〇二二年八月三日\n"
        f"8月1日，副县长周禾召集县交通局、岚水镇负责人{called}岚水大桥引道征迁工作。议定：\n"
        "1、岚水镇于8月15日前完成剩余3户征迁；\n2、征迁经费由县财政局按实拨付。\n"
    )

    assert parsed.date.value.isoformat() == "2022-08-01"
    assert parsed.chair.name == "周禾"
    assert [paragraph.marker for paragraph in parsed.items[0].paragraphs] == ["1、", "2、"]


@pytest.mark.parametrize("party", ["中共岚水县委　", "中共岚水县委办公室 岚水县人民政府办公室\n", "中共岚水县委员会 "])
def test_the_party_named_before_a_government_is_not_of_its_name(party: str) -> None:
    parsed = parse(f"{party}岚水县人民政府\n联席会议纪要\n\n一、研究防汛\n会议决定，由县水务局负责。\n")

    assert parsed.body.value == "岚水县人民政府"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("岚水县人民政府安全生产委员会第2次全体会议纪要", "岚水县人民政府安全生产委员会"),
        ("岚水县人民政府防汛抗旱指挥部会议纪要", "岚水县人民政府防汛抗旱指挥部"),
        ("岚水县人民政府关于成立水利建设指挥部的会议纪要", "岚水县人民政府"),
        ("岚水县人民政府与岚水高新区管理委员会联席会议纪要", "岚水县人民政府"),
    ],
)
def test_a_committee_of_the_government_is_the_body_itself(title: str, body: str) -> None:
    assert parse(f"{title}\n\n一、研究防汛\n会议决定，由县水务局负责。\n").body.value == body


@pytest.mark.parametrize("day", ["日前，", "近日，", "昨天下午，", "本报讯（记者 柳一禾）今日上午，"])
@pytest.mark.parametrize("chairs", ["主持召开", "先后主持召开"])
def test_an_opening_without_a_date_begins_with_the_word_for_the_day(day: str, chairs: str) -> None:
    parsed = parse(
        f"岚水县人民政府召开第19次常务会议\n{day}县委副书记、县长沈一舟{chairs}县政府第19次常务会议，研究防汛工作。\n"
        "会议听取了防汛情况汇报。\n会议要求，抓好落实。\n"
    )

    assert parsed.opening.text.startswith(day.replace(" ", ""))
    assert (parsed.chair.name, parsed.chair.title) == ("沈一舟", "县委副书记、县长")


def test_the_term_of_a_committee_that_called_the_meeting():
    parsed = parse(f"2021年3月5日，二届县委召开第108次常委会会议，专题研究防汛工作。\n{ITEM}")

    assert (parsed.term.value, parsed.number.value) == (2, 108)


@pytest.mark.parametrize(("meeting", "kind"), [("镇党委会会议", "党委会会议"), ("镇党委会议", "党委会议")])
def test_the_committee_is_called_as_written(meeting: str, kind: str):
    parsed = parse(f"2021年3月5日，北渚镇党委书记王岚主持召开{meeting}。\n{ITEM}")

    assert parsed.kind.value == kind


def test_the_first_meeting_of_a_year_gives_the_year():
    parsed = parse("1月18日，县长王岚主持召开云川县政府2021年首次常务会议。\n会议听取了防汛准备情况汇报。\n")

    assert parsed.date.value.isoformat() == "2021-01-18"


def test_a_document_that_names_the_government_in_full_is_a_sign_of_the_body():
    parsed = parse(
        "2021年3月5日，市长王岚主持召开市政府第37次常务会议。\n会议同意云川市公路项目立项。\n"
        "会议还通过了《关于公布2021年度云川市人民政府重大决策目录的通知》。\n"
    )

    assert parsed.body.value == "云川市人民政府"


@pytest.mark.parametrize("day", ["3月5，", "3月5上午，", "3月5日，"])
def test_a_day_without_the_word_for_it(day: str):
    parsed = parse(f"发布时间：2021-03-07\n{day}县长王岚主持召开县政府第12次常务会议。\n{ITEM}")

    assert parsed.date.value.isoformat() == "2021-03-05"


def test_a_standing_committee_of_the_congress_meets():
    parsed = parse(f"2021年3月5日，王岚主持召开县十八届人大常委会第二十八次会议。\n{ITEM}")

    assert (parsed.kind.value, parsed.term.value, parsed.number.value) == ("常委会会议", 18, 28)


HELD = {
    # The opening: the body, and the code of the doubt.
    "3月5日，云川市召开防汛工作会议，市长王岚主持会议。": ("云川市人民政府", "body-inferred"),
    "3月5日，云川市召开防汛工作会议。": ("云川市人民政府", "body-inferred-from-text"),
    "3月5日，云川市召开项目调度会，市委书记王岚主持会议。": (None, "body-uncertain"),
    "3月5日，南屏街道召开防汛协调会。": ("南屏街道办事处", "body-inferred-from-text"),
    "3月5日，北渚镇召开党委会议。": ("北渚镇党委", "body-inferred"),
    "3月5日，北渚镇党委书记王岚主持召开党委会议。": ("北渚镇党委", None),
    "3月5日，云川高新区党工委召开扩大会议。": ("云川高新区党工委", None),
    "3月5日，南屏县人大常委会召开主任会议。": ("南屏县人大常委会", None),
    "3月5日，云川市水务局召开安全生产会议。": ("云川市水务局", None),
    "3月5日，北渚大学召开校长办公会议。": ("北渚大学", None),
    "3月5日，全县召开防汛工作会议。": (None, "body-missing"),
    "3月5日，县委副书记王岚主持召开专题会议，北渚镇镇长周禾参加会议。": (None, "body-missing"),
}


@pytest.mark.parametrize("opening", HELD)
def test_the_body_that_is_said_to_hold_the_meeting(opening: str):
    parsed = parse(f"2021年{opening}\n会议听取了防汛情况汇报。会议强调，要抓好落实。\n")

    body, code = HELD[opening]
    assert (parsed.body and parsed.body.value) == body
    assert {code} - {None} == {code for code in codes(parsed) if code.startswith("body")}


def test_the_press_of_a_place_is_a_sign_of_the_body():
    opening = "来源：云川日报  发布时间：2021-03-06\n3月5日，市长王岚主持召开市政府常务会议，研究节水。\n"

    alone = parse(f"{opening}会议审议了节水条例。\n")
    agreed = parse(f"{opening}会议审议了节水条例，云川老城先行。\n")

    assert (alone.body, "body-uncertain" in codes(alone)) == (None, True)
    assert (agreed.body.value, "body-inferred-from-text" in codes(agreed)) == ("云川市人民政府", True)


SPOKEN = "会议强调，要抓好防汛。\n"


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("3月5日，区工委会议召开，传达学习市长主持召开的座谈会精神。", "工委会议"),
        ("3月5日，区委常委会近日举行会议，传达学习省委会议精神。", "常委会会议"),
        ("3月5日，市水务局召开防汛协调对接会。", "对接会议"),
        ("3月5日，王岚主持召开城投公司项目推进专题会议。", "专题会议"),
        ("3月5日，云川市城乡规划委员会举行2021年第一次会议。", "委员会会议"),
    ],
)
def test_kinds_in_reports(opening: str, kind: str):
    assert parse(f"2021年{opening}\n{SPOKEN}").kind.value == kind


def test_a_committee_of_the_party_holds_the_meeting():
    parsed = parse(
        "2021年3月5日，老城区委国土空间规划委员会举行2021年第一次会议。\n会议审议了老城规划。会议强调，要抓紧。\n"
    )

    assert parsed.body.value == "老城区委国土空间规划委员会"


@pytest.mark.parametrize(
    ("opening", "body"),
    [
        ("区委常委会举行会议", "东浦区委"),
        ("区十六届人大常委会第12次会议召开", "东浦区人大常委会"),
        ("区政协主席会议召开", "东浦区政协"),
        ("区政府党组会议召开", "东浦区人民政府"),
    ],
)
def test_signs_of_a_place_give_the_body_that_met(opening: str, body: str):
    documents = "会议审议了《东浦区节水条例》。会议强调，东浦要先行。\n"
    parsed = parse(f"来源：东浦发布  发布时间：2021-03-06\n3月5日，{opening}，研究节水。\n{documents}")

    assert parsed.body.value == body


def test_a_dateline_is_no_place():
    assert parse("本报讯 区委常委会近日举行会议，研究本报讯工作。\n会议强调，要抓紧。\n").body is None


@pytest.mark.parametrize(
    "head",
    [
        "发布日期: 2021- 03- 06 18: 52 浏览次数:",
        "2021-03-06 09:17:07 记者 沈一舟 报道 云川日报",
        "日期:2021-03-06\n来源:",
    ],
)
def test_the_day_of_the_page_however_it_is_written(head: str):
    parsed = parse(f"云川市召开防汛会\n{head}\n3月5日，云川市召开防汛协调会，市长王岚主持会议。\n{SPOKEN}")

    assert (parsed.web_published_on.value.isoformat(), parsed.date.value.isoformat()) == ("2021-03-06", "2021-03-05")
    assert "line-unaccounted" not in codes(parsed)


def test_the_title_of_a_page_is_accounted_for():
    parsed = parse(f"云川市防汛工作再出发\n来源：本站 时间：2021-03-06\n3月5日，云川市召开防汛协调会。\n{SPOKEN}")

    assert "line-unaccounted" not in codes(parsed)


def test_who_spoke_and_who_chaired_in_a_paragraph_of_their_own():
    parsed = parse(
        "2021年3月5日下午，全县防汛工作会议在县水务局会议室召开，县长沈一舟出席会议。\n沈一舟讲话，王岚主持会议。\n"
        "沈一舟指出，防汛事关大局。\n"
    )

    assert (parsed.kind.value, parsed.chair.name, parsed.items[0].title.value) == ("工作会议", "王岚", "防汛工作")


@pytest.mark.parametrize(
    ("opening", "body", "kind", "term"),
    [
        ("东浦街道党工委在北渚社区会议室召开联席会议", "东浦街道党工委", "联席会议", None),
        ("云川市召开了七届委员会第九次主席会议", "云川市人民政府", "主席会议", 7),
        ("县委书记王岚主持召开县委常委（扩大）会", None, "常委会议", None),
        ("王岚主持召开落实《云川市人民政府与北渚集团合作备忘录》协调会议", None, "协调会议", None),
    ],
)
def test_body_kind_and_term_of_reports(opening: str, body: str | None, kind: str, term: int | None):
    parsed = parse(f"2021年3月5日下午，{opening}。\n{SPOKEN}")

    assert (parsed.body and parsed.body.value) == body
    assert (parsed.kind.value, parsed.term and parsed.term.value) == (kind, term)


@pytest.mark.parametrize(
    ("opening", "body", "kind", "number"),
    [
        ("在区委会议室，召开了北渚生态园建设协调指挥部工作会议", "北渚生态园建设协调指挥部", "指挥部会议", None),
        ("王岚主持召开集团2021年第2次安全生产委员会会议", None, "委员会会议", 2),
        ("市十六届人大四次会议主席团举行第一次会议", None, "主席团会议", 1),
        ("北渚社区组织全体社工召开工作会议", "北渚社区居民委员会", "工作会议", None),
        (
            "东浦街道组织学习区委在全区党建推进会上的讲话。东浦街道党工委副书记王岚主持会议",
            "东浦街道办事处",
            None,
            None,
        ),
    ],
)
def test_groups_and_communities_that_met(opening: str, body: str | None, kind: str | None, number: int | None):
    parsed = parse(f"2021年3月5日下午，{opening}。\n{SPOKEN}")

    assert (parsed.body and parsed.body.value, parsed.kind and parsed.kind.value) == (body, kind)
    assert (parsed.number and parsed.number.value) == number


def test_a_day_and_the_source_on_one_line_are_of_the_page():
    parsed = parse(f"召开会议部署工作\n2021-03-06 来源:北渚社区\n3月5日上午，北渚社区召开工作会议。\n{SPOKEN}")

    assert parsed.web_published_on.value.isoformat() == "2021-03-06"


def test_a_meeting_named_before_where_it_was_held_is_no_unit():
    parsed = parse(f"2021年3月5日，东山拓园工作调度会在拓园工作指挥部召开，王岚主持会议。\n{SPOKEN}")

    assert (parsed.body, parsed.place.value) == (None, "拓园工作指挥部")


@pytest.mark.parametrize(
    "head",
    ["2021年3月6日 00:00:00 来源 浏览量:180次", "文章来源:北渚网浏览量:发表时间:2021-03-06 10:48 责任编辑:王岚"],
)
def test_lines_with_counts_and_days_are_of_the_page(head: str):
    parsed = parse(f"东山区召开调度会\n{head}\n3月5日，东山区调度会召开，王岚主持会议。\n{SPOKEN}")

    assert (parsed.web_published_on.value.isoformat(), parsed.date.value.isoformat()) == ("2021-03-06", "2021-03-05")
    assert parsed.number is None


def test_the_year_before_the_body_of_the_number():
    parsed = parse(f"2月17日，县长王岚主持召开2021年县政府党组第3次会议。\n{SPOKEN}")

    assert (parsed.date.value.isoformat(), parsed.kind.value, parsed.number.value) == ("2021-02-17", "党组会议", 3)


def test_a_study_group_and_a_city():
    parsed = parse(f"2021年3月5日，高新区召开党工委理论学习中心组学习（扩大）会议。\n{SPOKEN}")
    joint = parse(
        "会议纪要\n（云建函〔2021〕9号）\n2021年3月5日，云川规划局长联席会议在北渚召开。\n一、审议章程\n会议同意。\n"
    )

    assert parsed.kind.value == "理论学习中心组学习会议"
    assert (joint.place.value, joint.doc_number.value) == ("北渚", "云建函〔2021〕9号")


def test_meetings_that_one_heard_of_are_not_the_meeting():
    parsed = parse(f"2021年3月5日，区工委会议召开，传达学习市长主持召开市政府第9次常务会议的部署。\n{SPOKEN}")

    assert (parsed.kind.value, parsed.number) == ("工委会议", None)


def test_who_forwards_the_minutes_did_not_meet():
    notice = (
        "北渚镇人民政府关于转发《南屏县人民政府防汛专题会议纪要》的通知\n各村（社区）：\n"
        "现将会议纪要转发给你们，请认真贯彻执行。\n北渚镇人民政府\n2021年3月12日\n"
    )
    parsed = parse(
        f"{notice}防汛专题会议纪要\n2021年3月5日，副县长沈一舟主持召开专题会议。\n一、关于泵站检修\n会议同意。\n"
    )

    assert parsed.body.value == "南屏县人民政府"


def test_the_body_stays_open_where_only_who_forwards_is_named():
    notice = "北渚镇人民政府关于转发县安委会会议纪要的通知\n各村（社区）：\n现将会议纪要转发给你们，请认真贯彻执行。\n"
    parsed = parse(f"{notice}安全会议纪要\n2021年3月5日，县长王岚主持召开会议。\n一、关于燃气安全\n会议同意。\n")

    assert parsed.body is None
    assert "body-missing" in codes(parsed) or "body-uncertain" in codes(parsed)


@pytest.mark.parametrize(
    ("opening", "body"),
    [
        ("3月5日，云川市防汛工作推进会召开，副市长沈一舟主持会议。", "云川市人民政府"),
        ("3月5日，云川市开发区防汛座谈会在市政府礼堂举行，沈一舟主持会议。", "云川市人民政府"),
        ("3月5日，南屏县安委会第2次全体会议召开，副县长沈一舟主持会议。", "南屏县安委会"),
        ("3月5日，南屏县副县长沈一舟主持召开防汛工作协调会。", "南屏县人民政府"),
        ("3月5日，全市防汛工作推进会召开，副市长沈一舟主持会议。", None),
    ],
)
def test_the_place_that_the_name_of_a_meeting_begins_with(opening: str, body: str | None):
    parsed = parse(f"{opening}\n会议听取了市水务局关于防汛的汇报。\n")

    assert (parsed.body.value if parsed.body else None) == body
    assert body or "body-missing" in codes(parsed)


def test_a_post_before_the_name_of_the_chair_and_one_behind_it():
    parsed = parse("3月5日，县安委会主任林望副总裁主持召开安全会议。\n会议听取了县应急局的汇报。\n")

    assert (parsed.chair.name, parsed.chair.title) == ("林望", "县安委会主任")


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("3月5日，南屏县召开2021年安委会第三次会议暨防汛工作会。", "安委会会议"),
        ("3月5日上午，区建设局副局长沈一舟组织召开节水政策研讨会，建设单位负责人参加会议。", "研讨会议"),
    ],
)
def test_kinds_of_committees_and_of_talks(opening: str, kind: str):
    assert parse(f"{opening}\n会议听取了防汛准备情况的汇报。\n").kind.value == kind


def test_the_body_that_a_report_below_the_page_names():
    page = "来源：东浦区融媒体中心\n编辑：周禾\n媒体报道：东浦区政府召开第16届12次常务会议\n"
    parsed = parse(f"{OPENING}会议听取了关于防汛的汇报。\n{page}")

    assert parsed.body.value == "东浦区人民政府"


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("3月15日，区委书记王岚主持召开区委常委会，传达学习有关文件。", "常委会会议"),
        ("3月8日，我市召开2018年第二次城建专班会议，听取相关单位工作汇报。", "专班会议"),
    ],
)
def test_kinds_of_standing_committees_and_task_forces(opening: str, kind: str):
    parsed = parse(f"{opening}\n会议传达学习了《节水条例》。\n")

    assert parsed.kind.value == kind
    assert [item.title.value for item in parsed.items] == ["传达学习《节水条例》"]


def test_a_consultative_conference_met_and_no_government():
    parsed = parse(
        "东浦区融媒体中心讯（记者周禾）12月30日，东浦区政协党组书记、主席王岚主持召开区政协党组（扩大）会议暨九届三十一次主席会议。\n"
        "会议传达学习了《节水条例》。\n"
    )

    assert parsed.body.value == "东浦区政协"


def test_a_university_with_the_year_before_its_name():
    text = "2006年度北渚大学第一次校长办公会议纪要\n创建时间：  2006/02/22  -管理员   浏览次数：\n"
    parsed = parse(
        f"{text}北渚大学第一次校长办公会议于2月20日召开。会议由副校长沈一舟主持。\n一、关于改革方案\n会议同意。\n"
    )

    assert parsed.body.value == "北渚大学"
    assert parsed.web_published_on.value.isoformat() == "2006-02-22"
    assert "line-unaccounted" not in codes(parsed)


def test_the_presidium_of_a_congress():
    opening = "2月13日上午，南屏县第十六届人民代表大会第四次会议主席团召开第二次会议。会议由主任王岚主持。"
    parsed = parse(f"{opening}\n会议听取了各代表团审议情况的汇报。\n")

    assert parsed.body.value == "南屏县第十六届人民代表大会第四次会议主席团"


def test_the_committee_of_a_village():
    parsed = parse(
        "会议时间：2012年10月20日\n王岚主持召开村委会扩大会议，研究有关工作。\n一、民政工作\n由各组组长负责收缴。\n"
    )

    assert parsed.kind.value == "村委会会议"


@pytest.mark.parametrize(
    ("opening", "body", "kind"),
    [
        (
            "1月24日上午，云川市新型冠状病毒感染的肺炎防控指挥部第二次会议召开，市长王岚指出，要加强防控。",
            "云川市新型冠状病毒感染的肺炎防控指挥部",
            "指挥部会议",
        ),
        (
            "2月8日，文屏镇第十五届人民代表大会第一次会议在镇政府四楼会议室召开。",
            "文屏镇人民代表大会",
            "人民代表大会会议",
        ),
        ("3月5日，荆州市防汛工作推进会召开，沈一舟主持会议。", "荆州市人民政府", "推进会议"),
    ],
)
def test_headquarters_and_congresses(opening: str, body: str, kind: str):
    parsed = parse(f"{opening}\n会议审议了《文屏镇政府工作报告》。\n")

    assert (parsed.body.value, parsed.kind.value) == (body, kind)


def test_labels_whose_values_are_in_the_next_line():
    parsed = parse(
        "图文回放：东浦区政府召开第16届12次常务会议\n会议时间：\n2021年3月5日上午9：30\n会议地点：\n区长会议室\n会议主持人：\n区长王岚\n"
        "列席情况：\n沈一舟、周禾\n东浦区政府第16届12次常务会议在区长会议室召开。\n一、研究防汛工作\n会议同意。\n"
    )

    assert (parsed.date.value.isoformat(), parsed.place.value, parsed.chair.name) == (
        "2021-03-05",
        "区长会议室",
        "王岚",
    )
    assert [one.name for one in parsed.attendance] == ["沈一舟", "周禾"]


def test_the_number_of_a_congress_is_not_that_of_its_presidium():
    parsed = parse(
        "区十六届人大一次会议主席团举行第四次会议\n1月14日上午，区十六届人大一次会议主席团举行第四次会议。\n会议听取了审议情况的汇报。\n"
    )

    assert parsed.number.value == 4
    assert "conflicting-numbers" not in codes(parsed)


@pytest.mark.parametrize(
    "line",
    [
        "来源： 王岚 沈一舟 2021-09-15 09：10：51 责编： 周禾",
        "- 2021年09月15日来源：新闻中心",
        "来自： 时间：2021-09-15",
    ],
)
def test_the_day_of_a_page_beside_its_source(line: str):
    parsed = parse(f"文屏街道召开推进会\n{line}\n9月10日，文屏街道召开推进会，沈一舟主持会议。\n会议听取了汇报。\n")

    assert parsed.web_published_on.value.isoformat() == "2021-09-15"
    assert parsed.date.value.isoformat() == "2021-09-10"
    assert "line-unaccounted" not in codes(parsed)


def test_a_zone_that_the_title_of_a_page_names():
    parsed = parse(
        "- 云川市开发区召开重点部门工作过堂会\n2月8日，开发区召开重点部门工作过堂会，区党工委书记王岚出席会议。\n"
        "会议听取了汇报。\n"
    )

    assert (parsed.body.value, parsed.kind.value) == ("云川市开发区管委会", "过堂会议")


def test_the_term_and_number_of_a_presidium():
    parsed = parse("3月11日下午，县十五届人大三次会议大会主席团第二次会议召开。\n会议听取审议情况汇报。\n")

    assert (parsed.term.value, parsed.number.value) == (15, 2)


def test_a_joint_meeting_whose_minutes_an_office_sends_out():
    notice = (
        "北渚省建设厅关于印发《北渚平原规划局长联席会议第一次全体会议纪要》的通知\n各市规划局：\n现将会议纪要印发给你们。\n"
        "北渚省建设厅\n二〇〇七年九月十四日\n"
    )
    minutes = "北渚平原规划局长联席会议第一次全体会议纪要\n会议于2007年7月25日在云川召开。\n一、审议章程\n会议同意。\n"
    parsed = parse(notice + minutes)

    assert parsed.body.value == "北渚平原规划局长联席会议"


def test_words_of_a_sentence_are_no_place():
    """In 分管区长 no district 分管区 is named."""
    assert parse(f"常务会议纪要\n{OPENING}{ITEM}列席：分管区长沈一舟\n").body is None


def test_no_meeting_is_a_year_before_its_minutes_are_printed():
    printed = "云川市人民政府办公室  2021年3月1日印发\n"
    parsed = parse(f"会议纪要\n3月5日，区长王岚主持召开区政府第12次常务会议。\n{ITEM}{printed}")

    assert (parsed.date, str(parsed.issued_on and parsed.issued_on.value)) == (None, "2021-03-01")
    assert "date-without-year" in codes(parsed)
