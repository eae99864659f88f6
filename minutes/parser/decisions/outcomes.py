"""The outcome decided by a sentence; the words of outcomes are in minutes/parser/vocabulary/verbs.py."""

from __future__ import annotations

import re

from minutes.parser.source_text import Tracked
from minutes.parser.types import Field, Span
from minutes.parser.vocabulary.verbs import OUTCOME_KINDS, PUT_OFF, REFUSALS, any_of

OUTCOMES = (*OUTCOME_KINDS, *REFUSALS)
# 批准 · 不予批准 · 暂缓实施 (outcomes only where the meeting is the subject; part of other expressions)
ONLY_BY_THE_MEETING = any_of(word for word in OUTCOMES if word.endswith("批准") or word.startswith("暂缓"))
POSTPONED = tuple(word for word in OUTCOMES if word.startswith("暂缓"))
# 原则同意 · 基本同意 · 不予通过 (unlike 同意 and 通过 alone, outcomes anywhere; part of others, too)
IN_SO_MANY_WORDS = any_of(word for word in OUTCOMES if word not in ("同意", "通过") and word.endswith(("同意", "通过")))

# 审议并通过了3宗用地的出让方案 · 听取并通过了预算草案的报告
# 会议以举手表决的方式，通过了日程 · 听取并通过议案处理意见的报告 · 通过大会各项决议（草案）
# 审议通过《云川市节水条例》 · 会议予以通过 · 通过市司法局提交的《云川市节水条例》 · 通过了关于道路命名的意见
# (not 通过推进试点)
ADOPTED = (
    r"审议通过|审定通过|讨论通过|一致通过|予以通过|表决通过|同意(?!见|[\d一二三四五六七八九十]{1,3}票)"
    r"|(?<=听取并)通过|(?:^|(?<=会议))通过(?=大会|各项)|(?<=[议究论取]并)通过(?=了)|(?:^|(?<=会议)|(?<=[方形]式，))通过(?=了)|通过(?=了?(?:《|[^，。；]{0,40}?(?:提交|报送|起草|拟定|制定)的|关于|县|市|区|本|该))"
)
# 会议原则同意《云川市公交发展规划》 · 会议研究审议并原则通过 · 同意由市自然资源局 · 会议讨论并原则上同意
OUTCOME = re.compile(
    r"(?:(?:^|(?<=[。；：，、）]))(?:会议|经|会上)?[^。；：，《》]{0,16}?|(?<=会议)|(?<=并)|(?<=一致))"
    rf"(?P<outcome>(?:{IN_SO_MANY_WORDS})(?!见|[\d一二三四五六七八九十]{{1,3}}票)|{ADOPTED})"
)
# 审查批准了2021年财政决算 · 会议批准市财政局的意见 · 会议决定不予批准 · 经研究，会议决定，暂缓实施
# 会议认为，方案尚需论证，暂缓研究
GRANTED = re.compile(
    rf"(?:会议(?:审议|审查|研究|讨论|一致|并|决定，?){{0,3}}|^(?:审查|审议)(?=批准了)|^会议[^。；]{{2,80}}，(?=暂缓[^，。；]{{2}}(?:[，。；]|$)))"
    rf"(?P<outcome>{ONLY_BY_THE_MEETING})(?!的)"
)
# 会议认为，本议题暂不研究 · 人行天桥按程序论证后再议 · 会议决定，待资金落实后再议 · 该事项待方案完善后，再行研究
DEFERRED = re.compile(
    r"(?:(?:^|(?<=[，。；：]))(?:会议|经[^，。；]{0,6}|(?:原则上?)?同意|议定|决定|建议|[本该此][^，。；]{1,8}"
    r"|[^，。；：]{2,24}(?:议题|事项|方案|问题|请示)|[^，。；：]{2,30}?(?=按程序)){0,3}"
    r"(?P<until>(?:待|由|请|责成|按|经)[^。；]{2,40}?后，?)?)"
    rf"(?P<outcome>{any_of((*PUT_OFF, *POSTPONED))})(?=[，。；]|$|[本该此])"
)
# 提请市人大常委会 · 提请县人大四次 (before 会议批准, which is another meeting)
OF_ANOTHER_MEETING = re.compile(r"(?:提请|提交|报请?|(?<![本此])次|常委会)[^，。；]{0,16}$")
# 未经 · 报市政府 · 征得群众 (before 同意 that decides nothing)
NOT_AN_OUTCOME = re.compile(
    r"(?:不|未|未经|经.{0,8}(?:政府|党委|市委|县委|区委|人大|批准|书面)|征得|征求|取得|报|报请|提请|获得|得到|必须|须"
    r"|应|需"
    r"|群众|居民|业主|各方|双方|事先|提前)[^，。；]{0,8}$"
)
# （同意）拆除的户数达不到三分之二 · （同意）加装的业主超过九成 (who consents, and how many: nothing is decided)
CONSENT_COUNTED = re.compile(
    r"[一-龥]{2,6}的(?:户数|人数|比例|业主|居民|村民|住户|群众|家庭)(?=[^，。；]{0,6}?(?:达|超|不足|不到|占|少于|多于|未|低于))"
)
# 会议 · 以举手表决的方式， · 审议并 (before 通过 where a thing was adopted)
ADOPTING = re.compile(r"(?:会议|式，|审议|讨论|研究|一致|并|原则|^)$")
# 审议（通过） · 予以（通过）
HOW_IT_WAS_ADOPTED = re.compile(r"^(?:审议|审定|讨论|一致|予以|表决)")
# 会议决定：拨付专项资金 · 会议研究决定由市水务局 (明确 and 确定 decide nothing by themselves)
# 听取候选人情况介绍，决定提交全体代表酝酿
# 会议根据省的要求，决定对泵站进行检查 · 会议听取了汇报，决定由市领导协调
# 考虑到汛期临近，决定拨付经费 · 鉴于资金紧张，经研究，决定由县财政局垫付
RESOLVED = re.compile(
    r"会议(?:研究)?(?P<outcome>决定)"
    r"|^(?:会议)?(?:根据|按照|听取)[^。；]{2,80}，(?P<behind>决定)(?=对|由|在|成立|开展|组织|提交|提请|将)"
    r"|^(?:考虑到|鉴于|由于)[^。；]{2,80}，(?:经[^，。；]{0,6}研究，?)?(?:研究)?(?P<given>决定)(?![性权的了])"
)

