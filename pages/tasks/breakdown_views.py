"""Pages and files of the breakdown table of a published meeting."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minutes.models import Meeting
from open_data.spreadsheets import XLSX
from pages.tasks.breakdown import Breakdown, breakdown_of
from pages.withdrawn import gone_if_withdrawn

CONTENT_TYPES = {
    "xlsx": XLSX,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
@gone_if_withdrawn("pk")
def breakdown(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the table of a published meeting, in print layout."""
    meeting = published_meeting(pk)
    return render(request, "pages/tasks/breakdown.html", {"meeting": meeting, "breakdown": breakdown_of(meeting)})


@require_safe
@gone_if_withdrawn("pk")
def breakdown_file(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """Send the table of a published meeting as a file."""
    return file_response(breakdown_of(published_meeting(pk)), extension)


def published_meeting(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.published().select_related("body"), pk=pk)


def file_response(breakdown: Breakdown, extension: str) -> HttpResponse:
    """Return a table as a file to download."""
    # Imported here, since the libraries take a tenth of the time in which a management command starts.
    if extension == "xlsx":
        from pages.tasks.breakdown_workbook import workbook_of as file_of
    else:
        from pages.tasks.breakdown_document import document_of as file_of
    response = HttpResponse(file_of(breakdown), content_type=CONTENT_TYPES[extension])
    response["Content-Disposition"] = content_disposition_header(True, f"{breakdown.title}.{extension}")
    return response
