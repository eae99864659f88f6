"""Relevance figures: nDCG@10 and MRR (ranks), recall@50 (completeness)."""

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
    """Average figures of some queries; 1 is best."""

    ndcg: float
    mrr: float
    recall: float


def judged_over_made_up_meetings() -> list[Judged]:
    """Add generated meetings to the archive, and return queries for them."""
    meetings = list(made_up_meetings(MADE_UP_MEETINGS))
    keep(meetings)
    return known_items(meetings)


def our_figures(judged: list[Judged]) -> dict[str, Figures]:
    """Build the index; return the archive's figures by kind of query."""
    service.index_everything()
    return _by_kind(judged, search_the_archive)


def compare(judged: list[Judged]) -> dict[str, dict[str, Figures]]:
    """Return the figures of the archive and of two baseline engines."""
    documents = list(build_documents())
    plain = {"jieba words, all": PlainSearch(words, documents), "characters, all": PlainSearch(characters, documents)}
    ways = {"found by all words": found_in_the_archive} | {name: way.search for name, way in plain.items()}
    return {OURS: our_figures(judged)} | {name: _by_kind(judged, search) for name, search in ways.items()}


def search_the_archive(query: str) -> list[DocId]:
    """Return what a reader sees: results and, if few, suggested further ones."""
    found = found_in_the_archive(query)
    items = [key for key in found if not key.is_meeting]
    return found + list(nearest_items(new_search(query), items)) if len(items) < FEW_RESULTS else found


def found_in_the_archive(query: str) -> list[DocId]:
    """Return the first ids that the archive finds: items, then meetings."""
    search = new_search(query)
    return list(find_all(search, most=LOOKED_AT).keys)


def _by_kind(judged: Iterable[Judged], search: Search) -> dict[str, Figures]:
    answered: dict[str, list[Figures]] = defaultdict(list)
    for each in judged:
        answered[each.kind].append(figures_of(each.grades, search(each.query)[:LOOKED_AT]))
    answered["all"] = [figures for kind in answered.values() for figures in kind]
    return {kind: _average(figures) for kind, figures in answered.items()}


def figures_of(grades: dict[DocId, int], found: Sequence[DocId]) -> Figures:
    """Return the figures of one query for ranked results."""
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
