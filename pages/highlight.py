"""Highlight the words given in the URL, usually those of a search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from minutes.fold import fold_in_place

# The query parameter; it may be repeated.
MARKED = "marked"
MOST_WORDS = 10
LONGEST_WORD = 50


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of a text, highlighted if it matches."""

    text: str
    marked: bool = False


def words_to_mark(params: QueryDict) -> list[str]:
    """Return the distinct words in the URL, up to a limit."""
    words = dict.fromkeys(word.strip() for word in params.getlist(MARKED))
    return [word for word in words if 0 < len(word) <= LONGEST_WORD][:MOST_WORDS]


def mark_words(text: str, words: Iterable[str]) -> list[TextPart]:
    """Split a text at the words, ignoring width, case and traditional forms."""
    # The longest first: of 老旧小区 and 小区 the former is highlighted.
    longest_first = sorted(map(fold_in_place, words), key=len, reverse=True)
    if not longest_first:
        return [TextPart(text)]
    # 老旧小区|PPP
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    parts, at = [], 0
    for found in pattern.finditer(fold_in_place(text)):
        parts += [TextPart(text[at : found.start()]), TextPart(text[found.start() : found.end()], marked=True)]
        at = found.end()
    parts.append(TextPart(text[at:]))
    return [part for part in parts if part.text]
