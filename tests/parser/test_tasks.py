"""Test the tasks of paragraphs, as a supervision office would list them."""

import datetime
import itertools

import pytest

from minutes.parser.decisions.deadlines import deadlines_in
from minutes.parser.pipeline import parse
from minutes.parser.source_text import track
from minutes.parser.tasks.read_tasks import tasks_in
from minutes.parser.types import Field
from tests.parser.golden import TEXTS, parsed_from

MET = datetime.date(2021, 3, 5)
MINUTES = "2021年3月5日，市长王岚主持召开市政府第12次常务会议。\n一、研究用地\n"


def read(text, numbered=False):
    compact = track(text).compact
    return tasks_in(compact, deadlines_in(compact, MET), numbered)


def described(text, numbered=False):
    """Return a paragraph's tasks as lines: kind | actors with role and form | text."""
    return [
        " | ".join(
            (
                task.kind + (" of a crowd" if task.collective else ""),
                ", ".join(f"{actor.role} {actor.text}" for actor in task.actors) or "nobody",
                task.text,
            )
        )
        for task in read(text, numbered)
    ]


# The lines of the definition, and each rule in other words.
RULES = {
    "an order goes on over a full stop into one without an actor": (
        "市水务局要抓紧编制预案，立足防大汛。要会同市气象局做好预报。",
        "work | lead 市水务局, supporting 市气象局 | 市水务局要抓紧编制预案，立足防大汛。要会同市气象局做好预报",
    ),
    "another actor begins another task": (
        "市财政局、市审计局要加强监管，市民政局要摸清底数。",
        "work | lead 市财政局, lead 市审计局 | 市财政局、市审计局要加强监管",
        "work | lead 市民政局 | 市民政局要摸清底数",
    ),
    "who leads and who carries it out": (
        "由副市长王岚牵头，市住建局、市城管局具体落实，9月底前完成。",
        "work | leader 副市长王岚, lead 市住建局, lead 市城管局"
        " | 由副市长王岚牵头，市住建局、市城管局具体落实，9月底前完成",
    ),
    "fields": (
        "交通、住建、水务等部门要各司其职。",
        "work | lead 交通, lead 住建, lead 水务 | 交通、住建、水务等部门要各司其职",
    ),
    "a crowd, then a unit": (
        "各地各部门要高度重视。市应急局要落实值守。",
        "work of a crowd | lead 各地各部门 | 各地各部门要高度重视",
        "work | lead 市应急局 | 市应急局要落实值守",
    ),
    "a crowd beside a unit": (
        "市妇联、各乡镇要加强宣传。",
        "work | lead 市妇联, lead 各乡镇 | 市妇联、各乡镇要加强宣传",
    ),
    "what becomes of the document": (
        "由市发改委根据会议意见修改完善后，提请市委常委会审议。",
        "procedure | lead 市发改委 | 由市发改委根据会议意见修改完善后，提请市委常委会审议",
    ),
    "who reviews before the next issues": (
        "市财政局负责修改，经副市长陈立审核后，市政府办公室印发。",
        "procedure | lead 市财政局 | 市财政局负责修改",
        "procedure | reviewing 副市长陈立, lead 市政府办公室 | 经副市长陈立审核后，市政府办公室印发",
    ),
    "who reviews at the end": (
        "由市司法局会后尽快修改完善，报陈立审核。",
        "procedure | lead 市司法局, reviewing 陈立 | 由市司法局会后尽快修改完善，报陈立审核",
    ),
    "a document that is not the item's own": (
        "由工业园形成专题报告上报。",
        "work | lead 工业园 | 由工业园形成专题报告上报",
    ),
    "a report that was heard": ("会议听取了市人社局关于就业工作的汇报。",),
    "a second order without an actor": (
        "市工信局要牵头落实公示，对优先企业要做好保障。",
        "work | lead 市工信局 | 市工信局要牵头落实公示，对优先企业要做好保障",
    ),
    "who supports": (
        "各区要落实属地责任；市住建局负责技术指导，市财政局配合。",
        "work of a crowd | lead 各区 | 各区要落实属地责任",
        "work | lead 市住建局, supporting 市财政局 | 市住建局负责技术指导，市财政局配合",
    ),
    "a verb alone under 会议明确": (
        "会议明确，各镇落实属地责任；市林业局做好巡护。",
        "work of a crowd | lead 各镇 | 各镇落实属地责任",
        "work | lead 市林业局 | 市林业局做好巡护",
    ),
    "responsible": ("县供水办负责管网巡查。", "work | lead 县供水办 | 县供水办负责管网巡查"),
    "must": ("县卫健委务必做好接种。", "work | lead 县卫健委 | 县卫健委务必做好接种"),
    "must not": ("各村不得擅自占用耕地。", "work of a crowd | lead 各村 | 各村不得擅自占用耕地"),
    "both and": (
        "县城管局既要规范摊点，又要方便群众。",
        "work | lead 县城管局 | 县城管局既要规范摊点，又要方便群众",
    ),
    "please": ("请县委办、县府办做好衔接。", "work | lead 县委办, lead 县府办 | 请县委办、县府办做好衔接"),
    "charged": ("责成区住建局限期整改。", "work | lead 区住建局 | 责成区住建局限期整改"),
    "required": (
        "会议要求县水务局尽快落实资金。",
        "work | lead 县水务局 | 要求县水务局尽快落实资金",
    ),
    "together with": (
        "由县文旅局会同县公安局、县城管局开展检查。",
        "work | lead 县文旅局, supporting 县公安局, supporting 县城管局 | 由县文旅局会同县公安局、县城管局开展检查",
    ),
    "an office for research": (
        "由市政府研究室会各地和各相关部门根据本次会议讨论意见作进一步研究完善。",
        "procedure | lead 市政府研究室, supporting 各地, supporting 各相关部门"
        " | 由市政府研究室会各地和各相关部门根据本次会议讨论意见作进一步研究完善",
    ),
    "a department with 和 in its name": (
        "由区城市管理和综合执法局牵头，区农业和水务局配合。",
        "work | lead 区城市管理和综合执法局, supporting 区农业和水务局"
        " | 由区城市管理和综合执法局牵头，区农业和水务局配合",
    ),
    "two departments joined by 和": (
        "由县住房和城乡建设局和县财政局落实。",
        "work | lead 县住房和城乡建设局, lead 县财政局 | 由县住房和城乡建设局和县财政局落实",
    ),
    "by a date": ("县教育局于6月底前完成选址。", "work | lead 县教育局 | 县教育局于6月底前完成选址"),
    "labelled": (
        "责任单位：县住建局；配合单位：县财政局；完成时限：6月底前。",
        "work | lead 县住建局, supporting 县财政局 | 责任单位：县住建局；配合单位：县财政局；完成时限：6月底前",
    ),
    "points": (
        "一是县水利局要疏浚河道。二要备足物资。三是县粮食局补充库存。",
        "work | lead 县水利局 | 县水利局要疏浚河道",
        "work | lead 县粮食局 | 县粮食局补充库存",
    ),
    "places": ("昆江市、柳塘镇要带头落实。", "work | lead 昆江市, lead 柳塘镇 | 昆江市、柳塘镇要带头落实"),
    "a department without its level": (
        "县文旅局、住建局要联合执法。",
        "work | lead 县文旅局, lead 住建局 | 县文旅局、住建局要联合执法",
    ),
    "cut short": ("市审计负责全程监督。", "work | lead 市审计 | 市审计负责全程监督"),
    "a name alone": (
        "绿化由陈一牵头，林业局落实。",
        "work | leader 陈一, lead 林业局 | 由陈一牵头，林业局落实",
    ),
    "a comrade": ("由林晓东同志负责。", "work | leader 林晓东同志 | 由林晓东同志负责"),
    "plays the leading part": ("要发挥市食安办牵头作用。", "work | lead 市食安办 | 市食安办牵头作用"),
    "agreed that it does": ("同意由市城投公司收储。", "work | lead 市城投公司 | 由市城投公司收储"),
    "bears the costs": ("维护费用由甲公司承担。", "work | lead 甲公司 | 由甲公司承担"),
    "nobody is told": ("会议原则同意。会后，修改完善后印发。", "procedure | nobody | 修改完善后印发"),
    "the actor cannot be read": (
        "由原筹备班底牵头，月底前拿出方案。",
        "work | nobody | 由原筹备班底牵头，月底前拿出方案",
    ),
    "the same actor after a full stop": (
        "县交通局要抓好养护。县交通局要规范收费。",
        "work | lead 县交通局 | 县交通局要抓好养护",
        "work | lead 县交通局 | 县交通局要规范收费",
    ),
    "the same actor after a semicolon": (
        "县交通局要抓好养护；要规范收费。",
        "work | lead 县交通局 | 县交通局要抓好养护；要规范收费",
    ),
    "the meeting speaks anew": (
        "县民政局要摸清底数。会议要求，要强化督查。",
        "work | lead 县民政局 | 县民政局要摸清底数",
    ),
    "sharing with a unit is not joining it": (
        "市民政局要加强与公安等部门的信息共享。",
        "work | lead 市民政局 | 市民政局要加强与公安等部门的信息共享",
    ),
    "a class of banks": (
        "全市银行业金融机构要降低利率。",
        "work of a crowd | lead 全市银行业金融机构 | 全市银行业金融机构要降低利率",
    ),
    "those who have not finished": (
        "尚未完成的部门要倒排工期。",
        "work of a crowd | lead 尚未完成的部门 | 尚未完成的部门要倒排工期",
    ),
    "owners": ("项目业主要保证质量。", "work of a crowd | lead 项目业主 | 项目业主要保证质量"),
}


