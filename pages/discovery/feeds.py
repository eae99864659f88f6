"""Atom feeds of meetings and tasks, and by unit, topic, document and person."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import F, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from minutes.filters import MeetingFilter, RecordFilter, TaskFilter, refusal
from minutes.models import (
    AgendaItem,
    Attendance,
    AttendanceRole,
    Document,
    DocumentReference,
    Involvement,
    InvolvementRole,
    ItemTopic,
    Meeting,
    Organization,
    Person,
    Task,
    TaskActor,
)
from minutes.parser.topics.classes import TopicClass, topic_classes
from open_data.spreadsheets import for_xml
from pages.discovery.atom import ReadableAtomFeed, shown_in_browsers

ENTRIES = 50
ARCHIVE = "会议纪要档案"
# Roles that make an item relevant to a unit; a mention does not.
ROLES_OF_NOTE = [role for role in InvolvementRole if role != InvolvementRole.MENTIONED]


def newest_first(to_meeting: str = "") -> tuple[Any, ...]:
    """Return the ordering by publication date; `to_meeting` is the lookup prefix."""
    return tuple(F(f"{to_meeting}{name}").desc(nulls_last=True) for name in ("published_at", "date", "pk"))


class AtomFeed(Feed):
    """A feed of published records, each dated by its last change.

    It has no date of its own: after a withdrawal, that of the newest remaining entry would not indicate a change.
    """

    feed_type = ReadableAtomFeed
    language = "zh-Hans"
    author_name = ARCHIVE

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = require_safe(super().__call__)(request, *args, **kwargs)
        del response["Last-Modified"]
        return shown_in_browsers(request, response)

    def item_pubdate(self, entry: Any) -> datetime.datetime | None:
        return meeting_of(entry).published_at

    def item_updateddate(self, entry: Any) -> datetime.datetime:
        return meeting_of(entry).updated_at

    def link(self, record: Any) -> str:
        return record.get_absolute_url()

    def item_link(self, entry: Any) -> str:
        return entry.get_absolute_url()


def meeting_of(entry: Meeting | AgendaItem | Task) -> Meeting:
    return entry if isinstance(entry, Meeting) else entry.meeting


def with_date(meeting: Meeting) -> str:
    """Return the meeting with its date: 云川市人民政府第70次常务会议（2019-11-21）."""
    return f"{meeting}（{meeting.date}）" if meeting.date else str(meeting)


class FilteredFeed(AtomFeed):
    """The latest published records of a list, filtered by the query string of that list."""

    model: type[Meeting | Task]
    filters: type[RecordFilter]
    list_page: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        conditions = self.get_object(request)
        return super().__call__(request, *args, **kwargs) if conditions.is_valid() else refusal(conditions)

    def get_object(self, request: HttpRequest) -> RecordFilter:
        return self.filters(request.GET, self.model.objects.published())

    def link(self, conditions: RecordFilter) -> str:
        query = conditions.data.urlencode()
        return f"{reverse(self.list_page)}?{query}" if query else reverse(self.list_page)


class NewMeetings(FilteredFeed):
    """The latest published meetings with the titles of their items, filtered."""

    model, filters, list_page = Meeting, MeetingFilter, "meetings"
    title = f"新公开的会议 · {ARCHIVE}"
    subtitle = "新公开的会议纪要，每次会议一条，列出议题。"

    def items(self, conditions: MeetingFilter) -> QuerySet[Meeting]:
        titles = Prefetch("items", AgendaItem.objects.order_by("position"))
        return conditions.qs.select_related("body").prefetch_related(titles).order_by(*newest_first())[:ENTRIES]

    def item_title(self, meeting: Meeting) -> str:
        return for_xml(with_date(meeting))

    def item_description(self, meeting: Meeting) -> str:
        return for_xml("；".join(item.title for item in meeting.items.all()))


class NewTasks(FilteredFeed):
    """The latest published tasks, filtered by unit, leader, body and so on."""

    model, filters, list_page = Task, TaskFilter, "tasks"
    subtitle = "新公开的纪要要求谁做什么。办了没有，以有关单位公布的为准。"

    def title(self, conditions: TaskFilter) -> str:
        field = conditions.form.fields["organization"]
        unit = field.in_words(conditions.data.get("organization", ""))
        return for_xml(f"{unit}的新任务 · {ARCHIVE}" if unit else f"新的任务 · {ARCHIVE}")

    def items(self, conditions: TaskFilter) -> QuerySet[Task]:
        actors = Prefetch("actors", TaskActor.objects.order_by("position"))
        tasks = conditions.qs.select_related("item", "meeting__body").prefetch_related(actors, "deadlines")
        return tasks.order_by(*newest_first("meeting__")[:2], "-meeting", "position")[:ENTRIES]

    def item_title(self, task: Task) -> str:
        actors = "、".join(actor.text for actor in task.actors.all()) or "没有写明由谁办理"
        return for_xml(f"{actors}：{task.item.title if task.item else task.get_part_display()}")

    def item_description(self, task: Task) -> str:
        due = [f"期限：{each.text}" for each in task.deadlines.all()]
        return for_xml("；".join([task.text.rstrip("。；"), *due, with_date(task.meeting)]))


class ItemsFeed(AtomFeed):
    """Items of meetings with their decisions."""

    def item_title(self, item: AgendaItem) -> str:
        return for_xml(item.title)

    def item_description(self, item: AgendaItem) -> str:
        facts = [with_date(item.meeting)]
        for decision in item.decisions.all():
            facts += [decision.outcome_text, decision.next_step, *(each.text for each in decision.deadlines.all())]
        return for_xml("；".join(fact for fact in facts if fact))


def newest_items(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """Return the latest published items, with everything shown in a feed."""
    with_decisions = items.select_related("meeting__body").prefetch_related("decisions__deadlines")
    return with_decisions.order_by(*newest_first("meeting__"), "position")[:ENTRIES]


class OrganizationFeed(ItemsFeed):
    """Items that a unit leads, supports, is responsible for or reported on."""

    def get_object(self, request: HttpRequest, pk: int) -> Organization:
        return get_object_or_404(Organization.objects.published(), pk=pk)

    def title(self, unit: Organization) -> str:
        return for_xml(f"{unit} · {ARCHIVE}")

    def subtitle(self, unit: Organization) -> str:
        return for_xml(f"{unit}牵头、配合、负责或汇报的议题。")

    def items(self, unit: Organization) -> QuerySet[AgendaItem]:
        involved = Involvement.objects.filter(organization=unit, role__in=ROLES_OF_NOTE)
        return newest_items(AgendaItem.objects.published().filter(pk__in=involved.values("item")))


class TopicFeed(ItemsFeed):
    """The items of a topic."""

    def get_object(self, request: HttpRequest, code: str) -> TopicClass:
        if code not in topic_classes():
            raise Http404("no such topic")
        return topic_classes()[code]

    def title(self, topic: TopicClass) -> str:
        return for_xml(f"{topic.name} · {ARCHIVE}")

    def subtitle(self, topic: TopicClass) -> str:
        return for_xml(f"主题为{topic.name}的议题。")

    def link(self, topic: TopicClass) -> str:
        return reverse("topic", args=[topic.code])

    def items(self, topic: TopicClass) -> QuerySet[AgendaItem]:
        of_topic = ItemTopic.objects.filter(code__startswith=topic.code)
        return newest_items(AgendaItem.objects.published().filter(pk__in=of_topic.values("item")))


class DocumentFeed(ItemsFeed):
    """The items that name a document."""

    def get_object(self, request: HttpRequest, pk: int) -> Document:
        return get_object_or_404(Document.objects.published(), pk=pk)

    def title(self, document: Document) -> str:
        return for_xml(f"{document} · {ARCHIVE}")

    def subtitle(self, document: Document) -> str:
        return for_xml(f"涉及{document}的议题。")

    def items(self, document: Document) -> QuerySet[AgendaItem]:
        named = DocumentReference.objects.published().filter(document=document)
        return newest_items(AgendaItem.objects.published().filter(pk__in=named.values("item")))


class PersonFeed(AtomFeed):
    """Meetings whose attendance names a person."""

    def get_object(self, request: HttpRequest, pk: int) -> Person:
        return get_object_or_404(Person.objects.published().select_related("organization"), pk=pk)

    def title(self, person: Person) -> str:
        return for_xml(f"{person.organization or ''}{person} · {ARCHIVE}")

    def subtitle(self, person: Person) -> str:
        return for_xml(f"出席名单中写有“{person}”的会议；同名的可能不是同一个人。")

    def items(self, person: Person) -> QuerySet[Meeting]:
        entries = Attendance.objects.filter(person=person).order_by("position")
        return (
            Meeting.objects.published()
            .filter(pk__in=entries.order_by().values("meeting"))
            .select_related("body")
            .prefetch_related(Prefetch("attendance", entries, to_attr="entries_here"))
            .order_by(*newest_first())[:ENTRIES]
        )

    def item_title(self, meeting: Meeting) -> str:
        return for_xml(with_date(meeting))

    def item_description(self, meeting: Meeting) -> str:
        return for_xml("；".join(role_and_office(entry) for entry in meeting.entries_here))


def role_and_office(entry: Attendance) -> str:
    """Return role and office of an entry: 列席，市住建局局长."""
    return "，".join(filter(None, (AttendanceRole(entry.role).label, entry.title, entry.note)))
