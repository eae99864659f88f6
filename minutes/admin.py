"""Everything on record, to be looked at by staff. Nothing is changed here: what is on record comes from the files."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from minutes.models import (
    Action,
    AgendaItem,
    Attendance,
    Body,
    Deadline,
    Decision,
    Document,
    DocumentReference,
    ErrorReport,
    Involvement,
    Meeting,
    Organization,
    OrganizationAlias,
    Paragraph,
    Person,
    Problem,
    SourceFile,
)

admin.site.site_header = "会议纪要档案"
admin.site.site_title = "会议纪要档案"
admin.site.index_title = "档案内容"


class ForReading:
    """Rights of an admin page or a part of one on which nothing can be added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadingInline(ForReading, admin.TabularInline):
    extra = 0
    show_change_link = True


class AgendaItemInline(ReadingInline):
    model = AgendaItem
    fields = ["position", "title"]


class AttendanceInline(ReadingInline):
    model = Attendance
    fields = ["position", "role", "person", "organization", "title", "note"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("person", "organization")


class ProblemInline(ReadingInline):
    model = Problem
    fields = ["code", "message", "start", "end"]


class ParagraphInline(ReadingInline):
    model = Paragraph
    fields = ["position", "marker", "text"]


class ActionInline(ReadingInline):
    model = Action
    fields = ["kind", "written"]


class DecisionInline(ReadingInline):
    model = Decision
    fields = ["outcome", "outcome_text", "next_step"]


class InvolvementInline(ReadingInline):
    model = Involvement
    fields = ["organization", "role", "written"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("organization")


class DocumentReferenceInline(ReadingInline):
    model = DocumentReference
    fields = ["document", "kind", "stage", "short_title"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("document")


class AliasInline(ReadingInline):
    model = OrganizationAlias
    fields = ["name"]


@admin.register(Body)
class BodyAdmin(ForReading, admin.ModelAdmin):
    search_fields = ["name"]


@admin.register(SourceFile)
class SourceFileAdmin(ForReading, admin.ModelAdmin):
    list_display = ["name", "encoding", "received_at", "sha256"]
    search_fields = ["name", "sha256"]
    date_hierarchy = "received_at"
    fields = ["name", "encoding", "received_at", "sha256", "text"]


@admin.register(Meeting)
class MeetingAdmin(ForReading, admin.ModelAdmin):
    list_display = ["__str__", "date", "doc_number", "status", "source"]
    list_filter = ["status", "kind", "body"]
    list_select_related = ["body", "source"]
    search_fields = ["doc_number", "chair_name", "opening", "source__name"]
    date_hierarchy = "date"
    inlines = [AgendaItemInline, ProblemInline, AttendanceInline]


@admin.register(AgendaItem)
class AgendaItemAdmin(ForReading, admin.ModelAdmin):
    list_display = ["title", "meeting", "position"]
    list_select_related = ["meeting__body"]
    search_fields = ["title"]
    inlines = [ActionInline, DecisionInline, InvolvementInline, DocumentReferenceInline, ParagraphInline]


@admin.register(Deadline)
class DeadlineAdmin(ForReading, admin.ModelAdmin):
    list_display = ["text", "date", "item"]
    list_select_related = ["decision__item"]
    date_hierarchy = "date"

    @admin.display(description="议题")
    def item(self, deadline: Deadline) -> AgendaItem:
        return deadline.decision.item


@admin.register(Organization)
class OrganizationAdmin(ForReading, admin.ModelAdmin):
    list_display = ["name", "full_name", "body"]
    list_filter = ["body"]
    list_select_related = ["body"]
    search_fields = ["name", "full_name", "aliases__name"]
    inlines = [AliasInline]


@admin.register(Person)
class PersonAdmin(ForReading, admin.ModelAdmin):
    list_display = ["name", "organization", "body"]
    list_filter = ["body"]
    list_select_related = ["organization", "body"]
    search_fields = ["name", "organization__name"]


@admin.register(Document)
class DocumentAdmin(ForReading, admin.ModelAdmin):
    list_display = ["title", "body"]
    list_filter = ["body"]
    list_select_related = ["body"]
    search_fields = ["title"]


@admin.register(Problem)
class ProblemAdmin(ForReading, admin.ModelAdmin):
    list_display = ["code", "message", "meeting"]
    list_filter = ["code"]
    list_select_related = ["meeting__body"]
    search_fields = ["message"]


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """What readers report; staff tick off what is done, the words stay as they were written."""

    list_display = ["text_in_short", "place", "reported_at", "handled"]
    list_editable = ["handled"]
    list_filter = ["handled"]
    date_hierarchy = "reported_at"
    search_fields = ["text", "place"]
    readonly_fields = ["place", "text", "reported_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="内容")
    def text_in_short(self, report: ErrorReport) -> str:
        return str(report)
