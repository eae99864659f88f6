"""Procedures: tasks on the item's own document, and its next step."""

from __future__ import annotations

import re

# 根据本次会议讨论意见 · 按会上意见修改完善 · 进一步修改完善后
REVISES = re.compile(
    r"(?:根据|按照?|结合|依据|吸纳|综合)(?:[本此这]次)?(?:会议?上?|会上|与会|大家|各方|(?=讨论))(?:的|本次|讨论|研究|审议|所提|提出的?|有关)*(?:意见|建议|(?:精神|要求)，?[^，。；]{0,4}(?:修改|完善|补充|整理|印发))"
    r"|(?:修改|修订|补充|整理|研究)完善(?![^，。；后]{1,10}(?:预案|制度|机制|措施|体系|设施)(?:[，。；]|$))|优化完善(?![^，。；]{0,14}(?:工作|机制|体系|措施|设施|功能|布局|环境|服务|流程|基础))|完善后|修改(?:后|，)|负责修改"
)
# 提交上级部门审批 · 提交全体代表酝酿
# 按程序印发 · 提请市委常委会审议 · 以市政府名义印发 · 报市政府审定 · 按程序报批
PASSES_ON = re.compile(
    r"印发|发文|提请[^，。；]{2,20}(?:审议|审定|研究|审查)|提交[^，。；]{2,20}(?:审议|审定|研究|审批|批准|酝酿|表决|讨论)"
    r"|(?:按|依|履行)[^，。；]{0,8}程序[^，。；]{0,10}(?:发布|公布|报|提请|办理|实施|上报|发文|审批)"
    r"|报[^，。；]{2,16}(?:审议|审定|审批|批准|研究|同意)|负责报[^，。；]{2,16}备案|发布实施|公布施行|发文程序"
)
# 制定实施方案 · 形成专题报告 (a document other than the item's own)
OTHER_DOCUMENT = re.compile(
    r"(?:制定|制订|研究(?=[^，。；]{0,16}配套)|形成|起草|拟定|拟订|编制|提出|拿出|撰写|出台)(?:(?!根据|按照|结合)[^，。；]){0,30}(?:方案|报告|意见|办法|细则|清单|规划|计划|预案|材料|措施|建议|制度|文件|通知|标准|目录|名录)"
)
# 方案 · 《实施意见》 · 调整部分 (what names a document, or a part of it)
DOCUMENT = re.compile(r"调整|方案|办法|意见|规划|规定|细则|报告|请示|条例|文件|预案|计划|清单|制度|《")
# 查清权属后再提请会议研究 · 核实资产情况后，提交市政府常务会议审议 (work, after which the matter comes back)
INQUIRY_FIRST = re.compile(
    r"(?:查[清明]|摸[清准底]|[理厘核弄]清|核[实查]|调查|勘[测察界]|测绘|确权|清查|排查)[^，。；]{0,20}?后，?再?次?(?:提请|提交|报请?)"
)
# The next step of a document is stated at once.
FIRST_WORDS = 90

