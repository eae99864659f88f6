"""Find the sentence of a paragraph that states a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from minutes.models import Paragraph
from minutes.models.spanned import Spanned

# 由市住建局按程序印发实施。· 要“先问需、再改造。”
SENTENCE = re.compile(r"[^。！？]+[。！？]*[”’』」）]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A range `[start, end)` of a paragraph's text."""

    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence; `said` marks words that state a fact."""

    text: str
    said: bool


def place_of(words: str, read_from: Spanned | list[int], paragraphs: Iterable[Paragraph]) -> Place | None:
    """Return where words read from a span appear in a paragraph's text, or None.

    A paragraph's text lacks the line breaks and page numbers of the source, so its offsets differ. If the words occur
    twice, the occurrence closest to the span's relative offset is taken.
    """
    start, end = (read_from.start, read_from.end) if isinstance(read_from, Spanned) else read_from
    for paragraph in paragraphs:
        if words and paragraph.start <= start and end <= paragraph.end:
            expected = (start - paragraph.start) * len(paragraph.text) / max(1, paragraph.end - paragraph.start)
            found = [match.start() for match in re.finditer(re.escape(words), paragraph.text)]
            if found:
                nearest = min(found, key=lambda at: abs(at - expected))
                return Place(paragraph, nearest, nearest + len(words))
    return None


def sentences_of(paragraph: Paragraph) -> list[str]:
    """Return the sentences of a paragraph in order."""
    found = (match.group().strip() for match in SENTENCE.finditer(paragraph.text))
    return [sentence for sentence in found if sentence]


def sentence_around(place: Place) -> Place:
    """Return the whole sentence around a span."""
    for sentence in SENTENCE.finditer(place.paragraph.text):
        if sentence.start() <= place.start < sentence.end():
            return Place(place.paragraph, sentence.start(), max(sentence.end(), place.end))
    return place


def parts_of(sentence: Place, places: Iterable[Place]) -> list[Part]:
    """Split a sentence so that the words at these ranges are marked."""
    text, at, parts = sentence.paragraph.text, sentence.start, []
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if place.start < at:
            continue
        if place.start > at:
            parts.append(Part(text[at : place.start], said=False))
        parts.append(Part(text[place.start : place.end], said=True))
        at = place.end
    if at < sentence.end:
        parts.append(Part(text[at : sentence.end], said=False))
    return parts
