"""The plainest engine: it looks at every document for every request. What it answers is right by definition."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from minutes.fold import fold
from search.analysis.words import tokens
from search.index.documents import DocId, IndexDocument, Value
from search.index.engines.base import ITEM, Filters, Indexed, IndexState, SearchRequest, SearchResponse, Sort
from search.index.facet_fields import CATEGORIES, ROLE_LABELS, Category
from search.index.ranking import (
    EXACT_WEIGHT,
    FIELD_WEIGHTS,
    IMPLIED_WEIGHT,
    NEAREST_SHARE,
    NEAREST_WEIGHTS,
    TYPED_WEIGHT,
    added_word,
    grams,
    is_one_word,
    lone_characters,
    most_frequent,
    ranking_words,
    rarity,
    word_weight,
    words_by_field,
)
from search.query import (
    Alternative,
    And,
    Dated,
    Field,
    Implied,
    InField,
    NameRef,
    Node,
    Not,
    OneOf,
    Or,
    Phrase,
    Term,
    TextQuery,
    Verbatim,
    implied_conditions,
    ranked_queries,
    text_queries,
    verbatim_texts,
)


class MemoryEngine:
    """The reference that the other engines are tested against."""

    def __init__(self) -> None:
        self.documents: list[IndexDocument] = []
        self.updated_at = datetime.datetime.now(datetime.UTC)

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the response to a request."""
        reached = [document for document in self.documents if _within_reach(document, request)]
        matches = [document for document in reached if _answers(document, request.query)]
        hits = [document for document in matches if _passes(document, request.filters)]
        hits.sort(key=self._order(request, hits))
        page = hits[request.offset : request.offset + request.limit]
        return SearchResponse(
            total=len(hits),
            keys=tuple(document.key for document in page),
            counts={name: _count(name, matches, request.filters) for name in request.counted},
        )

    def search_many(self, requests: Sequence[SearchRequest]) -> list[SearchResponse]:
        """Return the response to each of these requests."""
        return [self.search(request) for request in requests]

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """Return the newest meetings that match only across several documents."""
        parts = request.query.parts if isinstance(request.query, And) else ()
        passing = [
            document
            for document in self.documents
            if _passes(document, request.filters) and _within_reach(document, request)
        ]
        by_meeting: dict[int, list[IndexDocument]] = {}
        for document in sorted(passing, key=_newest_first):
            by_meeting.setdefault(document.meeting, []).append(document)
        found = [
            meeting
            for meeting, documents in by_meeting.items()
            if parts
            and all(_together(documents, part) for part in parts)
            and not any(_matches(document, And(parts)) for document in documents)
        ]
        return tuple(found[: request.limit])

    def state(self) -> IndexState:
        """Return the metadata of the index."""
        return IndexState(len(self.documents), len({each.meeting for each in self.documents}), self.updated_at)

    def occurrences(self, text: str) -> dict[int, int]:
        """Return how often this folded text occurs in the items of each meeting."""
        return _by_meeting(self.documents, lambda item: fold(item.texts[0]).count(text))

    def characters(self) -> dict[int, int]:
        """How many folded characters the items of each meeting have."""
        return _by_meeting(self.documents, lambda item: len(fold(item.texts[0])))

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """Return the most frequent Chinese words (two or more characters) with counts."""
        counts = Counter(word for each in self.documents for word in words_of(each)["text"])
        return most_frequent(counts, most)

    def count_indexed(self, meetings: Collection[int]) -> int:
        """Return how many of these meetings are indexed."""
        return len({each.meeting for each in self.documents} & set(meetings))

    def contents(self) -> dict[DocId, Indexed]:
        """Return the fingerprints of all documents."""
        return {each.key: Indexed(each.meeting, each.fingerprint()) for each in self.documents}

    def replace_all(self, documents: Iterable[IndexDocument]) -> int:
        """How many documents there are now."""
        self.documents = list(documents)
        self.updated_at = datetime.datetime.now(datetime.UTC)
        return len(self.documents)

    def update(self, meeting_ids: Collection[int], documents: Iterable[IndexDocument]) -> int:
        """How many documents took the place of these meetings' old ones."""
        fresh = list(documents)
        self.replace_all([each for each in self.documents if each.meeting not in meeting_ids] + fresh)
        return len(fresh)

    def _order(self, request: SearchRequest, hits: list[IndexDocument]) -> Callable[[IndexDocument], tuple]:
        if request.sort == Sort.OLDEST:
            return _oldest_first
        if request.sort == Sort.NEWEST or not text_queries(request.query):
            return _newest_first
        scores = self._scores(request.query)
        return lambda document: (document.key.is_meeting, -scores[document.key], _newest_first(document))

    def nearest(self, texts: Mapping[str, float], request: SearchRequest) -> tuple[DocId, ...]:
        """Return the items that share most words, characters and bigrams with these texts, best first."""
        scores = dict.fromkeys((document.key for document in self.documents), 0.0)
        self._add_words(scores, ranking_words({Phrase(text): weight for text, weight in texts.items()}))
        for field, name in (("title", "bigram in title"), ("text", "bigram in text")):
            self._add_characters(scores, grams(texts, 2), field, NEAREST_WEIGHTS[name])
        self._add_characters(scores, lone_characters(texts), "text", NEAREST_WEIGHTS["character in text"])
        reachable = {
            document.key
            for document in self.documents
            if _passes(document, request.filters) and _within_reach(document, replace(request, only=ITEM))
        }
        near = {key for key in reachable if scores[key] > 0}
        self._add_characters(scores, grams(texts, 1), "title", NEAREST_WEIGHTS["character in title"])
        near = near or {key for key in reachable if scores[key] > 0}
        found = [
            document
            for document in self.documents
            if document.key in near and (request.query is None or _matches(document, request.query))
        ]
        best = max((scores[document.key] for document in found), default=0.0)
        found = [document for document in found if scores[document.key] >= NEAREST_SHARE * best]
        found.sort(key=lambda document: (-scores[document.key], _newest_first(document)))
        return tuple(document.key for document in found[: request.limit])

    def _scores(self, query: Node | None) -> dict[DocId, float]:
        """Return the score of every document."""
        scores = dict.fromkeys((document.key for document in self.documents), 0.0)
        queries = ranked_queries(query)
        self._add_words(scores, ranking_words(queries))
        by_text: dict[str, TextQuery] = {}
        for each in queries:
            by_text.setdefault(each.text, each)
        for text, each in by_text.items():
            weight = max(weight for query, weight in queries.items() if query.text == text)
            containing = [document for document in self.documents if text in document.folded()]
            exact = EXACT_WEIGHT * rarity(len(self.documents), len(containing))
            for document in containing:
                if not is_one_word(each) or text in words_of(document)["text"]:
                    scores[document.key] += weight * exact
        for condition in implied_conditions(query):
            for document in self.documents:
                scores[document.key] += IMPLIED_WEIGHT * _meets(document, condition)
        for document in self.documents:
            scores[document.key] += TYPED_WEIGHT * (query is not None and _contains_typed(document, query))
        return scores

    def _add_words(self, scores: dict[DocId, float], weights: Mapping[str, float]) -> None:
        fields = {document.key: words_of(document) for document in self.documents}
        for field, share in FIELD_WEIGHTS.items():
            average = sum(each[field].total() for each in fields.values()) / (len(fields) or 1)
            for word, weight in weights.items():
                containing = {key: each[field][word] for key, each in fields.items() if word in each[field]}
                for key, occurrences in containing.items():
                    length = float(fields[key][field].total())
                    rare = rarity(len(fields), len(containing))
                    scores[key] += weight * (share * rare * word_weight(float(occurrences), length, average))

    def _add_characters(
        self, scores: dict[DocId, float], weights: Mapping[str, float], field: str, share: float
    ) -> None:
        for gram, weight in weights.items():
            containing = [document.key for document in self.documents if gram in document.folded(field)]
            for key in containing:
                scores[key] += share * weight * rarity(len(self.documents), len(containing))


