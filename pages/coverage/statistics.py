"""Coverage of each body: published meetings, missing numbers, delay of issue."""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, F

from minutes.models import Body, Meeting, MeetingStatus
from minutes.signals import index_time_requested
from pages.charts.strips import Run, Strip, runs_of, strips


@dataclass(frozen=True, slots=True)
class NumberedMeeting:
    """The fields of a published meeting that determine its position in a series."""

    pk: int
    number: int
    date: datetime.date | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Missing numbers, and the meetings before and after."""

    before: NumberedMeeting
    after: NumberedMeeting

    @property
    def numbers(self) -> tuple[int, int]:
        return self.before.number + 1, self.after.number - 1

    @property
    def count(self) -> int:
        return self.after.number - self.before.number - 1


@dataclass(frozen=True, slots=True)
class Series:
    """Consecutively numbered meetings of a body and kind; a term starts a new series."""

    meetings: list[NumberedMeeting]

    @property
    def gaps(self) -> list[Gap]:
        pairs = zip(self.meetings, self.meetings[1:], strict=False)
        return [Gap(before, after) for before, after in pairs if after.number - before.number > 1]

    @property
    def missing(self) -> int:
        return sum(gap.count for gap in self.gaps)

    @property
    def runs(self) -> list[Run]:
        """Return the published numbers as runs from the first to the last."""
        return runs_of(meeting.number for meeting in self.meetings)


@dataclass(slots=True)
class BodyCoverage:
    """Meetings of a body and kind: series, and how many lack number or date."""

    body: Body
    kind: str
    series: list[Series] = field(default_factory=list)
    meeting_count: int = 0
    without_number: int = 0
    without_date: int = 0


def coverage_by_body() -> list[BodyCoverage]:
    """Return the coverage of every body and kind of meeting."""
    rows = Meeting.objects.published().order_by(
        "body__name", "kind_text", F("date").asc(nulls_last=True), F("number").asc(nulls_first=True)
    )
    bodies = Body.objects.in_bulk()
    found = []
    for (body, kind), of_kind in groupby(
        rows.values_list("body", "kind_text", "pk", "number", "date"), key=lambda row: row[:2]
    ):
        meetings = [row[2:] for row in of_kind]
        found.append(
            BodyCoverage(
                body=bodies[body],
                kind=kind,
                series=series_of(NumberedMeeting(*meeting) for meeting in meetings if None not in meeting),
                meeting_count=len(meetings),
                without_number=sum(number is None for _, number, _ in meetings),
                without_date=sum(date is None for _, _, date in meetings),
            )
        )
    return found


def series_of(meetings: Iterable[NumberedMeeting]) -> list[Series]:
    """Split into series wherever the number drops (numbering restarted)."""
    series: list[Series] = []
    for meeting in meetings:
        if series and meeting.number >= series[-1].meetings[-1].number:
            series[-1].meetings.append(meeting)
        else:
            series.append(Series([meeting]))
    return series


@dataclass(frozen=True, slots=True)
class YearOfLags:
    """The days between the meetings of a year and the issue of their minutes."""

    year: int
    meetings: int
    median: float
    longest: int
    strip: Strip


def lags_by_year() -> list[YearOfLags]:
    """Return the days to issue by year, latest first, where both dates are known."""
    dates = Meeting.objects.published().filter(date__isnull=False, issued_on__gte=F("date"))
    days_by_year: dict[int, list[int]] = {}
    for met, issued in dates.order_by("-date").values_list("date", "issued_on"):
        days_by_year.setdefault(met.year, []).append((issued - met).days)
    lines = strips(days_by_year.values())
    return [
        YearOfLags(year, len(days), statistics.median(days), max(days), line)
        for (year, days), line in zip(days_by_year.items(), lines, strict=True)
    ]


def hidden_counts() -> dict[str, int]:
    """Return the numbers of unpublished and withdrawn minutes, without details."""
    rows = Meeting.objects.order_by().values_list("status").annotate(Count("pk"))
    counts = dict(rows)
    waiting = sum(counts.get(status, 0) for status in (MeetingStatus.DRAFT, MeetingStatus.REVIEWED))
    return {"waiting": waiting, "withdrawn": counts.get(MeetingStatus.WITHDRAWN, 0)}


def index_updated_at() -> datetime.datetime | None:
    """Return when the search index was last updated, or None if unknown."""
    answers = [answer for _, answer in index_time_requested.send_robust(sender=None)]
    return next((answer for answer in answers if isinstance(answer, datetime.datetime)), None)
