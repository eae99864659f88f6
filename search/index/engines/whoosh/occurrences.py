"""Occurrences of a text in the items of each meeting, and their length."""

from __future__ import annotations

import numpy as np

from search.index.engines.whoosh.columns import Numbers
from search.index.engines.whoosh.rows import Rows
from search.index.engines.whoosh.texts import FieldText


def times_by_meeting(texts: FieldText, rows: Rows, text: str) -> dict[int, int]:
    """Return how often a folded text occurs in the items of each meeting."""
    found = texts.rows_of_first_texts(text)
    return _sums(rows["meeting"][found], (rows["position"][found] > 0).astype(np.int64))


def characters_by_meeting(texts: FieldText, rows: Rows) -> dict[int, int]:
    """Return the number of characters in the items of each meeting."""
    return _sums(rows["meeting"], np.where(rows["position"] > 0, texts.first_text_characters(), 0))


def _sums(meetings: Numbers, numbers: Numbers) -> dict[int, int]:
    """Return the sum of the numbers per meeting."""
    known, places = np.unique(meetings, return_inverse=True)
    sums: Numbers = np.zeros(len(known), dtype=np.int64)
    np.add.at(sums, places, numbers)
    return {meeting: number for meeting, number in zip(known.tolist(), sums.tolist(), strict=True) if number}
