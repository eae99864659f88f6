"""The stamp of an index: versions, contents, and database of origin."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from minutes.messages import translate as _
from minutes.parser import PARSER_VERSION
from search.analysis.words import dictionary_fingerprint
from search.index.documents import schema_fingerprint
from search.index.engines.base import IndexState


@dataclass(frozen=True, slots=True)
class Stamp:
    """The stamp of an index, in values that JSON has."""

    schema: str
    dictionary: str
    parser: str
    documents: int
    meetings: int
    updated_at: str
    database: str = ""

    def has_this_schema(self) -> bool:
        """Return whether this version of the archive can read the index."""
        return self.schema == schema_fingerprint()

    def state(self) -> IndexState:
        """Return the metadata of the index."""
        updated_at = datetime.datetime.fromisoformat(self.updated_at)
        return IndexState(self.documents, self.meetings, updated_at, self._why_outdated(), self.database)

    def _why_outdated(self) -> str:
        """Return the reason to rebuild an index that can still be searched, or ""."""
        if self.dictionary != dictionary_fingerprint():
            return _("the dictionary has changed")
        if self.parser != PARSER_VERSION:
            return _("the parser has changed")
        return ""


def stamp_now(documents: int, meetings: int, database: str) -> Stamp:
    """Return the stamp of an index that is finished now."""
    return Stamp(
        schema=schema_fingerprint(),
        dictionary=dictionary_fingerprint(),
        parser=PARSER_VERSION,
        documents=documents,
        meetings=meetings,
        updated_at=datetime.datetime.now(datetime.UTC).isoformat(),
        database=database,
    )
