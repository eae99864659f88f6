"""The review page: correct the fields of a meeting beside its text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from desk.reports import reports_about
from desk.review.form_for import form_for
from desk.review.forms import PlaceForm
from desk.review.sections import Entry, Section, review_of
from desk.review.task_actions import merge_changes, split_changes
from desk.shortcuts import parse_id, render_page, staff_with_permission
from desk.workflow.publication import units_of
from minutes.corrections.changes import CorrectionRefused, apply_changes, correct, keep_correction, remove_correction
from minutes.corrections.settling import count_kinds, reopen_problem, settle_kind, settle_problem, undo
from minutes.models import Attendance, Involvement, Meeting, Organization, Person, Problem, Settlement, TaskActor
from pages.sources.fields import count_noise, noise_of, pieces_of
from pages.sources.views import PICTURES_OF_CONTROLS, requested_span

may_review = staff_with_permission("minutes.review_minutes")


@may_review
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page.

    ?edit= opens the form of a path; ?from= and ?to= mark characters.
    """
    return render_review(request, meeting_to_review(pk), request.GET.get("edit", ""))


@may_review
@require_POST
def correct_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct or remove a part, or revert or confirm its correction."""
    meeting = meeting_to_review(pk)
    place = request.POST.get("place", "")
    located = review_of(meeting).at(place)
    if located is None:
        return refused(request, meeting, "", "这一处已不在记录中，请在下面重新找到它。")
    section, entry = located
    form = form_of(entry, section, meeting, request.POST)
    seen = request.POST.get("seen", "")
    try:
        match request.POST.get("do", "correct"):
            case "take-back":
                remove_correction(pk, place)
                message = "已恢复为读出的内容。"
            case "keep":
                keep_correction(pk, place)
                message = "已保留人工更正。"
            case "remove":
                correct(pk, place, None, seen, request.user)
                message = "已移除，可以随时恢复。"
            case "split":
                changes = split_changes(section, entry, seen, request.POST.get("at", ""), meeting.source.text)
                apply_changes(pk, changes, request.user)
                message = "已拆成两条。"
            case "merge":
                changes = merge_changes(section, entry, seen, meeting.source.text)
                apply_changes(pk, changes, request.user)
                message = "已与下一条合并。"
            case _ if form.is_valid():
                correct(pk, place, form.new_node(), seen, request.user)
                message = "已保存。"
            case _:
                return render_review(request, meeting, place, form=form, status=422)
    except CorrectionRefused as error:
        return refused(request, meeting, place, str(error), form)
    meeting = meeting_to_review(pk)
    if "HX-Request" in request.headers:
        return render_review(request, meeting, place, said=message)
    messages.success(request, message)
    return redirect(f"{reverse('desk-review', args=[pk])}?{urlencode({'edit': place})}#{entry.anchor}")


@may_review
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle one problem or all problems of a kind, or undo that."""
    meeting = meeting_to_review(pk)
    if code := request.POST.get("code", ""):
        settlement = settle_kind(code, Meeting.objects.filter(pk=pk), request.user)
        message = f"已核实{settlement.count}处，可以撤销。" if settlement else "这一类已经没有待核的问题。"
    elif chosen := request.POST.get("undo", ""):
        settlement = get_object_or_404(
            Settlement.objects.filter(problems__meeting=meeting).distinct(), pk=parse_id(chosen)
        )
        message = f"已撤销，{undo(settlement, request.user)}处重新列为待核。"
    else:
        problem = get_object_or_404(Problem, pk=parse_id(request.POST.get("problem", "")), meeting=meeting)
        change = reopen_problem if problem.settled_at else settle_problem
        change(problem, request.user)
        message = "已记下。"
    if "HX-Request" in request.headers:
        return render_review(request, meeting, "", said=message)
    messages.success(request, message)
    return redirect(reverse("desk-review", args=[pk]) + "#fields")


def refused(
    request: HttpRequest, meeting: Meeting, place: str, why: str, form: PlaceForm | None = None
) -> HttpResponse:
    """Render the page as it is now, with the submitted form and the reason (409)."""
    return render_review(request, meeting, place, form=form, refusal=why, status=409)


def render_review(
    request: HttpRequest,
    meeting: Meeting,
    edit: str,
    *,
    form: PlaceForm | None = None,
    said: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = review_of(meeting)
    text = meeting.source.text
    start, end = requested_span(request, len(text)) if request.method == "GET" else (0, 0)
    picture = text.translate(PICTURES_OF_CONTROLS)
    noise = noise_of(meeting)
    context = {
        "meeting": meeting,
        "review": shown,
        "sections": [shown_section(section, meeting, edit, form) for section in shown.sections],
        "pieces": pieces_of(picture, [], noise, start, end),
        "noise": count_noise(noise),
        "doubts": shown.doubts,
        "must": sum(problem.weight == "must" for problem in shown.doubts),
        "look": sum(problem.weight == "look" for problem in shown.doubts),
        "kinds": [kind for kind in count_kinds(shown.doubts) if kind.count > 1],
        "settlements": shown.settlements,
        "notes": shown.notes,
        "said": said,
        "refusal": refusal,
        "edit": edit,
        "units": Organization.objects.filter(body=meeting.body).values_list("name", flat=True),
        "people": Person.objects.filter(body=meeting.body).values_list("name", flat=True).distinct(),
        "new_units": units_first_seen_in(meeting),
        "reports": reports_about(meeting),
    }
    return render_page(request, "review/review", f"审核 {meeting}", status, **context)


def shown_section(section: Section, meeting: Meeting, edit: str, form: PlaceForm | None) -> dict[str, Any]:
    """Return a section with its open forms: the requested one, and doubtful ones."""
    entries = [shown_entry(entry, section, meeting, edit, form) for entry in section.entries]
    additions = [shown_entry(Entry(place, None), section, meeting, edit, form) for place in section.additions]
    is_asked = any(each["is_asked"] for each in (*entries, *additions)) or (section.item and section.item.place == edit)
    return {
        "section": section,
        "entries": entries,
        "additions": additions,
        "is_open": is_asked or bool(section.doubts),
    }


def shown_entry(entry: Entry, section: Section, meeting: Meeting, edit: str, form: PlaceForm | None) -> dict[str, Any]:
    is_asked = entry.place == edit
    doubtful = entry.is_questioned or any(problem.is_open for problem in entry.problems)
    shown = None
    if is_asked and form is not None:
        shown = form
    elif is_asked or doubtful:
        shown = form_of(entry, section, meeting)
    return {"entry": entry, "form": shown, "is_asked": is_asked}


def form_of(entry: Entry, section: Section, meeting: Meeting, data: Any = None) -> PlaceForm:
    return form_for(entry.place)(data, node=entry.node, meeting=meeting, within=section.span, anchor=entry.anchor)


def units_first_seen_in(meeting: Meeting) -> QuerySet[Organization]:
    """Return the units that no other meeting names: new ones, or unknown aliases."""
    involvements = Involvement.objects.filter(organization=OuterRef("pk")).exclude(item__meeting=meeting)
    attendance = Attendance.objects.filter(organization=OuterRef("pk")).exclude(meeting=meeting)
    tasks = TaskActor.objects.filter(organization=OuterRef("pk")).exclude(task__meeting=meeting)
    return units_of(meeting).exclude(Exists(involvements) | Exists(attendance) | Exists(tasks))


def meeting_to_review(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body", "source", "reading"), pk=pk)
