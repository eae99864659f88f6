"""Test starts, titles, documents and reporters of items. All texts are invented."""

import pytest

from minutes.parser.pipeline import parse
from minutes.parser.types import AgendaItem, ParsedMinutes

TITLE = "云川市人民政府常务会议纪要\n"
OPENING = "2021年3月5日，市长王岚主持召开市政府第12次常务会议。"
CAME = "出席：王岚  沈一舟\n"


def minutes_saying(text: str, opening: str = OPENING) -> ParsedMinutes:
    return parse(f"{TITLE}{opening}\n{text}\n{CAME}")


def titles(parsed: ParsedMinutes) -> list[str]:
    return [item.title.value for item in parsed.items]


def outcomes(item: AgendaItem) -> list[str]:
    return [decision.outcome.value for decision in item.decisions if decision.outcome]


def leads(item: AgendaItem) -> list[str]:
    return [unit.value for decision in item.decisions for unit in decision.lead]


def documents(item: AgendaItem) -> list[str]:
    return [document.title for document in item.documents]


def test_a_numbered_line_of_an_item_is_not_the_opening():
    parsed = minutes_saying(
        "会议研究了以下事项：\n一、听取重点工作情况的汇报\n1. 招商工作：已签约三个项目。\n"
        "2. 对口支援工作：已召开座谈会，梳理项目。\n会议同意该汇报。",
        "",
    )

    assert [paragraph.marker for paragraph in parsed.items[0].paragraphs] == ["1.", "2.", None]
    assert "对口支援" not in (parsed.opening.text if parsed.opening else "")


def test_a_matter_told_within_the_opening_is_an_item():
    parsed = parse(f"{TITLE}{OPENING}会议审议了《云川市节水条例》，原则同意，由市水务局按程序印发。\n{CAME}")

    (item,) = parsed.items
    assert item.title.value == "审议《云川市节水条例》"
    assert (outcomes(item), leads(item), documents(item)) == (["原则同意"], ["市水务局"], ["云川市节水条例"])
    assert parsed.opening.text == OPENING


def test_a_matter_told_only_in_the_opening_is_an_item_with_what_was_said_of_it():
    parsed = minutes_saying(
        "会议强调，要压实防汛责任。\n会议要求，各地要清理河道。\n",
        "2021年3月5日，市长王岚主持召开市政府第12次常务会议。会议听取了市水务局关于防汛准备情况的汇报。\n",
    )
    assert titles(parsed) == ["听取市水务局关于防汛准备情况的汇报"]
    assert [paragraph.text for paragraph in parsed.items[0].paragraphs] == [
        "会议听取了市水务局关于防汛准备情况的汇报。",
        "会议强调，要压实防汛责任。",
        "会议要求，各地要清理河道。",
    ]


def test_the_opening_keeps_what_it_only_announces():
    announced = f"{OPENING}会议审议了《云川市节水条例》。"
    parsed = minutes_saying("一、审议《云川市节水条例》\n会议原则同意，由市水务局按程序印发。", announced)

    assert titles(parsed) == ["审议《云川市节水条例》"]
    assert parsed.opening.text == announced


def test_neighbouring_decisions_are_items_of_their_own():
    parsed = minutes_saying(
        "会议同意，市水务局提交的汛前检查方案。由市水务局组织实施。\n会议同意，将第二中学更名为云川中学。由市教育局办理更名手续。"
    )

    assert [leads(item) for item in parsed.items] == [["市水务局"], ["市教育局"]]
    assert [outcomes(item) for item in parsed.items] == [["同意"], ["同意"]]


def test_a_decision_behind_a_report_belongs_to_it():
    parsed = minutes_saying(
        "会议听取了市水务局关于汛前检查的汇报。\n会议同意，市水务局提出的意见。\n会议同意，增拨检查经费。由市财政局拨付。"
    )

    (item,) = parsed.items
    assert outcomes(item) == ["同意", "同意"]


def test_an_agenda_before_the_decisions_is_no_item():
    parsed = minutes_saying(
        "会议审议了《云川市节水条例》《云川市防汛预案》和《云川市河道管理办法》。\n"
        "会议原则同意《云川市节水条例》，由市水务局按程序印发。\n"
        "会议原则通过《云川市防汛预案》，由市应急局报省政府备案。\n"
        "会议原则同意《云川市河道管理办法》，由市水务局修改完善。"
    )

    assert [documents(item) for item in parsed.items] == [
        ["云川市节水条例"],
        ["云川市防汛预案"],
        ["云川市河道管理办法"],
    ]
    assert [outcomes(item) for item in parsed.items] == [["原则同意"], ["原则通过"], ["原则同意"]]
    assert parsed.opening.text.endswith("《云川市河道管理办法》。")


def test_a_matter_begun_amid_a_paragraph_is_an_item_of_its_own():
    parsed = minutes_saying(
        "会议听取了一季度信访工作情况的汇报，要求各部门做好接访。会议审议并原则通过了《云川市节水条例》，由市水务局按程序印发。"
    )

    assert titles(parsed) == ["听取一季度信访工作情况的汇报", "审议并原则通过《云川市节水条例》"]
    assert [outcomes(item) for item in parsed.items] == [[], ["原则通过"]]


def test_matters_listed_in_one_sentence_are_items_of_their_own():
    parsed = minutes_saying(
        "会议传达了全省水利工作会议精神；审定了市水务局送审的《云川市节水条例》；研究了《关于采购水泵的请示》、《关于检修泵站的请示》。"
    )

    assert titles(parsed) == [
        "传达全省水利工作会议精神",
        "审定市水务局送审的《云川市节水条例》",
        "研究《关于采购水泵的请示》、《关于检修泵站的请示》",
    ]
    assert [len(item.documents) for item in parsed.items] == [0, 1, 2]


def test_matters_named_in_the_sentence_of_the_meeting_are_items_where_nothing_else_is_told():
    opening = OPENING.replace("。", "，传达学习全省水利工作会议精神；审议《云川市节水条例》。")
    parsed = minutes_saying("会议还研究了其他事项。", opening)

    assert titles(parsed) == ["传达学习全省水利工作会议精神", "审议《云川市节水条例》"]
    assert parsed.opening.text == OPENING.replace("。", "，")
    assert parsed.closing.text == "会议还研究了其他事项。"


def test_who_chaired_and_came_is_no_item():
    parsed = minutes_saying(
        "会议由市长王岚主持。\n副市长沈一舟、贺鸣出席会议，市直有关部门负责人列席会议。\n会议审议了《云川市节水条例》，原则同意。",
        "2021年3月5日，市政府召开第12次常务会议。",
    )

    assert titles(parsed) == ["审议《云川市节水条例》"]
    assert parsed.chair.name == "王岚"


def test_an_announcement_stays_in_the_opening_even_with_its_outcome():
    announced = f"{OPENING}会议审议并原则通过《云川市节水条例》等事项。"
    parsed = minutes_saying("会议审议并原则通过了《云川市节水条例》。会议强调，要抓好节水。", announced)

    assert len(parsed.items) == 1
    assert parsed.opening.text == announced


@pytest.mark.parametrize("quotes", ["“{}”", '"{}"'])
def test_titles_in_quotation_marks_are_documents(quotes: str) -> None:
    rules = quotes.format("云川市养老服务管理办法（草案）")
    parsed = parse(
        f"云川市人民政府常务会议纪要\n\n一、审议{rules}\n会议原则通过{rules}，推行“一企一策”和“负面清单”。\n"
    )

    (item,) = parsed.items
    assert [document.title for document in item.documents] == ["云川市养老服务管理办法（草案）"]
    assert [document.stage for document in item.documents] == ["草案"]
    assert item.mentions == ()
    assert item.title.value == f"审议{rules}"


def test_a_report_and_the_document_it_is_on_are_one_item():
    parsed = minutes_saying(
        "会议听取了市水务局关于《云川市节水条例》的汇报，强调要广泛征求意见。会议审议了《云川市节水条例》，原则同意。"
    )

    assert titles(parsed) == ["听取市水务局关于《云川市节水条例》的汇报"]


