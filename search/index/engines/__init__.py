"""The engines that can keep the index, behind one boundary (`base`)."""

from functools import cache
from pathlib import Path

from django.conf import settings

from minutes.models.database_id import database_id
from search.index.engines.base import Engine


def current_engine() -> Engine:
    """Return the engine this installation searches with.

    Opened once per index folder and process.
    """
    return _engine_at(Path(settings.INDEX_DIR))


@cache
def _engine_at(folder: Path) -> Engine:
    from search.index.engines.whoosh.engine import WhooshEngine

    return WhooshEngine(folder, database_id)
