"""The API's records: each kind as a filtered list, and by id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Case, QuerySet, When
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.viewsets import ReadOnlyModelViewSet

from api import serializers
from api.description.schema import RecordSchema
from api.errors import BadParameters, Withdrawn
from api.filters import Conditions
from api.pagination import RecordPages
from minutes import filters
from minutes.documents.later_records import concerns_a_document, has_later_record
from minutes.models import (
    AgendaItem,
    Attendance,
    Body,
    Deadline,
    Decision,
    Document,
    Meeting,
    Organization,
    Paragraph,
    Person,
    Task,
    find_kept,
)
from minutes.models.meetings import with_meeting_summary
from minutes.models.parts import (
    load_decisions,
    load_documents_of_tasks,
    load_involvements,
    load_items,
    load_matters,
    load_parts_of_decisions,
    load_parts_of_tasks,
    load_tasks,
    load_texts,
)
from open_data.json_lines import tombstone_of
from pages.redirects import redirect_to
from pages.tasks.rows import with_place

FIELDS = OpenApiParameter("fields", str, description="只要这些字段，以逗号分隔，如 id,title。")


@extend_schema(parameters=[FIELDS])
class RecordView(ReadOnlyModelViewSet):
    """A kind of record; `what` and `about` describe it in Chinese."""

    schema = RecordSchema()
    filter_backends = [Conditions]
    pagination_class = RecordPages
    # At most as many digits as fit into the database column.
    lookup_value_regex = "[0-9]{1,18}"
    what: ClassVar[str]
    about: ClassVar[str]
    # The lookup from a meeting to this record; empty for records that outlast a single meeting.
    in_meeting: ClassVar[str] = ""

    def retrieve(self, request: Request, *args: Any, **options: Any) -> HttpResponseBase:
        """Return the record, or redirect to the one it was merged into."""
        try:
            return super().retrieve(request, *args, **options)
        except Http404:
            kept = find_kept(self.get_queryset(), self.kwargs["pk"])
            if kept is None:
                raise
            return redirect_to(request, kept.pk)

    def get_object(self) -> Any:
        """Return the record if it is public; raise Withdrawn (410) for its meeting."""
        refuse_unknown(self.request, {FIELDS.name})
        if self.in_meeting:
            refuse_withdrawn(Meeting.objects.withdrawn().filter(**{self.in_meeting: self.kwargs["pk"]}))
        record = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        self.load([record])
        return record

    def paginate_queryset(self, queryset: QuerySet) -> list[Any]:
        """Return the records of the page, with their parts."""
        records = super().paginate_queryset(queryset)
        self.load(records)
        return records

    def load(self, records: Sequence[Any]) -> None:
        """Load the parts of records; most have none."""

    def get_serializer(self, *args: Any, **options: Any) -> Any:
        """Return the serializer with the chosen fields."""
        return super().get_serializer(*args, chosen=self.chosen_fields(), **options)

    def chosen_fields(self) -> frozenset[str] | None:
        """Return the names in ?fields=, or None without it."""
        if self.request is None or FIELDS.name not in self.request.query_params:
            return None
        chosen = [name.strip() for name in self.request.query_params[FIELDS.name].split(",")]
        known = self.get_serializer_class().Meta.fields
        if unknown := [name for name in chosen if name not in known]:
            names = "、".join(filter(None, unknown))
            sentence = f"没有这些字段：{names}。" if names else "请在 fields 后面写上字段的名称，用逗号隔开。"
            sentence += f"可选的字段：{'、'.join(known)}。"
            raise BadParameters({FIELDS.name: [sentence]})
        return frozenset(chosen)


def refuse_unknown(request: Request, known: set[str]) -> None:
    """Raise BadParameters for parameters that this view does not read."""
    if unknown := [name for name in request.query_params if name not in known]:
        sentence = f"不认识的参数：{'、'.join(unknown)}。"
        raise BadParameters({"": [sentence, f"可用的参数：{'、'.join(sorted(known))}。" if known else ""]})


def refuse_withdrawn(meetings: QuerySet[Meeting]) -> None:
    """Raise Withdrawn with the tombstone of the first of these meetings, if any."""
    if withdrawn := meetings.first():
        raise Withdrawn(tombstone_of(withdrawn))


GONE = "会议已撤回的，按编号读取只回答撤回一事（410）。"
MERGED = "已并入另一条的，按编号读取时转到那一条（301）。"


class BodyView(RecordView):
    what = "会议主体"
    about = "开会的政府，如云川市人民政府。"
    serializer_class = serializers.BodySerializer
    filterset_class = filters.BodyFilter

    def get_queryset(self) -> QuerySet:
        return Body.objects.published()


class MeetingView(RecordView):
    what = "会议"
    about = "一次会议和它的纪要：时间、次数、文号、主持、开头、议题一览。" + GONE
    serializer_class = serializers.MeetingSerializer
    filterset_class = filters.MeetingFilter
    in_meeting = "pk"

    def get_queryset(self) -> QuerySet:
        return Meeting.objects.published().select_related("body", "source")

    def load(self, records: Sequence[Meeting]) -> None:
        load_items(records)


class ItemView(RecordView):
    what = "议题"
    about = "会议的一项议题：标题、动作、文件、单位及其角色、议定意见、各段正文。" + GONE
    serializer_class = serializers.ItemSerializer
    filterset_class = filters.ItemFilter
    in_meeting = "items"

    def get_queryset(self) -> QuerySet:
        return with_meeting_summary(AgendaItem.objects.published_each())

    def load(self, records: Sequence[AgendaItem]) -> None:
        load_matters(records)
        load_texts(records)
        load_decisions(records)
        load_parts_of_tasks(load_tasks(records))


class ParagraphView(RecordView):
    what = "段落"
    about = "议题正文的一段，编号照原文，如（一）。" + GONE
    serializer_class = serializers.ParagraphSerializer
    filterset_class = filters.ParagraphFilter
    in_meeting = "items__paragraphs"

    def get_queryset(self) -> QuerySet:
        return with_meeting_summary(Paragraph.objects.published_each(), "item__meeting")


class DecisionView(RecordView):
    what = "议定意见"
    about = "对一项议题议定了什么：结果、下一步、有关单位、期限。只收原文写明的。" + GONE
    serializer_class = serializers.DecisionSerializer
    filterset_class = filters.DecisionFilter
    in_meeting = "items__decisions"

    def get_queryset(self) -> QuerySet:
        return with_meeting_summary(Decision.objects.published_each(), "item__meeting")

    def load(self, records: Sequence[Decision]) -> None:
        load_parts_of_decisions(records, [decision.item for decision in records])


class TaskView(RecordView):
    what = "任务"
    about = (
        "纪要要求谁做什么、何时以前做完，text 照原文。"
        "后来的记录只指以后收录的纪要再提到有关文件；办成与否，档案不作判断。" + GONE
    )
    serializer_class = serializers.TaskSerializer
    filterset_class = filters.TaskFilter
    in_meeting = "tasks"

    def get_queryset(self) -> QuerySet:
        later = Case(When(concerns_a_document(), then=has_later_record()))
        return with_place(Task.objects.published_each()).annotate(later_record=later)

    def load(self, records: Sequence[Task]) -> None:
        load_parts_of_tasks(records)
        load_documents_of_tasks(records)


class DeadlineView(RecordView):
    what = "期限"
    about = "要求在某日以前办成的事。原文不能确定到日的，date 为 null。办成与否，档案不作判断。" + GONE
    serializer_class = serializers.DeadlineSerializer
    filterset_class = filters.DeadlineFilter
    in_meeting = "deadlines"

    def get_queryset(self) -> QuerySet:
        return with_meeting_summary(with_meeting_summary(Deadline.objects.published_each()), "item__meeting")

    def load(self, records: Sequence[Deadline]) -> None:
        load_involvements([deadline.item for deadline in records if deadline.item])


class DocumentView(RecordView):
    what = "文件"
    about = "上过会的文件；同一文件的各次草案、修订稿合为一条，稿次见议题的 documents。" + MERGED
    serializer_class = serializers.DocumentSerializer
    filterset_class = filters.DocumentFilter

    def get_queryset(self) -> QuerySet:
        return Document.objects.published().select_related("body")


class OrganizationView(RecordView):
    what = "单位"
    about = "纪要中的单位，连同它的全称和别名。" + MERGED
    serializer_class = serializers.OrganizationSerializer
    filterset_class = filters.OrganizationFilter

    def get_queryset(self) -> QuerySet:
        return Organization.objects.published().select_related("body").prefetch_related("aliases")


class PersonView(RecordView):
    what = "人员"
    about = "出席名单中的姓名，连同单位。同名而单位不同的，是两条记录；同一条记录也可能不是同一个人。" + MERGED
    serializer_class = serializers.PersonSerializer
    filterset_class = filters.PersonFilter

    def get_queryset(self) -> QuerySet:
        return Person.objects.published().select_related("body", "organization")


class AttendanceView(RecordView):
    what = "出席记录"
    about = "会议出席名单的一条：出席、列席、请假或派代表。名单没有列出的，不等于缺席。" + GONE
    serializer_class = serializers.AttendanceSerializer
    filterset_class = filters.AttendanceFilter
    in_meeting = "attendance"

    def get_queryset(self) -> QuerySet:
        return with_meeting_summary(Attendance.objects.published_each()).select_related("person", "organization")
