"""The plainest engine: it looks at every document for every request. What it answers is right by definition."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable

from search.analysis import pieces
from search.documents import IndexDocument
from search.engines.base import Answer, Filters, IndexState, Request, Sort
from search.query import And, Node, Not, Or, Phrase, sought_texts
from search.ranking import EXACT_WEIGHT, FIELD_WEIGHTS, ranking_words, rarity, word_weight, words_by_field


class MemoryEngine:
    """The reference that the other engines are tested against."""

    def __init__(self) -> None:
        self.documents: list[IndexDocument] = []
        self.updated_at = datetime.datetime.now(datetime.UTC)

    def search(self, request: Request) -> Answer:
        """The answer to a request."""
        matches = [document for document in self.documents if _answers(document, request.query)]
        hits = [document for document in matches if _passes(document, request.filters)]
        hits.sort(key=self._order(request, hits))
        page = hits[request.offset : request.offset + request.limit]
        return Answer(
            total=len(hits),
            keys=tuple(document.key for document in page),
            years=_count(_year(each) for each in matches if _passes(each, request.filters, but="years")),
            kinds=_count([each.kind] for each in matches if _passes(each, request.filters, but="kinds")),
            departments=_count(
                {unit for unit, role in each.departments if not request.filters.roles or role in request.filters.roles}
                for each in matches
                if _passes(each, request.filters, but="departments")
            ),
        )

    def state(self) -> IndexState:
        """What the index says of itself."""
        return IndexState(len(self.documents), len({each.meeting for each in self.documents}), self.updated_at)

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

    def _order(self, request: Request, hits: list[IndexDocument]) -> Callable[[IndexDocument], tuple]:
        if request.sort == Sort.OLDEST:
            return _oldest_first
        if request.sort == Sort.NEWEST or not sought_texts(request.query):
            return _newest_first
        scores = self._scores(request.query)
        return lambda document: (-scores[document.key], _newest_first(document))

    def _scores(self, query: Node | None) -> dict:
        """What every document weighs for a query."""
        scores = dict.fromkeys((document.key for document in self.documents), 0.0)
        fields = {document.key: words_by_field(document) for document in self.documents}
        for field, weight in FIELD_WEIGHTS.items():
            average = sum(len(each[field]) for each in fields.values()) / (len(fields) or 1)
            for word in ranking_words(sought_texts(query)):
                holding = {key: each[field].count(word) for key, each in fields.items() if word in each[field]}
                for key, occurrences in holding.items():
                    length = float(len(fields[key][field]))
                    rare = rarity(len(fields), len(holding))
                    scores[key] += weight * rare * word_weight(float(occurrences), length, average)
        for sought in sought_texts(query):
            exact = [document.key for document in self.documents if sought.text in document.folded()]
            for key in exact:
                scores[key] += EXACT_WEIGHT * rarity(len(fields), len(exact))
        return scores


def _answers(document: IndexDocument, query: Node | None) -> bool:
    if document.key.is_meeting and not sought_texts(query):
        return False
    return query is None or _matches(document, query)


def _matches(document: IndexDocument, node: Node) -> bool:
    if isinstance(node, And):
        return all(_matches(document, part) for part in node.parts)
    if isinstance(node, Or):
        return any(_matches(document, part) for part in node.parts)
    if isinstance(node, Not):
        return not _matches(document, node.part)
    needed = [node.text] if isinstance(node, Phrase) else pieces(node.text)
    return all(piece in document.folded() for piece in needed)


def _passes(document: IndexDocument, filters: Filters, but: str = "") -> bool:
    return all(
        [
            not filters.date_from or (document.date is not None and document.date >= filters.date_from),
            not filters.date_to or (document.date is not None and document.date <= filters.date_to),
            but == "years" or not filters.years or not filters.years.isdisjoint(_year(document)),
            but == "kinds" or not filters.kinds or document.kind in filters.kinds,
            _has_department(document, filters if but != "departments" else Filters(roles=filters.roles)),
        ]
    )


def _has_department(document: IndexDocument, filters: Filters) -> bool:
    if not filters.departments and not filters.roles:
        return True
    return any(
        (not filters.departments or unit in filters.departments) and (not filters.roles or role in filters.roles)
        for unit, role in document.departments
    )


def _year(document: IndexDocument) -> list[int]:
    return [document.date.year] if document.date else []


def _count(values: Iterable[Iterable]) -> dict:
    return dict(Counter(value for group in values for value in group))


def _newest_first(document: IndexDocument) -> tuple:
    day = document.date.toordinal() if document.date else 0
    return (-day, -document.meeting, document.position)


def _oldest_first(document: IndexDocument) -> tuple:
    day = document.date.toordinal() if document.date else datetime.date.max.toordinal() + 1
    return (day, document.meeting, document.position)
