"""Workflow of a meeting: review, publish, withdraw, restore, reparse, history."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from desk.shortcuts import render_page, staff_with_permission
from desk.workflow.publication import first_appearances
from minutes.corrections.changes import CorrectionRefused, revert
from minutes.corrections.path_labels import name_of, node_as_text
from minutes.corrections.reparse import reparse
from minutes.models import AuditAction, Correction, Meeting, MeetingStatus
from minutes.parser import PARSER_VERSION
from minutes.workflow import StepRefused, mark_reviewed, publish, reopen, restore, withdraw

# Steps of the audit log that the history of a meeting shows.
STEPS = (
    AuditAction.REVIEWED,
    AuditAction.REOPENED,
    AuditAction.PUBLISHED,
    AuditAction.WITHDRAWN,
    AuditAction.RESTORED,
    AuditAction.REPARSED,
    AuditAction.REPLACED,
    AuditAction.SETTLED,
    AuditAction.UNSETTLED,
)

may_review = staff_with_permission("minutes.review_minutes")
may_publish = staff_with_permission("minutes.publish_minutes")


@may_review
@require_POST
def reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    return apply_step(request, pk, mark_reviewed, "已标为“已审核”，可以发布。")


@may_review
@require_POST
def reopened(request: HttpRequest, pk: int) -> HttpResponse:
    return apply_step(request, pk, reopen, "已退回草稿。")


@may_publish
@require_http_methods(["GET", "HEAD", "POST"])
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview what would become public; publish on POST."""
    if request.method == "POST":
        return apply_step(request, pk, publish_reviewed, "已发布，公众几秒内可以检索到。")
    meeting = get_object_or_404(Meeting.objects.select_related("body", "source"), pk=pk)
    context = {
        "meeting": meeting,
        "items": meeting.items.prefetch_related("decisions", "paragraphs", "involvements__organization"),
        "attendance": meeting.attendance.select_related("person", "organization"),
        "appearing": first_appearances(meeting),
        "corrections": label_corrections(meeting.corrections.select_related("made_by")),
        "must": meeting.problems.open("must").count(),
        "look": meeting.problems.open("look").count(),
    }
    return render_page(request, "workflow/publish", f"发布 {meeting}", **context)


@may_publish
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a reason; withdraw on POST."""
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        return apply_step(
            request, pk, lambda meeting, by: withdraw(meeting, reason, by), "已撤回，原网址说明撤回的时间和原因。"
        )
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=pk)
    return render_page(request, "workflow/withdraw", f"撤回 {meeting}", meeting=meeting)


@may_publish
@require_POST
def restored(request: HttpRequest, pk: int) -> HttpResponse:
    return apply_step(request, pk, restore, "已恢复公开。")


@may_review
@require_http_methods(["GET", "HEAD", "POST"])
def reparse_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview what the current parser reads differently; reparse on POST."""
    get_object_or_404(Meeting, pk=pk)
    try:
        rereading = reparse(pk, request.user, dry_run=request.method != "POST")
    except CorrectionRefused as error:
        messages.error(request, str(error))
        return redirect("desk-review", pk)
    if request.method == "POST":
        messages.success(
            request, f"已用解析器 {PARSER_VERSION} 重新解析，{len(rereading.differences)}处不同。人工更正都已保留。"
        )
        return redirect("desk-review", pk)
    return render_page(request, "workflow/reparse", f"重新解析 {rereading.meeting}", rereading=rereading)


@may_review
@require_POST
def reverted(request: HttpRequest, pk: int, history_id: int) -> HttpResponse:
    """Revert a field to a value from its history."""
    meeting = get_object_or_404(Meeting, pk=pk)
    line = get_object_or_404(Correction.history, pk=history_id, meeting=meeting)
    try:
        revert(line, request.user)
        messages.success(request, f"“{name_of(line.place)}”已改回。")
    except CorrectionRefused as error:
        messages.error(request, str(error))
    return redirect("desk-history", pk)


@may_review
@require_http_methods(["GET", "HEAD"])
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every correction and workflow step of a meeting."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=pk)
    context = {
        "meeting": meeting,
        "changes": label_corrections(
            Correction.history.filter(meeting=meeting).select_related("history_user", "made_by").order_by("-history_id")
        ),
        "steps": meeting.audit_entries.filter(action__in=STEPS).select_related("by"),
    }
    return render_page(request, "workflow/history", f"变更记录：{meeting}", **context)


def publish_reviewed(meeting: Meeting, by: object) -> None:
    """Publish a reviewed meeting; refuse drafts and meetings with new problems.

    A problem is new if it arose since the review.
    """
    if meeting.status == MeetingStatus.DRAFT:
        raise StepRefused("这次会议还没有审核。请先审核并标为“已审核”，再发布。")
    if waiting := meeting.problems.open("must").count():
        raise StepRefused(f"审核之后，又有{waiting}处必须核实的问题。请逐一核实或更正，再发布。")
    publish(meeting, by)


def apply_step(request: HttpRequest, pk: int, step: Callable[[Meeting, object], None], done: str) -> HttpResponse:
    """Apply a step to the revision the form was made for; redirect to the review page."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=pk)
    try:
        if request.POST.get("revision", "") != str(meeting.revision):
            raise StepRefused("您打开之后，这次会议又有更改。请看过更改后的内容再决定。")
        step(meeting, request.user)
        messages.success(request, done)
    except StepRefused as error:
        messages.error(request, str(error))
    return redirect("desk-review", pk)


def label_corrections(corrections):
    """Yield the corrections with labels for path and values."""
    for correction in corrections:
        correction.place_name = name_of(correction.place)
        correction.said, correction.said_by_parser = node_as_text(correction.value), node_as_text(correction.parsed)
        yield correction