NEXT_MATTERS = {
    "会议就当前防汛工作进行部署安排。": "部署",
    "会议对安全生产工作作了再部署。": "部署",
    "会议还专题部署了防汛工作。": "部署",
    "会议观看了警示教育片。": "观看",
    "会议调度了重点项目建设。": "调度",
}


@pytest.mark.parametrize("sentence", NEXT_MATTERS)
def test_what_the_meeting_turned_to_next_is_an_item(sentence: str):
    parsed = minutes_saying(f"会议审议了《云川市节水条例》，原则同意，由市水务局按程序印发。\n{sentence}")

    assert len(parsed.items) == 2
    assert parsed.items[1].paragraphs[0].text == sentence
    assert [action.value for action in parsed.items[1].actions] == [NEXT_MATTERS[sentence]]


def test_a_matter_named_by_its_document_at_the_end_is_an_item():
    parsed = minutes_saying(
        "一、审议《云川市节水条例》\n会议原则同意，由市水务局按程序印发。\n会议还研究了《云川市防汛预案》等事项。"
    )

    assert titles(parsed) == ["审议《云川市节水条例》", "研究《云川市防汛预案》等事项"]
    assert documents(parsed.items[1]) == ["云川市防汛预案"]
    assert parsed.closing is None


def test_other_matters_without_a_document_stay_at_the_end():
    parsed = minutes_saying("一、审议《云川市节水条例》\n会议原则同意。\n会议还研究了人事任免等事项。")

    assert len(parsed.items) == 1
    assert parsed.closing.text == "会议还研究了人事任免等事项。"


TITLES = {
    "会议听取了市水务局关于防汛准备情况的汇报，并就有关内容进行了讨论。": "听取市水务局关于防汛准备情况的汇报",
    "会议审议了《云川市节水条例》（以下简称《条例》），会议指出，节水是大事。": "审议《云川市节水条例》",
    "会议传达学习了全省水利工作会议精神，并围绕贯彻落实作了讨论。": "传达学习全省水利工作会议精神",
    "会议听取了一季度信访工作情况的汇报并指出，接访要及时。": "听取一季度信访工作情况的汇报",
    "会议研究了关于了解群众用水困难的工作方案。": "研究关于了解群众用水困难的工作方案",
    "会议审议了《关于为了群众用水安全审议了的方案》。": "审议《关于为了群众用水安全审议了的方案》",
}


@pytest.mark.parametrize("sentence", TITLES)
def test_a_derived_title_is_as_short_as_a_title(sentence: str):
    parsed = minutes_saying(f"{sentence}会议要求做好落实。\n会议听取了信访工作情况的汇报。")

    assert titles(parsed)[0] == TITLES[sentence]


def test_every_document_of_a_long_first_sentence_is_what_the_item_is_about():
    names = [f"云川市第{number}水厂供水设施改造工程建设管理办法" for number in "一二三四五六七八九"]
    parsed = minutes_saying(f"会议审议了{''.join(f'《{name}》' for name in names)}，并就有关问题进行了讨论。")

    (item,) = parsed.items
    assert documents(item) == names
    assert item.mentions == ()


def test_a_further_sentence_without_a_subject_is_an_item_with_its_documents():
    parsed = minutes_saying("会议学习研讨了《云川水利史话》。审议了《云川市节水条例》《云川市防汛预案》等。")

    assert [documents(item) for item in parsed.items] == [["云川水利史话"], ["云川市节水条例", "云川市防汛预案"]]


def test_what_is_only_to_be_followed_is_no_document_of_the_item():
    parsed = minutes_saying("会议研究了市卫健委《关于采购设备的请示》，要求按照《云川市采购办法》办理。")

    (item,) = parsed.items
    assert documents(item) == ["关于采购设备的请示"]
    assert [mention.value for mention in item.mentions] == ["云川市采购办法"]


REPORTERS = {
    "会议听取了市水务局工作情况汇报。": ["市水务局"],
    "会议听取了市水务局、市应急局防汛准备情况的汇报。": ["市水务局", "市应急局"],
    "会议听取了市水务局关于防汛准备情况的汇报。": ["市水务局"],
    "会议听取了市城市管理和综合执法局关于停车管理的汇报。": ["市城市管理和综合执法局"],
    "会议听取了市水务局局长沈一舟同志关于防汛的汇报。": ["市水务局"],
    "会议同意，市水务局提交的《云川市节水条例》。": ["市水务局"],
    "会议原则通过市水务局、市应急局《云川市防汛预案》。": ["市水务局", "市应急局"],
    "会议审定了市委编办送审的《云川市乡镇机构方案》。": ["市委编办"],
    "会议听取了市水务局关于防汛的汇报以及市应急局关于巡查的汇报。": ["市水务局", "市应急局"],
    "会议听取了副市长沈一舟关于防汛的汇报。": [],
    "会议听取了市水务局等部门关于防汛的汇报。": ["市水务局"],
    "会议听取并审议了市水务局关于防汛的汇报。": ["市水务局"],
    "会议听取了云川水务集团关于供水的汇报。": ["云川水务集团"],
    "会议听取了上半年经济运行情况的汇报。": [],
    "会议听取了全市防汛准备工作情况汇报。": [],
    "会议听取了市水务局等部门关于防汛准备情况的汇报。": ["市水务局"],
    "会议研究了由市水务局提交的《云川市防汛预案》。": ["市水务局"],
    "会议听取了市国资委主任、市国资公司关于改革情况的汇报。": ["市国资委", "市国资公司"],
}


@pytest.mark.parametrize("sentence", REPORTERS)
def test_who_reported(sentence: str):
    parsed = minutes_saying(f"一、研究有关工作\n{sentence}")

    assert [unit.value for unit in parsed.items[0].reported_by] == REPORTERS[sentence]


def test_each_of_several_decisions_names_who_reported():
    parsed = minutes_saying(
        "一、关于民生工作有关问题\n（一）会议原则同意供热价格调整意见。\n（二）会议原则同意公交线路调整意见。\n"
        "（三）会议同意市民政局、市财政局提交的《云川市养老服务办法》。"
    )

    reported_by = [unit.value for unit in parsed.items[0].reported_by]
    assert reported_by == ["市民政局", "市财政局"]


def test_the_place_behind_在():
    parsed = minutes_saying("一、研究防汛工作\n会议同意。", "2021年3月5日，市长王岚在市防汛指挥部召开专题会议。")

    assert parsed.place.value == "市防汛指挥部"


def test_a_document_decided_on_by_its_short_title_is_what_the_item_is_about():
    parsed = minutes_saying(
        "一、研究节水工作\n会议听取了市水务局关于《云川市节水条例（草案）》（以下简称《条例》）的汇报。会议原则同意《条例》。"
    )

    (document,) = parsed.items[0].documents
    assert (document.title, document.short_title) == ("云川市节水条例（草案）", "条例")
    assert parsed.items[0].mentions == ()


def test_two_documents_taken_up_by_the_end_of_their_titles_are_two():
    parsed = minutes_saying(
        "一、审议《云川市节水办法》《云川市供水办法》等两个文件\n会议审议并原则通过两个《办法》，由市水务局印发。"
    )

    assert documents(parsed.items[0]) == ["云川市节水办法", "云川市供水办法"]


def test_the_stage_may_stand_behind_the_title():
    parsed = minutes_saying("一、审议《云川市节水条例》（修订草案）\n会议原则同意。")

    (document,) = parsed.items[0].documents
    assert (document.title, document.stage) == ("云川市节水条例", "修订草案")


def test_words_before_a_title_are_not_of_it():
    parsed = minutes_saying("一、第一议题：传达学习全省水利工作会议精神\n会议要求抓好落实。")

    assert titles(parsed) == ["传达学习全省水利工作会议精神"]


def test_orders_behind_numbers_are_no_items():
    parsed = minutes_saying(
        "会议决定：\n1.组织开展堤防巡查，由市水务局负责。\n2.继续做好排涝，由市城管局负责。\n3.重点抓好值守，由市应急局负责。"
    )

    assert len(parsed.items) == 1


