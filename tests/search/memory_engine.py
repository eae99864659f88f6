"""The plainest engine: it looks at every document for every request. What it answers is right by definition."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable

from minutes.fold import fold
from search.analysis.words import tokens
from search.index.documents import DocId, IndexDocument, Value
from search.index.engines.base import Filters, Indexed, IndexState, SearchRequest, SearchResponse, Sort
from search.index.facet_fields import CATEGORIES, ROLE_LABELS, Category
from search.index.ranking import (
    EXACT_WEIGHT,
    FIELD_WEIGHTS,
    most_frequent,
    ranking_words,
    rarity,
    word_weight,
    words_by_field,
)
from search.query import (
    And,
    Dated,
    Field,
    InField,
    NameRef,
    Node,
    Not,
    OneOf,
    Or,
    Phrase,
    TextQuery,
    Verbatim,
    text_queries,
    verbatim_texts,
)


class MemoryEngine:
    """The reference that the other engines are tested against."""

    def __init__(self) -> None:
        self.documents: list[IndexDocument] = []
        self.updated_at = datetime.datetime.now(datetime.UTC)

    def search(self, request: SearchRequest) -> SearchResponse:
        """The answer to a request."""
        matches = [document for document in self.documents if _answers(document, request.query)]
        hits = [document for document in matches if _passes(document, request.filters)]
        hits.sort(key=self._order(request, hits))
        page = hits[request.offset : request.offset + request.limit]
        return SearchResponse(
            total=len(hits),
            keys=tuple(document.key for document in page),
            counts={name: _count(name, matches, request.filters) for name in request.counted},
        )

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """The meetings that hold all parts of the query in different documents, newest first."""
        parts = request.query.parts if isinstance(request.query, And) else ()
        passing = [document for document in self.documents if _passes(document, request.filters)]
        by_meeting: dict[int, list[IndexDocument]] = {}
        for document in sorted(passing, key=_newest_first):
            by_meeting.setdefault(document.meeting, []).append(document)
        return tuple(
            meeting
            for meeting, documents in by_meeting.items()
            if parts
            and all(_together(documents, part) for part in parts)
            and not any(_matches(document, And(parts)) for document in documents)
        )

    def state(self) -> IndexState:
        """What the index says of itself."""
        return IndexState(len(self.documents), len({each.meeting for each in self.documents}), self.updated_at)

    def occurrences(self, text: str) -> dict[int, int]:
        """How many times this folded text stands in the items of each meeting."""
        return _by_meeting(self.documents, lambda item: fold(item.texts[0]).count(text))

    def characters(self) -> dict[int, int]:
        """How many folded characters the items of each meeting have."""
        return _by_meeting(self.documents, lambda item: len(fold(item.texts[0])))

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """The words of two and more Chinese characters that most documents hold, and how many do."""
        counts = Counter(word for each in self.documents for word in set(words_by_field(each)["text"]))
        return most_frequent(counts, most)

    def contents(self) -> dict[DocId, Indexed]:
        """What the index holds, document by document."""
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
        return lambda document: (-scores[document.key], _newest_first(document))

    def _scores(self, query: Node | None) -> dict:
        """What every document weighs for a query."""
        scores = dict.fromkeys((document.key for document in self.documents), 0.0)
        fields = {document.key: words_by_field(document) for document in self.documents}
        for field, weight in FIELD_WEIGHTS.items():
            average = sum(len(each[field]) for each in fields.values()) / (len(fields) or 1)
            for word in ranking_words(text_queries(query)):
                holding = {key: each[field].count(word) for key, each in fields.items() if word in each[field]}
                for key, occurrences in holding.items():
                    length = float(len(fields[key][field]))
                    rare = rarity(len(fields), len(holding))
                    scores[key] += weight * rare * word_weight(float(occurrences), length, average)
        for text in dict.fromkeys(sought.text for sought in text_queries(query)):
            exact = [document.key for document in self.documents if text in document.folded()]
            for key in exact:
                scores[key] += EXACT_WEIGHT * rarity(len(fields), len(exact))
        return scores


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
        return _holds(document.folded(node.field), node.sought)
    return _holds(document.folded(), node)


def _together(documents: list[IndexDocument], part: Node) -> bool:
    if isinstance(part, Not):
        return not any(_matches(document, part.part) for document in documents)
    return any(_matches(document, part) for document in documents)


def _holds(folded: str, sought: TextQuery) -> bool:
    needed = [sought.text] if isinstance(sought, Phrase) else tokens(sought.text)
    return all(piece in folded for piece in needed)


def _meets(document: IndexDocument, condition: InField | NameRef | OneOf | Dated) -> bool:
    if isinstance(condition, InField):
        return _matches(document, condition)
    if isinstance(condition, Dated):
        return _passes(document, Filters(condition.first, condition.last)) and document.date is not None
    if isinstance(condition, NameRef):
        raise TypeError(f"which records {condition.name} means must be looked up before an engine is asked")
    if condition.category == "department":
        return any(unit in condition.values and role in condition.roles for unit, role in document.departments)
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
            not (filters.of("department") or filters.of("role")) or bool(_standing(document, filters)),
        ]
    )


def _standing(document: IndexDocument, filters: Filters) -> list[tuple[int, str]]:
    """The units and roles of a document that answer the filters."""
    return [
        (unit, role)
        for unit, role in document.departments
        if role in filters.roles() and (not filters.of("department") or unit in filters.of("department"))
    ]


def _values(document: IndexDocument, category: Category) -> tuple[Value, ...]:
    return document.values_of(category.name)


def _count(category: str, matches: list[IndexDocument], filters: Filters) -> dict[Value, int]:
    """How many of the matches have each value of a category, its own filter aside."""
    passing = [document for document in matches if _passes(document, filters.aside(category))]
    return dict(Counter(value for each in passing for value in _counted_values(each, category, filters)))


def _counted_values(document: IndexDocument, category: str, filters: Filters) -> set[Value]:
    if category == "department":
        return {unit for unit, _ in _standing(document, filters.aside("department"))}
    if category == "role":
        in_any_role = Filters(chosen={"department": filters.of("department"), "role": frozenset(ROLE_LABELS)})
        return {role for _, role in _standing(document, in_any_role)}
    return set(document.values_of(category))


def _newest_first(document: IndexDocument) -> tuple:
    day = document.date.toordinal() if document.date else 0
    return (-day, -document.meeting, document.position)


def _oldest_first(document: IndexDocument) -> tuple:
    day = document.date.toordinal() if document.date else datetime.date.max.toordinal() + 1
    return (day, document.meeting, document.position)
