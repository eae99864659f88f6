"""What a sentence decides about a matter, and what comes next with it."""

from __future__ import annotations

import re

from minutes.parser.source_text import Tracked
from minutes.parser.types import Field, Span

# 审议通过《云川市节水条例》 · 通过市司法局提交的《云川市节水条例》 · 通过了关于道路命名的意见 (not 通过推进试点)
ADOPTED = (
    r"审议通过|审定通过|讨论通过|一致通过|同意"
    r"|通过(?=了?(?:《|[^，。；]{0,40}?(?:提交|报送|起草|拟定|制定)的|关于|县|市|区|本|该))"
)
# 会议原则同意《云川市公交发展规划》 · 会议研究审议并原则通过 · 同意由市自然资源局 · 会议讨论并原则上同意
OUTCOME = re.compile(
    r"(?:(?:^|(?<=[。；：，、）]))(?:会议|经|会上)?[^。；：，《》]{0,16}?|(?<=会议)|(?<=并)|(?<=一致))"
    rf"(?P<outcome>原则上?(?:同意|通过)|基本同意|不予?(?:同意|通过)|未(?:予)?通过|暂不(?:同意|通过)|{ADOPTED})"
)
# 会议批准市财政局的意见 · 会议决定不予批准 · 经研究，会议决定暂缓实施
GRANTED = re.compile(r"会议(?:审议|研究|讨论|一致|并|决定){0,3}(?P<outcome>不予批准|批准|暂缓(?:实施|执行|研究|审议)?)")
# 未经 · 报市政府 · 征得群众 (in front of 同意 that decides nothing)
NOT_AN_OUTCOME = re.compile(
    r"(?:不|未|未经|经.{0,8}(?:政府|党委|市委|县委|区委|人大|批准|书面)|征得|征求|取得|报|报请|提请|获得|得到|必须|须"
    r"|应|需"
    r"|群众|居民|业主|各方|双方|事先|提前)[^，。；]{0,8}$"
)
# 会议 · 审议并 (in front of 通过 where a thing was adopted)
ADOPTING = re.compile(r"(?:会议|审议|讨论|研究|一致|并|原则|^)$")
# 会议决定：拨付专项资金 · 会议研究决定由市水务局 (明确 and 确定 decide nothing by themselves)
RESOLVED = re.compile(r"会议(?:研究)?(?P<outcome>决定)")

# 修改完善后， · 根据会议意见补充后 (to be built into other expressions)
REVISED = (
    r"(?:修改|完善|补充|整理|审核|把关|论证|优化|调整|细化|充实|审查|审定|同意|意见|核实|研究)(?:[^，。；]{0,6}?)后，?"
)
# 按程序印发实施 · 依法依规逐级上报
BY_THE_RULES = (
    r"(?:尽快|及时|抓紧)?"
    r"(?:(?:依规依?法?依?|依法依规依?|严格)?(?:按照?|依|履行)(?:有关|相关|法定|规定|法律)?(?:的)?程序(?:逐级)?[^，。；：《》]{2,24}"
    r"|(?:依法依规|依规|按规定)(?:逐级)?"
    r"(?:办理|处置|处理|推进|实施|组织|执行|报批|审批|上报|落实|印发|发布|公布|开展)[^，。；：、《》]{0,16})"
)
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
    rf"(?:{REVISED}(?:会后，?)?(?:由[^，。；]{{2,16}}?)?|(?<=[，内])|(?<=前)(?=印发|公布|发布|下发)|(?<=负责)|(?<![自来理经])由[^，。；《》]{{2,40}}?)"
    rf"(?P<step>(?:{BY_THE_RULES}|{SUBMITTED}|{IN_THE_NAME_OF}|{ISSUED}))(?=后?[，。；《]|$)"
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


def outcome_in(sentence: Tracked) -> Field[str] | None:
    """The outcome as written (原则同意), if the sentence decides."""
    if granted := GRANTED.search(sentence.folded):
        return sentence.field(granted, "outcome")
    for found in OUTCOME.finditer(sentence.folded):
        start, end = found.span("outcome")
        if NOT_AN_OUTCOME.search(sentence.folded[max(0, start - 14) : start]):
            continue
        if found["outcome"] == "通过" and not _adopts(sentence.folded, start, end):
            continue
        value = sentence.chars[start:end]
        if value.endswith("通过"):
            value = value.removeprefix("审议").removeprefix("审定").removeprefix("讨论").removeprefix("一致")
        return Field(value, Span(sentence.starts[end - len(value)], sentence.ends[end - 1]))
    return None


def resolution_in(sentence: Tracked) -> Field[str] | None:
    """Return 决定, where the meeting resolved something in this word."""
    found = RESOLVED.search(sentence.folded)
    return sentence.field(found, "outcome") if found else None


def comes_after_revision(sentence: Tracked) -> bool:
    """Whether the sentence says what happens once the matter is revised: 会议要求，修改完善后，按程序印发."""
    return REVISED_FIRST.search(sentence.folded) is not None


def next_step_in(sentence: Tracked) -> Field[str] | None:
    """What happens next with the matter: 提请市委常委会审议, 按程序印发实施."""
    for pattern in (NEXT_STEP, AT_ONCE, TO_SUBMIT, STUDY_ON):
        if found := pattern.search(sentence.folded):
            return sentence.field(found, "step")
    return None


def _adopts(folded: str, start: int, end: int) -> bool:
    """Whether 通过 means that a thing was adopted, and not by what means something is done."""
    return ADOPTING.search(folded, max(0, start - 2), start) is not None and not folded.startswith("后", end)
