"""Pages on which records are joined and parted: chosen, previewed, confirmed, undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from desk.decorators import staff_with_permission
from desk.ids import parse_id
from desk.merging.presentation import entries_to_choose, preview_of_undo, progress_of, records_called
from desk.render import render_page
from minutes.merging import operations
from minutes.merging.duplicates import likely_doubles
from minutes.merging.mergeable import JoinRefused, Record, all_names, record_of
from minutes.merging.previews import extent_of, names_with_items, preview_of_join, preview_of_parted_unit
from minutes.merging.rebuild import make_meetings_again
from minutes.models import Joining, RecordKind

RECORDS_A_PAGE = 30
ACTS_A_PAGE = 20
DONE = "已{act}。{progress}"
ALL_MADE = "涉及的{count}次会议已全部更新。"
GOING_ON = "涉及{count}次会议，正在后台逐次更新，可以关闭本页。"

may_join = staff_with_permission("minutes.join_records")


def chosen(kind: str, pk: int) -> Record:
    """The record of an address."""
    if kind not in RecordKind.values:
        raise Http404("no such kind")
    if (record := record_of(kind, pk)) is None:
        raise Http404("no such record")
    return record


@may_join
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Where to begin, what may be one, and what was done so far."""
    done = Joining.objects.select_related("by", "undone_by")
    listed = Paginator(done, ACTS_A_PAGE).get_page(request.GET.get("page"))
    likely = [(kind, likely_doubles(kind)) for kind in RecordKind]
    return render_page(request, "join", "合并与拆分", acts=listed, likely=likely)


@may_join
@require_GET
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """Records of one kind to choose from; beside ?record=, those that it could be joined into."""
    if kind not in RecordKind.values:
        raise Http404("no such kind")
    label = RecordKind(kind).label
    beside = parse_id(request.GET.get("record", ""))
    record = None if beside is None else chosen(kind, beside)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    if record and "q" not in request.GET:
        words = getattr(record, "name", "")
    found = Paginator(records_called(kind, words, record), RECORDS_A_PAGE).get_page(request.GET.get("page"))
    title = f"并入哪一条{label}记录" if record else f"选择{label}"
    return render_page(request, "join_records", title, kind=kind, label=label, record=record, words=words, page=found)


@may_join
@require_GET
def record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One record: its names, what names it, and what can be done with it."""
    shown = chosen(kind, pk)
    context = {"kind": kind, "label": RecordKind(kind).label, "record": shown}
    return render_page(request, "join_record", str(shown), names=all_names(shown), extent=extent_of(shown), **context)


@may_join
@require_http_methods(["GET", "HEAD", "POST"])
def into(request: HttpRequest, kind: str, pk: int, other: int) -> HttpResponse:
    """What joining a record into another would change; posted, it is done."""
    shown, kept = chosen(kind, pk), chosen(kind, other)
    if request.method == "POST":
        back = partial(redirect, "desk-join-into", kind, pk, other)
        return acted(request, lambda: operations.join(kind, pk, other, request.user), back)
    try:
        operations.joinable(kind, pk, other)
    except JoinRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk-join-record", kind, (shown.kept if shown.joined_into else shown).pk)
    preview = preview_of_join(shown, kept)
    return render_page(request, "join_into", "合并前请核对", kind=kind, label=RecordKind(kind).label, preview=preview)


@may_join
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What to part from a record; posted once, what that would change; posted with `confirm`, it is done."""
    shown = chosen(kind, pk)
    if shown.joined_into:
        return redirect("desk-join-record", kind, shown.kept.pk)
    if kind == RecordKind.ORGANIZATION:
        return part_of_unit(request, shown)
    return part_of_entries(request, kind, shown)


