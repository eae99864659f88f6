"""SQLite FTS5, over words from jieba or over trigrams of characters."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bench.relevance.plain import words
from bench.search.contender import PAGE, CutTexts, departments_in
from bench.search.questions import Question
from search.index.documents import IndexDocument
from search.query import And, Node, Not, Or, Phrase, parse_query

SHORTEST_FOUND = 3


class Fts5:
    """Tables of texts, facts and departments, in a typical schema."""

    name = "FTS5 words"

    def __init__(self, folder: Path, cut: CutTexts | None) -> None:
        self.folder = folder
        self.cut = cut
        folder.mkdir(parents=True)
        self.database = sqlite3.connect(folder / "index.sqlite3")

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Build the index."""
        tokenizer = "unicode61" if self.cut else "trigram"
        self.database.executescript(
            "PRAGMA synchronous=OFF; PRAGMA mmap_size=4000000000;"
            "CREATE TABLE facts(id INTEGER PRIMARY KEY, day INTEGER, year INTEGER, position INTEGER);"
            "CREATE TABLE departments(department INTEGER, id INTEGER, PRIMARY KEY(department, id)) WITHOUT ROWID;"
            "CREATE INDEX department_of ON departments(id);"
            f"CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize='{tokenizer}');"
        )
        with self.database:
            for document in documents:
                number = document.key.to_int()
                texts = (document.title, "\n".join(document.texts))
                self.database.execute(
                    "INSERT INTO texts(rowid, title, body) VALUES(?, ?, ?)",
                    (number, *(self.cut.of(document) if self.cut else texts)),
                )
                day = document.date.toordinal() if document.date else 0
                facts = (number, day, document.date.year if document.date else 0, document.position)
                self.database.execute("INSERT INTO facts VALUES(?, ?, ?, ?)", facts)
                self.database.executemany(
                    "INSERT OR IGNORE INTO departments VALUES(?, ?)",
                    [(department, number) for department in departments_in(document)],
                )
        self.database.execute("INSERT INTO texts(texts) VALUES('optimize')")
        self.database.commit()

    def ask(self, question: Question) -> int:
        """Return the total; read the first page and requested counts."""
        tables, where, values = self._conditions(question)
        (total,) = self.database.execute(f"SELECT count(*) FROM {tables} WHERE {where}", values).fetchone()  # noqa: S608
        order = self._order(question)
        if question.newest_first and "facts" not in tables:
            tables, where = f"{tables}, facts", f"{where} AND facts.id = texts.rowid"
        snippets = question.snippets and "MATCH" in where
        wanted = "texts.rowid" + (", snippet(texts, 1, '[', ']', '…', 60)" if snippets else "")
        self.database.execute(
            f"SELECT {wanted} FROM {tables} WHERE {where} ORDER BY {order} LIMIT {PAGE}",  # noqa: S608
            values,
        ).fetchall()
        if question.counts:
            found = f"SELECT texts.rowid FROM {tables} WHERE {where}"  # noqa: S608
            for column, table in (("year", "facts"), ("department", "departments")):
                self.database.execute(
                    f"SELECT {column}, count(*) FROM {table} WHERE id IN ({found}) GROUP BY {column}",  # noqa: S608
                    values,
                ).fetchall()
        return total

    def _order(self, question: Question) -> str:
        return "facts.day DESC" if question.newest_first else "bm25(texts, 3.0, 1.0)"

    def _conditions(self, question: Question) -> tuple[str, str, list[object]]:
        tables, where, values = "texts", "texts MATCH ?", [self._matching(parse_query(question.words))]
        if question.dates:
            tables += ", facts"
            where += " AND facts.id = texts.rowid AND facts.day BETWEEN ? AND ?"
            values += [day.toordinal() for day in question.dates]
        if question.department:
            tables += ", departments"
            where += " AND departments.id = texts.rowid AND departments.department = ?"
            values.append(question.department)
        return tables, where, values

    def _matching(self, node: Node | None) -> str:
        if isinstance(node, And):
            wanted = [self._matching(part) for part in node.parts if not isinstance(part, Not)]
            unwanted = [self._matching(part.part) for part in node.parts if isinstance(part, Not)]
            return " NOT ".join([f"({' AND '.join(wanted)})", *unwanted])
        if isinstance(node, Or):
            return f"({' OR '.join(self._matching(part) for part in node.parts)})"
        if not self.cut:
            return f'"{node.text}"'
        if isinstance(node, Phrase):
            return f'"{" ".join(words(node.text))}"'
        return "({})".format(" AND ".join(f'"{word}"' for word in words(node.text)))


class Fts5Trigrams(Fts5):
    """Trigrams match no fewer than three characters; shorter words scan all texts."""

    name = "FTS5 trigrams"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, None)

    def _conditions(self, question: Question) -> tuple[str, str, list[object]]:
        tables, where, values = super()._conditions(question)
        query = parse_query(question.words)
        if all(len(text) >= SHORTEST_FOUND for text in _texts(query)):
            return tables, where, values
        condition, texts = _in_every_text(query)
        return tables, where.replace("texts MATCH ?", condition, 1), texts + values[1:]

    def _order(self, question: Question) -> str:
        by_weight = all(len(text) >= SHORTEST_FOUND for text in _texts(parse_query(question.words)))
        return super()._order(question) if by_weight else "texts.rowid DESC"


def _texts(node: Node | None) -> list[str]:
    if isinstance(node, And | Or):
        return [text for part in node.parts for text in _texts(part)]
    return _texts(node.part) if isinstance(node, Not) else [node.text] if node else []


def _in_every_text(node: Node | None) -> tuple[str, list[object]]:
    if isinstance(node, And | Or):
        conditions, texts = zip(*(_in_every_text(part) for part in node.parts), strict=True)
        joined = (" AND " if isinstance(node, And) else " OR ").join(conditions)
        return f"({joined})", [text for some in texts for text in some]
    if isinstance(node, Not):
        condition, texts = _in_every_text(node.part)
        return f"NOT {condition}", texts
    # The plus prevents SQLite from using trigrams, which match no fewer than three characters.
    return "+texts.body LIKE ?", [f"%{node.text}%"]
