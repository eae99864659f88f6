"""Filters of record lists, defined once for pages, API, feeds and calendar.

filters = MeetingFilter(request.GET, queryset=..., beside=("page",))
filters.is_valid()   # False for what is unknown, repeated or impossible: filters.errors says it in Chinese
filters.qs           # the records, once valid
"""

from minutes.filters.base import RecordFilter, plain_text, refusal, refuse_unknown
from minutes.filters.records import (
    AttendanceFilter,
    BodyFilter,
    DeadlineFilter,
    DecisionFilter,
    DocumentFilter,
    ItemFilter,
    MeetingFilter,
    OrganizationFilter,
    ParagraphFilter,
    PersonFilter,
)
from minutes.filters.tasks import SortedTaskFilter, TaskFilter

__all__ = [
    "AttendanceFilter",
    "BodyFilter",
    "DeadlineFilter",
    "DecisionFilter",
    "DocumentFilter",
    "ItemFilter",
    "MeetingFilter",
    "OrganizationFilter",
    "ParagraphFilter",
    "PersonFilter",
    "RecordFilter",
    "SortedTaskFilter",
    "TaskFilter",
    "plain_text",
    "refusal",
    "refuse_unknown",
]
