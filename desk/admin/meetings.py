"""Admin list of meetings, with bulk workflow actions."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import models
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from desk.admin.base import CsvExportAdmin, ReadOnlyAdmin, ReadOnlyInline
from desk.workflow.bulk import MAX_REPARSED, apply_to_each, reparse_each
from desk.workflow.views import publish_reviewed
from minutes.corrections.settling import open_kinds, settle_kind
from minutes.models import AgendaItem, Attendance, Meeting, Problem
from minutes.parser import PARSER_VERSION
from minutes.workflow import mark_reviewed, restore, withdraw


class AgendaItemInline(ReadOnlyInline):
    model = AgendaItem
    fields = ["position", "title"]


class AttendanceInline(ReadOnlyInline):
    model = Attendance
    fields = ["position", "role", "person", "organization", "title", "note"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("person", "organization")


class ProblemInline(ReadOnlyInline):
    model = Problem
    fields = readonly_fields = ["kind", "message", "settled_at", "settled_by"]

    @admin.display(description="类别")
    def kind(self, problem: Problem) -> str:
        return problem.kind_name

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("settled_by")


class OpenProblemsFilter(admin.SimpleListFilter):
    title = "待核问题"
    parameter_name = "problems"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("must", "有必须核实的"),
            ("look", "有值得一看的"),
            ("settled", "没有必须核实的"),
            ("none", "没有待核问题"),
        ]

    def queryset(self, request: HttpRequest, meetings: models.QuerySet) -> models.QuerySet:
        must, look = (Exists(Problem.objects.open(weight).of_outer_meeting()) for weight in ("must", "look"))
        match self.value():
            case "must":
                return meetings.filter(must)
            case "look":
                return meetings.filter(look)
            case "settled":
                return meetings.filter(~must)
            case "none":
                return meetings.filter(~must, ~look)
        return meetings


class ParserFilter(admin.SimpleListFilter):
    title = "解析器"
    parameter_name = "parser"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("old", "由旧版读出")]

    def queryset(self, request: HttpRequest, meetings: models.QuerySet) -> models.QuerySet:
        return meetings.exclude(parser_version=PARSER_VERSION) if self.value() == "old" else meetings


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin, CsvExportAdmin):
    list_display = ["__str__", "date", "doc_number", "status", "must", "look", "source", "review"]
    list_filter = ["status", OpenProblemsFilter, ParserFilter, "kind", "body", ("date", admin.EmptyFieldListFilter)]
    list_select_related = ["body", "source"]
    search_fields = ["doc_number", "number", "body__name", "chair_name", "items__title", "source__name"]
    search_help_text = "文号、次数、会议主体、主持人、议题标题、文件名"
    date_hierarchy = "date"
    inlines = [AgendaItemInline, ProblemInline, AttendanceInline]
    actions = ["settle_kind", "reparse", "mark_reviewed", "publish", "withdraw", "restore"]
    change_list_template = "admin/meetings.html"
    csv_title = "会议列表"
    csv_columns = ["编号", "会议", "日期", "文号", "状态", "必须核实", "值得一看", "来源文件", "更新时间"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        problems = Problem.objects
        return (
            super()
            .get_queryset(request)
            .annotate(
                must=problems.open("must").count_of_outer_meeting(), look=problems.open("look").count_of_outer_meeting()
            )
        )

    @admin.display(description="必须核实", ordering="must")
    def must(self, meeting: Meeting) -> int:
        return meeting.must

    @admin.display(description="值得一看", ordering="look")
    def look(self, meeting: Meeting) -> int:
        return meeting.look

    @admin.display(description="操作")
    def review(self, meeting: Meeting) -> str:
        return format_html(
            '<a href="{}">审核<span class="visually-hidden">{}</span></a>',
            reverse("desk-review", args=[meeting.pk]),
            meeting,
        )

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """Show the review link only to users who may review."""
        if self.has_review_permission(request):
            return self.list_display
        return [name for name in self.list_display if name != "review"]

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("minutes.review_minutes")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("minutes.publish_minutes")

    @admin.action(description="成批核实待核问题……", permissions=["review"])
    def settle_kind(self, request: HttpRequest, meetings: models.QuerySet) -> HttpResponse | None:
        """Settle one kind of open problem in all selected meetings.

        The first page lists the kinds of open problems, with their numbers.
        """
        settlement = settle_kind(request.POST.get("code", ""), meetings, request.user)
        if settlement is None:
            return self.ask(request, meetings, "成批核实", "admin/settle_kinds.html", kinds=open_kinds(meetings))
        url = reverse("admin:minutes_settlement_changelist")
        message = '已核实“{}”。弄错了，可在<a href="{}">成批核实</a>中撤销。'
        messages.success(request, format_html(message, settlement, url))
        return None

    @admin.action(description="重新解析……", permissions=["review"])
    def reparse(self, request: HttpRequest, meetings: models.QuerySet) -> HttpResponse | None:
        """Preview what the current parser reads differently, then reparse."""
        if len(meetings) > MAX_REPARSED:
            messages.error(request, f"一次最多重新解析{MAX_REPARSED}次会议；更多的，请管理员运行 manage.py reparse。")
            return None
        is_confirmed = "confirmed" in request.POST
        rereadings = reparse_each(request, meetings, dry_run=not is_confirmed)
        changed = [each for each in rereadings if each.differences or each.questions]
        if is_confirmed:
            messages.success(request, f"已重新解析{len(rereadings)}次会议，{len(changed)}次有不同。人工更正都已保留。")
            return None
        context = {"changed": changed, "version": PARSER_VERSION}
        return self.ask(request, meetings, "重新解析所选会议", "admin/reparse_meetings.html", **context)

    @admin.action(description="标为已审核", permissions=["review"])
    def mark_reviewed(self, request: HttpRequest, meetings: models.QuerySet) -> None:
        apply_to_each(request, meetings, mark_reviewed, "标为已审核")

    @admin.action(description="发布……", permissions=["publish"])
    def publish(self, request: HttpRequest, meetings: models.QuerySet) -> HttpResponse | None:
        """Preview what would become public, then publish."""
        return self.make_public(request, meetings, "publish", publish_reviewed, "发布")

    @admin.action(description="恢复公开……", permissions=["publish"])
    def restore(self, request: HttpRequest, meetings: models.QuerySet) -> HttpResponse | None:
        """Preview what would become public again, then restore."""
        return self.make_public(request, meetings, "restore", restore, "恢复公开")

    def make_public(
        self,
        request: HttpRequest,
        meetings: models.QuerySet,
        action: str,
        step: Callable[[Meeting, object], None],
        name: str,
    ) -> HttpResponse | None:
        if "confirmed" not in request.POST:
            return self.ask(request, meetings, f"{name}所选会议", "admin/make_public.html", action=action, step=name)
        apply_to_each(request, meetings, step, name)
        return None

    @admin.action(description="撤回", permissions=["publish"])
    def withdraw(self, request: HttpRequest, meetings: models.QuerySet) -> HttpResponse | None:
        """Ask for one reason for all selected meetings, then withdraw them."""
        reason = request.POST.get("reason", "").strip()
        if not reason or len(reason) > Meeting._meta.get_field("withdrawal_reason").max_length:
            return self.ask(
                request,
                meetings,
                "撤回所选会议",
                "admin/withdraw_meetings.html",
                longest=Meeting._meta.get_field("withdrawal_reason").max_length,
                reason=request.POST.get("reason", ""),
                was_asked="reason" in request.POST,
            )
        apply_to_each(request, meetings, lambda meeting, by: withdraw(meeting, reason, by), "撤回")
        return None

    def ask(
        self, request: HttpRequest, meetings: models.QuerySet, title: str, template: str, **context: object
    ) -> HttpResponse:
        """Render the form that an action needs; it submits the same selection again."""
        chosen = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "meetings": meetings,
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, template, chosen | context)

    def csv_file_name(self) -> str:
        return f"meetings-{timezone.localdate():%Y%m%d}.csv"

    def csv_row(self, meeting: Meeting) -> list[object]:
        updated = timezone.localtime(meeting.updated_at).isoformat(timespec="minutes")
        facts = [meeting.pk, str(meeting), meeting.date, meeting.doc_number]
        return [*facts, meeting.get_status_display(), meeting.must, meeting.look, meeting.source.name, updated]
