"""Lists as CSV and Excel tables, with the same filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minutes.documents.later_records import has_later_record
from minutes.filters import (
    DocumentFilter,
    ItemFilter,
    MeetingFilter,
    OrganizationFilter,
    PersonFilter,
    RecordFilter,
    SortedTaskFilter,
    plain_text,
    refusal,
)
from minutes.models import ActorRole, AgendaItem, Document, Involvement, Meeting, Organization, Person, Task
from minutes.models.bodies import PEOPLE_BY_NAME
from open_data.spreadsheets import XLSX, csv_response, streamed_csv_response
from pages.documents.views import documents_with_dates
from pages.items.decided_items import decided
from pages.organizations.most_active import most_active
from pages.people.views import people_with_dates
from pages.tasks.rows import with_parts

PAGE = "页面"
MOST_ROWS_OF_A_WORKBOOK = 20_000
# Attributes of a decided item, in column order.
UNITS_OF_ITEMS = ("lead", "supporting", "reporting", "mentioned")
ITEMS_AT_ONCE = 500
ROLES_IN_ORDER = (ActorRole.LEADER, ActorRole.LEAD, ActorRole.SUPPORTING, ActorRole.REVIEWING)


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list: its filter, records, and cells; the last cell is the path of a page."""

    title: str
    filters: type[RecordFilter]
    records: Callable[[], QuerySet]
    heads: tuple[str, ...]
    row: Callable[[Any], Iterable[Any]]
    # Sorts the filtered records in ways that a query cannot.
    arrange: Callable[[Iterable[Any]], Iterable[Any]] = iter


Export = Callable[[ListTable, QuerySet, HttpRequest], HttpResponseBase]