# （会议原则同意）该方案 · （同意）上述意见 · （原则同意），按会议要求修改 (what was spoken of before, nothing new)
REFERS_BACK = re.compile(
    r"了?(?:，?(?:该|此|上述|以上|其(?![中他它])|这[一个些])"
    r"|，(?:按|根据|结合|由|经|会后|修改|并|责成|请|要求|提交|提请|报|以|待|尽快|下一步|进一步|印发|会议)"
    r"|[^《》，。；]{1,4}(?:[，。；]|$)|[。；]|，?$)"
)


def outcome_in(sentence: Tracked) -> Field[str] | None:
    """Return the outcome as written (原则同意), if the sentence decides."""
    granted = GRANTED.search(sentence.folded)
    if granted and not OF_ANOTHER_MEETING.search(sentence.folded[: granted.start()]):
        return sentence.field(granted, "outcome")
    for deferred in DEFERRED.finditer(sentence.folded):
        if deferred["until"] or not deferred["outcome"].startswith("再"):
            return sentence.field(deferred, "outcome")
    for found in OUTCOME.finditer(sentence.folded):
        start, end = found.span("outcome")
        if NOT_AN_OUTCOME.search(sentence.folded[max(0, start - 14) : start]):
            continue
        if found["outcome"] == "同意" and CONSENT_COUNTED.match(sentence.folded, end):
            continue
        if found["outcome"] == "通过" and not _adopts(sentence.folded, start, end):
            continue
        value = sentence.chars[start:end]
        if value.endswith("通过"):
            value = HOW_IT_WAS_ADOPTED.sub("", value)
        return Field(value, Span(sentence.starts[end - len(value)], sentence.ends[end - 1]))
    return None


def resolution_in(sentence: Tracked) -> Field[str] | None:
    """Return 决定, if the meeting resolved something with this word."""
    found = RESOLVED.search(sentence.folded)
    return sentence.field(found, found.lastgroup or 0) if found else None


def _adopts(folded: str, start: int, end: int) -> bool:
    """Return whether 通过 means adoption, and not "by means of"."""
    return ADOPTING.search(folded, max(0, start - 2), start) is not None and not folded.startswith("后", end)
