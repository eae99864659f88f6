"""How far a task extends: over further orders without a subject."""

from __future__ import annotations

import re
from bisect import bisect_left

from minutes.parser.tasks.clauses import Clause
from minutes.parser.tasks.signs import MUST, VERB, VERB_BEHIND

# 加大宣传力度 · 大力推广 (an order after a full stop too; part of others)
WITHOUT_SUBJECT = (
    r"进行|彻底|逐个|逐户|加大|加密|全程|随时|大力|着力|努力|坚决|坚定|牢固|充分|准确|科学|合理|妥善|稳妥|稳步|扎实|定期|不定期|适时|推行|推广|改进|改善|提高|提升|增强|压缩|严厉"
    r"|打击|查处|营造|带头|靠前|下沉|吸取|用足|配齐|配强|备足|摸准|查清|理清|厘清|夯实|筑牢|绷紧|盯紧|抓牢"
)
# 通过宣传，引导群众参与 · 要会同市气象局做好预报 · 对优先企业要做好保障 · 确保安全 · 同时，要加强监测 · 力争年内完成
ORDER_WITHOUT_SUBJECT = re.compile(
    rf"(?:(?:同时|此外|另外|并|且|还|特别是|尤其是|其中|下一?步|会后|今后)，?){{0,2}}"
    rf"(?:{MUST}|(?:对|对于|针对|在|从|以|围绕|结合|按照|根据|依托|通过|利用|聚焦|把|将|坚持|为|就|凡|既|如|涉及|于)(?:(?!强调|指出)[^。；]){{0,40}}?{MUST}|通过(?![《了])[^，。；]{{2,20}}，(?:{VERB_BEHIND})|高度重视|始终|通盘|{VERB}|{WITHOUT_SUBJECT})"
)
# 我们要 · 会议要求 · 王岚强调 · 就水价调整，王岚要求： · 今年以来 · 目前 (another who speaks, or a fact)
# 原则同意县水务局意见 · 后续建设有关事项须报县政府审定 (a decision, or how another matter is dealt with)
SOMETHING_ELSE = re.compile(
    r"(?:(?:就|对|针对|关于|围绕|在)[^，。；]{2,40}，)?[\u4e00-\u9fff]{2,8}(?:强调|指出)(?=[，：]|$)"
    r"|(?:就|对|针对|关于|围绕)[^，。；]{2,40}，[\u4e00-\u9fff]{2,8}要求[，：]"
    r"|原则上?(?:同意|通过)|[^，。；]{2,20}(?:事项|事宜)(?:[必须]须|须|需|应)[经报]|我们|大家|全[市县区省]上下|会议|今年以来|目前|近年来|据统计|总投资|项目(?:总|位于|拟)"
)
# （由县财政局支付）；收回云川宾馆土地使用权事项，因存在争议 (behind a semicolon, another matter)
ANOTHER_MATTER = re.compile(r"(?!妥善|做好|处理|办理|落实|抓好|研究)[^，。；]{4,40}(?:事项|事宜)")
# 维护工作已经纳入考核 · 整治取得了成效 (after a full stop no order, though it begins like one)
ALREADY = re.compile(r"[^，。；]{0,30}?(?:已经?(?:纳入|完成|建成|启动|印发|下发|列入|开始|基本|全部)|取得了)")
# 修订工作原则上年底前全面完成 (a sentence that only gives a date)
ONLY_A_DATE = re.compile(
    r"(?!完成时限|要|应|须|确保|力争|务必|[^。；]{0,60}(?:由(?!于)|责成|负责|牵头))[^。；]{0,60}?[前内底](?:之?前)?(?:必须|全面|全部|基本)?[\u4e00-\u9fff]{0,6}$"
)


def only_gives_a_date(folded: str, clause: Clause, dated: list[int]) -> bool:
    """Return whether a sentence only gives a date; `dated` are deadline positions."""
    if clause.mark not in ("。", "；") or clause.point:
        return False
    _, end = clause.half_sentence
    return any_within(dated, clause.start, end) and ONLY_A_DATE.match(folded, clause.start, end) is not None


def any_within(places: list[int], start: int, end: int) -> bool:
    """Return whether any of the sorted positions is within the range."""
    return bisect_left(places, start) < bisect_left(places, end)


def continues_order(folded: str, clause: Clause) -> bool:
    """Return whether the clause continues the order to the actors before it."""
    if clause.point or SOMETHING_ELSE.match(folded, clause.start):
        return False
    if clause.mark == "；" and ANOTHER_MATTER.fullmatch(folded, clause.start, clause.end):
        return False
    if clause.mark in ("，", "："):
        return True
    if ALREADY.match(folded, clause.start, clause.end):
        return False
    return ORDER_WITHOUT_SUBJECT.match(folded, clause.start) is not None
