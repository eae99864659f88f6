"""The verbs of minutes: actions on a matter, decisions, statements.

The only place for these words. Expressions are built from them with `any_of`; the records are classified with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutes.parser.vocabulary.characters import matching_form

# Actions on a matter, and the kind each is counted as. Of a compound (审议修订) the first kind listed here counts: a
# repeal is more than a deliberation.
ACTION_KINDS = {
    "废止": "repeal",
    "修订": "amend",
    "修改": "amend",
    "审议": "deliberate",
    "审定": "deliberate",
    "审核": "deliberate",
    "审查": "deliberate",
    "讨论": "deliberate",
    "听取": "hear_report",
    "传达": "convey",
    "学习": "convey",
    "宣讲": "convey",
    "解读": "convey",
    "观看": "convey",
    "贯彻": "convey",
    "通报": "brief",
    "研究": "study",
    "研判": "study",
    "分析": "study",
    "部署": "study",
    "调度": "study",
}
# Further actions of no kind that the archive counts.
OTHER_ACTIONS = ("票决",)
# Verbs that form one action together.
COMPOUND_ACTIONS = (
    *("传达学习贯彻", "学习宣传贯彻", "传达学习", "传达贯彻", "学习传达", "学习贯彻", "学习研讨", "贯彻落实"),
)
ACTIONS = (*COMPOUND_ACTIONS, *ACTION_KINDS, *OTHER_ACTIONS)

# A matter put off, which is an outcome only at the end of a clause: 本议题暂不研究, 待资金落实后再议.
PUT_OFF = (
    *("暂不研究", "暂不审议", "暂不讨论", "暂不上会", "暂不表决", "暂不实施", "暂不执行", "延期研究", "延期审议"),
    *("再议", "再研究", "再行研究", "再审议", "再行审议", "再讨论", "再作研究", "再作决定", "再上会研究"),
)
# Outcomes, and the kind each is counted as.
OUTCOME_KINDS = {
    "原则同意": "approved_in_principle",
    "原则上同意": "approved_in_principle",
    "原则通过": "approved_in_principle",
    "原则上通过": "approved_in_principle",
    "基本同意": "approved_in_principle",
    "同意": "approved",
    "批准": "approved",
    "通过": "adopted",
    # Noted, but neither approved nor adopted.
    "决定": "other",
    **dict.fromkeys(PUT_OFF, "other"),
}
# Further outcomes of no kind that the archive counts.
REFUSALS = (
    *("不同意", "不予同意", "暂不同意", "不通过", "不予通过", "未通过", "未予通过", "暂不通过", "暂缓通过", "不予批准"),
    *("未获通过", "未获得通过", "否决"),
    *("暂缓", "暂缓实施", "暂缓执行", "暂缓研究", "暂缓审议"),
)
# Statements without a decision.
SPEECH = ("指出", "强调", "要求", "认为")
# Introductions of a resolution.
RESOLUTIONS = ("决定", "明确", "确定", "议定")
# Any word by which a sentence says that the meeting did, decided or stated something.
STATEMENTS = (*ACTIONS, *SPEECH, *RESOLUTIONS, "原则", "同意", "通过", "批准")

# 会议 · 党组会议 · 区政府常务（扩大）会议 · 大会 (the meeting as the subject of a sentence; part of other expressions)
THE_MEETING = (
    r"(?:(?:本次|此次|(?:[省市县区州旗镇乡局]政?府?)?(?:党组|党委|常务|常委会|全体|主任|主席)"
    r"(?:（扩大）|扩大)?)?会议|大会)"
)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, longer ones first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


# 研究审议并一致（同意） (what may precede an outcome as a person writes it)
BEFORE_AN_OUTCOME = re.compile("(?:会议|研究|审议|审定|讨论|一致|并)*")


def action_kind(written: str) -> str | None:
    """Return the kind of an action as written (传达学习 → convey), or None if unknown."""
    read = matching_form(written)
    return next((kind for word, kind in ACTION_KINDS.items() if word in read), None)


def outcome_kind(written: str) -> str | None:
    """Return the kind of an outcome as written, or None if unknown."""
    read = matching_form(written)
    before = BEFORE_AN_OUTCOME.match(read)
    return OUTCOME_KINDS.get(read[before.end() if before else 0 :])
