"""Merge and split records: choose, preview, confirm, undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from desk.merging.presentation import entries_to_choose, preview_undo, progress_of, records_called
from desk.shortcuts import parse_id, render_page, staff_with_permission
from minutes.merging import operations
from minutes.merging.duplicates import find_duplicates, most_similar
from minutes.merging.mergeable import MergeRefused, Record, all_names, record_of
from minutes.merging.previews import extent_of, names_with_items, preview_merge, preview_split
from minutes.merging.rebuild import rebuild_meetings
from minutes.models import MergeOperation, RecordKind

RECORDS_A_PAGE = 30
OPERATIONS_A_PAGE = 20
DONE = "已{action}。{progress}"
ALL_MADE = "涉及的{count}次会议已全部更新。"
GOING_ON = "涉及{count}次会议，正在后台逐次更新，可以关闭本页。"

may_merge = staff_with_permission("minutes.join_records")


def chosen(kind: str, pk: int) -> Record:
    """Return the record with this kind and key, or raise Http404."""
    if kind not in RecordKind.values:
        raise Http404("no such kind")
    if (record := record_of(kind, pk)) is None:
        raise Http404("no such record")
    return record


@may_merge
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show where to start, likely duplicates, and past operations."""
    done = MergeOperation.objects.select_related("by", "undone_by")
    listed = Paginator(done, OPERATIONS_A_PAGE).get_page(request.GET.get("page"))
    likely = [(kind, find_duplicates(kind)) for kind in RecordKind]
    return render_page(request, "merging/overview", "合并与拆分", operations=listed, likely=likely)


@may_merge
@require_GET
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """List records of one kind; with ?record=, those it could be merged into."""
    if kind not in RecordKind.values:
        raise Http404("no such kind")
    label = RecordKind(kind).label
    beside = parse_id(request.GET.get("record", ""))
    record = None if beside is None else chosen(kind, beside)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    similar = most_similar(record) if record and not words else []
    page = Paginator(records_called(kind, words, record), RECORDS_A_PAGE).get_page(request.GET.get("page"))
    title = f"并入哪一条{label}记录" if record else f"选择{label}"
    context = {"kind": kind, "label": label, "record": record, "words": words, "similar": similar, "page": page}
    return render_page(request, "merging/records", title, **context)


@may_merge
@require_GET
def record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show a record: its names, where it is mentioned, and possible operations."""
    shown = chosen(kind, pk)
    context = {"kind": kind, "label": RecordKind(kind).label, "record": shown}
    context |= {"names": all_names(shown), "extent": extent_of(shown)}
    return render_page(request, "merging/record", str(shown), **context)


@may_merge
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, kind: str, pk: int, other: int) -> HttpResponse:
    """Preview merging a record into another; on POST, merge it."""
    shown, kept = chosen(kind, pk), chosen(kind, other)
    if request.method == "POST":
        back = partial(redirect, "desk-merge-into", kind, pk, other)
        return perform(request, lambda: operations.merge(kind, pk, other, request.user), back)
    try:
        operations.check_mergeable(kind, pk, other)
    except MergeRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk-merge-record", kind, (shown.kept if shown.merged_into else shown).pk)
    context = {"kind": kind, "label": RecordKind(kind).label, "preview": preview_merge(shown, kept)}
    return render_page(request, "merging/merge", "合并前请核对", **context)


@may_merge
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Choose what to split from a record; POST previews, with `confirm` splits."""
    shown = chosen(kind, pk)
    if shown.merged_into:
        return redirect("desk-merge-record", kind, shown.kept.pk)
    if kind == RecordKind.ORGANIZATION:
        return split_names(request, shown)
    return split_entries(request, kind, shown)


