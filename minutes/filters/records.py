"""The filters of each kind of record."""

from __future__ import annotations

from string import ascii_lowercase

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Replace

from minutes.documents.timeline import sent_on_without_later_record
from minutes.filters import conditions
from minutes.filters.base import RecordFilter
from minutes.fold import fold
from minutes.models import (
    Action,
    ActionKind,
    AttendanceRole,
    Decision,
    DocumentReference,
    Involvement,
    InvolvementRole,
    ItemTopic,
    MeetingKind,
    Organization,
    Outcome,
)
from minutes.parser.topics.classes import topic_classes
from minutes.pinyin import pinyin_of, typed_pinyin


class BodyFilter(RecordFilter):
    name = conditions.contains("name", label="名称")


class MeetingFilter(RecordFilter):
    year = conditions.year("date")
    date_after = conditions.date_after("date")
    date_before = conditions.date_before("date")
    body = conditions.body("body")
    kind = conditions.choice("kind", "会议类型", MeetingKind)
    number = conditions.NumberFilter("number", label="会议次数", help_text="第几次会议，只写数字。")
    doc_number = django_filters.CharFilter(
        "doc_number", label="文号", help_text="照原文写，如 〔2019〕41号。", max_length=60
    )


def narrowed_by_meeting(to_meeting: str) -> type[RecordFilter]:
    """Return a base filter class with conditions on a record's meeting.

    `to_meeting` is the lookup from the record to the meeting.
    """
    date = f"{to_meeting}__date"
    return type(
        "NarrowedByMeeting",
        (RecordFilter,),
        {
            "year": conditions.year(date),
            "date_after": conditions.date_after(date),
            "date_before": conditions.date_before(date),
            "meeting": conditions.meeting(to_meeting),
            "body": conditions.body(f"{to_meeting}__body"),
            "kind": conditions.choice(f"{to_meeting}__kind", "会议类型", MeetingKind),
            "number": conditions.NumberFilter(
                f"{to_meeting}__number", label="会议次数", help_text="第几次会议，只写数字。"
            ),
        },
    )


class InvolvedFilter(conditions.NamedFilter):
    """Filter records by a unit in one role; `field_name` leads to their item."""

    def __init__(self, role: InvolvementRole, to_item: str) -> None:
        named = conditions.organization(f"{role.label}单位")
        super().__init__(to_item, label=named.label, **named.extra)
        self.role = role

    def filter(self, records: QuerySet, value: list[int]) -> QuerySet:
        if not value:
            return records
        return records.filter(involving(self.field_name, {"organization__in": value, "role": self.role}))


def involving(to_item: str, involved: dict) -> Exists:
    return Exists(Involvement.objects.filter(item=OuterRef(to_item), **involved))