@pytest.mark.parametrize("rule", RULES)
def test_rule(rule):
    text, *expected = RULES[rule]
    assert described(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "今年一季度，全市财政收入同比增长。",
        "市水务局认真落实部署，取得了明显成效。",
        "通过整治，实现市容环境整体提升。",
        "同意市城投公司启动前期工作。",
        "希望甲公司改用天然气。",
        "由省能源公司控股，是可行的模式。",
        "健全政府主导、财政部门牵头的机制。",
        "省委书记强调，各地要守住耕地红线。",
        "我们要坚持问题导向。",
        "该项目由县水务局汇报。",
        "第四项建议加上办公室共同负责。",
        "宣传部负责新闻的同志参加会议。",
        "生物医药产业要依托园区集聚。",
    ],
)
def test_nobody_is_told_by(text):
    assert described(text) == []


def test_what_stands_before_the_actor_says_the_matter():
    text = "针对企业用水问题，由市水务局限期解决；维护费用由甲公司承担。"
    solved, borne = read(text)
    assert [text[slice(*task.about)] for task in (solved, borne)] == ["针对企业用水问题", "维护费用"]
    assert solved.text == "由市水务局限期解决"


def test_a_time_before_the_actor_is_no_matter():
    (task,) = read("验收合格后由县财政局拨付补助资金。")
    assert task.about is None