def split_names(request: HttpRequest, unit: Record) -> HttpResponse:
    """Choose the names that become an organization of their own."""
    names = request.POST.getlist("name")
    context: dict[str, Any] = {"kind": RecordKind.ORGANIZATION, "label": "单位", "record": unit, "chosen": names}
    refusal = ""
    if request.method == "POST":
        try:
            preview = preview_split(unit, names)
            going = [name for name, _ in preview.going]
            called = request.POST.get("called") or (names[0] if names[0] in going else going[0])
            if "confirm" in request.POST:
                done = operations.split_organization(unit.pk, names, called, request.user)
                return redirect_to_operation(request, done)
            context |= {"preview": preview, "called": called}
            return render_page(request, "merging/split_preview", "拆分前请核对", **context)
        except MergeRefused as refused:
            refusal = str(refused)
    status = 400 if refusal else 200
    return render_page(
        request, "merging/split", f"拆分：{unit}", status, names=names_with_items(unit), refusal=refusal, **context
    )


def split_entries(request: HttpRequest, kind: str, record: Record) -> HttpResponse:
    """Choose the mentions that mean another person or document."""
    entries = entries_to_choose(record)
    ids = {key for value in request.POST.getlist("entry") if (key := parse_id(value)) is not None}
    distinction = request.POST.get("distinction", "").replace("\0", "").strip()
    going = [entry for entry in entries if entry.pk in ids]
    context: dict[str, Any] = {"kind": kind, "label": RecordKind(kind).label, "record": record}
    context |= {"entries": entries, "going": going, "ids": ids, "distinction": distinction, "refusal": ""}
    if request.method == "POST":
        try:
            if "confirm" in request.POST:
                return redirect_to_operation(
                    request, operations.split_entries(kind, record.pk, ids, distinction, request.user)
                )
            operations.check_split(record, ids, distinction)
            return render_page(request, "merging/split_preview", "拆分前请核对", **context)
        except MergeRefused as refused:
            context["refusal"] = str(refused)
    return render_page(request, "merging/split", f"拆分：{record}", 400 if context["refusal"] else 200, **context)


@may_merge
@require_GET
def operation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an operation: who did what, and its progress."""
    operation = get_object_or_404(MergeOperation.objects.select_related("by", "undone_by"), pk=pk)
    context = {"operation": operation, "kind": operation.kind, "records": [operation.record, operation.other]}
    return render_page(request, "merging/operation", str(operation), progress=progress_of(operation), **context)


@may_merge
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what undoing an operation would change; posted, undo it."""
    operation = get_object_or_404(MergeOperation, pk=pk)
    back = partial(redirect, "desk-merge-operation", pk)
    if request.method == "POST":
        return perform(request, lambda: operations.undo(pk, request.user), back)
    if operation.undone_at:
        return back()
    preview = preview_undo(operation, len(operations.meetings_to_undo(operation)))
    return render_page(request, "merging/undo", "撤销前请核对", operation=operation, preview=preview)


@may_merge
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the meetings of an interrupted or failed operation again."""
    operation = get_object_or_404(MergeOperation, pk=pk)
    operation.steps.filter(done_at=None).update(problem="")
    rebuild_meetings.enqueue(operation.pk)
    messages.success(request, "已重新排队，由后台继续更新。")
    return redirect("desk-merge-operation", pk)


def perform(request: HttpRequest, do: Callable[[], MergeOperation], back: Callable[[], HttpResponse]) -> HttpResponse:
    """Redirect to the operation done, or report why it was refused."""
    try:
        return redirect_to_operation(request, do())
    except MergeRefused as refused:
        messages.error(request, str(refused))
        return back()


def redirect_to_operation(request: HttpRequest, operation: MergeOperation) -> HttpResponse:
    """Redirect to an operation just done, with a message on its progress."""
    progress = progress_of(operation)
    word = "撤销" if operation.undone_at else operation.get_action_display()
    sentence = (ALL_MADE if progress.is_finished else GOING_ON).format(count=progress.count)
    messages.success(request, DONE.format(action=word, progress=sentence))
    return redirect("desk-merge-operation", operation.pk)
