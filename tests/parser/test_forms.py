"""Test single sentences and lists with the output a records officer expects."""

import datetime

import pytest

from minutes.parser.pipeline import parse

HEAD = "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"
ITEM = "一、研究堤防加固工作\n"

# The sentence: its outcome, who leads, who supports, what comes next, and the deadlines.
DECISIONS = {
    "会议批准市财政局提出的资金安排意见。": ("批准", [], [], None, []),
    "经研究，会议决定暂缓实施。": ("暂缓实施", [], [], None, []),
    "会议决定不予批准。": ("不予批准", [], [], None, []),
    "会议审议并同意市财政局的意见。请市财政局抓紧拨付。": ("同意", ["市财政局"], [], None, []),
    "由市水务局牵头负责，于月底前完成。": (None, ["市水务局"], [], None, ["2021-03-31"]),
    "牵头单位市水务局，配合单位市财政局，6月30日下班前完成。": (None, ["市水务局"], ["市财政局"], None, ["2021-06-30"]),
    "（责任单位：市水务局、市财政局；完成时限：2021年6月底）": (
        None, ["市水务局", "市财政局"], [], None, ["2021-06-30"],
    ),
    "请市水务局会同市财政局于5月中旬前提出意见，报市政府研究。": (
        None, ["市水务局"], ["市财政局"], None, ["2021-05-20"],
    ),
    "由副市长沈一舟同志负责，市水务局、市应急局具体落实。": (None, ["市水务局", "市应急局"], [], None, []),
    "市水务局、市财政局分别负责堤防和资金。": (None, ["市水务局", "市财政局"], [], None, []),
    "会议要求市水务局尽快修改完善，按程序提交市委常委会研究。": (
        None, ["市水务局"], [], "按程序提交市委常委会研究", [],
    ),
    "会议同意将该方案提交市人大常委会审议。": ("同意", [], [], "提交市人大常委会审议", []),
    "会议同意，由市政府办公室修改后报市长审定印发。": ("同意", ["市政府办公室"], [], "报市长审定印发", []),
    "责成市水务局牵头，公安、交通、通信等部门配合，年底前见效。": (
        None, ["市水务局"], ["公安", "交通", "通信"], None, ["2021-12-31"],
    ),
    "由市水务局牵头，会同市应急局、东浦区政府，汛期前完成。": (
        None, ["市水务局"], ["市应急局", "东浦区政府"], None, [None],
    ),
    "由市水务局牵头，各县（市、区）配合。": (None, ["市水务局"], ["各县（市、区）"], None, []),
    "由县交通局负责，其余由交通局向上争取。": (None, ["县交通局"], [], None, []),
    "原则同意，以市政府党组名义提请市委常委会会议审议。": (
        "原则同意", [], [], "以市政府党组名义提请市委常委会会议审议", [],
    ),
    "会议原则同意维修方案；由市住建局会同市财政局组织实施，8月25日前完工。": (
        "原则同意", ["市住建局"], ["市财政局"], "组织实施", ["2021-08-25"],
    ),
    "会议同意转移方案，由市应急局于21日18时前完成转移。": ("同意", ["市应急局"], [], None, ["2021-03-21"]),
    "会议同意端午节前有关工作安排，由市应急局负责。": ("同意", ["市应急局"], [], None, []),
}  # fmt: skip


@pytest.mark.parametrize("sentence", DECISIONS)
def test_what_a_sentence_decides(sentence: str):
    decision = parse(f"{HEAD}{ITEM}{sentence}\n出席：王岚\n").items[0].decisions[0]

    outcome, lead, supporting, next_step, days = DECISIONS[sentence]
    assert (decision.outcome and decision.outcome.value) == outcome
    assert [unit.value for unit in decision.lead] == lead
    assert [unit.value for unit in decision.supporting] == supporting
    assert (decision.next_step and decision.next_step.value) == next_step
    assert [each.date for each in decision.deadlines] == [day and datetime.date.fromisoformat(day) for day in days]


def test_a_unit_that_reports_is_not_made_responsible():
    item = parse(f"{HEAD}{ITEM}会议由市水务局汇报堤防情况。市财政局就资金作了汇报。\n出席：王岚\n").items[0]

    assert [unit.value for unit in item.reported_by] == ["市水务局", "市财政局"]
    assert item.decisions == ()