def test_a_line_that_decides_is_a_paragraph_of_its_own():
    parsed = minutes_saying("一、研究堤防加固工作\n市财政局汇报了资金安排情况\n原则同意市财政局的意见。")

    texts = [paragraph.text for paragraph in parsed.items[0].paragraphs]
    assert texts == ["市财政局汇报了资金安排情况", "原则同意市财政局的意见。"]


def test_a_line_that_goes_on_with_同意_is_none():
    parsed = minutes_saying("一、研究堤防加固工作\n迁移管线要事先征求群众\n同意，由市水务局负责。")

    (paragraph,) = parsed.items[0].paragraphs
    assert paragraph.text == "迁移管线要事先征求群众同意，由市水务局负责。"


def test_an_item_that_only_says_something_is_called_by_the_document_it_deliberated():
    parsed = minutes_saying(
        "会议指出，节水要依据《云川市水资源规划》，并审议《云川市节水条例》。会议要求抓好落实。\n会议听取了信访工作情况的汇报。"
    )

    assert titles(parsed)[0] == "审议《云川市节水条例》"


def test_paragraphs_that_decide_in_principle_are_items_however_they_begin():
    parsed = minutes_saying("经研究，原则同意市水务局的检查方案。\n经讨论，原则通过市应急局的演练方案。")

    assert [outcomes(item) for item in parsed.items] == [["原则同意"], ["原则通过"]]


def test_circled_numbers_begin_paragraphs():
    parsed = minutes_saying("一、研究堤防加固工作\n会议决定：\n①由市水务局负责巡查。\n②由市城管局负责排涝。")

    assert [paragraph.marker for paragraph in parsed.items[0].paragraphs] == [None, "①", "②"]


def test_an_opening_without_an_end_mark_stops_before_the_first_matter():
    parsed = parse(
        "2021年3月5日，市长王岚主持召开市政府第12次常务会议，听取有关工作汇报，审议有关文件\n"
        "会议传达学习全市防汛工作会议精神强调，要抓好值守。\n会议听取粮食收购情况汇报强调，要保障资金。\n"
    )

    assert titles(parsed) == ["传达学习全市防汛工作会议精神", "听取粮食收购情况汇报"]
    assert parsed.opening.text.endswith("审议有关文件")


def test_further_matters_behind_a_comma():
    parsed = minutes_saying(
        "会前学习了《云川市节水条例》，讨论了《政府工作报告（草案）》、《云川市公交规划》。\n"
        "会议书面审议了《云川市法治建设报告》，书面听取了关于云川市上半年预算执行情况的报告。"
    )

    assert titles(parsed) == [
        "学习《云川市节水条例》",
        "讨论《政府工作报告（草案）》、《云川市公交规划》",
        "书面审议《云川市法治建设报告》",
        "书面听取关于云川市上半年预算执行情况的报告",
    ]


def test_an_agenda_that_shares_its_paragraph_with_the_decisions():
    parsed = minutes_saying(
        "审议《云川市节水条例》，听取市政府办关于建议办理情况的汇报，审议《云川市公交规划》。会议原则通过《云川市节水条例》。\n"
        "会议原则同意市政府办关于建议办理情况的汇报。会议原则通过《云川市公交规划》。责成市交通局修改完善后，履行发文程序。"
        "会议还研究了其他事项。"
    )

    assert [(documents(item), outcomes(item), leads(item)) for item in parsed.items] == [
        (["云川市节水条例"], ["原则通过"], []),
        ([], ["原则同意"], []),
        (["云川市公交规划"], ["原则通过"], ["市交通局"]),
    ]
    assert parsed.items[2].decisions[0].next_step.value == "履行发文程序"
    assert parsed.closing.text == "会议还研究了其他事项。"


@pytest.mark.parametrize(
    ("sentence", "reporters"),
    [
        ("会议原则同意市交投集团提出的北渚大桥加固方案，依法依规组织实施。", ["市交投集团"]),
        ("会议原则同意市财政局关于调整预算的意见。", ["市财政局"]),
        ("会议同意市水务局就堤防加固工程开展招标。", []),
        ("会议听取了云川市人民政府与南屏大学、北渚学会合作事宜相关情况汇报。", []),
        ("会议听取了市水务局、应急局、气象局防汛准备情况的汇报。", ["市水务局", "应急局", "气象局"]),
        ("会议听取了市财政局二级主任科员周禾同志《关于预算调整的报告》。", ["市财政局"]),
        ("会议听取了水务局关于防汛、应急局关于巡查、北渚镇关于征迁情况的汇报。", ["水务局", "应急局", "北渚镇"]),
        ("会议听取了市水务局局长周禾关于防汛、市应急局局长林望关于巡查的汇报。", ["市水务局", "市应急局"]),
        ("会议听取了水利局周禾关于防汛情况、农业农村局林望同志关于春耕的汇报。", ["水利局", "农业农村局"]),
        ("会议听取了市发展和改革局关于项目情况的汇报。", ["市发展和改革局"]),
    ],
)
def test_who_brought_a_matter_forward(sentence: str, reporters: list[str]):
    parsed = minutes_saying(f"一、研究有关事项\n{sentence}")

    assert [unit.value for unit in parsed.items[0].reported_by] == reporters


def test_a_text_of_one_short_line():
    parsed = parse(
        "南屏县人民政府常务会议纪要 2021年3月5日，县长王岚主持召开县政府第8次常务会议，纪要如下："
        "一、审议《南屏县公墓管理办法》。会议原则同意，由县民政局印发。二、关于第二小学扩建问题。会议同意县教育局的方案。出席：王岚、沈一舟。记录：左岸"
    )

    assert titles(parsed) == ["审议《南屏县公墓管理办法》", "关于第二小学扩建问题"]
    assert parsed.opening.text.startswith("2021年3月5日")
    assert [one.name for one in parsed.attendance] == ["王岚", "沈一舟"]
    assert parsed.recorder.value == "左岸"


def test_matters_within_one_line_that_no_number_parts():
    parsed = parse(
        "2021年3月5日，云川市市长王岚主持召开市政府第12次常务会议。会议审议《云川市节水条例（草案）》，原则同意，"
        "由市水务局修改完善后按程序印发。会议听取市应急局关于防汛准备情况的汇报，要求各县区抓好值守。"
    )

    assert titles(parsed) == ["审议《云川市节水条例（草案）》", "听取市应急局关于防汛准备情况的汇报"]
    assert leads(parsed.items[0]) == ["市水务局"]


def test_an_agenda_without_minutes_below_it_gives_the_items():
    parsed = parse(
        "云川市开发区管委会办公会议记录\n时间：2021年3月5日\n主持人：王岚\n出席者：沈一舟 周禾\n"
        "记录人：左岸（管委会办公室秘书）\n讨论议题：\n1、如何整顿市场秩序\n2、如何制止违章建筑，\n维护市容市貌\n"
    )

    assert titles(parsed) == ["如何整顿市场秩序", "如何制止违章建筑，维护市容市貌"]
    assert parsed.recorder.value == "左岸"


def test_a_numbered_point_that_settles_something_else_is_a_decision_of_its_own():
    parsed = minutes_saying(
        "一、关于农村住房有关问题\n（一）会议原则同意县民政局提交的《云川市住房救助办法》。\n"
        "（二）会议同意将资金分配方案提交市委常委会研究。\n（三）会议明确，危房改造由市住建局负责，7月15日前完成。"
    )

    assert [
        (
            decision.outcome and decision.outcome.value,
            [unit.value for unit in decision.lead],
            decision.next_step and decision.next_step.value,
            [deadline.text for deadline in decision.deadlines],
        )
        for decision in parsed.items[0].decisions
    ] == [
        ("原则同意", [], None, []),
        ("同意", [], "提交市委常委会研究", []),
        (None, ["市住建局"], None, ["7月15日前"]),
    ]


def test_units_that_reported_one_after_the_other():
    parsed = minutes_saying(
        "会议听取了北渚交投公司关于项目建设推进情况、农发行关于资金管理规定以及市交运局关于建设管理初步意见的汇报。"
    )

    assert [unit.value for unit in parsed.items[0].reported_by] == ["北渚交投公司", "农发行", "市交运局"]


