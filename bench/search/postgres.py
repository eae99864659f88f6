"""PostgreSQL full-text search, over words segmented by jieba."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from bench.relevance.plain import words
from bench.search.contender import PAGE, CutTexts, departments_in
from bench.search.questions import Question
from search.index.documents import IndexDocument
from search.query import And, Node, Not, Or, Phrase, parse_query

# Maximum length of a text for a tsvector.
_LONGEST = 200_000


class Postgres:
    """One table with a GIN index, in a typical schema."""

    name = "PostgreSQL"

    def __init__(self, server: str, folder: Path, cut: CutTexts) -> None:
        self.folder = folder  # stays empty: the index is on the server
        self.cut = cut
        self.connection = psycopg.connect(server, autocommit=True)
        self._execute("SET jit = off")

    def clock(self) -> float:
        """Return the processor seconds of this process and of the server."""
        server = Path(f"/proc/{self.connection.info.backend_pid}/schedstat").read_text().split()[0]
        return time.process_time() + int(server) / 1e9

    def size(self) -> int:
        """Return the size of table and indexes on disk."""
        return int(self._execute("SELECT pg_total_relation_size('documents')")[0][0])

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Build table and indexes."""
        self._execute("DROP TABLE IF EXISTS documents")
        self._execute(
            "CREATE TABLE documents(id bigint PRIMARY KEY, day int, year int, departments int[],"
            " body text, words tsvector)"
        )
        insert = (
            "INSERT INTO documents VALUES(%s, %s, %s, %s, %s,"
            " setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))"
        )
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.executemany(insert, [self._row(document) for document in documents])
        for column in ("words", "departments"):
            self._execute(f"CREATE INDEX ON documents USING gin({column})")
        self._execute("CREATE INDEX ON documents(day)")
        self._execute("VACUUM ANALYZE documents")

    def ask(self, question: Question) -> int:
        """Return the total; read the first page and requested counts."""
        sought = _in_its_language(parse_query(question.words))
        where, values = "words @@ to_tsquery('simple', %(sought)s)", {"sought": sought}
        if question.dates:
            where += " AND day BETWEEN %(first)s AND %(last)s"
            values |= dict(zip(("first", "last"), (day.toordinal() for day in question.dates), strict=True))
        if question.department:
            where += " AND departments @> ARRAY[%(department)s::int]"
            values["department"] = question.department
        ((total,),) = self._execute(f"SELECT count(*) FROM documents WHERE {where}", values)  # noqa: S608
        order = "day DESC" if question.newest_first else "ts_rank(words, to_tsquery('simple', %(sought)s)) DESC"
        page = f"SELECT id, body FROM documents WHERE {where} ORDER BY {order} LIMIT {PAGE}"  # noqa: S608
        wanted = "id, ts_headline('simple', body, to_tsquery('simple', %(sought)s))" if question.snippets else "id"
        self._execute(f"SELECT {wanted} FROM ({page}) AS page", values)  # noqa: S608
        if question.counts:
            for value in ("year", "unnest(departments)"):
                self._execute(f"SELECT {value}, count(*) FROM documents WHERE {where} GROUP BY 1", values)  # noqa: S608
        return int(total)

    def _row(self, document: IndexDocument) -> tuple[object, ...]:
        title, body = self.cut.of(document)
        day = document.date.toordinal() if document.date else 0
        year = document.date.year if document.date else 0
        body = body[:_LONGEST]
        return document.key.to_int(), day, year, departments_in(document), body, title, body

    def _execute(self, statement: str, values: dict[str, Any] | None = None) -> list[tuple]:
        found = self.connection.execute(statement, values)
        return found.fetchall() if found.description else []


def _in_its_language(node: Node | None) -> str:
    if isinstance(node, And | Or):
        between = " & " if isinstance(node, And) else " | "
        return f"({between.join(_in_its_language(part) for part in node.parts)})"
    if isinstance(node, Not):
        return f"!{_in_its_language(node.part)}"
    between = " <-> " if isinstance(node, Phrase) else " & "
    quoted = (f"'{word}'" for word in words(node.text))
    return f"({between.join(quoted)})"