class WithUnits(RecordFilter):
    """Filter with conditions on the units of an item.

    Unit and role given together apply to the same unit.
    """

    to_item = "pk"

    organization = conditions.organization()
    role = conditions.choice(
        "role", "单位的角色", InvolvementRole, help_text="与 organization 同用时，指该单位的角色。"
    )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Return the records that satisfy every condition."""
        values = dict(self.form.cleaned_data)
        units, role = values.pop("organization", None), values.pop("role", None)
        involved = ({"organization__in": units} if units else {}) | ({"role": role} if role else {})
        if involved:
            queryset = queryset.filter(involving(self.to_item, involved))
        for name, value in values.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset


def topic_choices() -> list[tuple[str, str]]:
    return [(topic.code, topic.name) for topic in topic_classes().values()]


class ItemFilter(narrowed_by_meeting("meeting"), WithUnits):
    lead = InvolvedFilter(InvolvementRole.LEAD, "pk")
    supporting = InvolvedFilter(InvolvementRole.SUPPORTING, "pk")
    responsible = InvolvedFilter(InvolvementRole.RESPONSIBLE, "pk")
    reporting = InvolvedFilter(InvolvementRole.REPORTING, "pk")
    action = conditions.choice("action", "议题动作", ActionKind, method="with_action")
    outcome = conditions.choice("decisions__outcome", "议定结果", Outcome, method="with_outcome")
    title = conditions.contains("title", label="标题")
    document = conditions.document("document", method="naming")
    topic = django_filters.ChoiceFilter(
        label="主题",
        choices=topic_choices,
        help_text="主题的代码：两位数的大类如 10，或小类如 10.2。",
        method="on_topic",
        empty_label=conditions.ALL,
    )

    def on_topic(self, items: QuerySet, name: str, value: str) -> QuerySet:
        """Return the items with this topic class, or one below it."""
        return items.filter(Exists(ItemTopic.objects.filter(item=OuterRef("pk"), code__startswith=value)))

    def with_action(self, items: QuerySet, name: str, value: str) -> QuerySet:
        """Return the items with this action."""
        return items.filter(Exists(Action.objects.filter(item=OuterRef("pk"), kind=value)))

    def with_outcome(self, items: QuerySet, name: str, value: str) -> QuerySet:
        """Return the items with a decision of this outcome."""
        return items.filter(Exists(Decision.objects.filter(item=OuterRef("pk"), outcome=value)))

    def naming(self, items: QuerySet, name: str, value: list[int]) -> QuerySet:
        """Return the items that name the document."""
        return items.filter(Exists(DocumentReference.objects.filter(item=OuterRef("pk"), document__in=value)))


class ParagraphFilter(narrowed_by_meeting("item__meeting")):
    item = conditions.item("item")
    text = conditions.contains("text", label="正文")


class DecisionFilter(narrowed_by_meeting("item__meeting"), WithUnits):
    to_item = "item"

    item = conditions.item("item")
    outcome = conditions.choice("outcome", "议定结果", Outcome)
    lead = InvolvedFilter(InvolvementRole.LEAD, "item")


class DocumentState(TextChoices):
    """State of a document according to its timeline."""

    SENT_ON = "sent-on", "报送之后没有后续记录"


class DocumentFilter(RecordFilter):
    title = conditions.contains("title", label="标题中的字")
    body = conditions.body("body")
    stage = conditions.StageFilter(label="稿次", help_text="如 草案、修订稿，照原文写。", method="in_stage")
    state = conditions.choice("state", "经过", DocumentState, method="in_state")

    def in_stage(self, documents: QuerySet, name: str, value: str) -> QuerySet:
        """Return the documents considered in this stage by a meeting."""
        here = DocumentReference.objects.published().filter(document=OuterRef("pk"), stage=value)
        return documents.filter(Exists(here))

    def in_state(self, documents: QuerySet, name: str, value: str) -> QuerySet:
        """Return the documents whose last step is being sent on."""
        return sent_on_without_later_record(documents)


class OrganizationFilter(RecordFilter):
    name = django_filters.CharFilter(
        label="名称中的字",
        help_text="全称、简称、曾用名中含有的文字，或名称的拼音。",
        max_length=conditions.LONGEST_NAME,
        method="called",
    )
    body = conditions.body("body")

    def called(self, units: QuerySet, name: str, value: str) -> QuerySet:
        """Return the units with this in any of their names."""
        named = Organization.objects.filter(conditions.containing(conditions.NAMES_OF_UNIT, value))
        called = Q(pk__in=named.order_by().values("pk"))
        if sound := typed_pinyin(fold(value)):
            names = units.order_by().values_list("pk", "name")
            called |= Q(pk__in=[pk for pk, written in names if pinyin_of(written).contains(sound)])
        return units.filter(called)


class PersonFilter(RecordFilter):
    name = django_filters.CharFilter(
        label="姓名中的字",
        help_text="其中含有的文字，或姓名的拼音。",
        max_length=conditions.LONGEST_NAME,
        method="called",
    )
    body = conditions.body("body")
    organization = conditions.organization()
    initial = django_filters.ChoiceFilter(
        field_name="sound",
        lookup_expr="startswith",
        label="姓氏首字母",
        help_text="姓名的拼音的第一个字母，a 至 z。",
        choices=[(letter, letter.upper()) for letter in ascii_lowercase],
    )

    def called(self, people: QuerySet, name: str, value: str) -> QuerySet:
        """Return the people with this in their names, or whose names sound like it from their start."""
        called = conditions.containing(["name"], value)
        if sound := typed_pinyin(fold(value)):
            people = people.alias(letters=Replace("sound", Value(" ")))
            called |= Q(letters__startswith=sound)
        return people.filter(called)


class AttendanceFilter(narrowed_by_meeting("meeting")):
    organization = conditions.organization()
    person = conditions.person("person")
    role = conditions.choice("role", "出席情况", AttendanceRole)


# The units with a leading or responsible role in an item; only the sentence says for which deadline.
ANSWERABLE = (InvolvementRole.LEAD, InvolvementRole.RESPONSIBLE)


class AnswerableFilter(conditions.NamedFilter):
    """Filter deadlines in items that the unit leads or is responsible for."""

    def __init__(self) -> None:
        named = conditions.organization("牵头或责任单位")
        super().__init__(label=named.label, **named.extra)

    def filter(self, records: QuerySet, value: list[int]) -> QuerySet:
        if not value:
            return records
        return records.filter(involving("item", {"organization__in": value, "role__in": ANSWERABLE}))


class DeadlineFilter(WithUnits):
    """Deadlines by their own date, not by that of the meeting."""

    to_item = "item"

    year = conditions.year("date")
    date_after = conditions.date_after("date")
    date_before = conditions.date_before("date")
    body = conditions.body("meeting__body")
    meeting = conditions.meeting("meeting")
    item = conditions.item("item")
    lead = InvolvedFilter(InvolvementRole.LEAD, "item")
    answerable = AnswerableFilter()
