"""The lists of the pages as tables for spreadsheets, under the conditions of their addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minutes.deadlines import with_items
from minutes.filters import (
    DeadlineFilter,
    DocumentFilter,
    MeetingFilter,
    OrganizationFilter,
    PersonFilter,
    RecordFilter,
    refusal,
)
from minutes.models import Deadline, Document, Meeting, Organization, Person
from open_data.spreadsheets import BYTE_ORDER_MARK, write_line
from pages.documents.views import documents_with_dates
from pages.organizations.views import with_tallies
from pages.people.views import people_with_dates

PAGE = "页面"


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list: what narrows it, what it holds, and what stands in a row; the last cell is the path of a page."""

    title: str
    filters: type[RecordFilter]
    records: Callable[[], QuerySet]
    heads: tuple[str, ...]
    row: Callable[[Any], Iterable[Any]]


def as_csv(table: ListTable) -> Callable[[HttpRequest], HttpResponse]:
    """Return a view that exports a list as CSV; invalid conditions are refused."""

    @require_safe
    def answer(request: HttpRequest) -> HttpResponse:
        conditions = table.filters(request.GET, table.records())
        if not conditions.is_valid():
            return refusal(conditions)
        response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, f"{table.title}.csv")
        write_line(response, [*table.heads, PAGE])
        for record in conditions.qs:
            *cells, path = table.row(record)
            write_line(response, [*cells, request.build_absolute_uri(path)])
        return response

    return answer


def meetings_with_counts() -> QuerySet[Meeting]:
    return Meeting.objects.published().select_related("body").annotate(item_count=Count("items"))


def row_of_meeting(meeting: Meeting) -> tuple[Any, ...]:
    return (
        *(meeting.date, meeting.body, meeting.kind_text, meeting.number, meeting.doc_number),
        *(meeting.item_count, meeting.chair_name, meeting.issued_on, meeting.get_absolute_url()),
    )


def row_of_document(document: Document) -> tuple[Any, ...]:
    found = document.last_date, document.meeting_count
    return (document.title, document.body, *found, document.get_absolute_url())


def units_with_tallies() -> QuerySet[Organization]:
    return with_tallies(Organization.objects.published().select_related("body")).order_by(
        "-led", "-supported", "-attended", "name"
    )


def row_of_unit(unit: Organization) -> tuple[Any, ...]:
    tallies = unit.led, unit.supported, unit.reported, unit.attended
    return (unit.name, unit.full_name, unit.body, *tallies, unit.get_absolute_url())


def people_by_name() -> QuerySet[Person]:
    return people_with_dates().order_by("name", "organization__name")


def row_of_person(person: Person) -> tuple[Any, ...]:
    found = person.times, person.first, person.last
    return (person.name, person.organization, person.body, *found, person.get_absolute_url())


def deadlines_by_date() -> QuerySet[Deadline]:
    return with_items(Deadline.objects.published()).order_by("date", "pk")


def row_of_deadline(deadline: Deadline) -> tuple[Any, ...]:
    item, meeting = deadline.item, deadline.meeting
    units = "、".join(unit.organization.name for unit in (item.answerable if item else ()))
    told = deadline.date, deadline.text, units, item.title if item else ""
    return (*told, meeting, meeting.date, (item or meeting).get_absolute_url())


MEETINGS = ListTable(
    "会议",
    MeetingFilter,
    meetings_with_counts,
    ("日期", "会议主体", "类型", "次数", "文号", "议题", "主持", "印发"),
    row_of_meeting,
)
DOCUMENTS = ListTable(
    "文件", DocumentFilter, documents_with_dates, ("标题", "会议主体", "最近上会", "会议"), row_of_document
)
ORGANIZATIONS = ListTable(
    "单位",
    OrganizationFilter,
    units_with_tallies,
    ("单位", "全称", "会议主体", "牵头", "配合", "汇报", "参会"),
    row_of_unit,
)
PEOPLE = ListTable(
    "人员", PersonFilter, people_by_name, ("姓名", "单位", "会议主体", "会议", "自", "至"), row_of_person
)
DEADLINES = ListTable(
    "期限",
    DeadlineFilter,
    deadlines_by_date,
    ("日期", "原文", "牵头或负责", "议题", "会议", "开会日期"),
    row_of_deadline,
)
