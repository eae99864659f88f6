"""Upload pages: the form with the list, and one page per upload."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import OperationalError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from desk.accounts.roles import may_replace_source
from desk.models import LEFT_TO_PEOPLE, UNDECIDED, Upload, UploadState
from desk.shortcuts import render_page, staff_with_permission
from desk.uploads.actions import (
    CAN_BE_READ_AGAIN,
    UploadChanged,
    keep_both,
    read_again,
    replace_source,
    set_aside,
)
from desk.uploads.differences import differences
from desk.uploads.forms import UploadForm
from minutes.extraction.formats import ENDINGS
from minutes.extraction.limits import MEGABYTE
from minutes.models import AuditAction, AuditEntry, Body
from minutes.models.engine_sql import is_server_gone
from pages.sources.views import safe_file_name

PAGE_SIZE = 25
NO_ROOM = "没有收下：服务器磁盘已满，或数据库一时写不进去。什么也没有保存，请稍后再提交；若仍不成功，请告知管理员。"
RECEIVED = "已收下 {count} 份文件，正在排队读取。可以关闭本页，不影响处理。"
CANNOT_REPLACE = "“{meeting}”已经公开，要由有发布权限的人替换它的来源文件。"

may_upload = staff_with_permission("minutes.upload_minutes")


@may_upload
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Show the upload form and list; receive files on POST."""
    if request.method != "POST":
        return render_uploads(request)
    form = UploadForm(request.POST, {"files": request.FILES.getlist("files")})
    if not form.is_valid():
        refusals = [message for errors in form.errors.values() for message in errors]
        return render_uploads(request, refusals, form.status)
    try:
        count = form.receive(request.user)
    except OperationalError as error:
        if is_server_gone(error):
            raise  # answered with 503
        return render_uploads(request, [NO_ROOM], status=507)
    messages.success(request, RECEIVED.format(count=count))
    return redirect("desk-uploads")


def render_uploads(request: HttpRequest, refusals: list[str] | None = None, status: int = 200) -> HttpResponse:
    listed = Upload.objects.select_related("by", "meeting__body")
    only_left = "left" in request.GET
    if only_left:
        listed = listed.filter(state__in=LEFT_TO_PEOPLE)
    context = {
        "refusals": refusals or [],
        "page": Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page")),
        "counts": Upload.objects.aggregate(
            undecided=Count("pk", filter=Q(state__in=UNDECIDED)), left=Count("pk", filter=Q(state__in=LEFT_TO_PEOPLE))
        ),
        "only_left": only_left,
        "bodies": Body.objects.values_list("name", flat=True),
        "endings": ENDINGS,
        "most_megabytes": settings.EXTRACT_FILE_MB,
        "max_body_bytes": settings.EXTRACT_FILE_MB * MEGABYTE,
    }
    return render_page(request, "uploads/uploads", "上传会议纪要", status, **context)


@may_upload
@require_GET
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an upload: its outcome and the possible actions."""
    shown = get_object_or_404(
        Upload.objects.select_related("by", "decided_by", "meeting__body", "meeting__source"), pk=pk
    )
    in_conflict = shown.state == UploadState.CONFLICT and shown.meeting is not None
    context = {
        "upload": shown,
        "can_be_read_again": shown.state in CAN_BE_READ_AGAIN and shown.size > 0,
        "members": shown.members.order_by("pk").select_related("meeting__body"),
        "can_be_set_aside": shown.is_left_to_people,
        "differences": differences(shown.meeting.source.text, shown.text) if in_conflict else None,
        "may_replace": in_conflict and may_replace_source(request.user, shown.meeting),
        "bodies": Body.objects.values_list("name", flat=True),
    }
    return render_page(request, "uploads/upload", shown.name, **context)


@may_upload
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue an upload for another reading."""
    body_name = request.POST.get("body_name", "").strip()[:120]
    return apply_decision(request, pk, lambda shown: read_again(shown, request.user, body_name), "已重新排队读取。")


@may_upload
@require_POST
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an upload aside."""
    return apply_decision(request, pk, lambda shown: set_aside(shown, request.user), "已搁置，文件仍保存着。")


@may_upload
@require_POST
def both(request: HttpRequest, pk: int) -> HttpResponse:
    """Ingest an upload in conflict as a meeting of its own."""
    distinction = " ".join(request.POST.get("distinction", "").split())[:30]
    if not distinction:
        messages.error(request, "请填写区分两次会议的字，如“第二场”。")
        return redirect("desk-upload", pk)
    done = f"已排队，作为另一次会议收录，区分为“{distinction}”。"
    return apply_decision(request, pk, lambda shown: keep_both(shown, request.user, distinction), done)


@staff_with_permission("minutes.review_minutes")
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the replacement of the meeting's source file with this upload."""
    shown = get_object_or_404(Upload.objects.select_related("meeting"), pk=pk)
    if shown.meeting and not may_replace_source(request.user, shown.meeting):
        messages.error(request, CANNOT_REPLACE.format(meeting=shown.meeting))
        return redirect(shown)
    return apply_decision(
        request, pk, lambda shown: replace_source(shown, request.user), "已排队，将用新文件替换原来的来源文件。"
    )


def apply_decision(request: HttpRequest, pk: int, decide: Callable[[Upload], None], done: str) -> HttpResponse:
    """Apply a decision unless the upload changed meanwhile; redirect to its page."""
    shown = get_object_or_404(Upload.objects.select_related("meeting"), pk=pk)
    try:
        decide(shown)
        messages.success(request, done)
    except UploadChanged as late:
        messages.error(request, str(late))
    return redirect(shown)


@may_upload
@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the original bytes as a download, never displayed inline."""
    shown = get_object_or_404(Upload, pk=pk)
    content = shown.original
    AuditEntry.note(AuditAction.EXPORTED, request.user, shown, f"上传的原始文件，{shown.size} 字节")
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, safe_file_name(shown.name, pk))
    response["X-Content-Type-Options"] = "nosniff"
    return response