def test_matters_that_the_opening_names_over_several_sentences():
    parsed = parse(
        "3月5日，县长王岚主持召开县政府第12次常务会议，会议学习了《云川市节水条例》；传达了全市防汛工作会议精神。"
        "听取上半年民生实事进展情况汇报。县领导沈一舟、周禾参加会议。\n"
    )

    assert titles(parsed) == ["学习《云川市节水条例》", "传达全市防汛工作会议精神", "听取上半年民生实事进展情况汇报"]
    assert [one.name for one in parsed.attendance] == ["沈一舟", "周禾"]
    assert "学习" not in parsed.opening.text


def test_a_meeting_named_first_tells_its_matter_in_the_same_sentence():
    parsed = parse(
        "3月5日，区政府第45次常务会议召开，听取重点领域安全生产工作情况汇报。区长王岚主持会议并讲话。会议指出，要防患未然。\n\n"
        "智能推荐\n政府信息公开 政务服务 互动交流\n"
    )

    assert titles(parsed) == ["听取重点领域安全生产工作情况汇报"]
    assert (parsed.chair.name, parsed.attendance) == ("王岚", ())
    assert [noise.reason for noise in parsed.noise] == ["web-foot", "web-foot"]


AGENDA = "议题：\n一、研究北渚水库除险加固方案\n二、研究城区供水价格调整问题\n"
POINTS = ("北渚水库除险加固方案原则同意。", "供水价格调整由市发改委开展成本监审。")


@pytest.mark.parametrize("numbers", [("（一）", "（二）"), ("一、", "二、"), ("1.", "2.")])
@pytest.mark.parametrize("written", ["", "2021年3月5日，市长王岚主持召开市政府第12次常务会议。"])
@pytest.mark.parametrize("lead_in", ["会议议定以下事项：\n", ""])
def test_points_below_an_agenda_are_of_its_matters_one_by_one(numbers: tuple[str, str], written: str, lead_in: str):
    points = "".join(f"{number}{point}\n" for number, point in zip(numbers, POINTS, strict=True))
    parsed = parse(f"云川市人民政府常务会议纪要\n主持人：王岚\n{AGENDA}{written}\n{lead_in}{points}出席：王岚\n")

    assert [item.title.value for item in parsed.items] == ["研究北渚水库除险加固方案", "研究城区供水价格调整问题"]
    assert [[paragraph.text for paragraph in item.paragraphs] for item in parsed.items] == [[each] for each in POINTS]
    assert "agenda-unmatched" not in [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    "points",
    [
        "（一）北渚水库除险加固方案原则同意。\n（二）供水价格从长计议。\n（三）由市水务局负责。\n",
        "（一）会议原则同意。\n（二）由市水务局负责。\n",
    ],
)
def test_points_that_nothing_assigns_to_the_matters_are_a_doubt(points: str):
    parsed = parse(f"云川市人民政府常务会议纪要\n主持人：王岚\n{AGENDA}{points}出席：王岚\n")

    assert "agenda-unmatched" in [problem.code for problem in parsed.problems]


def test_a_table_alone_is_called_by_its_first_matter_and_not_by_the_heads_of_its_columns():
    table = "序号\t议定事项\t责任单位\n1\t修缮沟渠\t市水务局\n2\t储备物资\t市应急局\n"

    assert (
        parse(f"2021年3月5日，市长王岚主持召开市政府第12次常务会议。\n{table}出席：王岚\n").items[0].title.value
        == "修缮沟渠"
    )


def test_what_was_said_goes_to_the_matter_of_the_opening_that_it_names():
    parsed = parse(
        "2021年3月5日，市长王岚主持召开市政府第12次常务会议，研究分析全市经济运行情况，听取防汛准备情况汇报，"
        "审议通过《云川市节水条例》等。\n会议强调，要看到经济运行的压力，坚定信心。\n"
        "会议指出，今年汛期来得早，防汛准备要做在前面。\n会议要求，各级各部门要担当作为。\n"
    )

    assert titles(parsed) == ["研究分析全市经济运行情况", "听取防汛准备情况汇报", "审议通过《云川市节水条例》等"]
    assert [len(item.paragraphs) for item in parsed.items] == [2, 2, 1]
    assert outcomes(parsed.items[2]) == ["通过"]
    assert parsed.closing.text == "会议要求，各级各部门要担当作为。"


def test_what_was_said_and_decided_below_one_matter_stays_with_it():
    parsed = parse(
        "2021年3月5日，市长王岚主持召开市政府第12次常务会议，听取防汛准备情况汇报，审议节水条例。\n"
        "会议强调，防汛要早。会议原则同意节水条例。\n"
    )

    assert parsed.closing is None
    assert [outcomes(item) for item in parsed.items] == [["原则同意"]]


def test_matters_told_behind_the_full_stop_of_the_meeting():
    parsed = parse(
        "2021年3月5日，区长王岚主持召开区政府第12次常务会议。传达学习省防汛会议精神，研究审议了节水、绿化等事项。\n"
        "沈一舟、周禾等参加会议。\n"
    )

    assert titles(parsed) == ["传达学习省防汛会议精神", "研究审议节水、绿化等事项"]
    assert [one.name for one in parsed.attendance] == ["沈一舟", "周禾"]


def test_sentences_without_a_subject_go_on_to_further_matters():
    parsed = minutes_saying(
        "会议传达学习了省防汛会议精神，审议了《云川市节水条例》。听取了水库除险情况汇报。研究了城区绿化方案。讨论了有关问题。"
    )

    assert titles(parsed) == [
        "传达学习省防汛会议精神", "审议《云川市节水条例》", "听取水库除险情况汇报", "研究城区绿化方案",
    ]  # fmt: skip
    assert [len(item.paragraphs) for item in parsed.items] == [1, 1, 1, 1]


def test_a_list_of_matters_in_the_present_and_who_came_behind_it():
    parsed = parse(
        "3月5日，县长王岚主持召开县政府第12次常务会议。会议审议《政府工作报告》（修改稿），研究防汛、绿化等工作。"
        "县人大、县政协相关领导列席会议。\n"
    )

    assert titles(parsed) == ["审议《政府工作报告》（修改稿）", "研究防汛、绿化等工作"]
    assert [one.organization for one in parsed.attendance] == ["县人大", "县政协"]


def test_a_meeting_that_heard_of_one_matter_and_adopted_another():
    parsed = parse(
        "2021年3月5日，市水务局召开党组会议专题听取党建工作汇报，审议通过《党建工作计划》。\n王岚肯定了党建工作。\n"
    )

    assert titles(parsed) == ["专题听取党建工作汇报", "审议通过《党建工作计划》"]


def test_what_one_person_heard_is_called_by_the_matter_of_the_opening():
    parsed = parse(
        "2021年3月5日，副市长沈一舟主持召开专题会议，研究水库除险工作。\n沈一舟听取了情况汇报，对问题逐一研究。\n"
    )

    assert titles(parsed) == ["研究水库除险工作"]


def test_numbered_sentences_above_points_are_no_agenda():
    parsed = parse(
        f"{TITLE}{OPENING}\n一、沈一舟汇报前期工作：方案已经完成，只等施工。\n二、会议强调\n1.征地已经到位。\n2.招标抓紧进行。\n{CAME}"
    )

    assert "agenda-unmatched" not in [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("written", "title", "paragraph"),
    [
        ("加强监测预警。县气象局要加密会商。", "加强监测预警", "县气象局要加密会商。"),
        ("县气象局加密会商。由县水务局配合。", None, "县气象局加密会商。由县水务局配合。"),
        ("原则上同意。由县水务局负责。", None, "原则上同意。由县水务局负责。"),
    ],
)
def test_a_short_first_sentence_behind_the_number_is_the_title(written: str, title: str | None, paragraph: str):
    item = parse(f"{TITLE}{OPENING}\n一、{written}\n二、严明工作纪律。县督查室要抓好督查。\n{CAME}").items[0]

    assert item.title_derived is (title is None)
    assert title in (None, item.title.value)
    assert [each.text for each in item.paragraphs] == [paragraph]


