"""The words of the minutes → the kinds the archive counts by. The words as written are kept beside them."""

from __future__ import annotations

from minutes.models import ActionKind, MeetingKind, Outcome
from minutes.parser.vocabulary.verbs import action_kind, outcome_kind

KINDS_BY_WORD = {
    "常务": MeetingKind.EXECUTIVE,
    "全体": MeetingKind.PLENARY,
    "专题": MeetingKind.THEMATIC,
}


def meeting_kind_of(written: str) -> MeetingKind:
    """常务会议, 常务（扩大）会议 → EXECUTIVE; OTHER for 党组会议 and all that the table does not hold."""
    return next((kind for word, kind in KINDS_BY_WORD.items() if word in written), MeetingKind.OTHER)


def action_kind_of(written: str) -> ActionKind:
    """传达学习 → CONVEY; OTHER for verbs of no known kind."""
    return ActionKind(action_kind(written) or ActionKind.OTHER)


def outcome_of(written: str) -> Outcome:
    """原则上同意 → APPROVED_IN_PRINCIPLE; OTHER for words of no known kind."""
    return Outcome(outcome_kind(written) or Outcome.OTHER)
