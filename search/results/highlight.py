"""Find the best passage of a text for a query, and highlight matches.

Nothing here is HTML: parts are plain text, escaped by templates.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from minutes.fold import fold, fold_with_origins
from pages.highlight import TextPart
from search.analysis.words import tokens
from search.index.documents import Passage
from search.query import Phrase, Term

SNIPPET_CHARACTERS = 130
_BEFORE_THE_FIRST_MATCH = 24
_LONGEST_TITLE = 60
_SENTENCE_ENDS = "。；！？\n"
# Closing and separating punctuation, which must not start a line.
_NEVER_FIRST = "，、。；：！？）》〕”’ 　"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a passage to show, with its passage."""

    parts: tuple[TextPart, ...]
    passage: Passage
    goes_on_before: bool
    goes_on_after: bool


def mark_matches(text: str, sought: Sequence[Term | Phrase]) -> tuple[TextPart, ...]:
    """Return the whole text with matches highlighted."""
    if not sought:
        return (TextPart(text),) if text else ()
    return _parts(text, 0, len(text), _matches(text, sought))


def densest_snippet(passages: Sequence[Passage], sought: Sequence[Term | Phrase]) -> Snippet | None:
    """Return the part of these passages with the most matches, or None."""
    if not sought:
        return None
    folded = [fold(passage.text) for passage in passages]
    richness = [_richness(text, sought) for text in folded]
    if not any(richness):
        return None
    return _snippet(passages[richness.index(max(richness))], sought)


def opening_snippet(passage: Passage) -> Snippet:
    """Return the start of a passage, for lists without a query."""
    return _snippet(passage, ())


def _richness(folded: str, sought: Sequence[Term | Phrase]) -> int:
    """Return how many characters of the query a text contains.

    Complete matches count twice.
    """
    matched = 0
    for each in sought:
        if each.text in folded:
            matched += 2 * len(each.text)
        elif isinstance(each, Term):
            matched += sum(len(piece) for piece in tokens(each.text) if piece in folded)
    return matched


def _snippet(passage: Passage, sought: Sequence[Term | Phrase]) -> Snippet:
    matches = _matches(passage.text, sought)
    start = _densest_start(passage.text, matches)
    end = _not_within_a_character(passage.text, min(len(passage.text), start + SNIPPET_CHARACTERS))
    start, end = _not_within_a_title(passage.text, start, end)
    return Snippet(_parts(passage.text, start, end, matches), passage, start > 0, end < len(passage.text))


def _matches(text: str, sought: Sequence[Term | Phrase]) -> list[Span]:
    """Return the spans of matches in a text, in order and without overlaps."""
    folded, origins = fold_with_origins(text)
    spans = []
    for needle in _needles(folded, sought):
        place = folded.find(needle)
        while place >= 0:
            last = place + len(needle) - 1
            spans.append((origins[place], _not_within_a_character(text, origins[last] + 1)))
            place = folded.find(needle, place + 1)
    return _merged(sorted(spans))


def _needles(folded: str, sought: Sequence[Term | Phrase]) -> list[str]:
    needles = []
    for each in sought:
        if isinstance(each, Phrase) or each.text in folded:
            needles.append(each.text)
        if isinstance(each, Term):
            needles += tokens(each.text)
    return needles


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _densest_start(text: str, matches: list[Span]) -> int:
    """Return the start of the excerpt with most matches, at a sentence if possible."""
    if not matches:
        return 0
    room = SNIPPET_CHARACTERS - _BEFORE_THE_FIRST_MATCH
    ends = [end for _, end in matches]
    before = list(accumulate((end - start for start, end in matches), initial=0))
    shown = [before[bisect_right(ends, first + room)] - before[place] for place, (first, _) in enumerate(matches)]
    first = matches[shown.index(max(shown))][0]
    earliest = max(0, first - _BEFORE_THE_FIRST_MATCH)
    if earliest == 0:
        return 0
    sentence = max(text.rfind(end, earliest, first) for end in _SENTENCE_ENDS) + 1
    start = sentence or _not_within_a_character(text, earliest)
    while start < first and text[start] in _NEVER_FIRST:
        start += 1
    return start


def _not_within_a_character(text: str, place: int) -> int:
    """Return the next position that does not split combining characters."""
    while place < len(text) and unicodedata.category(text[place]) in ("Mn", "Me"):
        place += 1
    return place


def _not_within_a_title(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range, extended to include both of 《 and 》 if they are close."""
    opened = text.rfind("《", max(0, start - _LONGEST_TITLE), start)
    if opened >= 0 and "》" not in text[opened:start]:
        start = opened
    closed = text.find("》", end, end + _LONGEST_TITLE)
    if closed >= 0 and "《" not in text[end:closed] and text.rfind("《", start, end) > text.rfind("》", start, end):
        end = closed + 1
    return start, end


def _parts(text: str, start: int, end: int, matches: list[Span]) -> tuple[TextPart, ...]:
    parts = []
    place = start
    for match_start, match_end in matches:
        match_start, match_end = max(match_start, start), min(match_end, end)
        if match_start >= match_end:
            continue
        parts += [TextPart(text[place:match_start]), TextPart(text[match_start:match_end], marked=True)]
        place = match_end
    parts.append(TextPart(text[place:end]))
    return tuple(part for part in parts if part.text)
