"""The search engines, behind one interface (`base`)."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from minutes.models.database_id import database_id
from search.index.engines.base import Engine
from search.index.engines.writer_lock import one_writer


def current_engine() -> Engine:
    """Return the configured engine, opened once per process, folder and server."""
    return _engine_at(Path(settings.INDEX_DIR), settings.SEARCH_SERVER)


@cache
def _engine_at(folder: Path, server: Any) -> Engine:
    if server is None:
        from search.index.engines.whoosh.engine import WhooshEngine

        return WhooshEngine(folder, database_id)
    from search.index.engines.opensearch.client import Client
    from search.index.engines.opensearch.engine import OpenSearchEngine

    client = Client(server.nodes, server.user, server.password, server.certificates)
    return OpenSearchEngine(client, server.name, one_writer, database_id)
