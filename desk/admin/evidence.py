"""Admin lists of source files, problems, corrections and settlements."""

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from desk.admin.base import ReadOnlyAdmin
from minutes.corrections.path_labels import name_of, node_as_text
from minutes.corrections.settling import undo
from minutes.models import Correction, Problem, Settlement, SourceFile
from minutes.parser.problems.kinds import name_of_kind


class MeetingLinkMixin:
    """Mixin with a column that links a row to the review page of its meeting."""

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


WEIGHT_NAMES = {"must": "必须核实", "look": "值得一看", "note": "说明"}


class WeightFilter(admin.SimpleListFilter):
    title = "轻重"
    parameter_name = "weight"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return list(WEIGHT_NAMES.items())

    def queryset(self, request: HttpRequest, problems: models.QuerySet) -> models.QuerySet:
        return problems.weighing(self.value()) if self.value() in WEIGHT_NAMES else problems


class KindFilter(admin.SimpleListFilter):
    title = "类别"
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        codes = Problem.objects.order_by("code").values_list("code", flat=True).distinct()
        return [(code, name_of_kind(code)) for code in codes]

    def queryset(self, request: HttpRequest, problems: models.QuerySet) -> models.QuerySet:
        return problems.filter(code=self.value()) if self.value() else problems


@admin.register(Problem)
class ProblemAdmin(MeetingLinkMixin, ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ["kind", "weight", "message", "review", "settled_at", "settled_by"]
    list_filter = [SettledFilter, WeightFilter, "meeting__status", KindFilter]
    list_select_related = ["meeting__body", "settled_by"]
    search_fields = ["message"]
    date_hierarchy = "meeting__date"

    @admin.display(description="类别", ordering="code")
    def kind(self, problem: Problem) -> str:
        return problem.kind_name

    @admin.display(description="轻重")
    def weight(self, problem: Problem) -> str:
        return WEIGHT_NAMES[problem.weight]


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """Settlements of one kind of problem; any of them can be undone."""

    list_display = ["__str__", "made_at", "made_by", "undone_at", "undone_by"]
    list_select_related = ["made_by", "undone_by"]
    date_hierarchy = "made_at"
    actions = ["undo"]

    def has_view_permission(self, request: HttpRequest, settlement: Settlement | None = None) -> bool:
        return request.user.has_perm("minutes.review_minutes")

    @admin.action(description="撤销", permissions=["view"])
    def undo(self, request: HttpRequest, settlements: models.QuerySet) -> None:
        """Reopen the problems of the selected settlements."""
        for settlement in settlements:
            messages.success(request, f"已撤销“{settlement}”，{undo(settlement, request.user)}处重新列为待核。")


@admin.register(Correction)
class CorrectionAdmin(MeetingLinkMixin, ReadOnlyAdmin, admin.ModelAdmin):
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
        return node_as_text(correction.parsed)

    @admin.display(description="更正值")
    def corrected(self, correction: Correction) -> str:
        return node_as_text(correction.value)
