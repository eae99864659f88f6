"""What an item decides: outcomes, several decisions of one item, next steps. All sentences are invented."""

import pytest

from minutes.parser.pipeline import parse
from minutes.parser.types import AgendaItem

HEAD = "云川市人民政府常务会议纪要\n2021年3月5日，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：\n"


def item_saying(text: str, title: str = "研究堤防加固工作") -> AgendaItem:
    (item,) = parse(f"{HEAD}一、{title}\n{text}\n出席：王岚\n").items
    return item


def decided(item: AgendaItem) -> list[tuple]:
    return [
        (
            decision.outcome and decision.outcome.value,
            [unit.value for unit in decision.lead],
            decision.next_step and decision.next_step.value,
        )
        for decision in item.decisions
    ]


NEXT_STEPS = {
    "会议原则同意该方案，并提交区委常委会会议审议。": "提交区委常委会会议审议",
    "责成市水务局修改完善后，履行发文程序。": "履行发文程序",
    "会议原则同意，报市政府审定后实施。": "报市政府审定后实施",
    "会议原则同意，经审核把关后，报区委常委会审议。": "报区委常委会审议",
    "会议原则同意该方案，修改完善后组织实施。": "组织实施",
    "会议原则同意该方案，要求根据讨论意见修改完善后，认真组织实施。": "组织实施",
    "会议原则同意，修改后由云川城投公司按程序组织实施。": "按程序组织实施",
    "会议原则同意，由市水务局上报区政府。": "上报区政府",
    "会议原则同意，按程序报区委。": "按程序报区委",
    "会议原则同意，会后提交县委常委会议研究。": "提交县委常委会议研究",
    "会议原则同意，会后修改完善，县司法局审查后报县委常委会议研究。": "报县委常委会议研究",
    "会议原则同意，会后以政府办文件印发。": "以政府办文件印发",
    "会议原则同意，同时报省政府备案。": "报省政府备案",
    "由市水务局会各地和各相关部门根据会议讨论意见作进一步研究完善。": "作进一步研究完善",
    "会议批准改造计划，由市住建局组织实施。": "组织实施",
    "会议原则同意该方案并按程序上报市委。": "按程序上报市委",
    "会议原则同意，请市水务局按程序逐级上报。": "按程序逐级上报",
    "会议原则同意该方案。": None,
    "会议同意由市城投公司组织实施堤防加固工程。": None,
}


@pytest.mark.parametrize("sentence", NEXT_STEPS)
def test_what_comes_next(sentence: str):
    (decision,) = item_saying(sentence).decisions

    assert (decision.next_step and decision.next_step.value) == NEXT_STEPS[sentence]


NO_OUTCOME = (
    "未经同意，任何单位不得开挖堤防。由市水务局负责巡查。",
    "经市政府同意后，由市水务局组织验收。",
    "征得沿线群众同意，由市水务局负责迁移。",
    "会议明确，由市水务局负责堤防加固。",
    "会议确定由市水务局负责堤防加固。",
    "通过公开招标选定施工单位，由市水务局负责。",
    "同意拆除的户数达不到三分之二的，暂不列入计划，由市水务局负责。",
    "同意加装的业主超过九成，由市水务局负责施工。",
)


@pytest.mark.parametrize("text", NO_OUTCOME)
def test_what_is_no_outcome(text: str):
    (decision,) = item_saying(text).decisions

    assert decision.outcome is None
    assert [unit.value for unit in decision.lead] == ["市水务局"]


OUTCOMES = {
    "会议批准了该方案。": "批准",
    "会议基本同意该方案。": "基本同意",
    "会议议定：原则同意。": "原则同意",
    "会议一致通过《云川市堤防管理办法》。": "通过",
    "会议审议通过《云川市堤防管理办法》。": "通过",
    "会议研究通过了《云川市堤防管理办法》。": "通过",
    "会议决定不予批准。": "不予批准",
    "会议决定，暂缓实施堤防加固。": "暂缓实施",
    "会议决定启动堤防加固。": "决定",
}


@pytest.mark.parametrize("sentence", OUTCOMES)
def test_the_outcome_as_written(sentence: str):
    (decision,) = item_saying(sentence).decisions

    assert decision.outcome.value == OUTCOMES[sentence]


