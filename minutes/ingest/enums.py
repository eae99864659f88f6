"""The words of the minutes → the kinds the archive counts by. The words as written are kept beside them."""

from __future__ import annotations

import re

from minutes.models import ActionKind, MeetingKind, Outcome

KINDS_BY_WORD = {
    "常务": MeetingKind.EXECUTIVE,
    "全体": MeetingKind.PLENARY,
    "专题": MeetingKind.THEMATIC,
}
# Asked in this order: 审议废止 repeals, it does not only deliberate.
ACTIONS_BY_WORD = {
    "废止": ActionKind.REPEAL,
    "修订": ActionKind.AMEND,
    "修改": ActionKind.AMEND,
    "审议": ActionKind.DELIBERATE,
    "审定": ActionKind.DELIBERATE,
    "讨论": ActionKind.DELIBERATE,
    "听取": ActionKind.HEAR_REPORT,
    "传达": ActionKind.CONVEY,
    "学习": ActionKind.CONVEY,
    "贯彻": ActionKind.CONVEY,
    "通报": ActionKind.BRIEF,
    "研究": ActionKind.STUDY,
}
# 原则同意, 原则上通过, 审议并同意, 审议通过, 批准 — but not 不予批准, 暂缓通过
OUTCOME = re.compile(r"(?:研究|审议|讨论|一致|并)*(?P<in_principle>原则上?)?(?P<verb>同意|批准|通过)")

# 会议决定, 会议明确: well known, but neither approval nor adoption.
NO_APPROVAL = frozenset({"决定", "确定", "明确"})


def meeting_kind_of(written: str) -> MeetingKind:
    """常务会议, 常务（扩大）会议 → EXECUTIVE; OTHER for 党组会议 and all that the table does not hold."""
    return next((kind for word, kind in KINDS_BY_WORD.items() if word in written), MeetingKind.OTHER)


def action_kind_of(written: str) -> ActionKind:
    """传达学习 → CONVEY; OTHER for verbs that the table does not hold."""
    return next((kind for word, kind in ACTIONS_BY_WORD.items() if word in written), ActionKind.OTHER)


def outcome_of(written: str) -> Outcome:
    """原则上同意 → APPROVED_IN_PRINCIPLE; OTHER for everything not said in these words."""
    match = OUTCOME.fullmatch(written)
    if match is None:
        return Outcome.OTHER
    if match["in_principle"]:
        return Outcome.APPROVED_IN_PRINCIPLE
    return Outcome.ADOPTED if match["verb"] == "通过" else Outcome.APPROVED


def is_known_outcome(written: str) -> bool:
    """Whether the word is one that the archive knows, even if only as OTHER."""
    return written in NO_APPROVAL or outcome_of(written) != Outcome.OTHER
