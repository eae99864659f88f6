"""How fresh the search is, told to pages that do not know of it."""

from __future__ import annotations

import datetime

from search.index.engines import current_engine
from search.index.engines.base import SearchUnavailable


def index_time(**_: object) -> datetime.datetime | None:
    """When the index was last brought up to date; None while it cannot be asked."""
    try:
        return current_engine().state().updated_at
    except SearchUnavailable:
        return None
