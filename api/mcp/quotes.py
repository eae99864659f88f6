"""Quote the sentence that supports an answer, with permalink and fingerprint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from minutes.models import Paragraph
from minutes.sentences import sentences_of
from pages.citations.passages import fingerprint_of

LOCAL_SITE = "http://127.0.0.1:8000"


def quote(place: str, text: str) -> dict[str, str]:
    """Return a passage as proof: its text, fingerprint and permalink."""
    fingerprint = fingerprint_of(text)
    site = (settings.SITE_URL or LOCAL_SITE).rstrip("/")
    return {
        "text": text,
        "fingerprint": fingerprint,
        "permalink": f"{site}{reverse('cite', args=[place])}{fingerprint}/",
    }


def quotes_of_words(passages: Iterable[tuple[int, str]]) -> list[dict[str, str] | None]:
    """Return, for each item id and text, the quote of the sentence that contains it.

    The paragraph is quoted if no single sentence contains it, and None is returned if none does. Takes one query.
    """
    passages = list(passages)
    paragraphs = defaultdict(list)
    hits = Paragraph.objects.published_each().filter(item__in={item for item, _ in passages}).select_related("item")
    for paragraph in hits.order_by("position"):
        paragraphs[paragraph.item_id].append(paragraph)
    return [quote_within(paragraphs[item], words) for item, words in passages]


def quote_within(paragraphs: Iterable[Paragraph], words: str) -> dict[str, str] | None:
    for paragraph in paragraphs:
        place = f"{paragraph.item.meeting_id}/{paragraph.item.position}/{paragraph.position}"
        sentences = sentences_of(paragraph)
        for number, sentence in enumerate(sentences, start=1):
            if words in sentence:
                return quote(f"{place}/{number}", sentence)
        if words in paragraph.text:
            return quote(place, str(paragraph))
    return None
