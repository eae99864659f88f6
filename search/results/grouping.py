"""The results of a page by meeting, so that a meeting that has much to say does not hide the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minutes.models import Meeting
from search.results.hits import Hit

SHOWN_AT_FIRST = 3


@dataclass(frozen=True, slots=True)
class MeetingGroup:
    """The results of one meeting on a page, the first ones in sight."""

    meeting: Meeting
    hits: tuple[Hit, ...]

    @property
    def shown(self) -> tuple[Hit, ...]:
        """What is in sight; one more than that is not worth hiding."""
        return self.hits if len(self.hits) <= SHOWN_AT_FIRST + 1 else self.hits[:SHOWN_AT_FIRST]

    @property
    def rest(self) -> tuple[Hit, ...]:
        """What is shown on demand."""
        return self.hits[len(self.shown) :]


def group_by_meeting(hits: Sequence[Hit]) -> list[MeetingGroup]:
    """Return the groups in the order of their first results.

    Within a group the order stays.
    """
    groups: dict[int, list[Hit]] = {}
    for each in hits:
        groups.setdefault(each.meeting.pk, []).append(each)
    return [MeetingGroup(results[0].meeting, tuple(results)) for results in groups.values()]
