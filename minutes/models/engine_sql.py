"""SQL specific to SQLite or PostgreSQL; only desk.backup has more of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Django wraps this PostgreSQL error as an InternalError.
READ_ONLY = "25006"
# PostgreSQL's class of errors for lack of disk space or memory.
NO_ROOM = "53"
ONLY_ADDED = "The audit log is only ever added to: no entry of it is {}."
NOT_REMOVED = "audit_entries_are_not_removed"
# SQLite drops triggers with their table, and Django rebuilds a table to alter it: a migration that alters the audit
# log must create them again. tests/desk/test_audit.py checks a freshly migrated database.
SQLITE_TRIGGERS = {
    "audit_entries_are_not_changed": ("BEFORE UPDATE ON minutes_auditentry", "changed"),
    NOT_REMOVED: ("BEFORE DELETE ON minutes_auditentry", "removed"),
    # REPLACE deletes without firing the trigger above.
    "audit_entries_are_not_replaced": (
        "BEFORE INSERT ON minutes_auditentry\nWHEN EXISTS (SELECT 1 FROM minutes_auditentry WHERE id = NEW.id)",
        "replaced",
    ),
}
POSTGRES_TRIGGERS = {
    "audit_entries_are_not_changed": ("BEFORE UPDATE ON minutes_auditentry FOR EACH ROW", "changed"),
    NOT_REMOVED: ("BEFORE DELETE ON minutes_auditentry FOR EACH ROW", "removed"),
    "audit_entries_are_not_emptied": ("BEFORE TRUNCATE ON minutes_auditentry", "removed"),
}


def protect_audit_log(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create triggers that reject changing, deleting or replacing audit entries."""
    for name, (event, what) in _triggers(schema_editor).items():
        sentence = ONLY_ADDED.format(what)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"\nCREATE TRIGGER {name} {event}\nBEGIN SELECT RAISE(ABORT, '{sentence}'); END\n")
            continue
        refuses = f"BEGIN RAISE EXCEPTION '{sentence}'; END"
        schema_editor.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {refuses} $$")
        schema_editor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {name}()")


def unprotect_audit_log(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers of the audit log, for a reversed migration or a restore."""
    for name in _triggers(schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def read_as_of_now(alias: str) -> None:
    """Use a snapshot for the transaction that has just begun.

    SQLite always does.
    """
    if connections[alias].vendor != "sqlite":
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def keep_writers_out(alias: str, tables: list[str]) -> None:
    """Block other writers of these tables until the transaction ends.

    SQLite allows one writer anyway.
    """
    if connections[alias].vendor != "sqlite":
        with connections[alias].cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")


def collect_statistics(alias: str) -> None:
    """Let PostgreSQL plan queries of many new rows, as it advises; by itself it would do so a minute later.

    SQLite plans without.
    """
    if connections[alias].vendor != "sqlite":
        with connections[alias].cursor() as cursor:
            cursor.execute("ANALYZE")


def is_unavailable(error: BaseException) -> bool:
    """Return whether the database is unreachable or read-only."""
    return isinstance(error, OperationalError) or getattr(error.__cause__, "sqlstate", "") == READ_ONLY


def is_server_gone(error: OperationalError) -> bool:
    """Return whether the server is gone, rather than out of space; never for SQLite.

    Judged by the error, since the connection may be a new one already.
    """
    return connection.vendor != "sqlite" and not (getattr(error.__cause__, "sqlstate", "") or "").startswith(NO_ROOM)


def one_at_a_time(what: str) -> None:
    """Serialize transactions from here on, by name; SQLite has one writer anyway."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [what])


@contextmanager
def without_waiting() -> Iterator[None]:
    """Make SQLite fail at once if it is locked, within the context.

    With PostgreSQL, a writer of other rows blocks nobody.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        waits = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(waits)}")


def _triggers(schema_editor: BaseDatabaseSchemaEditor) -> dict[str, tuple[str, str]]:
    return SQLITE_TRIGGERS if schema_editor.connection.vendor == "sqlite" else POSTGRES_TRIGGERS


def any_of(connection: BaseDatabaseWrapper, kind: type) -> str:
    """Return the values of a parameter made by `as_array`, numbers or texts, to be used after IN."""
    if connection.vendor == "sqlite":
        return "(SELECT value FROM json_each(%s))"
    return "(SELECT unnest(%s::text[]))" if kind is str else "(SELECT unnest(%s::bigint[]))"


def as_array(connection: BaseDatabaseWrapper, values: Iterable[int | str]) -> list[int | str] | str:
    """Return the values as one parameter."""
    return json.dumps(list(values)) if connection.vendor == "sqlite" else list(values)
