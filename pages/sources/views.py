"""The source text with highlighted spans, and the original file."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from minutes.models import Meeting
from pages.sources.fields import ReadField, count_noise, fields_of, noise_of, pieces_of
from pages.withdrawn import gone_if_withdrawn

# Control characters left by extraction are not allowed in HTML. Each is replaced by one visible symbol, so that
# offsets stay the same.
PICTURES_OF_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0x2421}
# Those that reverse the direction of writing would show another text than is read: 局政财市 for 市财政局.
PICTURES_OF_CONTROLS |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)


@require_safe
@gone_if_withdrawn("pk")
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the source text with the span from ?from= to ?to= highlighted."""
    meeting = get_object_or_404(Meeting.objects.published().select_related("body", "source", "reading"), pk=pk)
    text = meeting.source.text
    start, end = requested_span(request, len(text))
    groups = fields_of(meeting)
    noise = noise_of(meeting)
    return render(
        request,
        "pages/sources/source.html",
        {
            "meeting": meeting,
            "length": len(text),
            "start": start,
            "end": end,
            "groups": groups,
            "noise": count_noise(noise),
            "pieces": pieces_of(text.translate(PICTURES_OF_CONTROLS), groups, noise, start, end),
            "back_to": next((field for group in groups for field in group.fields if is_at(field, start, end)), None),
        },
    )


def is_at(field: ReadField, start: int, end: int) -> bool:
    return (field.start, field.end) == (start, end)


def requested_span(request: HttpRequest, length: int) -> tuple[int, int]:
    """Return the requested range, or (0, 0); raise Http404 if out of range."""
    if "from" not in request.GET and "to" not in request.GET:
        return 0, 0
    try:
        start, end = int(request.GET.get("from", "")), int(request.GET.get("to", ""))
    except ValueError as error:
        raise Http404("from and to are numbers") from error
    if not 0 <= start < end <= length:
        raise Http404("no such characters")
    return start, end


def digest_of_original(request: HttpRequest, pk: int) -> str | None:
    """Return the ETag of a published meeting's file: its SHA-256."""
    found = Meeting.objects.published().filter(pk=pk).values_list("source__sha256")
    return f'"{found[0][0]}"' if found else None


def arrival_of_original(request: HttpRequest, pk: int) -> datetime.datetime | None:
    """Return when a published meeting's file was received; it never changes."""
    found = Meeting.objects.published().filter(pk=pk).values_list("source__received_at")
    return found[0][0] if found else None


@require_safe
@gone_if_withdrawn("pk")
@cache_control(no_cache=True)
@condition(etag_func=digest_of_original, last_modified_func=arrival_of_original)
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the file as received, as a download only."""
    meeting = get_object_or_404(Meeting.objects.published().select_related("source"), pk=pk)
    response = HttpResponse(bytes(meeting.source.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, safe_file_name(meeting.source.name, pk))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def safe_file_name(name: str, pk: int) -> str:
    """Return a file name without characters special in file systems or headers."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*;%')
    return kept.strip(". ") or f"minutes-{pk}.txt"
