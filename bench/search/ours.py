"""The archive's own engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bench.search.questions import Question
from minutes.models import Paragraph
from search.index.documents import DocId, IndexDocument, Passage
from search.index.engines.base import Filters, SearchRequest, Sort
from search.index.engines.whoosh.engine import WhooshEngine
from search.query import Phrase, Term, parse_query, text_queries
from search.results.highlight import densest_snippet, mark_matches
from search.results.hits import load_hits


def request_for(question: Question) -> SearchRequest:
    """Return a question as a request to our engines."""
    first, last = question.dates or (None, None)
    chosen = {"organization": frozenset({question.department})} if question.department else {}
    sort = Sort.NEWEST if question.newest_first else Sort.RELEVANCE
    counted = frozenset({"year", "organization"}) if question.counts else frozenset()
    return SearchRequest(parse_query(question.words), Filters(first, last, chosen), sort, counted=counted)


class Ours:
    """The engine as pages use it; snippets come from records in the database."""

    name = "this archive"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine = WhooshEngine(folder)

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Build the index."""
        self.engine.replace_all(documents)
        self.engine.state()

    def ask(self, question: Question) -> int:
        """Return the total; read the first page and requested counts."""
        request = request_for(question)
        answer = self.engine.search(request)
        if question.snippets:
            _marked_passages(answer.keys, text_queries(request.query))
        return answer.total


class AsAPageShows(Ours):
    """The same with everything that a page shows besides the snippet.

    That is meeting, outcome, units and short titles.
    """

    name = "this archive, as a page shows results"

    def ask(self, question: Question) -> int:
        """Return the total and the first page of results."""
        request = request_for(question)
        answer = self.engine.search(request)
        load_hits(answer.keys, text_queries(request.query))
        return answer.total


def _marked_passages(keys: Sequence[DocId], sought: Sequence[Term | Phrase]) -> None:
    """Highlight the titles and best passages of these items from the records."""
    passages: dict[int, list[Passage]] = defaultdict(list)
    titles: dict[int, str] = {}
    paragraphs = Paragraph.objects.filter(item__in=[key.pk for key in keys if not key.is_meeting]).order_by("position")
    for item, title, text in paragraphs.values_list("item", "item__title", "text"):
        titles[item] = title
        passages[item].append(Passage(text))
    for item, title in titles.items():
        mark_matches(title, sought)
        densest_snippet(passages[item], sought)
    load_hits([key for key in keys if key.is_meeting], sought)
