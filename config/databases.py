"""Database settings: SQLite in the data directory, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

# Connections per process; a thread of the web server uses one per request.
MOST_CONNECTIONS = 8
SECONDS_TO_CONNECT = 5
# Opening one costs as much as several queries; between requests it holds no lock and no snapshot of the records.
SECONDS_TO_KEEP_CONNECTION = 60
SECONDS_TO_REACH_REPLICA = 2


def sqlite(path: Path) -> dict[str, Any]:
    """Return Django's settings for an SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": SECONDS_TO_KEEP_CONNECTION,
        # BEGIN IMMEDIATE: a transaction takes the write lock at its start, waiting up to 20 seconds. One that reads
        # first and writes later would fail at once if another wrote in between.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def postgres(url: str) -> dict[str, Any]:
    """Return Django's settings for a PostgreSQL URL; raise ValueError if invalid.

    Connections come from a pool, which replaces those cut by a restart of the server.
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
    """Return the settings of a read replica.

    Without a pool, which would wait seconds for a server that is down.
    """
    options = {**config["OPTIONS"], "connect_timeout": SECONDS_TO_REACH_REPLICA}
    del options["pool"]
    return config | {"OPTIONS": options, "CONN_MAX_AGE": SECONDS_TO_KEEP_CONNECTION}
