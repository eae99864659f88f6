"""Pages and files of the breakdown table of a published meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minutes.models import Meeting
from pages.tasks.breakdown import Breakdown, breakdown_of
from pages.tasks.breakdown_document import document_of
from pages.tasks.breakdown_workbook import workbook_of
from pages.withdrawn import gone_if_withdrawn


class FileFormat(NamedTuple):
    """How to create a file of a table."""

    make: Callable[[Breakdown], bytes]
    content_type: str


FILE_FORMATS = {
    "xlsx": FileFormat(workbook_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": FileFormat(document_of, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
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
    file_format = FILE_FORMATS[extension]
    response = HttpResponse(file_format.make(breakdown), content_type=file_format.content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{breakdown.title}.{extension}")
    return response