def test_each_matter_below_one_heading_has_its_own_decision():
    item = item_saying(
        "（一）会议原则同意市住建局关于调整供热价格的意见，修改完善后报市委常委会审议。\n"
        "（二）会议原则同意市交通局关于停运两条公交线路的意见，由市交通局按程序公告。\n"
        "（三）会议同意市民政局提交的《云川市养老服务办法》，由市民政局按程序印发。",
        "关于民生工作有关问题",
    )

    assert decided(item) == [
        ("原则同意", [], "报市委常委会审议"),
        ("原则同意", ["市交通局"], "按程序公告"),
        ("同意", ["市民政局"], "按程序印发"),
    ]


def test_a_numbered_heading_begins_a_decision_of_its_own():
    item = item_saying(
        "（一）审议《云川市节水条例》\n会议原则同意，由市水务局修改完善后，按程序印发。\n"
        "（二）审议《云川市防汛预案》\n市应急局汇报后，由市应急局牵头演练。会议原则通过，由市应急局报省政府备案。",
        "审议水务方面的文件",
    )

    assert decided(item) == [
        ("原则同意", ["市水务局"], "按程序印发"),
        ("原则通过", ["市应急局"], "报省政府备案"),
    ]
    assert item.decisions[0].span.end <= item.decisions[1].span.start


def test_who_is_charged_below_another_heading_is_of_a_decision_of_its_own():
    item = item_saying(
        "（一）审议《云川市节水条例》\n会议原则同意，由市水务局按程序印发。\n"
        "（二）研究水源地保护事宜\n会议明确，由市生态环境局完成隔离网建设。\n"
        "（三）研究水价\n会议同意，由市发改委报省政府备案。",
        "审议水务方面的文件",
    )

    assert decided(item) == [
        ("原则同意", ["市水务局"], "按程序印发"),
        (None, ["市生态环境局"], None),
        ("同意", ["市发改委"], "报省政府备案"),
    ]


def test_points_of_one_decision_are_no_decisions():
    item = item_saying(
        "会议原则同意市水务局的方案。\n（一）关于资金安排。由市财政局及时拨付。\n（二）关于施工。由市城投公司组织施工。"
    )

    assert decided(item) == [("原则同意", ["市财政局", "市城投公司"], None)]


def test_another_document_in_the_next_sentence_is_decided_on_by_itself():
    item = item_saying(
        "会议原则同意《云川市节水条例》，由市水务局按程序印发。会议原则通过《云川市防汛预案》，由市应急局报省政府备案。"
        "会议同意从预备费中安排资金，由市财政局及时拨付。"
    )

    assert decided(item) == [
        ("原则同意", ["市水务局"], "按程序印发"),
        ("原则通过", ["市应急局"], "报省政府备案"),
        ("同意", ["市财政局"], None),
    ]


def test_decisions_behind_a_semicolon_are_told_apart():
    item = item_saying(
        "会议原则同意《云川市节水条例》，由市水务局按程序印发；原则通过《云川市防汛预案》，由市应急局报省政府备案。"
    )

    assert decided(item) == [
        ("原则同意", ["市水务局"], "按程序印发"),
        ("原则通过", ["市应急局"], "报省政府备案"),
    ]


@pytest.mark.parametrize(
    "again",
    [
        "会议同意该方案。",
        "会议原则同意。",
        "会议原则同意上述意见，由市水务局按程序印发。",
        "会议原则同意《节水条例》。",
        "会议原则同意《云川市节水条例》（修订稿）。",
    ],
)
def test_what_is_decided_on_once_more_is_no_further_decision(again: str):
    text = "会议原则同意《云川市节水条例》（以下简称《节水条例》），由市水务局修改完善。"

    assert len(item_saying(text + again).decisions) == 1
    assert len(item_saying(f"{text}\n{again}").decisions) == 1


def test_a_deadline_belongs_to_the_decision_in_whose_sentences_it_stands():
    item = item_saying(
        "会议原则同意《云川市节水条例》，由市水务局于6月底前印发。会议原则通过《云川市防汛预案》，由市应急局于9月底前印发。"
    )

    assert [[deadline.text for deadline in decision.deadlines] for decision in item.decisions] == [
        ["6月底前"],
        ["9月底前"],
    ]