def test_only_units_report():
    item = parse(f"{HEAD}{ITEM}原则同意市财政局、市医保局关于上半年预算执行情况的汇报\n出席：王岚\n").items[0]

    assert [unit.value for unit in item.reported_by] == ["市财政局", "市医保局"]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("云川市东浦区人民政府专题会议纪要", "云川市东浦区人民政府"),
        ("中共云川市人民政府党组会议纪要", "云川市人民政府"),
        ("云川市政府第12次常务会议纪要", "云川市人民政府"),
        ("云川地区行政公署专员办公会议纪要", "云川地区行政公署"),
        ("云川市水务局局长办公会议纪要", "云川市水务局"),
        ("云川高新技术产业开发区管委会主任办公会议纪要", "云川高新技术产业开发区管委会"),
        ("云川市城市更新工作领导小组2021年第1次会议纪要", "云川市城市更新工作领导小组"),
        ("市城市管理委员会会议纪要", None),
        ("关于云川市水务局办公楼维修的会议纪要", None),
        ("市政府常务会议纪要", None),
    ],
)
def test_who_met(title: str, body: str | None):
    parsed = parse(f"{title}\n2021年3月5日，王岚主持召开第12次会议。\n{ITEM}会议原则同意。\n出席：王岚\n")

    assert (parsed.body and parsed.body.value) == body


@pytest.mark.parametrize("name", ["王岚", "王𬭎", "王㛃青", "迪丽·云川娜"])
@pytest.mark.parametrize(
    "written",
    [
        "市长{}主持召开市政府第12次常务会议",
        "{}市长主持召开市政府第12次常务会议",
        "市政府召开第12次常务会议，会议由{}（市长）主持",
        "市政府召开第12次常务会议，专题研究堤防。会议由市长{}主持，市水务局负责人参加",
        "市政府第12次常务会议在三楼会议室召开，市长{}主持会议并讲话",
        "市长{}在三楼会议室就堤防加固工作召开专题会议",
        "市长{}召集市水务局、市财政局负责人，专题研究堤防。现纪要如下",
    ],
)
def test_who_chaired_whatever_the_name(name: str, written: str):
    opening = written.format(name)
    parsed = parse(f"云川市人民政府常务会议纪要\n2021年3月5日，{opening}。\n{ITEM}会议原则同意。\n")

    assert (parsed.chair.name, parsed.chair.title) == (name, "市长")


def test_a_place_told_behind_the_day():
    parsed = parse(
        f"云川市人民政府市长办公会议纪要\n2021年第5次会议于3月5日在市政府会议室召开，会议由王岚主持。\n{ITEM}会议同意。\n"
    )

    assert (parsed.place.value, parsed.chair.name, parsed.attendance) == ("市政府会议室", "王岚", ())


def test_a_label_below_a_title_is_not_of_it():
    parsed = parse(
        f"{HEAD}一、关于堤防加固工作\n议定事项：\n1.原则同意。\n2.由市水务局牵头。\n二、关于排涝\n会议同意。\n"
    )

    assert [item.title.value for item in parsed.items] == ["关于堤防加固工作", "关于排涝"]


