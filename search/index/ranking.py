"""How results are weighed: BM25 over words, title and decision above text, and more for the words as written.

Written once, on numbers and arrays alike, so that every engine ranks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from search.analysis.words import words
from search.index.documents import IndexDocument
from search.query import Phrase, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.float64])

FIELD_WEIGHTS = {"title": 3.0, "decision": 2.0, "text": 1.0}
EXACT_WEIGHT = 2.0
_SATURATION = 1.2
# 安全
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_LENGTH_NORMALIZATION = 0.75


def words_by_field(document: IndexDocument) -> dict[str, list[str]]:
    """The words of a document, by the field they stand in."""
    return {
        "title": words(document.title),
        "decision": words(document.decision),
        "text": [word for text in document.texts for word in words(text)],
    }


def ranking_words(sought: Iterable[Term | Phrase]) -> list[str]:
    """The words by which matches of a query are weighed, each once."""
    return list(dict.fromkeys(word for each in sought for word in words(each.text)))


def most_frequent(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """The words of two and more Chinese characters that are counted most, with their counts."""
    chinese = [(word, count) for word, count in counts.items() if count and _CHINESE.fullmatch(word)]
    return sorted(chinese, key=lambda pair: (-pair[1], pair[0]))[:most]


def rarity(documents: int, holding: int) -> float:
    """How much it tells that a document holds something that `holding` of all `documents` hold."""
    return float(np.log1p((documents - holding + 0.5) / (holding + 0.5)))


def word_weight(occurrences: Number, length: Number, average_length: float) -> Number:
    """How much a document is about a word that occurs so often in a field of this length."""
    longer = 1 - _LENGTH_NORMALIZATION + _LENGTH_NORMALIZATION * length / (average_length or 1.0)
    return occurrences * (_SATURATION + 1) / (occurrences + _SATURATION * longer)
