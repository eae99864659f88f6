"""Queries whose SQL is made once in a process: making it takes Django longer than SQLite needs to answer it."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import update_wrapper
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404

from minutes.models.engine_sql import any_of, as_array

MANY = (list, tuple, set, frozenset, dict)
# Larger numbers, which a URL may contain, are ids of nothing, and an error of the database.
MOST = 2**63 - 1


class Placeholder(Expression):
    """Stands for an argument of a prepared query; `many` is the type of the values of a collection."""

    def __init__(self, index: int, many: type | None) -> None:
        super().__init__()
        self.index = index
        self.many = many

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Placeholder]]:
        return any_of(connection, self.many) if self.many else "%s", [self]


class prepared:
    """Decorate a function that builds a QuerySet, so that it returns the rows, each time from the database.

    The function is called once, with placeholders: it may only compare them with `=`, `<`, `>`, or by `__in` if the
    argument is a collection of numbers or texts. An empty collection finds nothing.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        update_wrapper(self, build)
        self._build = build
        self._built: dict[tuple[type | None, ...], QuerySet] = {}
        self._compiled: dict[tuple[type | str | None, ...], tuple[SQLCompiler, str, tuple]] = {}

    def __call__(self, *arguments: Any) -> list[Any]:
        if any((isinstance(each, MANY) and not each) or (isinstance(each, int) and each > MOST) for each in arguments):
            return []
        many = tuple(type(next(iter(each))) if isinstance(each, MANY) else None for each in arguments)
        if many not in self._built:
            self._built[many] = self._build(*(Placeholder(*each) for each in enumerate(many)))
        rows = self._built[many].all()
        compiler, sql, params = self._compile(rows, many)
        values = [_adapted(each, compiler.connection) for each in arguments]
        bound = tuple(values[each.index] if isinstance(each, Placeholder) else each for each in params)
        compiler.as_sql = lambda *_args, **_kwargs: (sql, bound)
        rows.query.get_compiler = lambda *_args, **_kwargs: compiler
        return list(rows)

    def _compile(self, rows: QuerySet, many: tuple[type | None, ...]) -> tuple[SQLCompiler, str, tuple]:
        """Return the SQL of these rows, and a compiler that reads what it finds, for the connection of this thread."""
        key = (rows.db, *many)
        if key not in self._compiled:
            compiler = rows.query.get_compiler(rows.db)
            self._compiled[key] = (compiler, *compiler.as_sql())
        compiler, sql, params = self._compiled[key]
        compiler = copy.copy(compiler)
        compiler.connection = connections[rows.db]
        return compiler, sql, params


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    if isinstance(value, MANY):
        return as_array(connection, value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value


def first_or_404(rows: list[Any]) -> Any:
    """Return the first of these rows, or raise Http404."""
    if not rows:
        raise Http404("no such record")
    return rows[0]


def attach(records: Sequence[Model], relation: str, query: prepared) -> list[Any]:
    """Load related rows in place of `prefetch_related`, so that `record.relation.all()` finds them; return them all.

    The query is asked with the ids of the records. Its rows know their record by a foreign key; those of a many-to-many
    relation are annotated with its id as `of`, and occur once for each.
    """
    if not records:
        return []
    related = records[0]._meta.get_field(relation)
    foreign_key = None if related.many_to_many else related.field
    by_id = {record.pk: record for record in records}
    rows = query(list(by_id))
    found: dict[int, list[Model]] = {}
    for row in rows:
        pk = getattr(row, foreign_key.attname) if foreign_key else row.of
        found.setdefault(pk, []).append(row)
        if foreign_key:
            foreign_key.set_cached_value(row, by_id[pk])
    put(records, relation, found)
    return rows


def put(records: Sequence[Model], relation: str, found: Mapping[int, list[Any]]) -> None:
    """Let `record.relation.all()` find these rows, given by the id of the record."""
    for record in records:
        record.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found.get(record.pk, [])