def test_what_is_only_to_be_followed_where_something_is_decided_is_no_document_of_the_item():
    written = "一、研究征收工作\n会议同意，补偿标准参照《云川市征收补偿办法》执行。\n"
    parsed = parse(f"{TITLE}{OPENING}\n{written}{CAME}")

    assert documents(parsed.items[0]) == []
    assert [mention.value for mention in parsed.items[0].mentions] == ["云川市征收补偿办法"]


def test_labels_of_an_item_are_paragraphs_of_their_own():
    parsed = parse(f"{TITLE}{OPENING}\n议题一：关于供水\n列席单位：市水务局、市财政局\n议定意见：原则同意。\n{CAME}")

    assert [each.text for each in parsed.items[0].paragraphs] == [
        "列席单位：市水务局、市财政局",
        "议定意见：原则同意。",
    ]


@pytest.mark.parametrize("width", [24, 30, 36])
def test_points_that_were_broken_over_lines_are_no_titles(width: int):
    written = (
        "会议原则同意南岸物流园用地报批方案，由市自然资源局修改完善后于6月底前报省政府批准，市财政局做好资金保障工作。"
    )
    lines = "\n".join(written[start : start + width] for start in range(0, len(written), width))
    parsed = parse(f"{TITLE}{OPENING}\n一、{lines}\n二、{lines}\n{CAME}")

    assert [item.title_derived for item in parsed.items] == [True, True]
    assert [paragraph.text for paragraph in parsed.items[0].paragraphs] == [written]


@pytest.mark.parametrize(
    "form",
    [
        "{number}、{title}：{text}", "（{digit}）{title}\n{text}",
        "{digit}）{title}\n{text}", "{circled}{title}\n{text}",
        "**{number}、{title}**\n{text}", "## {number}、{title}\n{text}",
        "议题：{title}\n{text}",
    ],
)  # fmt: skip
def test_one_list_of_items_in_many_hands(form: str):
    written = {
        "审议《云川市节水条例》": "会议原则通过《云川市节水条例》，由市司法局印发。",
        "研究北渚大道改造资金问题": "会议同意增加资金200万元。由市财政局负责。",
        "听取防汛工作情况汇报": "会议听取了市应急局关于防汛工作情况的汇报。",
    }
    items = "\n".join(
        form.format(number="一二三"[place], digit=place + 1, circled="①②③"[place], title=title, text=text)
        for place, (title, text) in enumerate(written.items())
    )
    parsed = parse(f"{TITLE}{OPENING}会议议定以下事项：\n{items}\n{CAME}")

    assert titles(parsed) == list(written)
    assert [outcomes(item) for item in parsed.items] == [["原则通过"], ["同意"], []]


def test_one_matter_more_behind_a_list_and_at_the_end():
    parsed = minutes_saying(
        "会议听取了防汛工作汇报；研究了节水方案。会议还听取关于修订《云川市绿化办法》等文件的汇报、关于信访工作的汇报。\n"
        "会议还审议通过了《云川市托管协议书》等议题，研究了峰会筹备工作等事宜。"
    )

    assert titles(parsed) == [
        "听取防汛工作汇报", "研究节水方案", "听取关于修订《云川市绿化办法》等文件的汇报、关于信访工作的汇报",
        "审议通过《云川市托管协议书》等议题", "研究峰会筹备工作等事宜",
    ]  # fmt: skip


def test_that_something_was_arranged_is_no_part_of_the_title():
    parsed = minutes_saying("会议听取了市水务局《关于防汛的报告》并安排部署相关工作。会议要求，抓好值守。")

    assert titles(parsed) == ["听取市水务局《关于防汛的报告》"]


def test_a_single_matter_behind_its_label_names_the_item():
    parsed = parse(
        "北渚乡乡长办公会议记录\n时间：2021年3月5日\n主持：王岚\n议题：研究冬季农田水利建设\n会议内容：\n"
        "沈一舟：汇报农田水利情况。\n周禾：同意实施。\n会议决定：同意实施清淤工程。\n"
    )

    assert titles(parsed) == ["研究冬季农田水利建设"]
    assert not parsed.items[0].title_derived
    assert outcomes(parsed.items[0]) == ["同意"]


def test_numbered_decisions_on_documents_are_items():
    parsed = minutes_saying(
        "1.会议原则通过《云川市节水条例》，由市水务局印发。\n"
        "2.会议同意市交通局关于购置公交车的请示。\n"
        "3.会议审议通过《云川市公园条例》。"
    )

    assert [outcomes(item) for item in parsed.items] == [["原则通过"], ["同意"], ["通过"]]
    assert [documents(item) for item in parsed.items] == [["云川市节水条例"], [], ["云川市公园条例"]]


def test_a_title_from_several_points_is_without_the_word_for_the_first():
    parsed = minutes_saying(
        "一、会议要求：一要摸清底数，分类建账。由市水务局牵头。二要压实责任。\n二、研究公交问题\n会议同意。"
    )

    assert titles(parsed)[0] == "摸清底数，分类建账"


def test_a_decision_on_all_matters_is_one_of_each_but_of_those_only_conveyed():
    parsed = minutes_saying(
        "一、传达学习全省防汛会议精神\n二、审议《云川市节水条例》\n三、研究公交线路调整方案\n会议听取了汇报。会议一致同意上述三项议题。"
    )

    assert [outcomes(item) for item in parsed.items] == [[], ["同意"], ["同意"]]


def test_what_the_meeting_follows_is_not_the_matter_that_it_decides():
    parsed = minutes_saying("会议根据《云川市节水条例》要求，决定对泵站进行一次检查，由市水务局牵头。")

    (item,) = parsed.items
    assert item.title.value == "对泵站进行一次检查"
    assert (outcomes(item), leads(item), documents(item)) == (["决定"], ["市水务局"], [])
    assert [mention.value for mention in item.mentions] == ["云川市节水条例"]


def test_an_article_of_a_law_at_the_start_of_a_line_is_no_number_of_a_paragraph():
    parsed = parse(
        "云川市人民政府常务会议纪要\n\n一、研究停车场建设\n第一，由市城管局牵头。\n根据《云川市停车条例》\n"
        "第二条 的规定，由市财政局保障经费。\n第二，由市公安局加强巡查。\n"
    )

    assert [paragraph.marker for paragraph in parsed.items[0].paragraphs if paragraph.marker] == ["第一，", "第二，"]


def test_the_word_is_behind_the_number_of_a_matter_is_not_of_its_title():
    parsed = parse(
        "云川市人民政府常务会议纪要\n\n第一个议题是审议《云川市节水条例》。会议原则通过《云川市节水条例》。\n"
        "第二个议题是研究停车场建设。会议同意市城管局的方案。\n"
    )

    assert [item.title.value for item in parsed.items] == ["审议《云川市节水条例》", "研究停车场建设"]


def test_what_another_meeting_of_the_same_report_did_is_an_item_of_its_own():
    parsed = parse(
        "2021年3月5日，市长王岚主持召开市政府第12次常务会议。\n会议审议了《云川市节水条例》，原则通过。\n"
        "同日，王岚主持召开市政府党组会议，传达学习省委会议精神。\n会议强调，要抓好落实。\n"
    )

    assert titles(parsed) == ["审议《云川市节水条例》", "传达学习省委会议精神"]
    assert [outcomes(item) for item in parsed.items] == [["原则通过"], []]
    assert "several-meetings" in {problem.code for problem in parsed.problems}


def test_numbers_that_begin_again_below_another_opening():
    parsed = minutes_saying(
        "一、审议《云川市节水条例》\n会议原则通过。\n2021年3月6日，市长王岚主持召开市政府党组会议。\n"
        "一、传达学习省委会议精神\n会议要求抓好落实。\n二、研究防汛工作\n由市水务局办理。"
    )

    assert titles(parsed) == ["审议《云川市节水条例》", "传达学习省委会议精神", "研究防汛工作"]
    assert parsed.items[1].paragraphs[0].text == "2021年3月6日，市长王岚主持召开市政府党组会议。"
    assert "several-meetings" in {problem.code for problem in parsed.problems}