def part_of_unit(request: HttpRequest, unit: Record) -> HttpResponse:
    """The choice of names that a unit of its own shall have."""
    names = request.POST.getlist("name")
    context: dict[str, Any] = {"kind": RecordKind.ORGANIZATION, "label": "单位", "record": unit, "chosen": names}
    refusal = ""
    if request.method == "POST":
        try:
            preview = preview_of_parted_unit(unit, names)
            going = [name for name, _ in preview.going]
            called = request.POST.get("called") or (names[0] if names[0] in going else going[0])
            if "confirm" in request.POST:
                done = operations.part_unit(unit.pk, names, called, request.user)
                return told_of(request, done)
            return render_page(request, "part_preview", "拆分前请核对", preview=preview, called=called, **context)
        except JoinRefused as refused:
            refusal = str(refused)
    status = 400 if refusal else 200
    return render_page(
        request, "part", f"拆分：{unit}", status, names=names_with_items(unit), refusal=refusal, **context
    )


def part_of_entries(request: HttpRequest, kind: str, record: Record) -> HttpResponse:
    """The choice of places that mean another person or document."""
    entries = entries_to_choose(record)
    ids = {key for value in request.POST.getlist("entry") if (key := parse_id(value)) is not None}
    distinction = request.POST.get("distinction", "").replace("\0", "").strip()
    going = [entry for entry in entries if entry.pk in ids]
    context: dict[str, Any] = {"kind": kind, "label": RecordKind(kind).label, "record": record}
    context |= {"entries": entries, "going": going, "ids": ids, "distinction": distinction, "refusal": ""}
    if request.method == "POST":
        try:
            if "confirm" in request.POST:
                return told_of(request, operations.part_entries(kind, record.pk, ids, distinction, request.user))
            operations.what_to_part(record, ids, distinction)
            return render_page(request, "part_preview", "拆分前请核对", **context)
        except JoinRefused as refused:
            context["refusal"] = str(refused)
    return render_page(request, "part", f"拆分：{record}", 400 if context["refusal"] else 200, **context)


@may_join
@require_GET
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: what was done by whom, and how far it is."""
    joining = get_object_or_404(Joining.objects.select_related("by", "undone_by"), pk=pk)
    records = [record_of(joining.kind, key) for key in (joining.record, joining.other)]
    return render_page(
        request,
        "join_act",
        str(joining),
        joining=joining,
        records=records,
        progress=progress_of(joining),
        kind=joining.kind,
    )


@may_join
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing an act would change; posted, it is undone."""
    joining = get_object_or_404(Joining, pk=pk)
    back = partial(redirect, "desk-join-act", pk)
    if request.method == "POST":
        return acted(request, lambda: operations.undo(pk, request.user), back)
    if joining.undone_at:
        return back()
    preview = preview_of_undo(joining, len(operations.meetings_to_undo(joining)))
    return render_page(request, "join_undo", "撤销前请核对", joining=joining, preview=preview)


@may_join
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Has the worker go on with an act that was interrupted or hindered."""
    joining = get_object_or_404(Joining, pk=pk)
    joining.steps.filter(done_at=None).update(problem="")
    make_meetings_again.enqueue(joining.pk)
    messages.success(request, "已重新排队，由后台继续更新。")
    return redirect("desk-join-act", pk)


def acted(request: HttpRequest, do: Callable[[], Joining], back: Callable[[], HttpResponse]) -> HttpResponse:
    """The page of the act that was done; the page before it, with the reason, when it was refused."""
    try:
        return told_of(request, do())
    except JoinRefused as refused:
        messages.error(request, str(refused))
        return back()


def told_of(request: HttpRequest, joining: Joining) -> HttpResponse:
    """The page of an act just done, with a word on how far it is."""
    progress = progress_of(joining)
    word = "撤销" if joining.undone_at else joining.get_act_display()
    sentence = (ALL_MADE if progress.is_finished else GOING_ON).format(count=progress.count)
    messages.success(request, DONE.format(act=word, progress=sentence))
    return redirect("desk-join-act", joining.pk)