# 按程序印发实施 · 依法依规逐级上报 · 履行发文程序
BY_THE_RULES = (
    r"(?:尽快|及时|抓紧)?"
    r"(?:(?:依规依?法?依?|依法依规依?|严格)?(?:按照?|依|履行)(?:有关|相关|法定|规定|法律)?(?:的)?程序(?:逐级)?[^，。；：《》]{2,24}"
    r"|(?:依法依规|依规|按规定)(?:逐级)?"
    r"(?:办理|处置|处理|推进|实施|组织|执行|报批|审批|上报|落实|印发|发布|公布|开展)[^，。；：、《》]{0,16}"
    r"|(?:按照?|依|履行|完善)[发行]文程序[^，。；：《》]{0,12})"
)
# 市委 · 区政府党组 · 县人大常委会 · 市委深改委 (who deals with a matter next; part of other expressions)
HIGHER_BODY = (
    r"(?:[\u4e00-\u9fff]{0,6}?(?:[省市县区州旗盟]委|[省市县区州旗盟]政府|人民政府|党委|党工委|管委会|人大|国务院|上级|学校)"
    r"(?:常委会?|常务|深改委|深改组|党组|专题|办公室?)?(?:会议?)?)"
)
# 上报区政府 · 按程序报区委 · 报送省政府 (to a body, without a word on what it does)
SENT_UP = (
    r"(?:按(?:照)?程序|适时|及时|按时|尽快|再|逐级)*(?:上报|呈报|报送|报请|提请|提交|报)"
    rf"{HIGHER_BODY}(?:(?:相关|有关)部门)?"
)
# 组织实施 · 抓紧组织实施 · 按程序组织实施
CARRIED_OUT = r"(?:抓紧|尽快|及时|按程序|依法依规|依法)?组织实施"
# 提请市委常委会审议 · 报市政府批准后实施 · 报区政府印发实施 · 报区委常委会审定后，提请区人民代表大会审议
SUBMITTED = (
    r"(?:适时)?(?:再次?)?(?:提请|提交|报请|报送|呈报|上报|报)(?!告|名|道|刊|纸|备案登记|销|考|到|价|表|警|批|酬|废|答|复|国|效)"
    r"[^，。；：《》]{1,24}?"
    r"(?:审议|审定|审批|批准|研究|审[查核](?!后，)|备案|决定|同意|审阅|批复|审签|票决|表决|酝酿|考虑|(?<=政府)印发|(?<=办公室)印发)"
    r"(?:同意|批准|通过)?"
    r"(?:实施|执行|印发|发布|公布)?(?:后，(?:再)?(?:提请|提交|报请|报)[^，。；：《》]{2,24}(?:审议|审定|批准|决定)|后[^，。；：《》]{1,16})?"
)
# 以市政府名义印发实施 · 以市政府令公布 · 以市政府党组名义提请市委常委会审议
IN_THE_NAME_OF = (
    r"(?:再)?以[^，。；：《》]{2,16}(?:名义|令|规章|文件|形式)(?:（?形式）?)?[^，。；：《》]{0,3}"
    r"(?:(?:印发|发布|下发|公布|行文|发文|上报|报送)(?:实施|执行|施行)?"
    r"|(?:提请|提交|报请|报)[^，。；：《》]{2,24}(?:审议|审定|审批|批准|研究))"
)
# 正式印发 · 尽快公布施行
ISSUED = (
    r"(?<!予以)(?<!定期)(?:正式|联合|尽快|及时|抓紧)?"
    r"(?:印发|发布|公布|下发|发文|颁布)(?:各[^，。；]{1,10})?(?:实施|执行|施行)?"
)
# （由市发改委）作进一步研究论证 · （由市水务局）作深入研究
STUDY_ON = re.compile(
    r"作(?:进一步|深入)[^，。；：《》]{0,4}(?:研究|完善|论证)[^，。；：《》]{0,6}(?<!后)(?=[，。；]|$)"
)
# 提请市委常委会审议 · 按程序印发 (to the end of its clause; part of other expressions)
STEP = rf"(?:{BY_THE_RULES}|{SUBMITTED}|{IN_THE_NAME_OF}|{ISSUED}|{SENT_UP})(?=后?[，。；《]|$)"
# （修改完善后）提请市委常委会审议 · （由市司法局）按程序印发实施
NEXT_STEP = re.compile(STEP)
# 修改完善后，认真组织实施 · 会议批准改造计划，由市住建局组织实施 (not 牵头组织实施)
# 会议同意市住建局的方案；由市住建局会同市财政局组织实施
TO_CARRY_OUT = re.compile(
    rf"(?:后，?(?:要|再|认真)?|(?:(?<=[，；。])|^)(?:由|责成)(?:(?!牵头|作为)[^，。；《》]){{2,30}}?)(?P<step>{CARRIED_OUT})(?=[，。；]|$)"
)


def next_step_in(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the range of a next step: 提请市委常委会审议, 按程序印发实施."""
    if found := NEXT_STEP.search(folded, start, end) or STUDY_ON.search(folded, start, end):
        return found.span()
    found = TO_CARRY_OUT.search(folded, start, end)
    return found.span("step") if found else None


def is_procedure(folded: str, start: int, end: int, about: str, near: bool) -> bool:
    """Return whether a range is a procedure on the item's own document.

    `near`: the meeting has just decided, so that any next step is that of the document.
    """
    if about and not DOCUMENT.search(about):
        return False
    end = min(end, start + FIRST_WORDS)
    found = REVISES.search(folded, start, end) or PASSES_ON.search(folded, start, end)
    step = found.span() if found else next_step_in(folded, start, end) if near else None
    other = OTHER_DOCUMENT.search(folded, start, end)
    if step is None or INQUIRY_FIRST.search(folded, start, end):
        return False
    return not (other and other.start() < step[0])