def test_a_further_meeting_without_a_matter_is_called_as_told():
    parsed = minutes_saying(
        "会议审议了《云川市节水条例》，原则通过。\n会前，王岚主持召开市政府党组会议，进行集中学习。\n"
        "会后，王岚主持召开了防汛推进会。"
    )

    assert titles(parsed) == ["审议《云川市节水条例》", "进行集中学习", "会后，王岚主持召开了防汛推进会"]


def test_the_party_group_or_the_government_as_the_subject_begins_an_item():
    parsed = minutes_saying("党组会议传达学习了省委会议精神。\n市政府常务会议听取了市水务局关于防汛的汇报。")

    assert titles(parsed) == ["传达学习省委会议精神", "听取市水务局关于防汛的汇报"]


def test_who_is_appointed_behind_a_colon_is_the_matter():
    parsed = minutes_saying("一、会议同意：周禾任市水务局副局长职务。\n二、研究停车场建设\n由市城管局办理。")

    assert titles(parsed)[0] == "周禾任市水务局副局长职务"
    assert outcomes(parsed.items[0]) == ["同意"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("会议审议了《云川市节水条例》，因论证不足，决定暂缓研究。", "审议《云川市节水条例》"),
        ("会议学习了省委会议精神，并安排落实意见。", "学习省委会议精神"),
        ("会上，副市长多吉才让同志通报防汛情况。", "通报防汛情况"),
        ("会议研究讨论了征地协议，举行了签字仪式。", "研究讨论征地协议"),
        (
            "会议研究了《云川市节水条例》，对现状、主要问题、指导思想、基本原则、目标重点和保障措施等进行了讨论。",
            "研究《云川市节水条例》",
        ),
    ],
)
def test_where_a_matter_ends_and_begins(written: str, title: str):
    assert titles(minutes_saying(written)) == [title]


def test_a_report_behind_a_comma_is_one_matter_more():
    parsed = minutes_saying("会议传达了省委会议精神，通报了2021年防汛工作情况。")

    assert titles(parsed) == ["传达省委会议精神", "通报2021年防汛工作情况"]


def test_a_matter_that_only_the_opening_names_is_an_item_to_be_looked_at():
    opening = "2021年3月5日，市长王岚主持召开市政府第12次常务会议，学习省委文件精神，听取护水机制建设汇报。"
    parsed = minutes_saying("会议传达学习了省委关于防汛工作的文件精神。", opening)
    spoken = minutes_saying("会议传达学习了省委文件精神。\n会议强调，护水机制建设要提速。", opening)

    assert titles(parsed) == ["传达学习省委关于防汛工作的文件精神", "听取护水机制建设汇报"]
    assert "item-from-opening" in {problem.code for problem in parsed.problems}
    assert titles(spoken) == ["传达学习省委文件精神"]


def test_matters_counted_behind_a_colon():
    parsed = minutes_saying(
        "会议共有三项议题：一是听取防汛准备情况汇报；听取巡查情况汇报。\n二是研究讨论停车场建设方案。\n"
        "三是听取关于购置水泵的汇报。\n会议指出，停车场建设要提速。\n会议强调，要压实责任。"
    )

    assert titles(parsed) == ["听取防汛准备情况汇报", "研究讨论停车场建设方案", "听取关于购置水泵的汇报"]
    assert [len(item.paragraphs) for item in parsed.items] == [1, 2, 1]
    assert parsed.closing.text == "会议强调，要压实责任。"


def test_those_present_studied_and_the_meeting_heard_within_one_sentence():
    parsed = minutes_saying(
        "与会人员首先共同学习了《云川市节水条例》；会议听取了市教育局关于学校建设的汇报；听取市住建局关于湿地建设的汇报。\n"
        "会议对上述议题进行了研究。"
    )

    assert titles(parsed) == [
        "学习《云川市节水条例》", "听取市教育局关于学校建设的汇报", "听取市住建局关于湿地建设的汇报",
    ]  # fmt: skip


def test_a_missing_number_that_stands_behind_a_full_stop():
    parsed = minutes_saying(
        "一、会议讨论了领导分工\n会议讨论通过了领导分工。 二、会议讨论了《云川市招商办法》\n"
        "会议原则同意《云川市招商办法》。\n"
        "三、会议讨论了停车场建设\n会议同意。"
    )

    assert titles(parsed) == ["讨论领导分工", "讨论《云川市招商办法》", "讨论停车场建设"]
    assert [outcomes(item) for item in parsed.items] == [["通过"], ["原则同意"], ["同意"]]
    assert "item-number-gap" not in {problem.code for problem in parsed.problems}


def test_further_reports_of_a_standing_committee_at_the_end():
    parsed = minutes_saying(
        "会议听取和审议了市政府关于2021年计划执行情况的报告。\n会议指出，要稳中求进。\n"
        "会议还听取和审议了市政府关于其他资金审计工作的报告；审查批准了2021年财政决算。"
    )

    assert titles(parsed) == [
        "听取和审议市政府关于2021年计划执行情况的报告", "听取和审议市政府关于其他资金审计工作的报告",
        "审查批准2021年财政决算",
    ]  # fmt: skip
    assert [unit.value for unit in parsed.items[0].reported_by] == ["市政府"]
    assert outcomes(parsed.items[2]) == ["批准"]


def test_a_long_list_is_cut_between_its_parts():
    documents = "".join(f"《云川市第{number}号公共服务设施建设管理办法》、" for number in "一二三四五六七八九十")
    title = titles(minutes_saying(f"会议审议了{documents}《云川市节水条例》等内容。"))[0]

    assert title.endswith("管理办法》")


def test_a_meeting_told_of_within_a_numbered_item_is_no_further_one():
    parsed = minutes_saying(
        "一、研究泵站改造\n2021年2月5日，副市长周禾主持召开泵站改造专题会议，提出了初步方案。\n会议同意该方案。\n"
        "二、研究停车场建设\n由市城管局办理。"
    )

    assert titles(parsed) == ["研究泵站改造", "研究停车场建设"]
    assert outcomes(parsed.items[0]) == ["同意"]
    assert "several-meetings" not in {problem.code for problem in parsed.problems}


def test_a_matter_that_only_the_opening_names_comes_before_those_of_another_meeting():
    parsed = parse(
        "2021年3月5日，市长王岚主持召开市政府第12次常务会议，听取生猪稳产保供情况汇报，研究绿化工作。\n"
        "会议研究了绿化工作。会议强调，要种好树。\n同日，市长王岚主持召开市政府党组会议。会议传达学习了省委会议精神。\n"
    )

    assert titles(parsed) == ["研究绿化工作", "听取生猪稳产保供情况汇报", "传达学习省委会议精神"]


@pytest.mark.parametrize("who", ["我镇全体机关干部", "县政府班子成员集体", "我局党员干部", "参会人员"])
def test_those_who_learned_are_no_part_of_the_title(who: str):
    parsed = minutes_saying(f"{who}学习了《云川市节水条例》。会议要求，抓好落实。\n会议研究了防汛工作。")

    assert titles(parsed) == ["学习《云川市节水条例》", "研究防汛工作"]


def test_a_meeting_called_by_its_matter_names_what_was_only_spoken_of():
    parsed = parse("2021年3月5日，全县农田划定工作协调会在县政府会议室召开。\n沈一舟指出，农田要划够。\n")
    heard = parse(
        "2021年3月5日，市长王岚主持召开座谈会，分析防汛形势，研究谋划加固举措。\n"
        "会上，市水务局通报了防汛情况，三个县汇报了巡查情况，市应急局通报了演练情况。\n王岚强调，要抓紧。\n"
    )

    assert titles(parsed) == ["农田划定工作"]
    assert titles(heard) == ["分析防汛形势，研究谋划加固举措"]
    assert [unit.value for unit in heard.items[0].reported_by] == ["市水务局", "市应急局"]