def test_departments_cut_short_in_a_list_of_fields_are_fields():
    (task,) = read("市审计、财政等部门要加强监管。")
    assert [(actor.form, actor.text) for actor in task.actors] == [("field", "市审计"), ("field", "财政")]


@pytest.mark.parametrize("mark", "。；")
def test_a_date_told_behind_an_order_belongs_to_it(mark):
    (task,) = read(f"由县林业局负责，做好清点{mark}铺面征迁工作于7月17日前完成。")
    assert task.text == "由县林业局负责，做好清点"
    assert [deadline.date for deadline in task.deadlines] == [datetime.date(2021, 7, 17)]


def test_a_sentence_that_only_gives_a_date_dates_the_task_before_it():
    (task,) = read("市应急局要修订总体预案。修订工作年底前完成。")
    assert task.text == "市应急局要修订总体预案"
    assert [deadline.date for deadline in task.deadlines] == [datetime.date(2021, 12, 31)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("会议明确，6月底前由市水务局完成清淤。", "由市水务局完成清淤"),
        ("会议明确，6月底前，由市水务局完成清淤。", "由市水务局完成清淤"),
        ("会议明确，6月底前市水务局要完成清淤。", "市水务局要完成清淤"),
        ("会议明确，城南河道6月底前由市水务局完成清淤。", "由市水务局完成清淤"),
    ],
)
def test_a_date_before_the_actor_dates_the_task(text, words):
    (task,) = read(text)
    assert task.text == words
    assert [deadline.text for deadline in task.deadlines] == ["6月底前"]


