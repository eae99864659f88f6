from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem, CitedText, Meeting, Paragraph
from pages.citations.formats import FILES, Reference, as_gb7714, as_text, reference_of
from pages.citations.passages import (
    Passage,
    citation_of,
    fingerprint_of,
    keep_wording,
    permanent_link,
    sentence_cited,
    sentences_within,
)
from pages.withdrawn import gone_if_withdrawn


@require_safe
@gone_if_withdrawn("place")
def cite(request: HttpRequest, place: str) -> HttpResponse:
    """Show how to cite a passage, with a permanent link."""
    passage, wording, reference = cited_now(request, place)
    context = {
        "passage": passage,
        "meeting": passage.meeting,
        "citation": as_text(passage, reference),
        "gb7714": as_gb7714(reference),
        "files": FILES,
        "link": reference.url,
        "wording": wording,
        "sentences": sentences_within(passage),
    }
    return render(request, "pages/citations/cite.html", context)


def cited_now(request: HttpRequest, place: str) -> tuple[Passage, CitedText, Reference]:
    """Return the passage at a path, its current wording, and its reference."""
    passage = passage_at(place)
    wording = keep_wording(passage)
    link = request.build_absolute_uri(permanent_link(wording))
    return passage, wording, reference_of(passage, link, wording.fingerprint, timezone.localdate())


@require_safe
@gone_if_withdrawn("place")
def citation_file(request: HttpRequest, place: str, ending: str) -> HttpResponse:
    """Download a citation for a reference manager; `ending` is one of FILES."""
    if ending not in FILES:
        raise Http404("no such citation format")
    _, _, reference = cited_now(request, place)
    file = FILES[ending]
    disposition = f'attachment; filename="{reference.key}.{ending}"'
    return HttpResponse(
        file.write(reference), content_type=file.content_type, headers={"Content-Disposition": disposition}
    )


@require_safe
@gone_if_withdrawn("place")
def cited(request: HttpRequest, place: str, fingerprint: str) -> HttpResponse:
    """Show a cited passage in its current and, if changed, its former wording."""
    meeting = meeting_at(place)
    wording = CitedText.objects.filter(place=place, fingerprint=fingerprint).first()
    try:
        passage = passage_at(place, fingerprint)
    except Http404:
        if wording is None:
            raise
        return render(request, "pages/citations/cited.html", {"meeting": meeting, "wording": wording})
    if wording is None:
        # Shown if nothing could be stored: the link is valid as long as the text is unchanged.
        wording = CitedText(place=place, fingerprint=fingerprint_of(passage.text), text=passage.text)
        if wording.fingerprint != fingerprint:
            raise Http404("no such wording")
    return render(
        request,
        "pages/citations/cited.html",
        {
            "meeting": meeting,
            "passage": passage,
            "citation": citation_of(passage),
            "wording": wording,
            "unchanged": fingerprint_of(passage.text) == fingerprint,
        },
    )


def meeting_at(place: str) -> Meeting:
    """Return the published meeting of a passage; raise Http404 for any other."""
    shown = Meeting.objects.published().select_related("body")
    return get_object_or_404(shown, pk=int(place.split("/")[0]))


def passage_at(place: str, fingerprint: str = "") -> Passage:
    """Return the passage of a path like 5/3/1 or raise Http404."""
    _, *positions = map(int, place.split("/"))
    meeting = meeting_at(place)
    if not positions:
        return Passage(meeting)
    item = get_object_or_404(AgendaItem.objects.filter(meeting=meeting), position=positions[0])
    if len(positions) == 1:
        return Passage(meeting, item)
    paragraph = get_object_or_404(Paragraph.objects.filter(item=item), position=positions[1])
    if len(positions) == 2:
        return Passage(meeting, item, paragraph)
    if sentence := sentence_cited(paragraph, positions[2], fingerprint):
        return Passage(meeting, item, paragraph, sentence)
    raise Http404("no such sentence")