# The list: role, name, unit and title of each entry.
LISTS = {
    "出席：市长王岚，副市长沈一舟。列席：市水务局周禾、市公安局许知远。记录：陆岚": [
        ("present", "王岚", None, "市长"), ("present", "沈一舟", None, "副市长"),
        ("in_attendance", "周禾", "市水务局", None), ("in_attendance", "许知远", "市公安局", None),
    ],
    "出席：王  岚市长　沈一舟副市长　周  禾副市长": [
        ("present", "王岚", None, "市长"), ("present", "沈一舟", None, "副市长"), ("present", "周禾", None, "副市长"),
    ],
    "出席：\n王  岚  副市长\n沈一舟  市教育局局长": [
        ("present", "王岚", None, "副市长"), ("present", "沈一舟", "市教育局", "局长"),
    ],
    "参会人员：\n序号\t单位\t姓名\t职务\n1\t市发改委\t王岚\t副主任\n2\t东浦区政府\t周  禾\t": [
        ("present", "王岚", "市发改委", "副主任"), ("present", "周禾", "东浦区政府", None),
    ],
    "参会人员：\n| 单位 | 姓名 | 职务 |\n| 市发改委 | 王岚 | 副主任 |": [("present", "王岚", "市发改委", "副主任")],
    "列席：市发改委主任王岚、副主任沈一舟，市财政局局长周禾": [
        ("in_attendance", "王岚", "市发改委", "主任"), ("in_attendance", "沈一舟", "市发改委", "副主任"),
        ("in_attendance", "周禾", "市财政局", "局长"),
    ],
    "列席：市发改委、市财政局王岚、市住建局": [
        ("in_attendance", None, "市发改委", None), ("in_attendance", "王岚", "市财政局", None),
        ("in_attendance", None, "市住建局", None),
    ],
    "列席：市教育局、市民政局，\n      市水务局主要负责同志": [
        ("represented", None, unit, "主要负责同志") for unit in ("市教育局", "市民政局", "市水务局")
    ],
    "列席：市水务局王岚，以及各县区政府分管负责同志": [
        ("in_attendance", "王岚", "市水务局", None), ("represented", None, "各县区政府", "分管负责同志"),
    ],
    "出席：王岚（区委常委、常务副区长）、周禾（区政府办主任）、林望（市财政局）、何青（赴省里开会）": [
        ("present", "王岚", None, "区委常委、常务副区长"), ("present", "周禾", "区政府办", "主任"),
        ("present", "林望", "市财政局", None), ("present", "何青", None, None),
    ],
    "出席：副县长、县公安局局长沈一舟，副县长周禾": [
        ("present", "沈一舟", None, "副县长、县公安局局长"), ("present", "周禾", None, "副县长"),
    ],
    "出席：多吉才让  王  岚、额尔敦布和，州发改委扎西次仁": [
        ("present", "多吉才让", None, None), ("present", "王岚", None, None), ("present", "额尔敦布和", None, None),
        ("present", "扎西次仁", "州发改委", None),
    ],
    "参加人员：王岚、沈一舟及各股室负责人": [
        ("present", "王岚", None, None), ("present", "沈一舟", None, None), ("represented", None, "各股室", "负责人"),
    ],
    "列席：\n文  博    县政府办公室\n仇立夏  县发改局": [
        ("in_attendance", "文博", "县政府办公室", None), ("in_attendance", "仇立夏", "县发改局", None),
    ],
    "列席：\n市气象局楼磊\n人行云川中心支行陶怀远\n市公安局东浦分局路岳": [
        ("in_attendance", "楼磊", "市气象局", None), ("in_attendance", "陶怀远", "人行云川中心支行", None),
        ("in_attendance", "路岳", "市公安局东浦分局", None),
    ],
    "列席：王文会（县商务局）、章文圃（公安局）": [
        ("in_attendance", "王文会", "县商务局", None), ("in_attendance", "章文圃", "公安局", None),
    ],
    "参加人：王岚  区委常委、副区长\n        周  禾  副区长、区公安分局局长\n        各相关单位负责人": [
        ("present", "王岚", None, "区委常委、副区长"), ("present", "周禾", None, "副区长、区公安分局局长"),
        ("represented", None, "各相关单位", "负责人"),
    ],
    "列席：王岚  沈一舟\n      市财政局　周  禾\n      市工信局、市住建局、各县（市、区）政府负责同志": [
        ("in_attendance", "王岚", None, None), ("in_attendance", "沈一舟", None, None),
        ("in_attendance", "周禾", "市财政局", None),
        *(("represented", None, unit, "负责同志") for unit in ("市工信局", "市住建局", "各县（市、区）政府")),
    ],
    "参加会议人员：\n市  长：王岚\n副市长：沈一舟\n东浦区人民政府：周禾": [
        ("present", "王岚", None, "市长"), ("present", "沈一舟", None, "副市长"),
        ("present", "周禾", "东浦区人民政府", None),
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", LISTS)
def test_whom_a_list_names(text: str):
    parsed = parse(f"{HEAD}{ITEM}会议原则同意。\n{text}\n")

    assert [(one.role, one.name, one.organization, one.title) for one in parsed.attendance] == LISTS[text]
    assert parsed.problems == ()


@pytest.mark.parametrize("text", ["出席：王岚沈一舟周禾", "邀请列席：省驻市企业、部分市人大代表"])
def test_what_is_no_name_is_doubted_aloud(text: str):
    parsed = parse(f"{HEAD}{ITEM}会议原则同意。\n{text}\n")

    assert "name-unclear" in {problem.code for problem in parsed.problems}
    assert {one.name for one in parsed.attendance} <= {"周禾"}
