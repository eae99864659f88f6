"""Serializers of each kind of record."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import AddressField, PageField, PageOfPartField, ParagraphPageField, RecordSerializer, SpanField
from minutes.models import (
    Action,
    AgendaItem,
    Attendance,
    Body,
    Deadline,
    Decision,
    Document,
    DocumentReference,
    Involvement,
    ItemTopic,
    Meeting,
    Organization,
    Paragraph,
    Person,
    SourceFile,
    Task,
    TaskActor,
)
from minutes.parser.meeting_fields import columns_of


class BodySerializer(RecordSerializer):
    url = AddressField("api-v1-body")
    page = PageField()

    class Meta:
        model = Body
        fields = ["id", "url", "page", "name"]


class NamedOrganization(RecordSerializer):
    class Meta:
        model = Organization
        fields = ["id", "name"]


class NamedBody(RecordSerializer):
    class Meta:
        model = Body
        fields = ["id", "name"]


class NamedPerson(RecordSerializer):
    class Meta:
        model = Person
        fields = ["id", "name"]


class MeetingInBrief(RecordSerializer):
    url = AddressField("api-v1-meeting")
    body = NamedBody()

    class Meta:
        model = Meeting
        fields = ["id", "url", "body", "kind", "number", "doc_number", "date"]


class ItemInBrief(RecordSerializer):
    url = AddressField("api-v1-item")
    page = PageField()

    class Meta:
        model = AgendaItem
        fields = ["id", "url", "page", "position", "title"]


class ItemOfMeeting(ItemInBrief):
    meeting = MeetingInBrief()

    class Meta(ItemInBrief.Meta):
        fields = [*ItemInBrief.Meta.fields, "meeting"]


class SourceInBrief(RecordSerializer):
    class Meta:
        model = SourceFile
        fields = ["name", "sha256", "format", "source_url"]


class MeetingSerializer(RecordSerializer):
    url = AddressField("api-v1-meeting")
    page = PageField()
    body = NamedBody()
    distribution = serializers.ListField(child=serializers.CharField(), help_text="分送。")
    source = SourceInBrief()
    items = ItemInBrief(many=True)

    class Meta:
        model = Meeting
        fields = [
            *("id", "url", "page", *columns_of()),
            *("source", "items", "published_at", "updated_at"),
        ]


class ActionSerializer(RecordSerializer):
    class Meta:
        model = Action
        fields = ["kind", "written"]


class ReferenceSerializer(RecordSerializer):
    id = serializers.IntegerField(source="document_id", help_text="文件的编号。")
    title = serializers.CharField(source="document.title", help_text="文件的标题。")
    span = SpanField()

    class Meta:
        model = DocumentReference
        fields = ["id", "title", "kind", "stage", "short_title", "span"]


class InvolvementSerializer(RecordSerializer):
    organization = NamedOrganization()
    span = SpanField()

    class Meta:
        model = Involvement
        fields = ["organization", "role", "written", "span"]


class DeadlineInBrief(RecordSerializer):
    span = SpanField()

    class Meta:
        model = Deadline
        fields = ["id", "text", "date", "span"]


class DecisionInBrief(RecordSerializer):
    lead = NamedOrganization(many=True, help_text="牵头单位。")
    supporting = NamedOrganization(many=True, help_text="配合单位。")
    deadlines = DeadlineInBrief(many=True)
    span = SpanField()

    class Meta:
        model = Decision
        fields = ["id", "position", "outcome", "outcome_text", "next_step", "lead", "supporting", "deadlines", "span"]


class ParagraphInBrief(RecordSerializer):
    span = SpanField()

    class Meta:
        model = Paragraph
        fields = ["id", "position", "marker", "text", "span"]


class TopicSerializer(RecordSerializer):
    class Meta:
        model = ItemTopic
        fields = ["code", "name", "main_name", "words"]


class ActorSerializer(RecordSerializer):
    organization = NamedOrganization(allow_null=True)
    person = NamedPerson(allow_null=True)
    span = SpanField()

    class Meta:
        model = TaskActor
        fields = ["role", "form", "text", "name", "title", "organization", "person", "span"]


class TaskInBrief(RecordSerializer):
    url = AddressField("api-v1-task")
    actors = ActorSerializer(many=True)
    about = serializers.SerializerMethodField(help_text="承办者之前说明事项的文字在来源文本中的位置。")
    deadlines = DeadlineInBrief(many=True)
    span = SpanField()

    class Meta:
        model = Task
        fields = ["id", "url", "position", "kind", "collective", "about", "text", "actors", "deadlines", "span"]

    @extend_schema_field(
        {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2, "nullable": True}
    )
    def get_about(self, task: Task) -> list[int] | None:
        """Return the span of the task's matter; None if nothing precedes the actor."""
        return task.spans.get("about")


