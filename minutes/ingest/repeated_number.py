"""Report a number that another meeting of the kind has at about the same time."""

from __future__ import annotations

import datetime

from django.db.models import Q

from minutes.ingest.problems import ProblemList
from minutes.models import Meeting
from minutes.parser.types import Span

# Numbering restarts with a year or a term; within this many days no number repeats.
_SAME_COUNT = datetime.timedelta(days=180)


def report_repeated_number(meeting: Meeting, problems: ProblemList) -> None:
    """Add a problem if a meeting of the series has this number on another day."""
    if meeting.number is None:
        return
    others = Meeting.objects.filter(
        body=meeting.body, kind_text=meeting.kind_text, number=meeting.number, distinction=meeting.distinction
    ).exclude(pk=meeting.pk)
    if meeting.term:
        others = others.filter(Q(term=meeting.term) | Q(term=None))
    if meeting.date:
        near = Q(date__range=(meeting.date - _SAME_COUNT, meeting.date + _SAME_COUNT))
        others = others.filter(near | Q(date__year=meeting.date.year) | Q(date=None))
    for other in others.select_related("body").order_by("date")[:1]:
        day = f"{other.date.year}年{other.date.month}月{other.date.day}日" if other.date else "日期不详"
        message = (
            f"“{other}”（{day}）也是第{meeting.number}次，两次都已收录，请核对次数和日期；"
            "若是同一次会议的两份文件，保留一份。"
        )
        problems.add("number-repeated", message, _span_of(meeting))


def _span_of(meeting: Meeting) -> Span | None:
    """Return the span of the number, where the problem is shown."""
    place = meeting.spans.get("number")
    return Span(*place) if place else None
