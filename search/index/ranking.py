"""Ranking: BM25 with boosts for titles, decisions and words as typed.

Written once, for numbers and arrays alike, so that every engine ranks the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from minutes.fold import fold
from search.analysis.words import PARTICLES, count_words, segments, tokens, words
from search.index.documents import IndexDocument
from search.query import Alternative, Phrase, Term, TextQuery

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.float64])

FIELD_WEIGHTS = {"title": 3.0, "decision": 2.0, "text": 1.0}
EXACT_WEIGHT = 2.0
# More than the score of any words: a match of a recognized place, year or unit ranks above one of its name only.
IMPLIED_WEIGHT = 1000.0
# Matches of typed words rank above matches of expansions only, and whole words above the same characters across two
# words: 入学 above 深入学习.
TYPED_WEIGHT = 100.0
# For similar items: the weights of bigrams and single characters relative to words.
NEAREST_WEIGHTS = {"bigram in title": 1.5, "bigram in text": 1.0, "character in title": 0.3, "character in text": 1.0}
_MOST_GRAMS = 24
_MOST_LONE_CHARACTERS = 4  # each is searched for in all texts
# The minimum score of a similar item relative to the best one.
# Less than the 0.3 of a character in a title beside one in a text, so that rounding decides nothing.
NEAREST_SHARE = 0.29
_SATURATION = 1.2
# 安全
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_ONE_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LENGTH_NORMALIZATION = 0.75


def words_by_field(document: IndexDocument, folded: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Return how often each word occurs in each field of a document, given its folded texts."""
    return {
        "title": count_words(folded["title"]),
        "decision": count_words(fold(document.decision)),
        "text": count_words(folded["text"]),
    }


def ranking_words(queries: Mapping[TextQuery, float]) -> dict[str, float]:
    """Return the words for scoring a query, with the weight of their part of it."""
    weights: dict[str, float] = {}
    for query, weight in queries.items():
        for word in words(query.text):
            weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def is_one_word(query: TextQuery) -> bool:
    """Return whether a term is one word, which texts about it contain as such."""
    return isinstance(query, Term) and _is_word(query.text)


def added_word(added: Alternative) -> str:
    """Return the word that an expansion must match, or "" if characters suffice.

    入学 is an expansion of 上学; 深入学习 contains its characters but not the word.
    """
    return added.part.text if isinstance(added.part, Phrase) and _is_word(added.part.text) else ""


def by_text(queries: Mapping[TextQuery, float]) -> dict[TextQuery, float]:
    """Return the queries without duplicates by text.

    The first of each is kept, with the highest weight.
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
    """Return the single characters that are words of their own.

    In 欠钱 that is 欠, which is part of 拖欠 as well.
    """
    weights: dict[str, float] = {}
    for text, weight in texts.items():
        for word in segments(text):
            if len(word) == 1 and _ONE_CHINESE.fullmatch(word) and word not in PARTICLES:
                weights[word] = max(weight, weights.get(word, 0.0))
    return dict(list(weights.items())[:_MOST_LONE_CHARACTERS])


def grams(texts: Mapping[str, float], length: int) -> dict[str, float]:
    """Return the Chinese n-grams of these folded texts with the texts' weights."""
    weights: dict[str, float] = {}
    for text, weight in texts.items():
        for run in _CHINESE.findall(text):
            for place in range(len(run) - length + 1):
                gram = run[place : place + length]
                weights[gram] = max(weight, weights.get(gram, 0.0))
    return dict(list(weights.items())[:_MOST_GRAMS])


def most_frequent(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Return the most frequent Chinese words of two or more characters, with counts."""
    chinese = [(word, count) for word, count in counts.items() if count and is_chinese_word(word)]
    return sorted(chinese, key=lambda pair: (-pair[1], pair[0]))[:most]


def is_chinese_word(word: str) -> bool:
    """Return whether a word consists of two or more Chinese characters."""
    return bool(_CHINESE.fullmatch(word))


def rarity(documents: int, matching: int) -> float:
    """Return the weight of a term that `matching` of all `documents` contain (IDF)."""
    return float(np.log1p((documents - matching + 0.5) / (matching + 0.5)))


def word_weight(occurrences: Number, length: Number, average_length: float) -> Number:
    """Return the BM25 weight of a word by occurrences and length of the field."""
    longer = 1 - _LENGTH_NORMALIZATION + _LENGTH_NORMALIZATION * length / (average_length or 1.0)
    return occurrences * (_SATURATION + 1) / (occurrences + _SATURATION * longer)
