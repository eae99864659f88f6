"""Map words of the minutes to the kinds that the archive counts by.

The words as written are stored as well.
"""

from __future__ import annotations

from minutes.models import ActionKind, MeetingKind, Outcome
from minutes.parser.vocabulary.verbs import action_kind, outcome_kind

KINDS_BY_WORD = {
    "常务": MeetingKind.EXECUTIVE,
    "全体": MeetingKind.PLENARY,
    "专题": MeetingKind.THEMATIC,
}


def meeting_kind_of(written: str) -> MeetingKind:
    """Return the kind of meeting: 常务会议, 常务（扩大）会议 → EXECUTIVE.

    OTHER for 党组会议 and everything else not in the table.
    """
    return next((kind for word, kind in KINDS_BY_WORD.items() if word in written), MeetingKind.OTHER)


def action_kind_of(written: str) -> ActionKind:
    """Return the kind of action: 传达学习 → CONVEY; OTHER for unknown verbs."""
    return ActionKind(action_kind(written) or ActionKind.OTHER)


def outcome_of(written: str) -> Outcome:
    """Return the outcome: 原则上同意 → APPROVED_IN_PRINCIPLE; OTHER if unknown."""
    return Outcome(outcome_kind(written) or Outcome.OTHER)
