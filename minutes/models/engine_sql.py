"""SQL that only SQLite or only PostgreSQL knows; there is none elsewhere, save in the backup of a database file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Django takes this error of PostgreSQL for an internal one.
READ_ONLY = "25006"
# The class of errors that PostgreSQL gives where disk or memory do not suffice.
NO_ROOM = "53"
ONLY_ADDED = "The audit log is only ever added to: no entry of it is {}."
NOT_REMOVED = "audit_entries_are_not_removed"
# SQLite drops a table's triggers with the table, and Django rebuilds a table to alter it: a migration that
# alters the audit log has to make them again. tests/desk/test_audit.py asks a freshly migrated database.
SQLITE_TRIGGERS = {
    "audit_entries_are_not_changed": ("BEFORE UPDATE ON minutes_auditentry", "changed"),
    NOT_REMOVED: ("BEFORE DELETE ON minutes_auditentry", "removed"),
    # REPLACE removes what it replaces without asking the trigger above.
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
    """Have the database itself refuse to change, remove or replace an entry of the audit log."""
    for name, (event, what) in _triggers(schema_editor).items():
        sentence = ONLY_ADDED.format(what)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"\nCREATE TRIGGER {name} {event}\nBEGIN SELECT RAISE(ABORT, '{sentence}'); END\n")
            continue
        refuses = f"BEGIN RAISE EXCEPTION '{sentence}'; END"
        schema_editor.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {refuses} $$")
        schema_editor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {name}()")


def unprotect_audit_log(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of the audit log away, as a reversed migration does and a restore into PostgreSQL."""
    for name in _triggers(schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def read_as_of_now(alias: str) -> None:
    """Let the transaction that has just begun read the state of this moment throughout, as SQLite's always do."""
    if connections[alias].vendor != "sqlite":
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def keep_writers_out(alias: str, tables: list[str]) -> None:
    """Let nobody else write to these tables until the transaction ends; SQLite has one writer anyway."""
    if connections[alias].vendor != "sqlite":
        with connections[alias].cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")


def is_unavailable(error: BaseException) -> bool:
    """Return whether the database could not be reached or written; a read-only PostgreSQL says that in its own way."""
    return isinstance(error, OperationalError) or getattr(error.__cause__, "sqlstate", "") == READ_ONLY


def is_server_gone(error: OperationalError) -> bool:
    """Return whether the server ended or could not be reached, rather than had no room; SQLite has no server.

    The error says so: the connection may be a new one by now.
    """
    return connection.vendor != "sqlite" and not (getattr(error.__cause__, "sqlstate", "") or "").startswith(NO_ROOM)


def one_at_a_time(what: str) -> None:
    """Let one transaction after the other go on from here; SQLite has one writer anyway."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [what])


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let SQLite fail at once while another process writes; PostgreSQL makes no writer wait for another row's."""
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
