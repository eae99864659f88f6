"""Filters of tasks: actors, documents, deadlines, and later records."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone

from minutes.documents.later_records import concerns_a_document, has_later_record
from minutes.filters import conditions
from minutes.filters.records import narrowed_by_meeting
from minutes.models import ActorRole, Deadline, MeetingKind, Task, TaskActor, TaskKind
from minutes.parser.vocabulary.characters import canonical

SOON = datetime.timedelta(days=90)


class DeadlineState(TextChoices):
    """State of a task's deadlines relative to today."""

    PAST = "past", "已过日期"
    SOON = "next90", "今后90天"
    UPCOMING = "upcoming", "今天以后"
    UNDATED = "undated", "日期未定"
    SOME = "any", "写明期限"
    NONE = "none", "没有期限"


class Collective(TextChoices):
    """Whether to include tasks of unnamed groups (各部门), which are left out by default."""

    ALL = "all", "点名的和泛指的"
    ONLY = "only", "只看泛指的"


class TaskOrder(TextChoices):
    NEWEST = "newest", "最近的会议在前"
    OLDEST = "oldest", "最早的会议在前"
    DUE = "due", "期限早的在前"
    DUE_LATEST = "due-latest", "期限晚的在前"


class LeaderField(forms.CharField):
    """A leader by person id or name; cleans to a condition on the actor."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=conditions.LONGEST_NAME, **options)

    def clean(self, value: Any) -> Q | None:
        """Return the condition; suggest similar names for one that leads no task."""
        written = super().clean(value).strip()
        if not written:
            return None
        if written.isascii() and written.isdigit():
            condition = Q(person=int(written)) if len(written) <= conditions.GREATEST_ID_LENGTH else Q(pk__in=[])
        else:
            name = "".join(written.split())
            condition = Q(name__in=(name, canonical(name))) | Q(text=name)
        leaders = TaskActor.objects.filter(role=ActorRole.LEADER, task__in=Task.objects.published())
        if leaders.filter(condition).exists():
            return condition
        names = leaders.filter(name__icontains=written).order_by("name").values_list("name", flat=True).distinct()
        raise conditions.no_such_name("没有由“%(written)s”负责的任务。", written, names, "请写姓名或人员的编号。")


class LeaderFilter(django_filters.Filter):
    """Tasks that a person leads."""

    field_class = LeaderField

    def filter(self, records: QuerySet, value: Q | None) -> QuerySet:
        if value is None:
            return records
        leading = TaskActor.objects.filter(value, task=OuterRef("pk"), role=ActorRole.LEADER)
        return records.filter(Exists(leading))


class TaskFilter(narrowed_by_meeting("meeting")):
    """Filter tasks by meeting, actors and deadlines.

    Unit and role given together apply to the same actor.
    """

    organization = conditions.organization()
    role = conditions.choice("role", "任务中的角色", ActorRole, help_text="与 organization 同用时，指该单位的角色。")
    leader = LeaderFilter(label="责任领导", help_text="姓名，或人员的编号。")
    q = conditions.contains("text", "about", label="任务中的字")
    kind = conditions.choice("kind", "任务类别", TaskKind)
    meeting_kind = conditions.choice("meeting__kind", "会议类型", MeetingKind)
    deadline = conditions.choice("deadline", "期限", DeadlineState, method="by_deadline")
    due_after = django_filters.DateFilter(
        label="期限自", help_text="期限在这一天或以后。", input_formats=conditions.DATE_FORMATS
    )
    due_before = django_filters.DateFilter(
        label="期限至", help_text="期限在这一天或以前。", input_formats=conditions.DATE_FORMATS
    )
    item = conditions.item("item")
    document = conditions.document("document", method="about")
    no_later_record = django_filters.ChoiceFilter(
        label="后来的记录",
        choices=[("1", "没有再提到")],
        empty_label=conditions.ALL,
        help_text="写 1：涉及文件、而以后收录的纪要没有再提到该文件的任务。没有记录不等于没有办。",
        method="without_later_record",
    )
    collective = django_filters.ChoiceFilter(
        label="泛指",
        choices=Collective.choices,
        empty_label="只看点名的",
        help_text="不写时只列点名的；各部门、各地一类泛指的任务写 all 或 only 时才列出。",
    )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Return the tasks that satisfy every condition."""
        values = dict(self.form.cleaned_data)
        units, role = values.pop("organization", None), values.pop("role", None)
        of_actor = ({"organization__in": units} if units else {}) | ({"role": role} if role else {})
        if of_actor:
            queryset = queryset.filter(Exists(TaskActor.objects.filter(task=OuterRef("pk"), **of_actor)))
        due = {"date__gte": values.pop("due_after", None), "date__lte": values.pop("due_before", None)}
        if any(due.values()):
            queryset = queryset.filter(with_deadline(**{name: day for name, day in due.items() if day}))
        collective = values.pop("collective", None)
        if collective != Collective.ALL:
            queryset = queryset.filter(collective=collective == Collective.ONLY)
        for name, value in values.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def by_deadline(self, tasks: QuerySet, name: str, value: str) -> QuerySet:
        """Return the tasks whose deadlines are in this state today."""
        today = timezone.localdate()
        match value:
            case DeadlineState.PAST:
                return tasks.filter(with_deadline(date__lt=today))
            case DeadlineState.SOON:
                return tasks.filter(with_deadline(date__range=(today, today + SOON)))
            case DeadlineState.UPCOMING:
                return tasks.filter(with_deadline(date__gte=today))
            case DeadlineState.UNDATED:
                return tasks.filter(with_deadline(date=None))
            case DeadlineState.SOME:
                return tasks.filter(with_deadline())
        return tasks.exclude(with_deadline())

    def about(self, tasks: QuerySet, name: str, value: list[int]) -> QuerySet:
        """Return the tasks that are about the document."""
        linked = Task.documents.through.objects.filter(task=OuterRef("pk"), document__in=value)
        return tasks.filter(Exists(linked))

    def without_later_record(self, tasks: QuerySet, name: str, value: str) -> QuerySet:
        """Return the tasks about a document that no later published meeting names."""
        return tasks.filter(concerns_a_document()).exclude(has_later_record())


def with_deadline(**facts: Any) -> Exists:
    return Exists(Deadline.objects.filter(task=OuterRef("pk"), **facts))


class SortedTaskFilter(TaskFilter):
    """Filter tasks with a choice of order, for lists on pages.

    The API pages by cursor and has a fixed order.
    """

    sort = django_filters.ChoiceFilter(
        label="排序",
        choices=TaskOrder.choices[1:],
        empty_label=TaskOrder.NEWEST.label,
        method="by_order",
    )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Return the tasks that satisfy every condition, by default the latest first."""
        return super().filter_queryset(in_order(queryset, TaskOrder.NEWEST))

    def by_order(self, tasks: QuerySet, name: str, value: str) -> QuerySet:
        """Return the tasks in this order."""
        return in_order(tasks, value)


def in_order(tasks: QuerySet, order: str) -> QuerySet:
    """Sort tasks; those of one meeting are in text order."""
    if order == TaskOrder.DUE:
        due = tasks.annotate(due=Min("deadlines__date"))
        return due.order_by(F("due").asc(nulls_last=True), "meeting", "position")
    if order == TaskOrder.DUE_LATEST:
        due = tasks.annotate(due=Max("deadlines__date"))
        return due.order_by(F("due").desc(nulls_last=True), "meeting", "position")
    date = F("meeting__date")
    first = date.asc(nulls_last=True) if order == TaskOrder.OLDEST else date.desc(nulls_last=True)
    return tasks.order_by(first, "-meeting", "position")
