"""The import page: files and meetings in groups, with bulk actions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from desk.imports.groups import GROUPS, PUBLISH, REVIEW, UPLOAD, Group, groups_for
from desk.imports.selection import MAX_CHOSEN, chosen_records, narrowed
from desk.models import UNDECIDED, Upload
from desk.shortcuts import render_page, staff_with_permission
from desk.uploads.actions import UploadChanged, read_again, set_aside
from desk.uploads.differences import same_text
from desk.workflow.bulk import apply_to_each
from desk.workflow.views import publish_reviewed
from minutes.corrections.settling import open_kinds, settle_kind
from minutes.models import AgendaItem, Attendance, Body, Meeting, MeetingStatus, Task
from minutes.parser.problems.kinds import name_of_kind
from minutes.workflow import mark_reviewed

PAGE_SIZE = 100
# A comparison needs both texts in memory.
CONFLICTS_A_PAGE = 20
BY_KEY = {group.key: group for group in GROUPS}


@staff_with_permission(UPLOAD, REVIEW, PUBLISH)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Show the number of records in each group, and the records of one."""
    groups = [(group, group.records().count()) for group in groups_for(request.user)]
    key = request.GET.get("group", "")
    shown = next((group for group, _ in groups if group.key == key), None)
    shown = shown or next((group for group, count in groups if count), groups[0][0])
    paginator = Paginator(narrowed(shown, request.GET), CONFLICTS_A_PAGE if shown.key == "conflict" else PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "groups": groups,
        "group": shown,
        "page": page,
        # Problems can be settled once a kind is chosen.
        "steps": shown.steps if shown.key != "doubts" or request.GET.get("code") else (),
        "code": request.GET.get("code", ""),
        "undecided": Upload.objects.filter(state__in=UNDECIDED).count(),
        "most": MAX_CHOSEN,
        **details_of(shown, page.object_list),
    }
    return render_page(request, "imports/imports", "收录进度", **context)


def details_of(group: Group, records: Any) -> dict[str, Any]:
    """Return template context specific to the group."""
    if group.key == "doubts":
        return {"kinds": open_kinds(group.records())}
    if group.key == "body":
        likeliest = [upload.body_candidates[0] for upload in records if upload.body_candidates]
        bodies = Body.objects.values_list("name", flat=True)[:MAX_CHOSEN]
        return {"bodies": list(dict.fromkeys([*likeliest, *bodies]))}
    if group.key == "conflict":
        return {"same_texts": uploads_with_same_text([upload.pk for upload in records])}
    return {}


def uploads_with_same_text(pks: list[int]) -> set[int]:
    """Return the uploads in conflict whose text differs only in whitespace."""
    texts = Upload.objects.filter(pk__in=pks).values_list("pk", "text", "meeting__source__text")
    return {pk for pk, new, old in texts if same_text(old or "", new)}


@staff_with_permission(UPLOAD)
@require_POST
def body(request: HttpRequest) -> HttpResponse:
    """Queue the selected files again, with the body entered."""
    name = " ".join(request.POST.get("body_name", "").split())[:120]
    if not name:
        messages.error(request, "请填写会议主体，例如“云川市人民政府”。")
        return back(request, "body")
    return decide(request, "body", lambda upload: read_again(upload, request.user, name), f"按“{name}”重新排队读取")


@staff_with_permission(UPLOAD)
@require_POST
def likeliest(request: HttpRequest) -> HttpResponse:
    """Queue each selected file again, with its most likely body."""

    def read_with_candidate(upload: Upload) -> None:
        if not upload.body_candidates:
            raise UploadChanged(f"“{upload}”没有可能的会议主体，请填写。")
        read_again(upload, request.user, upload.body_candidates[0])

    return decide(request, "body", read_with_candidate, "按各自最可能的会议主体重新排队读取")


@staff_with_permission(UPLOAD)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Queue the selected files that could not be read again."""
    return decide(request, "failed", lambda upload: read_again(upload, request.user), "重新排队读取")


@staff_with_permission(UPLOAD)
@require_POST
def aside(request: HttpRequest) -> HttpResponse:
    """Set the selected files aside.

    For those in conflict, the source file on record stays.
    """
    group = request.POST.get("group", "")
    if group not in ("body", "conflict", "failed"):
        return back(request, "")
    return decide(request, group, lambda upload: set_aside(upload, request.user), "搁置，文件仍保存着")


def decide(request: HttpRequest, group: str, step: Any, done: str) -> HttpResponse:
    """Apply a decision to each selected upload that did not change since shown.

    Report how many, and the reasons for the others.
    """
    count = 0
    for upload in chosen_records(request, BY_KEY[group]):
        try:
            step(upload)
            count += 1
        except UploadChanged as refusal:
            messages.error(request, str(refusal))
    if count:
        messages.success(request, f"{count}份已{done}。")
    return back(request, group)


@staff_with_permission(REVIEW)
@require_POST
def reviewed(request: HttpRequest) -> HttpResponse:
    """Mark the selected drafts as reviewed; refuse those with open problems."""
    apply_to_each(request, chosen_records(request, BY_KEY["ready"]), mark_reviewed, "标为已审核")
    return back(request, "ready")


@staff_with_permission(REVIEW)
@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Settle all open problems of one kind in the selected drafts."""
    code = request.POST.get("code", "")
    if chosen := chosen_records(request, BY_KEY["doubts"]):
        meetings = Meeting.objects.filter(pk__in=[meeting.pk for meeting in chosen])
        settlement = settle_kind(code, meetings, request.user)
        if settlement:
            url = reverse("admin:minutes_settlement_changelist")
            done = '已核实“{}”。弄错了，可在<a href="{}">成批核实</a>中撤销。'
            messages.success(request, format_html(done, settlement, url))
        else:
            messages.error(request, f"所选的草稿里没有待核的“{name_of_kind(code)}”。请先选一类问题。")
    return back(request, "doubts")


@staff_with_permission(PUBLISH)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Preview what would become public; publish exactly that on confirmation."""
    chosen = chosen_records(request, BY_KEY["reviewed"])
    if request.POST.get("confirmed"):
        apply_to_each(request, chosen, publish_reviewed, "发布")
        return back(request, "reviewed")
    if not chosen:
        return back(request, "reviewed")
    pks = [meeting.pk for meeting in chosen]
    context = {
        "meetings": chosen,
        "items": AgendaItem.objects.filter(meeting__in=pks).count(),
        "tasks": Task.objects.filter(meeting__in=pks).count(),
        "attendance": Attendance.objects.filter(meeting__in=pks).count(),
    }
    return render_page(request, "imports/publish", f"发布{len(chosen)}次会议", **context)


@staff_with_permission(REVIEW)
@require_safe
def next_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect to the next draft in the list, or back to the list."""
    get_object_or_404(Meeting, pk=pk)
    drafts = (
        Meeting.objects.filter(status=MeetingStatus.DRAFT).exclude(pk=pk).order_by("-pk").values_list("pk", flat=True)
    )
    following = drafts.filter(pk__lt=pk).first() or drafts.first()
    if following:
        return redirect("desk-review", following)
    messages.success(request, "没有别的草稿了。")
    return redirect("desk-imports")


def back(request: HttpRequest, group: str) -> HttpResponse:
    """Redirect to the group."""
    return redirect(f"{reverse('desk-imports')}?{urlencode({'group': group})}")
