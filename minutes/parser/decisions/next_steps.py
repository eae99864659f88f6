"""What comes next with a matter: 提请市委常委会审议, 按程序印发实施."""

from __future__ import annotations

import re

from minutes.parser.source_text import Tracked
from minutes.parser.types import Field

# 修改完善后， · 根据会议意见补充后 (to be built into other expressions)
REVISED = (
    r"(?:修改|完善|补充|整理|审核|把关|论证|优化|调整|细化|充实|审查|审定|同意|意见|核实|研究)(?:[^，。；]{0,6}?)后，?"
)
# 按程序印发实施 · 依法依规逐级上报 · 履行发文程序
BY_THE_RULES = (
    r"(?:尽快|及时|抓紧)?"
    r"(?:(?:依规依?法?依?|依法依规依?|严格)?(?:按照?|依|履行)(?:有关|相关|法定|规定|法律)?(?:的)?程序(?:逐级)?[^，。；：《》]{2,24}"
    r"|(?:依法依规|依规|按规定)(?:逐级)?"
    r"(?:办理|处置|处理|推进|实施|组织|执行|报批|审批|上报|落实|印发|发布|公布|开展)[^，。；：、《》]{0,16}"
    r"|(?:按照?|依|履行|完善)[发行]文程序[^，。；：《》]{0,12})"
)
# 市委 · 区政府党组 · 县人大常委会 · 市委深改委 (who deals with a matter next; to be built into other expressions)
HIGHER_BODY = (
    r"(?:[\u4e00-\u9fff]{0,6}?(?:[省市县区州旗盟]委|[省市县区州旗盟]政府|人民政府|党委|党工委|管委会|人大|国务院)"
    r"(?:常委会?|常务|深改委|深改组|党组|专题|办公室?)?(?:会议?)?)"
)
# 上报区政府 · 按程序报区委 · 报送省政府 (to a body, without a word on what it does)
SENT_UP = rf"(?:按(?:照)?程序|适时|及时|尽快|再|逐级)*(?:上报|呈报|报送|报请|提请|提交|报){HIGHER_BODY}"
# 组织实施 · 抓紧组织实施 · 按程序组织实施
CARRIED_OUT = r"(?:抓紧|尽快|及时|按程序|依法依规|依法)?组织实施"
# 提请市委常委会审议 · 报市政府批准后实施 · 报区委常委会审定后，提请区人民代表大会审议
SUBMITTED = (
    r"(?:适时)?(?:再次?)?(?:提请|提交|报请|报送|呈报|上报|报)(?!告|名|道|刊|纸|备案登记|销|考|到|价|表|警|批|酬|废|答|复|国|效)"
    r"[^，。；：《》]{1,24}?"
    r"(?:审议|审定|审批|批准|研究|审查|备案|决定|同意|审核|审阅|批复|审签|票决|表决|考虑)"
    r"(?:同意|批准|通过)?"
    r"(?:实施|执行|印发|发布|公布)?(?:后，(?:再)?(?:提请|提交|报请|报)[^，。；：《》]{2,24}(?:审议|审定|批准|决定)|后[^，。；：《》]{1,16})?"
)
# 以市政府名义印发实施 · 以市政府令公布 · 以市政府党组名义提请市委常委会审议
IN_THE_NAME_OF = (
    r"(?:再)?以[^，。；：《》]{2,16}(?:名义|令|规章|文件|形式)(?:（?形式）?)?[^，。；：《》]{0,3}"
    r"(?:(?:印发|发布|下发|公布|行文|发文|上报|报送)(?:实施|执行|施行)?"
    r"|(?:提请|提交|报请|报)[^，。；：《》]{2,24}(?:审议|审定|审批|批准|研究))"
)
# 市政府办公室正式印发 · 尽快公布施行
ISSUED = (
    r"(?:(?:(?!由)[\u4e00-\u9fff]){2,10}(?:办公室|办))?(?:正式|联合|尽快|及时|抓紧)?"
    r"(?:印发|发布|公布|下发|发文|颁布)(?:各[^，。；]{1,10})?(?:实施|执行|施行)?"
)
# 修改完善后，提请市委常委会审议 · 由市司法局按程序印发实施 · 会后，以市政府名义印发
NEXT_STEP = re.compile(
    rf"(?:{REVISED}(?:会后，?)?(?:要|再|认真|由[^，。；]{{2,16}}?)?|(?<=[，内])(?:会后，?)?(?:并|再|同时)?|(?<=前)(?=印发|公布|发布|下发)|(?<=负责)|(?<![自来理经])由[^，。；《》]{{2,40}}?)"
    rf"(?P<step>(?:{BY_THE_RULES}|{SUBMITTED}|{IN_THE_NAME_OF}|{ISSUED}|{SENT_UP}))(?=后?[，。；《]|$)"
)
# 修改完善后，认真组织实施 · 会议原则同意，由甲公司组织实施 · 会议批准改造计划，由市住建局组织实施
TO_CARRY_OUT = re.compile(
    rf"(?:{REVISED}|(?:同意|批准|通过)(?:[^。；]{{0,80}}?[^。；后])?，)(?:要|认真|由[^，。；《》]{{2,16}}?)?(?P<step>{CARRIED_OUT})(?=[，。；]|$)"
)
# 会议要求，由县水务局修改完善后，按程序印发 · 会议要求县水务局修改完善，按程序报批
REVISED_FIRST = re.compile(r"会议要求.{0,60}?(?:修改|完善|充实)[^，。；]{0,8}(?:后|，)")
# 原则同意该方案并按程序上报市委
AT_ONCE = re.compile(r"(?P<step>(?:按照?|依|履行)(?:有关|相关|法定|规定)?程序[^，。；：《》]{2,20})(?=[，。；《]|$)")
# 会议同意将该方案提交市人大常委会审议
TO_SUBMIT = re.compile(rf"同意(?:将|把)[^，。；]{{1,40}}?(?P<step>{SUBMITTED})(?=[，。；]|$)")
# 由市发改委作进一步研究论证
STUDY_ON = re.compile(
    r"(?P<step>作(?:进一步|深入)[^，。；：《》]{0,4}(?:研究|完善|论证)[^，。；：《》]{0,6}(?<!后))(?=[，。；]|$)"
)


def comes_after_revision(sentence: Tracked) -> bool:
    """Return whether the sentence says what happens once the matter is revised: 会议要求，修改完善后，按程序印发."""
    return REVISED_FIRST.search(sentence.folded) is not None


def next_step_in(sentence: Tracked) -> Field[str] | None:
    """Return what happens next with the matter: 提请市委常委会审议, 按程序印发实施."""
    for pattern in (NEXT_STEP, AT_ONCE, TO_SUBMIT, TO_CARRY_OUT, STUDY_ON):
        if found := pattern.search(sentence.folded):
            return sentence.field(found, "step")
    return None
