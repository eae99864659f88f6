"""The archive's own engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.search.questions import Question
from search.documents import IndexDocument
from search.engines.base import Filters, Request, Sort
from search.engines.whoosh.engine import WhooshEngine
from search.found import load_found
from search.query import parse_query, sought_texts


def request_for(question: Question) -> Request:
    """A question as our engines are asked."""
    first, last = question.dates or (None, None)
    chosen = {"department": frozenset({question.department})} if question.department else {}
    sort = Sort.NEWEST if question.newest_first else Sort.RELEVANCE
    counted = frozenset({"year", "department"}) if question.counts else frozenset()
    return Request(parse_query(question.words), Filters(first, last, chosen), sort, counted=counted)


class Ours:
    """The engine as pages ask it; snippets are made from the records in the database."""

    name = "this archive"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine = WhooshEngine(folder)

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Make the index."""
        self.engine.replace_all(documents)
        self.engine.state()

    def ask(self, question: Question) -> int:
        """The total, the first page, and what else is wanted."""
        request = request_for(question)
        answer = self.engine.search(request)
        if question.snippets:
            load_found(answer.keys, sought_texts(request.query))
        return answer.total
