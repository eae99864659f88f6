"""Admin list of error reports."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.html import format_html_join

from desk.admin.names import WithHistory
from desk.reports import reported_page
from minutes.models import ErrorReport


class HandledFilter(admin.SimpleListFilter):
    """Show open reports by default."""

    title = "处理情况"
    parameter_name = "handled"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "已处理"), ("all", "全部")]

    def choices(self, changelist) -> list[dict]:
        own = [(None, "待处理"), *self.lookup_choices]
        return [
            {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value} if value else {}, ["handled"]),
                "display": words,
            }
            for value, words in own
        ]

    def queryset(self, request: HttpRequest, reports: models.QuerySet) -> models.QuerySet:
        if self.value() == "all":
            return reports
        return reports.filter(handled=self.value() == "yes")


@admin.register(ErrorReport)
class ErrorReportAdmin(WithHistory):
    """Reports of readers: staff add a note and mark them as handled.

    The text of the reader is read-only.
    """

    list_display = ["text_in_short", "where", "reported_at", "handled", "note"]
    list_filter = [HandledFilter]
    date_hierarchy = "reported_at"
    search_fields = ["text", "place", "note"]
    fields = ["where", "text", "reported_at", "note", "handled"]
    readonly_fields = ["where", "text", "reported_at"]
    actions = ["mark_handled"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "note":
            field.help_text = "做了什么，或为什么不改。只在后台显示；谁在何时处理，见“历史”。"
        return field

    @admin.display(description="内容", ordering="text")
    def text_in_short(self, report: ErrorReport) -> str:
        return str(report)

    @admin.display(description="所在页面", ordering="place")
    def where(self, report: ErrorReport) -> str:
        """Link to the reported page and to the review page of its meeting."""
        if not report.place:
            return "未指明"
        links = [(report.place, report.place)]
        if subject := reported_page(report):
            links.append((subject.review_url, "审核"))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    @admin.action(description="标为已处理", permissions=["change"])
    def mark_handled(self, request: HttpRequest, reports: models.QuerySet) -> None:
        """Mark the open reports among the selected ones as handled, with history."""
        with transaction.atomic():
            still_open = list(reports.select_for_update().filter(handled=False))
            for report in still_open:
                report.handled = True
                report.save(update_fields=["handled"])
        self.message_user(request, f"{len(still_open)}份报告已标为已处理。", messages.SUCCESS)