def export_view(table: ListTable, export: Export) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return a view that exports a list, filtered as its page; invalid filters are rejected."""

    @require_safe
    def answer(request: HttpRequest) -> HttpResponseBase:
        conditions = table.filters(request.GET, table.records())
        return export(table, conditions.qs, request) if conditions.is_valid() else refusal(conditions)

    return answer


def as_csv(table: ListTable, records: QuerySet, request: HttpRequest) -> HttpResponseBase:
    """Return a list as CSV."""
    return csv_response(f"{table.title}.csv", lines_of(table, records, request))


def as_streamed_csv(table: ListTable, records: QuerySet, request: HttpRequest) -> HttpResponseBase:
    """Return a list of long records as CSV, sent line by line."""
    lines = lines_of(table, records.iterator(chunk_size=ITEMS_AT_ONCE), request)
    return streamed_csv_response(f"{table.title}.csv", lines)


def as_workbook(table: ListTable, records: QuerySet, request: HttpRequest) -> HttpResponseBase:
    """Return a list as an Excel file, if it fits in a sheet."""
    if (count := records.count()) > MOST_ROWS_OF_A_WORKBOOK:
        most = MOST_ROWS_OF_A_WORKBOOK
        return plain_text(f"共{count}条，超过一份Excel表格所收的{most}条：请加上条件，或改取CSV。", 400)
    # Imported here, since its library is slow to import.
    from open_data.workbooks import workbook

    heads, *rows = lines_of(table, records, request)
    response = HttpResponse(workbook(table.title, heads, rows), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{table.title}.xlsx")
    return response


def lines_of(table: ListTable, records: Iterable[Any], request: HttpRequest) -> Iterator[list[Any]]:
    """Yield the header, then the cells of each record; the last one is the URL of its page."""
    yield [*table.heads, PAGE]
    for record in table.arrange(records):
        *cells, path = table.row(record)
        yield [*cells, request.build_absolute_uri(path)]


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


def units_with_body() -> QuerySet[Organization]:
    return Organization.objects.published().select_related("body")


def row_of_unit(unit: Organization) -> tuple[Any, ...]:
    tallies = unit.led, unit.supported, unit.reported, unit.attended
    return (unit.name, unit.full_name, unit.body, *tallies, unit.get_absolute_url())


def people_by_name() -> QuerySet[Person]:
    return people_with_dates().order_by(*PEOPLE_BY_NAME)


def row_of_person(person: Person) -> tuple[Any, ...]:
    found = person.times, person.first, person.last
    return (person.name, person.organization, person.body, *found, person.get_absolute_url())


def tasks_with_parts() -> QuerySet[Task]:
    return with_parts(Task.objects.published()).annotate(later=has_later_record())


def row_of_task(task: Task) -> tuple[Any, ...]:
    actors = {role: "、".join(each.text for each in task.actors.all() if each.role == role) for role in ActorRole}
    deadlines = task.deadlines.all()
    item, meeting = task.item, task.meeting
    documents = "、".join(str(document) for document in task.documents.all())
    return (
        *(meeting.date, meeting.body, meeting, item.position if item else "", item.title if item else ""),
        *(task.text, task.about, *(actors[role] for role in ROLES_IN_ORDER), task.get_kind_display()),
        *("；".join(each.text for each in deadlines), "；".join(f"{each.date}" for each in deadlines if each.date)),
        *(documents, ("有" if task.later else "无") if documents else "", task.get_absolute_url()),
    )


def items_with_all() -> QuerySet[AgendaItem]:
    with_organizations = Involvement.objects.select_related("organization")
    items = AgendaItem.objects.published().select_related("meeting__body")
    return items.prefetch_related(
        *("decisions__units", "paragraphs", "topics", "deadlines"), Prefetch("involvements", with_organizations)
    ).latest_first()


def row_of_item(item: AgendaItem) -> tuple[Any, ...]:
    decided_item, meeting = decided(item), item.meeting
    deadlines = item.deadlines.all()
    units = {role: "、".join(each.organization.name for each in getattr(decided_item, role)) for role in UNITS_OF_ITEMS}
    decisions = [each.decision for each in decided_item.decisions]
    return (
        *(meeting.date, meeting.body, meeting, meeting.doc_number, item.position, item.title),
        "；".join(filter(None, (each.outcome_text for each in decisions))),
        *units.values(),
        "；".join(filter(None, (each.next_step for each in decisions))),
        "；".join(dict.fromkeys(each.text for each in deadlines)),
        "；".join(dict.fromkeys(f"{each.date}" for each in deadlines if each.date)),
        "、".join(topic.name for topic in item.topics.all()),
        "\n".join(f"{each.marker}{each.text}" for each in item.paragraphs.all()),
        item.get_absolute_url(),
    )


MEETINGS = ListTable(
    "会议",
    MeetingFilter,
    meetings_with_counts,
    ("日期", "会议主体", "类型", "次数", "文号", "议题", "主持", "印发"),
    row_of_meeting,
)
ITEMS = ListTable(
    "议题",
    ItemFilter,
    items_with_all,
    (
        *("日期", "会议主体", "会议", "文号", "议题序号", "标题", "议定结果", "牵头", "配合", "汇报", "提到的单位"),
        *("下一步", "期限", "期限日期", "主题", "全文"),
    ),
    row_of_item,
)
DOCUMENTS = ListTable(
    "文件", DocumentFilter, documents_with_dates, ("标题", "会议主体", "最近上会", "会议"), row_of_document
)
ORGANIZATIONS = ListTable(
    "单位",
    OrganizationFilter,
    units_with_body,
    ("单位", "全称", "会议主体", "牵头", "配合", "汇报", "参会"),
    row_of_unit,
    most_active,
)
PEOPLE = ListTable(
    "人员", PersonFilter, people_by_name, ("姓名", "单位", "会议主体", "会议", "自", "至"), row_of_person
)
TASKS = ListTable(
    "任务",
    SortedTaskFilter,
    tasks_with_parts,
    (
        *("开会日期", "会议主体", "会议", "议题序号", "议题", "任务原文", "事项"),
        *("责任领导", "牵头", "配合", "审核", "类别"),
        *("期限", "期限日期", "有关文件", "后来的记录"),
    ),
    row_of_task,
)
