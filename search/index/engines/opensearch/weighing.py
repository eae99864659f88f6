"""Scoring: the weights of search/index/ranking.py as clauses that sum up.

The rarity of a text takes a request of its own, since OpenSearch only knows that of single terms.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from search.index.engines.opensearch.queries import (
    EVERYTHING,
    Clause,
    containing,
    containing_typed,
    has_word,
    meeting_condition,
    weighing,
)
from search.index.ranking import (
    EXACT_WEIGHT,
    FIELD_WEIGHTS,
    IMPLIED_WEIGHT,
    NEAREST_WEIGHTS,
    TYPED_WEIGHT,
    by_text,
    grams,
    is_one_word,
    lone_characters,
    ranking_words,
    rarity,
)
from search.query import Node, Phrase, TextQuery, implied_conditions, ranked_queries

# The server rejects queries with more than 1,024 clauses; only the longest have as many words and texts.
_MOST_WEIGHED = 80

Weighed = TypeVar("Weighed")
# A field and a text to match in it.
Place = tuple[str, str]


class Rarities:
    """The rarity of texts in their fields."""

    def __init__(self, documents: int, counts: Mapping[Place, int]) -> None:
        self._documents, self._counts = documents, counts

    def of(self, text: str, field: str = "text") -> float:
        return rarity(self._documents, self._counts[field, text])


def ask_rarities(places: Collection[Place]) -> dict[str, Any]:
    """Return the request for the number of documents, in total and with each text."""
    filters = [containing(text, field) for field, text in places]
    counted = {"aggs": {"containing": {"filters": {"filters": filters}}}} if filters else {}
    return {"size": 0, "track_total_hits": True, "query": EVERYTHING} | counted


def read_rarities(places: Collection[Place], answer: Mapping[str, Any]) -> Rarities:
    """Return the rarities from the response to that request."""
    buckets = answer["aggregations"]["containing"]["buckets"] if places else []
    counts = {place: bucket["doc_count"] for place, bucket in zip(places, buckets, strict=True)}
    return Rarities(answer["hits"]["total"]["value"], counts)


def places_weighed(query: Node | None) -> list[Place]:
    """Return the texts whose rarity the scores of a query depend on."""
    return [("text", each.text) for each in _heaviest(by_text(ranked_queries(query)))]


def weights(query: Node, rarities: Rarities) -> list[Clause]:
    """Return the scoring clauses of a query."""
    queries = ranked_queries(query)
    clauses = _words(queries)
    for each, weight in _heaviest(by_text(queries)).items():
        clause = has_word(each.text) if is_one_word(each) else containing(each.text)
        clauses.append(weighing(clause, weight * EXACT_WEIGHT * rarities.of(each.text)))
    clauses += [weighing(meeting_condition(each), IMPLIED_WEIGHT) for each in implied_conditions(query)]
    return [*clauses, weighing(containing_typed(query), TYPED_WEIGHT)]


def places_shared(texts: Mapping[str, float]) -> list[Place]:
    """Return the characters whose rarity the similarity to these texts depends on."""
    return [
        *((field, gram) for field in ("title", "text") for gram in grams(texts, 2)),
        *(("text", character) for character in lone_characters(texts)),
        *(("title", character) for character in grams(texts, 1)),
    ]


def likeness(texts: Mapping[str, float], rarities: Rarities) -> tuple[list[Clause], list[Clause]]:
    """Return clauses of which one must match for similarity, and others to score."""
    near = _words({Phrase(text): weight for text, weight in texts.items()})
    near += _characters(grams(texts, 2), "title", NEAREST_WEIGHTS["bigram in title"], rarities)
    near += _characters(grams(texts, 2), "text", NEAREST_WEIGHTS["bigram in text"], rarities)
    near += _characters(lone_characters(texts), "text", NEAREST_WEIGHTS["character in text"], rarities)
    return near, _characters(grams(texts, 1), "title", NEAREST_WEIGHTS["character in title"], rarities)


def _words(queries: Mapping[TextQuery, float]) -> list[Clause]:
    return [
        _weighed_word(word, field, weight * share)
        for word, weight in _heaviest(ranking_words(queries)).items()
        for field, share in FIELD_WEIGHTS.items()
    ]


def _heaviest(weights: Mapping[Weighed, float]) -> dict[Weighed, float]:
    """Return the clauses with the highest weights, up to the limit of a query."""
    ordered = sorted(weights.items(), key=lambda each: -each[1])
    return dict(ordered[:_MOST_WEIGHED])


def _weighed_word(word: str, field: str, weight: float) -> Clause:
    [(name, term)] = has_word(word, field)["term"].items()
    return {"term": {name: {"value": term, "boost": weight}}}


def _characters(gram_weights: Mapping[str, float], field: str, share: float, rarities: Rarities) -> list[Clause]:
    return [
        weighing(containing(gram, field), share * weight * rarities.of(gram, field))
        for gram, weight in gram_weights.items()
    ]