def words_of(document: IndexDocument) -> dict[str, Counter[str]]:
    """How often each word occurs in each field of a document."""
    return words_by_field(document, document.folded_texts())


def _within_reach(document: IndexDocument, request: SearchRequest) -> bool:
    wanted = not request.only or document.key.is_meeting == (request.only != ITEM)
    return wanted and document.meeting not in request.excluded


def _by_meeting(documents: list[IndexDocument], number: Callable[[IndexDocument], int]) -> dict[int, int]:
    sums: Counter[int] = Counter()
    for item in documents:
        if not item.key.is_meeting and number(item):
            sums[item.meeting] += number(item)
    return dict(sums)


def _answers(document: IndexDocument, query: Node | None) -> bool:
    # A meeting's own document answers to words alone, and to a condition only as words of its text.
    answers_without_words = not document.key.is_meeting or any(
        written in document.folded() for written in verbatim_texts(query)
    )
    if not answers_without_words and not text_queries(query):
        return False
    return query is None or _matches(document, query)


def _matches(document: IndexDocument, node: Node) -> bool:
    if isinstance(node, And):
        return all(_matches(document, part) for part in node.parts)
    if isinstance(node, Or):
        return any(_matches(document, part) for part in node.parts)
    if isinstance(node, Not):
        return not _matches(document, node.part)
    if isinstance(node, Field):
        return node.written in document.folded() or _meets(document, node.condition)
    if isinstance(node, Verbatim):
        return node.written in document.folded() or _matches(document, node.condition)
    if isinstance(node, InField):
        return _contains(document.folded(node.field), node.sought)
    if isinstance(node, Implied):
        return _contains(document.folded(), node.term) or _meets(document, node.condition)
    if isinstance(node, Alternative):
        word = added_word(node)
        return word in words_of(document)["text"] if word else _matches(document, node.part)
    return _contains(document.folded(), node)