def test_a_sentence_that_orders_another_is_no_mere_date():
    first, second = read("由县国资局牵头，逐户甄别。其中，符合政策的，由县人社局于5月底前补办手续。")
    assert first.deadlines == ()
    assert [deadline.text for deadline in second.deadlines] == ["5月底前"]


def test_each_task_has_the_deadlines_within_it():
    first, second = read("县水利局于4月底前完成清淤，县农业农村局于5月底前完成备耕。")
    assert [deadline.text for deadline in first.deadlines] == ["4月底前"]
    assert [deadline.text for deadline in second.deadlines] == ["5月底前"]


def test_forms_names_and_titles_of_actors():
    text = "由县委常委、副县长王岚牵头，县水务局、柳塘镇、各村落实，应急、气象等部门配合。"
    (task,) = read(text)
    assert [(actor.form, actor.name, actor.title) for actor in task.actors] == [
        ("post", "王岚", "县委常委、副县长"),
        ("unit", "县水务局", None),
        ("place", "柳塘镇", None),
        ("crowd", "各村", None),
        ("field", "应急", None),
        ("field", "气象", None),
    ]


@pytest.mark.parametrize("rule", RULES)
def test_where_a_line_breaks_changes_nothing(rule):
    text, *expected = RULES[rule]
    for place in range(1, len(text)):
        assert described(f"{text[:place]}\n　 {text[place:]}") == expected, place


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_tasks_follow_each_other_and_hold_their_actors(path):
    tasks = parsed_from(path).every_task()
    for task in tasks:
        assert all(task.span.start <= actor.span.start < actor.span.end <= task.span.end for actor in task.actors)
        assert task.about is None or task.about.end <= task.span.start
    assert all(before.span.end <= after.span.start for before, after in itertools.pairwise(tasks))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_decision_says_of_units_steps_and_dates_what_its_tasks_say(path):
    for item in parsed_from(path).items:
        procedures = [task for task in item.tasks if task.kind == "procedure" or task.next_step]
        for decision in item.decisions:
            assert decision.next_step in [None, *(task.next_step for task in procedures)]
            assert {*decision.lead, *decision.supporting} <= {
                Field(actor.text, actor.span) for task in item.tasks for actor in task.actors
            }
            here = [task for task in procedures if decision.span.start <= task.span.start < decision.span.end]
            for deadline in (deadline for task in here for deadline in task.deadlines):
                assert any(deadline is one for each in item.decisions for one in each.deadlines)


def test_a_next_step_that_nobody_is_told_to_take_is_a_task_with_a_doubt():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日上午，市长王岚主持召开市政府第12次常务会议。\n"
        "一、审议《云川市防汛预案》\n会议原则同意该预案，同时报省政府备案。\n出席：王岚  沈一舟\n"
    )
    (task,) = parsed.items[0].tasks
    assert (task.kind, task.actors, task.text) == ("procedure", (), "报省政府备案")
    assert parsed.items[0].decisions[0].next_step == task.next_step
    assert [problem.span for problem in parsed.problems if problem.code == "task-without-actor"] == [task.span]


