"""Apply a workflow step to many meetings, each on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest

from minutes.corrections.changes import CorrectionRefused
from minutes.corrections.reparse import Rereading, reparse
from minutes.models import Meeting
from minutes.workflow import StepRefused

MAX_REFUSALS_SHOWN = 10
MAX_REPARSED = 50


def apply_to_each(
    request: HttpRequest, meetings: Iterable[Meeting], step: Callable[[Meeting, object], None], name: str
) -> None:
    """Apply the step to each meeting; report how many, and each refusal's reason."""
    done, refusals = 0, []
    for meeting in meetings:
        try:
            step(meeting, request.user)
            done += 1
        except StepRefused as refusal:
            refusals.append(f"{meeting}（{meeting.doc_number or meeting.pk}）：{refusal}")
    if done:
        messages.success(request, f"{done}次会议已{name}。")
    for refusal in refusals[:MAX_REFUSALS_SHOWN]:
        messages.error(request, f"未{name}：{refusal}")
    if len(refusals) > MAX_REFUSALS_SHOWN:
        more = len(refusals) - MAX_REFUSALS_SHOWN
        messages.error(request, f"另有{more}次会议未{name}；请按状态、待核问题筛选后查看。")


def reparse_each(request: HttpRequest, meetings: Iterable[Meeting], *, dry_run: bool) -> list[Rereading]:
    """Reparse each meeting; report refusals and return the changes of the rest."""
    rereadings = []
    for meeting in meetings:
        try:
            rereadings.append(reparse(meeting.pk, request.user, dry_run=dry_run))
        except CorrectionRefused as refusal:
            messages.error(request, f"未重新解析：{meeting}（{meeting.doc_number or meeting.pk}）：{refusal}")
    return rereadings
