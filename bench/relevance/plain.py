"""Two baseline engines: BM25 over words and over characters, with AND."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import rjieba

from search.index.documents import DocId, IndexDocument

SATURATION, LENGTH_NORMALIZATION = 1.2, 0.75


def words(text: str) -> list[str]:
    """Return the words of a text as segmented by jieba's defaults."""
    return [word for word in rjieba.cut(text) if any(map(str.isalnum, word))]


def characters(text: str) -> list[str]:
    """Return the letters and digits of a text."""
    return [character for character in text if character.isalnum()]


class PlainSearch:
    """Returns documents with every part of a query, the most relevant first."""

    def __init__(self, cut: Callable[[str], list[str]], documents: Iterable[IndexDocument]) -> None:
        self.cut = cut
        self.occurrences: dict[str, dict[DocId, int]] = defaultdict(dict)
        self.lengths: dict[DocId, int] = {}
        for document in documents:
            parts = cut("\n".join(document.texts))
            self.lengths[document.key] = len(parts)
            for part, occurrences in Counter(parts).items():
                self.occurrences[part][document.key] = occurrences
        self.average = sum(self.lengths.values()) / len(self.lengths)

    def search(self, query: str) -> list[DocId]:
        """Return the ids of the results."""
        parts = list(dict.fromkeys(self.cut(query)))
        found = set.intersection(*(set(self.occurrences.get(part, ())) for part in parts)) if parts else set()
        return sorted(found, key=lambda key: -sum(self._weight(part, key) for part in parts))

    def _weight(self, part: str, key: DocId) -> float:
        occurrences = self.occurrences[part]
        rare = math.log1p((len(self.lengths) - len(occurrences) + 0.5) / (len(occurrences) + 0.5))
        longer = 1 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * self.lengths[key] / self.average
        return rare * occurrences[key] * (SATURATION + 1) / (occurrences[key] + SATURATION * longer)