def test_opening_items_and_closing_have_tasks_of_their_own():
    parsed = parse(
        "云川市人民政府常务会议纪要\n第12次\n2021年3月5日上午，市长王岚主持召开市政府第12次常务会议。"
        "会议要求，市政府办公室要做好督办。会议议定以下意见：\n"
        "一、审议《云川市防汛预案》\n（一）由市水务局修改完善后印发。\n（二）市应急局\n要备足物资。\n"
        "会上，还进行了学法讲座。市司法局要抓好普法。\n出席：王岚  沈一舟\n"
    )
    assert [task.text for task in parsed.opening_tasks] == ["市政府办公室要做好督办"]
    assert [task.text for task in parsed.items[0].tasks] == ["由市水务局修改完善后印发", "市应急局要备足物资"]
    assert [task.text for task in parsed.closing_tasks] == ["市司法局要抓好普法"]


def test_labels_below_each_other_are_one_task():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日上午，市长王岚主持召开市政府第12次常务会议。\n"
        "一、研究供热改造\n会议原则同意改造方案。\n牵头单位：市住建局\n配合单位：市财政局、各区\n出席：王岚  沈一舟\n"
    )
    (task,) = parsed.items[0].tasks
    assert [(actor.role, actor.text) for actor in task.actors] == [
        ("lead", "市住建局"),
        ("supporting", "市财政局"),
        ("supporting", "各区"),
    ]


def test_what_nobody_is_told_is_a_problem():
    parsed = parse(
        "云川市人民政府常务会议纪要\n2021年3月5日上午，市长王岚主持召开市政府第12次常务会议。\n"
        "一、审议《云川市防汛预案》\n会议原则同意。会后，修改完善后印发。\n出席：王岚  沈一舟\n"
    )
    (problem,) = [problem for problem in parsed.problems if problem.code == "task-without-actor"]
    assert problem.span == parsed.items[0].tasks[0].span
    assert problem.weight == "look"


@pytest.mark.parametrize("text", ["请该局报省政府批准", "由其报省政府批准", "责成该单位报省政府批准"])
def test_somebody_named_by_a_pronoun_is_a_task_without_an_actor(text: str):
    parsed = parse(f"{MINUTES}会议研究了用地方案。{text}。\n出席：王岚\n")

    (task,) = parsed.items[0].tasks
    assert (task.text, task.actors) == (text, ())
    assert parsed.items[0].decisions[0].next_step.value == "报省政府批准"
    assert "task-without-actor" in [problem.code for problem in parsed.problems]


def test_a_centre_called_by_its_work_is_not_cut_short():
    parsed = parse(f"{MINUTES}控规调整方案由市规划编制中心根据会议意见修改完善后，报市规委会审定。\n出席：王岚\n")

    (task,) = parsed.items[0].tasks
    assert [actor.text for actor in task.actors] == ["市规划编制中心"]
    assert task.next_step.value == "报市规委会审定"


def test_building_companies_are_told_what_is_required_of_them():
    parsed = parse(
        "3月5日，县长王岚主持召开会议。\n会上传达了《节水条例》精神，并要求建设单位严格落实文件精神，加强政策学习。\n"
    )

    assert [[actor.text for actor in task.actors] for item in parsed.items for task in item.tasks] == [["建设单位"]]


def test_those_who_write_a_document_are_told():
    parsed = parse(
        "3月5日，县长王岚主持召开会议。\n一、研究工作报告\n"
        "会议要求，社区居委会成立后，要做好服务工作。《报告》起草组要认真吸收意见。要求相关部门精心筹备。\n"
    )

    assert [[actor.text for actor in task.actors] for task in parsed.items[0].tasks] == [
        ["《报告》起草组"],
        ["相关部门"],
    ]


def test_who_has_to_do_what_work_needs():
    parsed = parse(
        "3月5日，县长王岚主持召开会议。\n一、研究安全生产\n"
        "会议要求，安全生产工作需行业主管部门要履行监管职责。文屏镇新一届政府领导班子要加强学习。\n"
    )

    assert [[actor.text for actor in task.actors] for task in parsed.items[0].tasks] == [
        ["行业主管部门"],
        ["文屏镇新一届政府领导班子"],
    ]


def test_a_surname_is_no_word_for_joining():
    parsed = parse(
        "2月8日，县长王岚主持召开会议，市委常委、区党工委书记商振江出席会议，县公安局局长参加会议。\n会议听取了汇报。\n"
    )

    assert parsed.opening_tasks == ()
