"""tantivy, over words segmented by jieba."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur, Query

from bench.relevance.plain import words
from bench.search.contender import PAGE, CutTexts, departments_in
from bench.search.questions import Question
from search.index.documents import IndexDocument
from search.query import And, Node, Not, Or, Phrase, parse_query


class Tantivy:
    """One index of words; dates, years and departments are fast fields."""

    name = "tantivy"

    def __init__(self, folder: Path, cut: CutTexts) -> None:
        self.folder = folder
        self.cut = cut
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("key", stored=True)
        builder.add_text_field("title", tokenizer_name="whitespace")
        builder.add_text_field("body", stored=True, tokenizer_name="whitespace")
        for field in ("day", "year", "department"):
            builder.add_unsigned_field(field, indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Build the index."""
        writer = self.index.writer()
        for document in documents:
            title, body = self.cut.of(document)
            facts = {
                "key": document.key.to_int(),
                "title": title,
                "body": body,
                "day": document.date.toordinal() if document.date else 0,
                "year": document.date.year if document.date else 0,
                "department": departments_in(document),
            }
            writer.add_document(tantivy.Document.from_dict(facts, self.schema))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def ask(self, question: Question) -> int:
        """Return the total; read the first page and requested counts."""
        searcher = self.index.searcher()
        parts = [(Occur.Must, self._matching(parse_query(question.words))), *self._filters(question)]
        query = Query.boolean_query(parts)
        order = {"order_by_field": "day"} if question.newest_first else {}
        result = searcher.search(query, PAGE, count=True, **order)
        documents = [searcher.doc(address) for _, address in result.hits]
        if question.counts:
            fields = {field: {"terms": {"field": field, "size": 10000}} for field in ("year", "department")}
            searcher.aggregate(query, fields)
        if question.snippets:
            generator = tantivy.SnippetGenerator.create(searcher, query, self.schema, "body")
            for document in documents:
                generator.snippet_from_doc(document).to_html()
        return result.count

    def _matching(self, node: Node | None) -> Query:
        if isinstance(node, And | Or):
            parts = [
                (Occur.MustNot, self._matching(part.part))
                if isinstance(part, Not)
                else (Occur.Must if isinstance(node, And) else Occur.Should, self._matching(part))
                for part in node.parts
            ]
            return Query.boolean_query(parts)
        found = words(node.text)
        if isinstance(node, Phrase) and len(found) > 1:
            return Query.phrase_query(self.schema, "body", found)
        return Query.boolean_query([(Occur.Must, self._word(word)) for word in found])

    def _word(self, word: str) -> Query:
        """Return the query for a word; it matches the body, and the title with a boost."""
        in_title = Query.boost_query(Query.term_query(self.schema, "title", word, index_option="freq"), 3.0)
        in_body = Query.term_query(self.schema, "body", word, index_option="freq")
        return Query.boolean_query([(Occur.Should, in_title), (Occur.Should, in_body)])

    def _filters(self, question: Question) -> list[tuple[Occur, Query]]:
        conditions = []
        if question.dates:
            days = [day.toordinal() for day in question.dates]
            conditions.append(Query.range_query(self.schema, "day", FieldType.Unsigned, *days))
        if question.department:
            conditions.append(Query.term_set_query(self.schema, "department", [question.department]))
        return [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in conditions]