def _contains_typed(document: IndexDocument, node: Node) -> bool:
    """Return whether a document contains what was typed, as words and without what was added."""
    if isinstance(node, And):
        return all(_contains_typed(document, part) for part in node.parts)
    if isinstance(node, Or):
        return any(_contains_typed(document, part) for part in node.parts)
    if isinstance(node, Alternative):
        return False
    if isinstance(node, Term) and is_one_word(node):
        return node.text in words_of(document)["text"]
    return _matches(document, node)


def _together(documents: list[IndexDocument], part: Node) -> bool:
    if isinstance(part, Not):
        return not any(_matches(document, part.part) for document in documents)
    return any(_matches(document, part) for document in documents)


def _contains(folded: str, sought: TextQuery) -> bool:
    needed = [sought.text] if isinstance(sought, Phrase) else tokens(sought.text)
    return all(piece in folded for piece in needed)


def _meets(document: IndexDocument, condition: InField | NameRef | OneOf | Dated) -> bool:
    if isinstance(condition, InField):
        return _matches(document, condition)
    if isinstance(condition, Dated):
        return _passes(document, Filters(condition.first, condition.last)) and document.date is not None
    if isinstance(condition, NameRef):
        raise TypeError(f"which records {condition.name} means must be looked up before an engine is asked")
    if condition.category == "organization":
        return any(unit in condition.values and role in condition.roles for unit, role in document.organizations)
    return not condition.values.isdisjoint(document.values_of(condition.category))


def _passes(document: IndexDocument, filters: Filters) -> bool:
    return all(
        [
            not filters.date_from or (document.date is not None and document.date >= filters.date_from),
            not filters.date_to or (document.date is not None and document.date <= filters.date_to),
            all(
                not filters.of(category.name) or not filters.of(category.name).isdisjoint(_values(document, category))
                for category in CATEGORIES
            ),
            not (filters.of("organization") or filters.of("role")) or bool(_units_in_roles(document, filters)),
        ]
    )


def _units_in_roles(document: IndexDocument, filters: Filters) -> list[tuple[int, str]]:
    """Return the units and roles of a document that match the filters."""
    return [
        (unit, role)
        for unit, role in document.organizations
        if role in filters.roles() and (not filters.of("organization") or unit in filters.of("organization"))
    ]


def _values(document: IndexDocument, category: Category) -> tuple[Value, ...]:
    return document.values_of(category.name)


def _count(category: str, matches: list[IndexDocument], filters: Filters) -> dict[Value, int]:
    """How many of the matches have each value of a category, its own filter aside."""
    passing = [document for document in matches if _passes(document, filters.for_counting(category))]
    return dict(Counter(value for each in passing for value in _counted_values(each, category, filters)))


def _counted_values(document: IndexDocument, category: str, filters: Filters) -> set[Value]:
    if category == "organization":
        return {unit for unit, _ in _units_in_roles(document, filters.for_counting("organization"))}
    if category == "role":
        in_any_role = Filters(chosen={"organization": filters.of("organization"), "role": frozenset(ROLE_LABELS)})
        return {role for _, role in _units_in_roles(document, in_any_role)}
    return set(document.values_of(category))


def _newest_first(document: IndexDocument) -> tuple:
    day = document.date.toordinal() if document.date else 0
    return (-day, -document.meeting, document.position)


def _oldest_first(document: IndexDocument) -> tuple:
    day = document.date.toordinal() if document.date else datetime.date.max.toordinal() + 1
    return (day, document.meeting, document.position)
