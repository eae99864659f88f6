"""The figures.

How high what was sought stands (nDCG@10, MRR), and how much of it is there (recall@50).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus.meetings import made_up_meetings
from bench.corpus.records import keep
from bench.relevance.judged import SOUGHT, Judged, known_items
from bench.relevance.plain import PlainSearch, characters, words
from search import service
from search.index.documents import DocId, build_documents
from search.query.params import find_all, new_search
from search.results.relaxed import FEW_RESULTS, nearest_items

FLOORS = Path(__file__).with_name("floors.json")
MADE_UP_MEETINGS = 60
LOOKED_AT = 50
OURS = "this archive"
Search = Callable[[str], list[DocId]]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well some queries were answered, on average; 1 is best."""

    ndcg: float
    mrr: float
    recall: float


def judged_over_made_up_meetings() -> list[Judged]:
    """Return queries for made-up meetings, which this puts into the archive."""
    meetings = list(made_up_meetings(MADE_UP_MEETINGS))
    keep(meetings)
    return known_items(meetings)


def our_figures(judged: list[Judged]) -> dict[str, Figures]:
    """Return how well the archive answers, by kind of query; its index is built first."""
    service.index_everything()
    return _by_kind(judged, search_the_archive)


def compare(judged: list[Judged]) -> dict[str, dict[str, Figures]]:
    """Return the figures of the archive, and of two plain ways to search, over what is in the archive."""
    documents = list(build_documents())
    plain = {"jieba words, all": PlainSearch(words, documents), "characters, all": PlainSearch(characters, documents)}
    ways = {"found by all words": found_in_the_archive} | {name: way.search for name, way in plain.items()}
    return {OURS: our_figures(judged)} | {name: _by_kind(judged, search) for name, search in ways.items()}


def search_the_archive(query: str) -> list[DocId]:
    """Return what a reader is shown.

    The results, and below few of them what the page offers beside.
    """
    found = found_in_the_archive(query)
    items = [key for key in found if not key.is_meeting]
    return found + list(nearest_items(new_search(query), items)) if len(items) < FEW_RESULTS else found


def found_in_the_archive(query: str) -> list[DocId]:
    """Return the first keys that the archive finds.

    The items, then the meetings around them.
    """
    search = new_search(query)
    return list(find_all(search, most=LOOKED_AT).keys)


def _by_kind(judged: Iterable[Judged], search: Search) -> dict[str, Figures]:
    answered: dict[str, list[Figures]] = defaultdict(list)
    for each in judged:
        answered[each.kind].append(figures_of(each.grades, search(each.query)[:LOOKED_AT]))
    answered["all"] = [figures for kind in answered.values() for figures in kind]
    return {kind: _average(figures) for kind, figures in answered.items()}


def figures_of(grades: dict[DocId, int], found: Sequence[DocId]) -> Figures:
    """Return how well one query was answered by what was found, best first."""
    best = sorted(grades.values(), reverse=True)
    first = next((place for place, key in enumerate(found, 1) if grades.get(key) == SOUGHT), None)
    return Figures(
        ndcg=_gain([grades.get(key, 0) for key in found]) / _gain(best),
        mrr=1 / first if first else 0.0,
        recall=len(grades.keys() & set(found)) / min(len(grades), LOOKED_AT),
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades[:10], 1))


def _average(figures: Sequence[Figures]) -> Figures:
    return Figures(*(sum(getattr(each, name) for each in figures) / len(figures) for name in ("ndcg", "mrr", "recall")))