class ItemSerializer(RecordSerializer):
    url = AddressField("api-v1-item")
    page = PageField()
    meeting = MeetingInBrief()
    actions = ActionSerializer(many=True)
    documents = ReferenceSerializer(source="references", many=True)
    units = InvolvementSerializer(source="involvements", many=True)
    topics = TopicSerializer(many=True, help_text="主题，第一个为主要主题；words 是判断所依据的词。")
    decision = DecisionInBrief(
        source="first_decision", allow_null=True, help_text="第一条议定意见；原文没有写明的为 null。"
    )
    decisions = DecisionInBrief(many=True, help_text="各条议定意见，依原文顺序。")
    tasks = TaskInBrief(many=True, help_text="要求谁做什么，依原文顺序。")
    paragraphs = ParagraphInBrief(many=True)
    span = SpanField()

    class Meta:
        model = AgendaItem
        fields = [
            *("id", "url", "page", "meeting", "position", "title", "title_derived", "actions", "documents"),
            *("topics", "units", "decision", "decisions", "tasks", "paragraphs", "span"),
        ]


class ParagraphSerializer(RecordSerializer):
    url = AddressField("api-v1-paragraph")
    page = ParagraphPageField()
    item = ItemOfMeeting()
    span = SpanField()

    class Meta:
        model = Paragraph
        fields = ["id", "url", "page", "item", "position", "marker", "text", "span"]


class DecisionSerializer(RecordSerializer):
    url = AddressField("api-v1-decision")
    page = PageField("item")
    item = ItemOfMeeting()
    lead = NamedOrganization(many=True, help_text="牵头单位。")
    supporting = NamedOrganization(many=True, help_text="配合单位。")
    units = InvolvementSerializer(source="item.involvements", many=True)
    deadlines = DeadlineInBrief(many=True)
    span = SpanField()

    class Meta:
        model = Decision
        fields = [
            *("id", "url", "page", "item", "position", "outcome", "outcome_text", "next_step", "lead", "supporting"),
            *("units", "deadlines", "span"),
        ]


class DeadlineSerializer(RecordSerializer):
    url = AddressField("api-v1-deadline")
    page = PageOfPartField()
    meeting = MeetingInBrief()
    item = ItemOfMeeting(allow_null=True)
    units = InvolvementSerializer(source="item.involvements", many=True, default=list)
    span = SpanField()

    class Meta:
        model = Deadline
        fields = ["id", "url", "page", "text", "date", "meeting", "item", "units", "span"]


class NamedDocument(RecordSerializer):
    class Meta:
        model = Document
        fields = ["id", "title"]


class TaskSerializer(TaskInBrief):
    page = PageField()
    meeting = MeetingInBrief()
    item = ItemInBrief(allow_null=True)
    documents = NamedDocument(many=True)
    later_record = serializers.BooleanField(
        help_text="以后收录的纪要是否再提到任务涉及的文件。没有记录不等于没有办。", allow_null=True
    )

    class Meta(TaskInBrief.Meta):
        fields = [
            *("id", "url", "page", "meeting", "item", "part", "position", "kind", "collective", "about", "text"),
            *("actors", "deadlines", "documents", "later_record", "span"),
        ]


class DocumentSerializer(RecordSerializer):
    url = AddressField("api-v1-document")
    page = PageField()
    body = NamedBody()

    class Meta:
        model = Document
        fields = ["id", "url", "page", "body", "title"]


class OrganizationSerializer(RecordSerializer):
    url = AddressField("api-v1-organization")
    page = PageField()
    body = NamedBody()
    aliases = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True, help_text="别名。")

    class Meta:
        model = Organization
        fields = ["id", "url", "page", "body", "name", "full_name", "aliases"]


class PersonSerializer(RecordSerializer):
    url = AddressField("api-v1-person")
    page = PageField()
    body = NamedBody()
    organization = NamedOrganization(allow_null=True)

    class Meta:
        model = Person
        fields = ["id", "url", "page", "body", "name", "organization"]


class AttendanceSerializer(RecordSerializer):
    url = AddressField("api-v1-attendance")
    meeting = MeetingInBrief()
    person = NamedPerson(allow_null=True)
    organization = NamedOrganization(allow_null=True)
    span = SpanField()

    class Meta:
        model = Attendance
        fields = ["id", "url", "meeting", "position", "role", "person", "organization", "title", "note", "span"]
