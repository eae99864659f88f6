"""Copy the rows of every table between two databases of any engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction

from minutes.models.engine_sql import (
    collect_statistics,
    keep_writers_out,
    protect_audit_log,
    read_as_of_now,
    unprotect_audit_log,
)

# A row with an original may take 50 MB of memory.
ROWS_AT_ONCE = 20


@contextmanager
def database_file(path: Path) -> Iterator[str]:
    """Yield a temporary Django database alias for this SQLite file."""
    alias = f"file {path}"
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
    connections.databases[alias] = connections.configure_settings({**connections.databases, alias: file})[alias]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def copy_rows(source: str, target: str) -> None:
    """Replace all rows of one database with those of another of the same schema.

    Each side uses one transaction.
    """
    with transaction.atomic(using=source), transaction.atomic(using=target):
        read_as_of_now(source)
        keep_writers_out(target, [model._meta.db_table for model in tables()])
        remove_rows(target)
        for model in tables():
            rows = model._base_manager.using(source).order_by("pk").iterator(chunk_size=ROWS_AT_ONCE)
            while batch := list(islice(rows, ROWS_AT_ONCE)):
                # Raw values: pre_save hooks would set the time of a change.
                fields = model._meta.local_concrete_fields
                model._base_manager._insert(batch, fields=fields, using=target, raw=True)
        with connections[target].cursor() as cursor:
            for statement in connections[target].ops.sequence_reset_sql(no_style(), tables()):
                cursor.execute(statement)
        collect_statistics(target)


def remove_rows(alias: str) -> None:
    """Delete the rows that migrations and people created, audit log included."""
    is_protected = connections[alias].vendor != "sqlite"
    if is_protected:
        with connections[alias].schema_editor() as editor:
            unprotect_audit_log(editor)
    for model in tables():
        model._base_manager.using(alias)._raw_delete(alias)
    if is_protected:
        with connections[alias].schema_editor() as editor:
            protect_audit_log(editor)


def differing_tables(one: str, other: str) -> list[str]:
    """Return the names of the tables whose rows differ in any column."""
    return [model._meta.db_table for model in tables() if not have_equal_rows(model, one, other)]


def have_equal_rows(model: type[models.Model], one: str, other: str) -> bool:
    rows = [
        model._base_manager.using(alias).order_by("pk").values_list(*columns(model)).iterator(chunk_size=ROWS_AT_ONCE)
        for alias in (one, other)
    ]
    try:
        return all(comparable(row) == comparable(there) for row, there in zip(*rows, strict=True))
    except ValueError:
        return False


def comparable(row: tuple) -> tuple:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields]


def tables() -> list[type[models.Model]]:
    """Return the model of every table, including many-to-many tables."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]
