"""The tables as one SQLite database, with a data dictionary."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from open_data.tables import TABLES, Table

ROWS_AT_ONCE = 1000


class SqliteFile:
    """A SQLite database that is written once."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        # Nobody reads it before it is complete, so it does not need to survive a crash.
        self._connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        for table in TABLES:
            self._connection.execute(f"CREATE TABLE {table.name} ({', '.join(column_definitions(table))})")
        self._waiting: dict[Table, list[list[Any]]] = {table: [] for table in TABLES}

    def add(self, table: Table, row: list[Any]) -> None:
        """Buffer a row; write the buffer when it is full."""
        rows = self._waiting[table]
        rows.append(row)
        if len(rows) >= ROWS_AT_ONCE:
            self._write(table)

    def finish(self) -> None:
        """Write the remaining rows, the indexes and the data dictionary."""
        for table in TABLES:
            self._write(table)
            for column in table.columns:
                if column.name.endswith("_id"):
                    index = f"{table.name}_by_{column.name}"
                    self._connection.execute(f"CREATE INDEX {index} ON {table.name} ({column.name})")
        self._connection.execute('CREATE TABLE "columns" ("table" TEXT, "column" TEXT, meaning TEXT)')
        self._connection.executemany('INSERT INTO "columns" VALUES (?, ?, ?)', dictionary())
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()

    def _write(self, table: Table) -> None:
        places = ", ".join("?" * len(table.columns))
        # Table and column names are constants of this program; values are bound.
        self._connection.executemany(f"INSERT INTO {table.name} VALUES ({places})", self._waiting[table])  # noqa: S608
        self._waiting[table].clear()


def column_definitions(table: Table) -> Iterable[str]:
    for column in table.columns:
        kind = "INTEGER" if column.is_integer else "TEXT"
        yield f"{column.name} {kind}{' PRIMARY KEY' if column.name == 'id' else ''}"


def dictionary() -> Iterable[tuple[str, str, str]]:
    """Yield table, name and meaning of every column."""
    for table in TABLES:
        for column in table.columns:
            yield table.name, column.name, column.meaning