def test_what_is_said_below_the_opening_is_of_the_one_matter_that_it_names():
    parsed = parse(
        "2021年3月5日，市政府召开第12次常务会议，传达学习省委会议精神，市长王岚主持会议并讲话。\n会议指出，要提高站位。\n"
        "会议审议并同意节水方案的汇报，并指出，要先行先试。\n会议还研究了其他事项。■沈一舟\n"
    )

    assert titles(parsed) == ["传达学习省委会议精神", "审议并同意节水方案的汇报"]
    assert parsed.items[0].paragraphs[-1].text == "会议指出，要提高站位。"
    assert (parsed.chair.name, parsed.closing.text) == ("王岚", "会议还研究了其他事项。")


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("会议听取了防汛工作情况，与会部门就加固方案进行了交流。", "听取防汛工作情况"),
        ("会上，王岚主任首先向与会同志传达了省委会议精神。", "传达省委会议精神"),
        ("会议审议表决了人事任命事项。", "审议表决人事任命事项"),
    ],
)
def test_where_a_matter_begins_and_ends(sentence: str, title: str):
    assert titles(minutes_saying(sentence)) == [title]


def test_further_matters_behind_what_was_asked_of_one():
    parsed = minutes_saying(
        "会议听取和讨论了工作要点，要求研究室、相关专委会抓紧完善。听取和讨论了议案安排，要求抓好落实。研究通过了会议安排。"
    )

    assert titles(parsed) == ["听取和讨论工作要点", "听取和讨论议案安排", "研究通过会议安排"]
    assert [actor.name for task in parsed.items[0].tasks for actor in task.actors] == ["研究室", "相关专委会"]


@pytest.mark.parametrize(
    ("sentence", "reporters"),
    [
        ("会议听取了市人大常委会办公室关于会议安排的汇报。", ["市人大常委会办公室"]),
        ("会议听取了市水务局关于防汛及应急局关于巡查的汇报。", ["市水务局", "应急局"]),
    ],
)
def test_offices_that_look_like_posts_and_joints(sentence: str, reporters: list[str]):
    parsed = minutes_saying(f"一、研究有关事项\n{sentence}")

    assert [unit.value for unit in parsed.items[0].reported_by] == reporters


def test_a_fact_told_first_is_no_title():
    parsed = parse(
        "2021年3月5日，我县召开防汛工作部署会。\n据气象部门观测，近日雨势减弱。\n会议要求，各镇要抓好值守。\n"
    )

    assert titles(parsed) == ["防汛工作"]


def test_a_text_of_one_paragraph_tells_what_was_said():
    parsed = parse(
        "2021年3月5日上午，北渚镇镇长王岚亲自主持召开征地协调会，两村主要干部参加会议。会上，两村汇报了征地进度。"
        "镇长王岚提出四点意见：一是思路要清晰。"
    )

    assert (parsed.chair.name, titles(parsed)) == ("王岚", ["征地"])


def test_what_was_adopted_one_after_the_other():
    parsed = minutes_saying("会议以举手表决的方式，通过了会议日程；推选出常务主席；通过了分组名单。")

    assert titles(parsed) == ["通过会议日程", "通过分组名单"]
    assert [outcomes(item) for item in parsed.items] == [["通过"], ["通过"]]


def test_what_was_conveyed_goes_on_behind_以及():
    parsed = parse(
        "2021年3月5日，王岚主持召开党组会议，传达学习省委会议精神，以及市委会议精神，研究贯彻措施。\n会议要求，抓好落实。\n"
    )

    assert titles(parsed) == ["传达学习省委会议精神，以及市委会议精神"]


@pytest.mark.parametrize(
    ("sentence", "reporters"),
    [
        ("会上，市气象局、市水务局等相关单位汇报了防汛工作。", ["市气象局", "市水务局"]),
        ("市人大有关专门委员会就议题作了汇报。", []),
        ("会议听取了王岚校长代表考察组所作的关于考察情况的报告。", []),
    ],
)
def test_units_that_are_meant_and_those_that_are_not(sentence: str, reporters: list[str]):
    parsed = minutes_saying(f"一、研究有关事项\n{sentence}")

    assert [unit.value for unit in parsed.items[0].reported_by] == reporters


def test_how_the_meeting_was_held_is_no_matter():
    parsed = minutes_saying(
        "根据安排，会议采取视频形式召开。会议传达学习了《云川市节水条例》。\n\n会议审议了《防汛方案》。"
    )

    assert titles(parsed) == ["传达学习《云川市节水条例》", "审议《防汛方案》"]
    assert parsed.opening.text.endswith("会议采取视频形式召开。")


def test_a_matter_dealt_with_in_the_form_of_study():
    parsed = minutes_saying("根据安排，会议采取集中学习的形式，传达学习了《云川市节水条例》。会议强调，要抓好落实。")

    assert titles(parsed) == ["传达学习《云川市节水条例》"]


def test_what_was_said_of_one_matter_and_of_another():
    parsed = minutes_saying(
        "副市长沈一舟，副市长周禾；各成员单位主要负责人参加会议。\n\n"
        "就做好安全生产工作，王岚要求，市应急局要加强检查。\n\n针对当前防汛形势。王岚指出，市水务局要加密巡查。"
    )

    assert titles(parsed) == ["做好安全生产工作", "当前防汛形势"]
    assert [[actor.text for task in item.tasks for actor in task.actors] for item in parsed.items] == [
        ["市应急局"],
        ["市水务局"],
    ]
    assert [problem.code for problem in parsed.problems].count("title-from-speech") == 2


def test_what_somebody_without_a_post_conveyed():
    parsed = minutes_saying("会上，沈一舟传达了省委会议精神和市委会议精神，通报了全市防汛形势。")

    assert titles(parsed) == ["传达省委会议精神和市委会议精神", "通报全市防汛形势"]


def test_a_second_meeting_told_behind_又讯():
    parsed = parse(
        "3月5日，南屏县县长王岚主持召开县政府第12次常务会议。\n会议传达学习了省委会议精神。\n会议还传达学习了《节水条例》。\n"
        "又讯 3月9日，县长王岚主持召开县政府第13次常务会议。\n会议传达学习市委会议精神。\n"
    )

    assert titles(parsed) == ["传达学习省委会议精神", "传达学习《节水条例》", "传达学习市委会议精神"]
    assert "several-meetings" in [problem.code for problem in parsed.problems]


def test_speeches_conveyed_in_one_list_are_one_matter():
    parsed = minutes_saying("会议学习了省委会议精神；王岚市长在全市防汛工作会议上的讲话精神；各副市长汇报了工作。")

    assert titles(parsed) == ["学习省委会议精神；王岚市长在全市防汛工作会议上的讲话精神"]


def test_a_matter_called_otherwise_in_the_opening_is_no_item_of_its_own():
    parsed = minutes_saying(
        "会上，听取了今年以来信访工作和有关部门的汇报。\n会议指出，要压实责任。",
        "3月5日，市信访工作联席会议召开第二次会议，听取上半年信访工作情况汇报，部署下半年工作。\n",
    )

    assert titles(parsed) == ["听取今年以来信访工作和有关部门的汇报"]


def test_who_reported_far_down_in_a_report():
    parsed = minutes_saying(
        "会议研究了防汛工作。\n\n王岚强调，要压实责任。\n\n沈一舟要求，要加强巡查。\n\n会上，市水务局通报了防汛情况，市气象局汇报了汛期气候。"
    )

    assert [unit.value for unit in parsed.items[0].reported_by] == ["市水务局", "市气象局"]


def test_what_a_unit_reported_on_a_document_is_a_matter():
    parsed = minutes_saying(
        "会议审议了《节水办法》。会议原则通过。\n\n"
        "随后，市财政局负责人汇报了《预算管理办法》的起草情况。会议予以原则通过。\n\n"
        "会上，市城投公司负责人围绕退出机制、责任等方面，汇报了《公房管理办法》。会议原则通过后要求，市城投公司要做好调查。"
    )

    assert titles(parsed) == [
        "审议《节水办法》",
        "市财政局负责人汇报《预算管理办法》的起草情况",
        "汇报《公房管理办法》",
    ]
    assert [outcomes(item) for item in parsed.items] == [["原则通过"]] * 3
    assert [[unit.value for unit in item.reported_by] for item in parsed.items] == [[], ["市财政局"], ["市城投公司"]]


