"""The database that keeps the records: SQLite in the data directory, or PostgreSQL at ARCHIVE_DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

# Of one process; a thread of the web server takes one while it answers.
MOST_CONNECTIONS = 8
SECONDS_TO_CONNECT = 5
SECONDS_TO_REACH_REPLICA = 2


def sqlite(path: Path) -> dict[str, Any]:
    """Return Django's settings for a database file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # A transaction takes the write lock at its start and waits for it up to 20 seconds: one that
        # read first and wrote later would fail at once when another wrote in between.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def postgres(url: str) -> dict[str, Any]:
    """Return Django's settings for a PostgreSQL server; raise ValueError for another address.

    Connections come from a pool that keeps them open and replaces those that a restart of the server has cut.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.hostname or not parts.path.strip("/"):
        raise ValueError("not an address of PostgreSQL")
    config = environ.Env.db_url_config(url)
    if unknown := config.keys() - {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"}:
        raise ValueError(f"not known: {unknown}")
    config["OPTIONS"] = {
        "connect_timeout": SECONDS_TO_CONNECT,
        **config.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": MOST_CONNECTIONS, "timeout": SECONDS_TO_CONNECT},
    }
    return config | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


def replica(config: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a server for a replica to read from.

    Without a pool, which would wait seconds for a server that is gone.
    """
    options = {**config["OPTIONS"], "connect_timeout": SECONDS_TO_REACH_REPLICA}
    del options["pool"]
    return config | {"OPTIONS": options, "CONN_MAX_AGE": 60}
