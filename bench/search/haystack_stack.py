"""django-haystack with Whoosh and jieba's analyzer, as in common tutorials."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from haystack import connections, indexes
from haystack.query import SearchQuerySet
from jieba.analyse import ChineseAnalyzer

from bench.search.contender import PAGE, departments_in
from bench.search.questions import Question
from minutes.models import AgendaItem
from search.index.documents import IndexDocument
from search.query import And, Node, Not, Or, Phrase, parse_query

CONNECTION = "default"


class DocumentIndex(indexes.SearchIndex, indexes.Indexable):
    """The haystack index, with the text analysed by jieba."""

    text = indexes.CharField(document=True, analyzer=ChineseAnalyzer())
    day = indexes.DateField(null=True)
    year = indexes.IntegerField(null=True)
    departments = indexes.MultiValueField()

    def get_model(self) -> type[AgendaItem]:
        """Return the model; the rows that are indexed are never saved."""
        return AgendaItem

    def prepare(self, obj: AgendaItem) -> dict[str, object]:
        """Return the fields of the document for the backend."""
        document: IndexDocument = obj.document
        self.prepared_data = {
            "id": f"minutes.agendaitem.{obj.pk}",
            "django_ct": "minutes.agendaitem",
            "django_id": str(obj.pk),
            "text": "\n".join(document.texts),
            "day": document.date,
            "year": document.date.year if document.date else None,
            "departments": [str(department) for department in departments_in(document)],
        }
        return self.prepared_data


class Haystack:
    """The stack, queried through its public API."""

    name = "haystack"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        logging.getLogger("haystack").setLevel(logging.ERROR)
        self.backend = connections[CONNECTION].get_backend()
        self.backend.path = str(folder)
        connections[CONNECTION].get_unified_index().build(indexes=[DocumentIndex()])

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Build the index in batches of a thousand, like `rebuild_index`."""
        index = connections[CONNECTION].get_unified_index().get_index(AgendaItem)
        for start in range(0, len(documents), 1000):
            rows = []
            for document in documents[start : start + 1000]:
                row = AgendaItem(pk=document.key.to_int())
                row.document = document
                rows.append(row)
            self.backend.update(index, rows)

    def ask(self, question: Question) -> int:
        """Return the total; read the first page and requested counts."""
        found = SearchQuerySet().raw_search(_in_its_language(parse_query(question.words)))
        if question.dates:
            days = (f"{day:%Y%m%d}" for day in question.dates)
            found = found.narrow("day:[{} TO {}]".format(*days))
        if question.department:
            found = found.narrow(f"departments:{question.department}")
        if question.newest_first:
            found = found.order_by("-day")
        if question.counts:
            found = found.facet("year").facet("departments")
            found.facet_counts()
        if question.snippets:
            found = found.highlight()
        list(found[:PAGE])
        return found.count()


def _in_its_language(node: Node | None) -> str:
    if isinstance(node, And):
        return "(" + " ".join(_in_its_language(part) for part in node.parts) + ")"
    if isinstance(node, Or):
        return "(" + " OR ".join(_in_its_language(part) for part in node.parts) + ")"
    if isinstance(node, Not):
        return f"NOT {_in_its_language(node.part)}"
    return f'"{node.text}"' if isinstance(node, Phrase) else node.text
