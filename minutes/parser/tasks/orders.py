"""Find the order in a clause: actors, and where the ordered matter starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutes.parser.source_text import Tracked
from minutes.parser.tasks.actors import Mention, actors_from
from minutes.parser.tasks.clauses import Clause
from minutes.parser.tasks.procedure import NEXT_STEP, STEP, TO_CARRY_OUT
from minutes.parser.tasks.signs import BEHIND_A_NAME, CHARGE, IN_CHARGE, MUST, SUPPORTS, TOGETHER, VERB_BEHIND
from minutes.parser.vocabulary.organizations import UNIT_SUFFIX

# 由 · 责成 · 并请
CHARGED = re.compile(CHARGE)
# （由市水务局）根据会议意见 · （请县财政局）牵头 · （责成区住建局），
BEHIND_CHARGE = re.compile(rf"{IN_CHARGE}|{SUPPORTS}|{MUST}|{VERB_BEHIND}|，|。|；|$|（|）")
# （市水务局）要抓紧 · （市发改委）具体负责 · （市商务局），要 · （各单位）如有变更，须
# （区教育局）针对门前拥堵，对家长要劝导
BEHIND_SUBJECT = re.compile(
    rf"，?{MUST}|{IN_CHARGE}|{SUPPORTS}|(?:是|为|如|若|遇|因|除|对|针对|围绕|按照|根据|结合)[^，。；：]{{2,30}}，(?:对[^，。；：]{{2,24}}?，?)?{MUST}"
)
# （市林业局）做好巡护
BEHIND_BARE = re.compile(VERB_BEHIND)
# （责任单位：市水务局）； · （责任单位：县水利局）牵头
BEHIND_LABEL = re.compile(
    rf"{IN_CHARGE}|{SUPPORTS}|[，。；）]|$|等|(?:责任|牵头|配合|协办|参与|完成)(?:单位|部门|时限)"
)
# （市水务局）：抓紧编制 · （县财政局）：负责筹措
BEHIND_COLON = re.compile(rf"：(?:{IN_CHARGE}|{SUPPORTS}|{MUST}|{VERB_BEHIND})")
# 分管领导 · 县政府主要领导 · 分管副县长 (a person in charge, though no name is said)
LEADER_ALONE = re.compile(
    r"(?:(?!各)[\u4e00-\u9fff]){0,8}?(?:分管|主管|主要|包联|挂钩|联系|包保)[\u4e00-\u9fff]{0,2}(?:领导|[市县区镇乡州]长|秘书长)"
)
# （县发改局）牵头 · （市农业农村局）具体负责
IS_IN_CHARGE = re.compile(IN_CHARGE)
# （县审计局）积极配合 · （县城管局）参与
IS_SUPPORTING = re.compile(SUPPORTS)

# 责任单位： · 牵头部门： · 责任领导：
LABEL = re.compile(
    r"(?P<role>责任|牵头|主办|承办|主责|落实|配合|协办|参与|协助|包联|分管)(?P<what>单位|部门|领导|人)(?:及责任人)?(?:：|为：?)?$"
)
SUPPORTING_LABELS = ("配合", "协办", "参与", "协助")
# 充分发挥市食安办牵头作用
PLAYS = re.compile(r"发挥好?(?=[\u4e00-\u9fff]{2,24}?(?:牵头|统筹|主导|主力军|协调))")
# （发挥市食安办）牵头作用
BEHIND_PLAYS = re.compile(r"的?(?:牵头|统筹|主导|综合协调|协调)[\u4e00-\u9fff、]{0,6}作用")

# 由市住建局牵头的机制 · 由县财政局、县审计局组成的专班 · 由县城投作为业主的方案 (described, not ordered)
# （县委）明确要求的事项必须办结 · （上级）交办的任务
DESCRIBED = re.compile(
    r"(?:牵头|负责|主导|组成|组织|实施|承担|管理|运营|提出|提交|起草|制定|编制|参与)[^，。；]{0,12}"
    r"的(?:机制|模式|体系|格局|制度|原则|体制|工作组|专班|领导小组|项目|方案|方式|公司|企业|费用)(?:[，。；]|$)"
    r"|作为[^，。；]{1,12}的(?:方案|模式|方式|意见|建议)"
    r"|(?:明确|提出)?(?:要求|部署|确定|交办|规定)的(?:事项|工作|任务|时限|标准|目标)"
)
DESCRIBED_ENDS = ("机制", "模式", "格局", "制度", "汇报", "通报", "体系")
# （业主由县城投公司）变更为县医院 · （办公室由县文旅局）调整至县体育局
CHANGES = re.compile(r"(?:变更|更名|调整|转变|划转|改)(?:为|至|到)")
# 由省能源公司控股，是可行的模式
SAID_OF_IT = re.compile(r"，是")
# 目前 · 一直 (right before 由市供销社使用: how it is so far)
STATE_OF_THINGS = re.compile(r"(?:目前|现|已|一直|长期|历来|此前|原先|原来)$")
# 验收合格后 · 在征得同意的情况下 · 分别 (before 由: no matter, only when or how)
NO_MATTER = re.compile(r"(?:[后时并再则也，先]|分别|的情况下|前提下|基础上)$")
# 由县水务局汇报防汛准备情况 · 就此作说明 · 解读方案 · 通报了进展情况 (not 由县督查室通报各镇进度)
REPORTS = re.compile(
    r"(?:就[^，。；]{2,40}|对[^，。；]{2,40}|(?:根据|结合|围绕|按照)[^，。；]{2,12}?)?(?:作了?|进行了?)?(?:专题|情况|工作|起草)?(?:汇报|说明|介绍|解读|宣读|讲解|报告了|传达"
    r"|通报(?:了|(?=[^，。；每月季周各]{0,16}(?:情况|精神)(?:[，。；]|$))))"
)
# 原则同意 · 会议听取了 · 希望 (words right before somebody who has no task)
NOT_ORDERED = re.compile(r"(?:同意|通过|听取了?|审议了?|学习了?|传达了?|研究了?|批准|希望|鼓励|支持|允许|建议)$")
# 修改完善后印发 · 按会议意见修改后报县委常委会审议 · 报县委审定 (what becomes of the document, nobody being told)
NOBODY = re.compile(
    r"(?:要求(?!，)|尽快|抓紧|及时|再|并|请|作?进一步|认真|严格)*(?:"
    r"(?:根据|按照?|结合|依据)(?:本次)?(?:会议?|会上|与会|大家|讨论)[^，。；]{0,14}(?:意见|精神|要求|建议)，?[^，。；]{0,6}(?:修改|完善|补充|整理|印发|报|提)"
    r"|(?:修改|补充|整理|完善|优化|充实)[^，。；]{0,8}?(?:后|，|报|完善)"
    r"|(?:提请|提交|报请?)[^，。；]{2,20}(?:审议|审定|审批|研究|批准)"
    r"|(?:按|依)(?:照|规定|有关|法定)*程序(?:印发|发文|报|提请|办理|发布)"
    r"|以[^，。；]{2,14}(?:名义|文件)[^，。；]{0,4}(?:印发|发文|发布|上报)"
    r")"
)
# 会议同意将该方案提交市人大常委会审议 · 会议决定将《云川市节水条例》提交市人大常委会审议
# 原则同意该方案并按程序上报市委
ALONG = re.compile(rf"(?:同意|决定)(?:[^，。；将把]{{1,40}}?并)?(?P<order>(?:(?:将|把)[^，。；]{{1,40}}?)?{STEP})")
# 会议同意印发《云川市节水条例》 (somebody else's task, if one is told next: ，由市政府办按程序印发)
AGREED_TO_PUBLISH = re.compile(r"[^，。；]{0,12}同意(?:印发|发布|公布)")
# 由原筹备班底牵头 · 由其会同市司法局 · 由几家协商后负责 (somebody is told who cannot be read)
# 请该局报省政府批准 · 责成该单位限期整改 · 由上述部门落实 · 请其修改 (somebody named before, by a pronoun)
# 委托中介机构负责评估 · 委托第三方开展检测 (who is to be paid for the work is not told to do it)
UNREAD = re.compile(
    r"由[^，。；]{1,24}?(?:牵头|负责(?!人|同志)|会同|根据(?:本次)?会议)"
    r"|委托(?:中介|第三方|专业|有资质的?)[^，。；]{0,6}?(?:机构|公司|单位)?(?:负责|进行|开展|编制|评估|实施|承担)"
    rf"|(?:由|请|责成|责令|要求)(?:(?:该|上述|以上)(?:[\u4e00-\u9fff]{{0,6}}?(?:{UNIT_SUFFIX}|部门|单位|企业|[市县区镇乡村]))|其(?![中他它余]))"
)


# 各镇 · 有关部门 · 市直单位 · 供水工程有关单位 (a crowd to which a verb alone is an order; not 政府采购)
CALLED_UPON = re.compile(
    r"各|相关|有关|物业|全[市县区]|全体|所有|属地|责任|牵头|沿[\u4e00-\u9fff]|成员|职能|主管|参建|所在|其他(?=[\u4e00-\u9fff]{0,4}(?:部门|单位|企业|[县区乡镇村]))|[市县区镇乡](?!场)|主要负责|分管"
    r"|(?!政府|采购|[望盼请])[\u4e00-\u9fff]{2,10}?(?:相关|有关)(?:部门|单位|企业)"
)
# （东站）建设 · （老城）改造 · （北渚农业园）建设项目 (a matter, and no order)
MATTER_OF_ITS_OWN = re.compile(r"(?:建设|改造|扩建|新建|整治|治理|开发|搬迁)(?:项目|工程)?$")
# 部门牵头、市县联手 (how it is done, and nobody told)
NOBODY_IN_PARTICULAR = ("部门", "单位", "政府", "党委", "企业")
# （市水务局）将继续加强 · （东浦区）将统筹推进 (what somebody is going to do; not 将方案报市政府)
WILL = re.compile(
    r"将(?:会(?!议)|统筹|继续|进一步|全力|积极|加快|认真|切实|不断|持续|着力|大力|努力|坚持|深入|全面|围绕|始终|以(?!上|下)|于|在)"
)
# （县政府）向县人大报告工作，既是法定职责 · （南屏镇）建设工作成效逐步显现 · （市水务局）防汛工作总体有序
# （各镇）整治任务基本完成 · （县水务局）在充分征求意见基础上，形成了方案 (said of them, not ordered)
STATES = re.compile(
    r"[^，。；]{0,10}?(?:工作|任务|水平|能力|进度|项目|工程)(?:成效|进展|总体|逐步|取得|不断|明显|已|基本|较|相对|仍然?|日益|稳步(?:推进|提升)$)"
    r"|[^，。；]{2,30}，(?:既)?是|[^，。；]{0,4}在[^，。；]{4,40}基础上，(?:研究)?(?:形成|起草|编制|制定)"
)
# （王岚副市长）在听取汇报后，提出三点要求 · （沈一舟）针对存在的问题作了讲话 (who speaks is not told)
# （学习贯彻沈一舟书记）在全会上的讲话精神 · （贯彻王岚省长）对防汛工作作出的重要指示
SPEAKS = re.compile(
    r"[^。；：，]{0,40}的(?:重要)?(?:讲话|批示|指示)|[^。；：]{0,40}?(?:强调|指出|表示|召开|主持|出席|汇报|通报|宣读|介绍|表扬|肯定|提出[^，。；]{0,8}(?:要求|意见|建议)"
    r"|作了?[^，。；]{0,6}(?:讲话|发言|说明|总结))"
)


# （会议由市水务局）总工程师王岚主持 · （由县长王岚）主持会议
WHO_CHAIRED = re.compile(r"主持(?:了?会议)?$")


@dataclass(slots=True)
class Order:
    """The order of a clause.

    `start` is the position of the actor or the preceding 由, `end` where the matter starts; `sign` is the kind of
    order: charge, must, in charge, support, verb or label.
    """

    start: int
    end: int
    sign: str
    actors: list[tuple[Mention, str]]
    about: tuple[int, int] | None = None


def order_in(text: Tracked, clause: Clause, bare: bool, beside: bool) -> Order | None:
    """Return the order that the clause gives, if any.

    A verb alone (各镇落实责任) only counts if `bare`; any verb after a department does `beside` another order.
    """
    return (
        _by_label(text, clause)
        or _by_colon(text, clause)
        or _by_charge(text, clause)
        or _by_subject(text, clause)
        or (_by_verb(text, clause, beside) if bare else None)
        or _by_playing(text, clause)
    )


def order_without_actor(folded: str, clause: Clause, decided: bool, near: bool) -> int | None:
    """Return the start of an order without a known actor, or of a next step.

    A next step only after something is `decided`; `near`: in this sentence or the previous one.
    """
    start, end = clause.words, clause.end
    if AGREED_TO_PUBLISH.match(folded, clause.start, end) and folded.startswith("，由", end):
        return None
    if UNREAD.match(folded, start, end):
        described = folded[clause.start : end].endswith(DESCRIBED_ENDS)
        return start if _orders(folded, end, clause) and not described else None
    if decided and NOBODY.match(folded, start, end):
        return start
    if near and (NEXT_STEP.match(folded, start, end) or TO_CARRY_OUT.match(folded, start, end)):
        return start
    along = ALONG.search(folded, clause.start, end)
    return along.start("order") if along else None


def _by_label(text: Tracked, clause: Clause) -> Order | None:
    """Return the order of a label: 责任单位：市水务局."""
    label = LABEL.search(text.folded, max(0, clause.start - 12), clause.start)
    if not label:
        return None
    actors, end = actors_from(text, clause.start, BEHIND_LABEL, people=label["what"] in ("领导", "人"))
    while actors and text.folded.startswith("，", end):
        more, end_of_more = actors_from(text, end + 1, BEHIND_LABEL)
        if not more:
            break
        actors, end = actors + more, end_of_more
    supporting = label["role"] in SUPPORTING_LABELS or IS_SUPPORTING.match(text.folded, end)
    role = "supporting" if supporting else "lead"
    return Order(label.start(), end, "label", _with_roles(actors, role)) if actors else None


def _by_colon(text: Tracked, clause: Clause) -> Order | None:
    """Return the order after a colon: 市水务局：抓紧编制预案."""
    if not BEHIND_COLON.match(text.folded, clause.end):
        return None
    actors, end = actors_from(text, clause.words, BEHIND_COLON, people=True)
    if not actors or end != clause.end:
        return None
    role = "supporting" if IS_SUPPORTING.match(text.folded, end + 1) else "lead"
    return Order(clause.words, end, "colon", _with_roles(actors, role))


def _by_charge(text: Tracked, clause: Clause) -> Order | None:
    """Return an order by 由 or 请: 由市水务局…, 请县财政局…, 维护费用由甲公司承担."""
    for found in CHARGED.finditer(text.folded, clause.start, clause.end):
        at_start = found.start() <= clause.words
        if STATE_OF_THINGS.search(text.folded, clause.start, found.start()):
            continue
        if not at_start and (found[0].startswith("请") or text.folded[found.start() - 1] in "的是和、"):
            continue
        actors, end = actors_from(text, found.end(), BEHIND_CHARGE, people=True, charged=True)
        if found[0].startswith("委托") and all(mention.form == "crowd" for mention in actors):
            continue
        if not actors or not _orders(text.folded, end, clause) or WHO_CHAIRED.search(text.folded, end, clause.end):
            continue
        order = _order(text, found.start(), actors, end, charged=True)
        if not at_start and not NO_MATTER.search(text.folded, clause.words, found.start()):
            order.about = (clause.words, found.start())
        return order
    return None


def _by_subject(text: Tracked, clause: Clause) -> Order | None:
    """Return an order with a subject: 市水务局要…, 市财政局负责…, 县审计局配合."""
    if NOT_ORDERED.search(text.folded, clause.start, clause.words):
        return None
    actors, end = actors_from(text, clause.words, BEHIND_SUBJECT)
    if not actors:
        actors, end = actors_from(text, clause.words, BEHIND_A_NAME, people=True)
    if not actors or DESCRIBED.match(text.folded, end):
        return None
    if IS_IN_CHARGE.match(text.folded, end) and all(mention.name in NOBODY_IN_PARTICULAR for mention in actors):
        return None
    order = _order(text, _from_required(text.folded, clause), actors, end)
    return None if order.sign == "verb" and STATES.match(text.folded, order.end) else order


def _by_verb(text: Tracked, clause: Clause, beside: bool) -> Order | None:
    """Return an order by a verb: 各镇落实属地责任, 市林业局做好巡护."""
    if NOT_ORDERED.search(text.folded, clause.start, clause.words):
        return None
    required = text.folded.endswith("要求", clause.start, clause.words)
    actors, end = actors_from(text, clause.words, BEHIND_BARE, people=True, charged=beside or required)
    if not actors or not _orders(text.folded, end, clause):
        return None
    if text.folded.startswith("：", clause.end) and text.folded.endswith(("要求", "意见"), end, clause.end):
        return None
    if MATTER_OF_ITS_OWN.match(text.folded, end, clause.end):
        return None
    order = _order(text, _from_required(text.folded, clause), actors, end)
    if WILL.match(text.folded, end) or STATES.match(text.folded, order.end):
        return None
    if all(mention.form == "post" for mention in actors) and SPEAKS.match(text.folded, end):
        return None
    if not required and all(
        mention.form == "crowd" and not CALLED_UPON.match(text.folded, mention.start) for mention in actors
    ):
        return None
    return order


def _from_required(folded: str, clause: Clause) -> int:
    """Return the start of the order: the actor, or a 要求 directly before it."""
    return clause.words - len("要求") if folded.endswith("要求", clause.start, clause.words) else clause.words


def _by_playing(text: Tracked, clause: Clause) -> Order | None:
    """Return an order by 发挥: 发挥市食安办牵头作用."""
    for found in PLAYS.finditer(text.folded, clause.start, clause.end):
        actors, end = actors_from(text, found.end(), BEHIND_PLAYS)
        if actors:
            return Order(found.end(), end, "in charge", _with_roles(actors, "lead"))
    return None


def _orders(folded: str, end: int, clause: Clause) -> bool:
    """Return whether those before `end` are ordered something, not described."""
    if REPORTS.match(folded, end) or DESCRIBED.match(folded, end) or CHANGES.match(folded, end):
        return False
    return not SAID_OF_IT.match(folded, clause.end)


def _order(text: Tracked, start: int, actors: list[Mention], end: int, charged: bool = False) -> Order:
    """Return the order to these actors and those joining them (会同市气象局).

    `charged`: 由 or 请 precedes them.
    """
    supporting: list[Mention] = []
    if together := TOGETHER.match(text.folded, end):
        supporting, behind = actors_from(text, together.end(), BEHIND_CHARGE, charged=True)
        end = behind if supporting else end
    folded = text.folded
    if (supports := IS_SUPPORTING.match(folded, end)) and not supporting:
        sign, role, end = "support", "supporting", supports.end()
    elif charge := IS_IN_CHARGE.match(folded, end):
        sign, role, end = "in charge", "lead", charge.end()
    else:
        sign, role = ("must" if BEHIND_SUBJECT.match(folded, end) else "verb"), "lead"
    with_roles = _with_roles(actors, role, in_charge=charged or sign == "in charge")
    return Order(start, end, sign, [*with_roles, *((mention, "supporting") for mention in supporting)])


def _with_roles(actors: list[Mention], role: str, in_charge: bool = False) -> list[tuple[Mention, str]]:
    """Return the actors with the role; a person who would lead is the leader.

    So is 分管领导, if `in_charge` (由分管领导牵头), although it names nobody.
    """
    people = [_as_a_post(mention) if in_charge else mention for mention in actors]
    return [(mention, "leader" if role == "lead" and mention.form == "post" else role) for mention in people]


def _as_a_post(mention: Mention) -> Mention:
    """Return the mention as a post, if it is that of one person."""
    if not LEADER_ALONE.fullmatch(mention.name or ""):
        return mention
    return replace(mention, form="post", name=None, title=mention.name)