# A sentence of a meeting on 5 March 2021, and its deadlines: as written, and the day meant.
DEADLINES = {
    "由市水务局确保在12月底见到成效。": [("12月底", "2021-12-31")],
    "由市水务局负责，报名3月15日截止。": [("3月15日", "2021-03-15")],
    "由市水务局于3月5日前报送。": [("3月5日前", "2021-03-05")],
    "由市水务局于2月底前报送。": [("2月底前", None)],
    "由市水务局于2021年2月底前报送。": [],
    "由市水务局统计，1月至6月底完成检修三次。": [],
    "由市水务局抓好明年3月前期准备。": [],
    "由市水务局抓紧，下月20日前报送。": [("下月20日前", "2021-04-20")],
    "由市水务局抓紧，力争10月1日建成通水。": [("10月1日", "2021-10-01")],
    "由市水务局负责，最迟不超过4月10日交付。": [("4月10日", "2021-04-10")],
    "由市水务局负责，9月20前完成施工。": [("9月20前", "2021-09-20")],
    "由市水务局于11月15日18时前报送方案。": [("11月15日18时前", "2021-11-15")],
    "由市水务局负责，10月中下旬完成验收。": [("10月中下旬", "2021-10-31")],
    "由市水务局负责，本月内完成招标。": [("本月内", "2021-03-31")],
    "由市水务局负责，要在第三季度完成招标。": [("第三季度", "2021-09-30")],
    "由市水务局负责，在两年内建成。": [("两年内", None)],
    "由市水务局在清明节前完成修缮。": [("清明节前", None)],
    "由市水务局负责，一季度实现开门红。": [],
    "由市水务局负责，力争四季度通过省级验收。": [("四季度", "2021-12-31")],
    "由市水务局负责，去年底前的欠款一并结清。": [],
    "由市水务局负责，做好汛前排查。": [],
    "由市水务局于3月10日（星期三）下午5时30分前报送。": [("3月10日（星期三）下午5时30分前", "2021-03-10")],
    "由市水务局负责，9月1日开学前通水。": [("9月1日开学前", "2021-09-01")],
    "由市水务局负责，秋季开学前通水。": [("秋季开学前", None)],
    "由市水务局负责，开学前三天通水。": [],
    "由市水务局负责，本周五前报送。": [("本周五前", "2021-03-05")],
    "由市水务局负责，本周一前的积水已排干。": [],
    "由市水务局负责，下周三下班前报送。": [("下周三下班前", "2021-03-10")],
    "由市水务局负责，下周日前报送。": [("下周日前", "2021-03-14")],
    "由市水务局负责，下个月末前报送。": [("下个月末前", "2021-04-30")],
    "由市水务局负责，半个月内完成。": [("半个月内", None)],
    "由市水务局负责，三季度内完成。": [("三季度内", "2021-09-30")],
    "由市水务局负责，12月前完成。": [("12月前", None)],
    "由市水务局负责，第三季度前完成。": [("第三季度前", None)],
    "由市水务局负责，4月初前完成。": [("4月初前", None)],
    "由市水务局负责，4月中上旬完成。": [("4月中上旬", "2021-04-20")],
    "由市水务局负责，当年立项，同年12月底前完成。": [("同年12月底前", None)],
    "由市水务局负责，每年3月底前报送计划。": [],
    "由市水务局负责，年内新签约项目两个。": [("年内", "2021-12-31")],
    "由市水务局负责，2月底前已完成拆除的予以奖补。": [],
    "由市水务局负责，已于2月底前拆除的予以奖补。": [],
    "由市水务局在8月1日至9月30日期间开展检查。": [],
}


@pytest.mark.parametrize("sentence", DEADLINES)
def test_by_when(sentence: str):
    (decision,) = item_saying(sentence).decisions

    deadlines = [(each.text, each.date and each.date.isoformat()) for each in decision.deadlines]
    assert deadlines == DEADLINES[sentence]


@pytest.mark.parametrize(
    ("sentence", "outcome", "step"),
    [
        ("会议认为，该方案尚需论证，暂缓研究。", "暂缓研究", None),
        ("会议决定，本议题暂不研究。", "暂不研究", None),
        ("因论证不足，土地收储事项暂不研究。", "暂不研究", None),
        ("会议指出，待县水务局完善方案后再研究。", "再研究", None),
        ("议定待资金落实后再议。", "再议", None),
        ("由县水务局修改完善后再议。", "再议", None),
        ("本议题暂缓审议。", "暂缓审议", None),
        ("会议决定将《云川市节水条例》提交市人大常委会审议。", "决定", "提交市人大常委会审议"),
        ("会议同意采购计划。责成市财政局按照采购规定组织实施。", "同意", "组织实施"),
    ],
)
def test_what_was_put_off_or_passed_on(sentence: str, outcome: str, step: str | None):
    (decision,) = parse(f"{HEAD}一、研究用水\n{sentence}\n").items[0].decisions

    assert decision.outcome.value == outcome
    assert (decision.next_step and decision.next_step.value) == step


