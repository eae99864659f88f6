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
class Run:
    """A part of a text, highlighted or not."""

    text: str
    marked: bool


def words_to_mark(params: QueryDict) -> list[str]:
    """Return the distinct words in the URL, up to a limit."""
    words = dict.fromkeys(word.strip() for word in params.getlist(MARKED))
    return [word for word in words if 0 < len(word) <= LONGEST_WORD][:MOST_WORDS]


def runs_of(text: str, words: Iterable[str]) -> list[Run]:
    """Split a text at the words, ignoring width, case and traditional forms."""
    # The longest first: of 老旧小区 and 小区 the former is highlighted.
    longest_first = sorted(map(fold_in_place, words), key=len, reverse=True)
    if not longest_first:
        return [Run(text, marked=False)]
    # 老旧小区|PPP
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    runs, at = [], 0
    for found in pattern.finditer(fold_in_place(text)):
        runs += [Run(text[at : found.start()], marked=False), Run(text[found.start() : found.end()], marked=True)]
        at = found.end()
    runs.append(Run(text[at:], marked=False))
    return [run for run in runs if run.text]
