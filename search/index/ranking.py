"""How results are weighed: BM25 over words, title and decision above text, and more for the words as written.

Written once, on numbers and arrays alike, so that every engine ranks the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from search.analysis.words import PARTICLES, segments, tokens, words
from search.index.documents import IndexDocument
from search.query import Alternative, Phrase, Term, TextQuery

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.float64])

FIELD_WEIGHTS = {"title": 3.0, "decision": 2.0, "text": 1.0}
EXACT_WEIGHT = 2.0
# More than any words can weigh: what meets a recognized place, year or unit ranks above what only holds its name.
IMPLIED_WEIGHT = 1000.0
# What was typed ranks above what was only added to it, and whole words above the same characters across the border of
# two others: 入学 above 深入学习.
TYPED_WEIGHT = 100.0
# Of what was not found: how much single characters and pairs of them tell beside whole words.
NEAREST_WEIGHTS = {"bigram in title": 1.5, "bigram in text": 1.0, "character in title": 0.3, "character in text": 1.0}
_MOST_GRAMS = 24
_MOST_LONE_CHARACTERS = 4  # each is looked for in all texts
# A nearest item weighs at least so much of what the best one does.
NEAREST_SHARE = 0.3
_SATURATION = 1.2
# 安全
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_ONE_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LENGTH_NORMALIZATION = 0.75


def words_by_field(document: IndexDocument) -> dict[str, list[str]]:
    """Return the words of a document, by the field they stand in."""
    return {
        "title": words(document.title),
        "decision": words(document.decision),
        "text": [word for text in document.texts for word in words(text)],
    }


def ranking_words(queries: Mapping[TextQuery, float]) -> dict[str, float]:
    """Return the words by which matches of a query are weighed, with the weight of what they were typed in."""
    weights: dict[str, float] = {}
    for query, weight in queries.items():
        for word in words(query.text):
            weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def is_one_word(query: TextQuery) -> bool:
    """Return whether the texts that are about a term hold it as a word of its own."""
    return isinstance(query, Term) and _is_word(query.text)


def added_word(added: Alternative) -> str:
    """Return the word that a text must hold as its own to answer an addition; empty where characters do.

    入学 was added to 上学: 深入学习 holds the characters, and nobody asked for them.
    """
    return added.part.text if isinstance(added.part, Phrase) and _is_word(added.part.text) else ""


def by_text(queries: Mapping[TextQuery, float]) -> dict[TextQuery, float]:
    """Return the queries with every text once.

    As the first that has it, with the highest weight.
    """
    first: dict[str, TextQuery] = {}
    weights: dict[TextQuery, float] = {}
    for query, weight in queries.items():
        query = first.setdefault(query.text, query)
        weights[query] = max(weight, weights.get(query, 0.0))
    return weights


def _is_word(text: str) -> bool:
    return tokens(text) == (text,) and text in words(text)


def lone_characters(texts: Mapping[str, float]) -> dict[str, float]:
    """Return the characters that are words by themselves.

    欠 of 欠钱, which stands in 拖欠 as well.
    """
    weights: dict[str, float] = {}
    for text, weight in texts.items():
        for word in segments(text):
            if len(word) == 1 and _ONE_CHINESE.fullmatch(word) and word not in PARTICLES:
                weights[word] = max(weight, weights.get(word, 0.0))
    return dict(list(weights.items())[:_MOST_LONE_CHARACTERS])


def grams(texts: Mapping[str, float], length: int) -> dict[str, float]:
    """Return the Chinese characters, or pairs of them, in these folded texts with the weights of the texts."""
    weights: dict[str, float] = {}
    for text, weight in texts.items():
        for run in _CHINESE.findall(text):
            for place in range(len(run) - length + 1):
                gram = run[place : place + length]
                weights[gram] = max(weight, weights.get(gram, 0.0))
    return dict(list(weights.items())[:_MOST_GRAMS])


def most_frequent(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Return the words of two and more Chinese characters that are counted most, with their counts."""
    chinese = [(word, count) for word, count in counts.items() if count and is_chinese_word(word)]
    return sorted(chinese, key=lambda pair: (-pair[1], pair[0]))[:most]


def is_chinese_word(word: str) -> bool:
    """Return whether a word has two and more Chinese characters and nothing else."""
    return bool(_CHINESE.fullmatch(word))


def rarity(documents: int, holding: int) -> float:
    """Return how much it tells that a document holds something that `holding` of all `documents` hold."""
    return float(np.log1p((documents - holding + 0.5) / (holding + 0.5)))


def word_weight(occurrences: Number, length: Number, average_length: float) -> Number:
    """Return how much a document is about a word that occurs so often in a field of this length."""
    longer = 1 - _LENGTH_NORMALIZATION + _LENGTH_NORMALIZATION * length / (average_length or 1.0)
    return occurrences * (_SATURATION + 1) / (occurrences + _SATURATION * longer)
