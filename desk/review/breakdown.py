"""The task breakdown table of a meeting in the desk, drafts included."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from desk.review.views import may_review, meeting_to_review
from desk.shortcuts import render_page
from minutes.models import AuditAction, AuditEntry, MeetingStatus
from pages.tasks.breakdown import breakdown_of
from pages.tasks.breakdown_views import file_response


@may_review
@require_safe
def breakdown(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the table of a meeting of any status."""
    meeting = meeting_to_review(pk)
    table = breakdown_of(meeting)
    return render_page(request, "review/breakdown", table.title, meeting=meeting, breakdown=table)


@may_review
@require_safe
def breakdown_file(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """Send the table as a file; exports of unpublished meetings are audited."""
    meeting = meeting_to_review(pk)
    if meeting.status != MeetingStatus.PUBLISHED:
        AuditEntry.note(AuditAction.EXPORTED, request.user, meeting, f"分解表.{extension}")
    return file_response(breakdown_of(meeting), extension)
