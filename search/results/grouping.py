"""Group results by meeting, so that one meeting does not fill the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minutes.models import Meeting
from search.results.hits import Hit

SHOWN_AT_FIRST = 3


@dataclass(frozen=True, slots=True)
class MeetingGroup:
    """The results of one meeting on a page; all but the first ones are collapsed."""

    meeting: Meeting
    hits: tuple[Hit, ...]

    @property
    def shown(self) -> tuple[Hit, ...]:
        """Return the visible results; a single further one is not collapsed."""
        return self.hits if len(self.hits) <= SHOWN_AT_FIRST + 1 else self.hits[:SHOWN_AT_FIRST]

    @property
    def rest(self) -> tuple[Hit, ...]:
        """Return the collapsed results."""
        return self.hits[len(self.shown) :]


def group_by_meeting(hits: Sequence[Hit]) -> list[MeetingGroup]:
    """Return the groups in the order of their first results.

    The order within a group is unchanged.
    """
    groups: dict[int, list[Hit]] = {}
    for each in hits:
        groups.setdefault(each.meeting.pk, []).append(each)
    return [MeetingGroup(results[0].meeting, tuple(results)) for results in groups.values()]
