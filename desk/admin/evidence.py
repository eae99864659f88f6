"""The files, the doubts, and what people put right."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from desk.admin.base import ReadOnlyAdmin
from minutes.corrections.path_labels import name_of, said_by
from minutes.models import Correction, Problem, SourceFile


class OfAMeeting:
    """A column that leads from a row to the review page of its meeting."""

    @admin.display(description="会议", ordering="meeting")
    def review(self, record: models.Model) -> str:
        return format_html('<a href="{}">{}</a>', reverse("desk-review", args=[record.meeting_id]), record.meeting)


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ["name", "format", "received_at", "received_by", "sha256"]
    list_filter = ["format", ("received_by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["received_by"]
    search_fields = ["name", "sha256"]
    date_hierarchy = "received_at"
    fields = ["name", "format", "encoding", "source_url", "received_at", "received_by", "sha256", "text"]


class SettledFilter(admin.SimpleListFilter):
    title = "核实"
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("no", "待核"), ("yes", "已核实")]

    def queryset(self, request: HttpRequest, problems: models.QuerySet) -> models.QuerySet:
        match self.value():
            case "no":
                return problems.filter(settled_at=None)
            case "yes":
                return problems.exclude(settled_at=None)
        return problems


@admin.register(Problem)
class ProblemAdmin(OfAMeeting, ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ["code", "message", "review", "settled_at", "settled_by"]
    list_filter = [SettledFilter, "meeting__status", "code"]
    list_select_related = ["meeting__body", "settled_by"]
    search_fields = ["message"]
    date_hierarchy = "meeting__date"


@admin.register(Correction)
class CorrectionAdmin(OfAMeeting, ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ["name_of_place", "review", "read", "corrected", "made_by", "made_at"]
    list_filter = [("made_by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["meeting__body", "made_by"]
    search_fields = ["place", "meeting__doc_number"]
    date_hierarchy = "made_at"

    @admin.display(description="位置", ordering="place")
    def name_of_place(self, correction: Correction) -> str:
        return name_of(correction.place)

    @admin.display(description="解析值")
    def read(self, correction: Correction) -> str:
        return said_by(correction.parsed)

    @admin.display(description="更正值")
    def corrected(self, correction: Correction) -> str:
        return said_by(correction.value)