def test_matters_listed_with_a_verb_each_and_one_decision_on_all():
    parsed = minutes_saying(
        "会议讨论了全会工作报告（讨论稿）、听取了关于监察体制改革的汇报、研究了命名爱国主义教育基地事宜等三项议题，并原则通过。"
    )

    assert titles(parsed) == [
        "讨论全会工作报告（讨论稿）",
        "听取关于监察体制改革的汇报",
        "研究命名爱国主义教育基地事宜",
    ]
    assert [outcomes(item) for item in parsed.items] == [["原则通过"]] * 3


def test_agreements_dealt_with_behind_reports_in_the_opening():
    parsed = parse(
        "3月5日，云川市市长王岚主持召开市政府第12次常务会议，听取防汛准备情况的汇报，对《合作协议》和《招商协议》进行研究，会议还研究了其他事项。\n"
    )

    assert titles(parsed) == ["听取防汛准备情况的汇报", "对《合作协议》和《招商协议》进行研究"]


def test_a_document_reported_on_in_the_opening_only_is_an_item():
    parsed = minutes_saying(
        "会议研究在全市选取部分楼宇发展飞地经济。",
        "3月5日，市长王岚主持召开办公会议，听取了市发改委主任周禾《关于飞地经济工作情况的汇报》。\n",
    )

    assert titles(parsed)[-1] == "听取市发改委主任周禾《关于飞地经济工作情况的汇报》"
    assert [unit.value for unit in parsed.items[-1].reported_by] == ["市发改委"]
    assert "item-from-opening" in [problem.code for problem in parsed.problems]


def test_decisions_on_documents_told_in_a_single_paragraph():
    parsed = parse(
        "3月5日，云川市市长王岚主持召开市长办公会议，审议防汛准备情况、供水改革情况等议题。副市长沈一舟、周禾出席会议。"
        "会议原则同意《关于防汛准备情况的汇报》。会议强调，要循序渐进。会议同意《关于供水改革情况的汇报》。\n"
    )

    assert titles(parsed) == ["原则同意《关于防汛准备情况的汇报》", "同意《关于供水改革情况的汇报》"]


def test_a_question_discussed_at_a_meeting_without_more():
    parsed = parse(
        "3月5日，东浦区召开两城项目土地保障协调会，就土地利用等问题进行了专题讨论研究。\n副区长沈一舟主持会议。\n"
    )

    assert titles(parsed) == ["土地利用等问题"]


def test_appointments_at_the_end_are_a_matter():
    parsed = minutes_saying("会议听取了市政府关于养老工作的报告。\n会议还审议了有关人事任免案。")

    assert titles(parsed) == ["听取市政府关于养老工作的报告", "审议有关人事任免案"]


def test_who_reported_behind_several_verbs():
    parsed = minutes_saying("会议研究讨论了市水务局和市应急局关于防汛的请示。")

    assert [unit.value for unit in parsed.items[0].reported_by] == ["市水务局", "市应急局"]


def test_what_the_meeting_then_did_is_a_further_matter():
    parsed = minutes_saying(
        "会议通报移民资金发放情况，点明近年来工作存在的问题。随后，会议对下步移民工作进行部署安排。\n会议应到19人，实到13人，符合法定人数。"
    )

    assert titles(parsed)[:2] == ["通报移民资金发放情况", "对下步移民工作进行部署安排"]


def test_how_many_came_is_no_matter():
    parsed = minutes_saying(
        "会议应到主席团成员19人，因事请假6人，实到13人，符合法定人数。\n会议听取了代表团审议情况的汇报；"
        "听取并通过了预算审查委员会主任委员周禾作关于预算审查情况的报告。"
    )

    assert titles(parsed) == [
        "听取代表团审议情况的汇报",
        "听取并通过预算审查委员会主任委员周禾作关于预算审查情况的报告",
    ]
    assert [unit.value for unit in parsed.items[1].reported_by] == ["预算审查委员会"]
    assert outcomes(parsed.items[1]) == ["通过"]


def test_what_those_of_all_schools_discussed():
    parsed = minutes_saying("会上，各校负责同志讨论了校长联席会议议程、《北渚宣言》。会议决定，联席会议11月召开。")

    assert titles(parsed) == ["讨论校长联席会议议程、《北渚宣言》"]


def test_problems_coordinated_by_the_meeting():
    parsed = minutes_saying("会议就城建项目中存在的困难和问题进行了协调解决。\n会议要求，各部门要抓紧推进。")

    assert titles(parsed) == ["城建项目中存在的困难和问题"]


def test_what_a_congress_adopts_one_after_the_other():
    parsed = minutes_saying(
        "会议听取并通过议案处理意见的报告；听取并通过预算草案的审查结果报告；通过大会各项决议（草案）。"
    )

    assert titles(parsed) == [
        "听取并通过议案处理意见的报告",
        "听取并通过预算草案的审查结果报告",
        "通过大会各项决议（草案）",
    ]
    assert [outcomes(item) for item in parsed.items] == [["通过"]] * 3


def test_what_a_congress_heard():
    parsed = minutes_saying("大会认真听取并审议通过了《政府工作报告》。会议总结了五年的工作。")

    assert titles(parsed) == ["听取并审议通过《政府工作报告》"]


def test_units_that_told_of_their_work():
    parsed = minutes_saying("会议传达学习了上级会议精神。区督查办、区环委办通报了有关工作情况及下一步安排。")

    assert [unit.value for unit in parsed.items[0].reported_by] == ["区督查办", "区环委办"]


def test_a_matter_told_in_the_sentence_of_the_meeting_alone():
    parsed = parse(
        "3月5日，市长王岚主持召开第24次专题会议，进一步研究部署全市常态化防控工作。\n副市长沈一舟出席会议。\n"
    )

    assert titles(parsed) == ["研究部署全市常态化防控工作"]


def test_what_was_said_after_speeches_were_heard():
    parsed = minutes_saying("在听取全市防汛情况通报和相关部门的发言后，王岚指出，要压实责任。")

    assert titles(parsed) == ["听取全市防汛情况通报和相关部门的发言"]


def test_what_was_studied_there_begins_no_matter_before_it():
    parsed = minutes_saying("会上，研究讨论了启动孵化园建设和重点工程推进等事宜，并就下一步工作进行了安排部署。")

    assert titles(parsed) == ["研究讨论启动孵化园建设和重点工程推进等事宜"]


def test_what_somebody_then_told_is_a_further_matter():
    parsed = minutes_saying(
        "会议首先听取了各招商分局工作情况汇报，在汇报过程中，王岚就招商工作做了安排部署。\n\n"
        "随后，区委常委、常务副区长沈一舟通报了前三季度经济运行情况。\n\n王岚要求，要突破瓶颈。"
    )

    assert titles(parsed) == ["听取各招商分局工作情况汇报", "通报前三季度经济运行情况"]
    assert [unit.value for item in parsed.items for unit in item.reported_by] == []


def test_what_a_meeting_of_chairs_decided_to_hold():
    parsed = minutes_saying(
        "主任会议听取审议了人选工委关于走访代表情况的报告，研究决定了召开第六次会议的有关具体事宜。\n"
        "会议还研究了提请第二十次会议审议的人事事项及关于召开会议的有关安排。"
    )

    assert titles(parsed) == [
        "听取审议人选工委关于走访代表情况的报告",
        "研究决定召开第六次会议的有关具体事宜",
        "研究提请第二十次会议审议的人事事项及关于召开会议的有关安排",
    ]


def test_what_was_conveyed_at_a_meeting_called_by_another_matter():
    parsed = parse(
        "9月10日，东浦街道召开文明创建工作推进会。\n会上，街道党工委委员沈一舟传达省文明创建大会会议精神，对工作进行了布置。\n"
    )

    assert titles(parsed) == ["传达省文明创建大会会议精神"]


def test_units_that_reported_and_some_that_spoke():
    parsed = minutes_saying("会上，各单位负责人分别汇报招商引资工作完成情况，文屏镇、发展公司做优秀典型发言。")

    assert titles(parsed)[0].endswith("汇报招商引资工作完成情况")


def test_a_sentence_of_semicolons_has_no_matter():
    parsed = minutes_saying("会议听取了汇报。\n；。")

    assert titles(parsed) == ["听取汇报"]