def test_who_supports_by_a_label_supports_whoever_brings_the_document_forward():
    text = "会议原则同意停车方案，由市住建局修改完善后报市规委会审议。\n责任单位：市住建局\n配合单位：市城管局"
    (decision,) = parse(f"{HEAD}一、研究停车\n{text}\n出席：王岚\n").items[0].decisions

    assert [unit.value for unit in decision.lead] == ["市住建局"]
    assert [unit.value for unit in decision.supporting] == ["市城管局"]


@pytest.mark.parametrize(
    "sentence",
    [
        "会议认为，情况核实后再研究的做法不可取。",
        "暂不实施的项目要公布名单。",
        "会议要求，不要等到汛后再议论。",
        "经表决，对议题一：同意9票，不同意2票。",
    ],
)
def test_words_of_putting_off_that_decide_nothing(sentence: str):
    assert decided(item_saying(sentence)) == []


@pytest.mark.parametrize(
    ("vote", "outcomes"),
    [
        ("会议经表决，议题一、议题二通过，议题三未通过。", ["通过", "通过", "未通过"]),
        ("会议经投票表决，第一项和第二项议题获得通过，第三项议题未获通过。", ["通过", "通过", "未获通过"]),
        ("经研究，议题一至三原则同意。", ["原则同意", "原则同意", "原则同意"]),
        ("议题二未通过。", [None, "未通过", None]),
    ],
)
def test_votes_told_by_number_below_the_last_item(vote: str, outcomes: list[str | None]):
    parsed = parse(f"{HEAD}一、审议滨江规划\n二、审议老城规划\n三、审议东站设计\n{vote}\n出席：王岚\n")

    assert [next((one.outcome.value for one in item.decisions), None) for item in parsed.items] == outcomes


def test_an_item_with_a_decision_of_its_own_keeps_it_whatever_the_vote():
    parsed = parse(f"{HEAD}一、审议滨江规划\n会议同意该规划。\n二、审议老城规划\n议题一、议题二通过。\n出席：王岚\n")

    assert [item.decisions[0].outcome.value for item in parsed.items] == ["同意", "通过"]


@pytest.mark.parametrize("sentence", ["滨江连廊设计方案按程序公示后再议。", "北渚人行天桥按程序专题论证后再议。"])
def test_a_matter_put_off_until_its_procedure_is_over(sentence: str):
    parsed = parse(f"{HEAD}一、研究滨江规划\n{sentence}\n出席：王岚\n")

    assert [decision.outcome.value for decision in parsed.items[0].decisions] == ["再议"]


def test_a_matter_put_off_is_a_known_outcome():
    parsed = parse("2021年3月5日，市长王岚主持召开市政府专题会议。\n一、研究水价调整\n会议决定，暂不研究。\n")

    assert [decision.outcome.value for decision in parsed.items[0].decisions] == ["暂不研究"]
    assert "unknown-outcome" not in [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("point", "outcome", "title"),
    [
        ("考虑到汛期临近，决定给予泵站检修经费20万元。", "决定", "给予泵站检修经费20万元"),
        ("鉴于资金紧张，经研究，决定由市财政局垫付。", "决定", "由市财政局垫付"),
        ("由于工期延长，同意追加监理费用。", "同意", "同意追加监理费用"),
        ("鉴于该项目已由省政府批准，市水务局要抓紧开工。", None, "鉴于该项目已由省政府批准，市水务局要抓紧开工"),
    ],
)
def test_what_is_decided_for_a_reason(point: str, outcome: str | None, title: str):
    parsed = parse(f"2021年3月5日，市长王岚主持召开市政府专题会议。\n会议决定如下事项：\n一、{point}\n")

    (item,) = parsed.items
    assert item.title.value == title
    assert next((one.outcome.value for one in item.decisions if one.outcome), None) == outcome


def test_a_plan_that_higher_units_approve():
    item = item_saying("会议决定采纳建议，并由市水务局进一步完善方案，提交上级部门审批。")

    assert [decision.next_step.value for decision in item.decisions] == ["提交上级部门审批"]
