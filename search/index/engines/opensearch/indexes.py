"""The indexes of an archive on the server.

A new one is built separately and put in place by moving an alias; the previous one is kept for a day.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from minutes.messages import translate as _
from search.index.documents import IndexDocument
from search.index.engines.base import SearchUnavailable
from search.index.engines.opensearch.client import SECONDS_TO_ANSWER, SECONDS_TO_WRITE, Client, NotThere
from search.index.engines.opensearch.mapping import MAPPING, SETTINGS, as_kept, shape
from search.index.engines.stamp import Stamp

# The suffix of an index name.
_MADE_AT = "%Y%m%d%H%M%S%f"
# How long the previous index is kept, in case an operator wants it back.
_KEPT = datetime.timedelta(days=1)
# Copies on up to two nodes besides the first, if there are as many.
_COPIES = "0-2"
_SECONDS_FOR_COPIES = 60
# Text per bulk request, far below the server's limit of 100 MB.
_CHARACTERS_AT_ONCE = 1_000_000
_KEYS_AT_ONCE = 1_000


class Indexes:
    """The indexes of one archive, and the alias of the current one."""

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._of_archive = f"{name}.*"
        self.alias = f"{name}.{shape()}"

    def stamp(self, seconds: float = SECONDS_TO_ANSWER) -> tuple[str, Stamp]:
        """Return the current index and its stamp; raise SearchUnavailable if missing."""
        try:
            answer = self._client.ask("GET", f"/{self.alias}/_mapping?filter_path=*.mappings._meta", seconds=seconds)
        except NotThere as error:
            raise SearchUnavailable(_("there is no index of this version of the archive yet")) from error
        [(index, of_index)] = answer.items()
        return index, Stamp(**of_index["mappings"]["_meta"])

    def begin(self) -> str:
        """Create an empty index that is not searched yet; return its name.

        Remove what an interrupted writer left behind.
        """
        self._remove(index for index, meta in self._metas().items() if not meta)
        index = f"{self.alias}.{datetime.datetime.now(datetime.UTC):{_MADE_AT}}"
        self._client.ask("PUT", f"/{index}", {"settings": {"index": SETTINGS}, "mappings": MAPPING}, SECONDS_TO_WRITE)
        return index

    def publish(self, index: str, stamp: Stamp) -> None:
        """Replace the current index with a finished one, atomically."""
        copies = {"index": {"number_of_replicas": 0, "auto_expand_replicas": _COPIES}}
        self._client.ask("PUT", f"/{index}/_settings", copies, SECONDS_TO_WRITE)
        self._wait_for_copies(index)
        self.write_stamp(index, stamp)
        moved = [
            {"remove": {"index": self._of_archive, "alias": self.alias, "must_exist": False}},
            {"add": {"index": index, "alias": self.alias}},
        ]
        self._client.ask("POST", "/_aliases", {"actions": moved}, SECONDS_TO_WRITE)
        self.remove_old(index)

    def write_stamp(self, index: str, stamp: Stamp) -> None:
        """Write the stamp of an index, which marks it as finished."""
        self._client.ask("PUT", f"/{index}/_mapping", {"_meta": asdict(stamp)}, SECONDS_TO_WRITE)

    def remove_old(self, current: str) -> None:
        """Delete indexes older than the current one.

        The latest of them is kept for a day.
        """
        older = sorted((index for index in self._metas() if _made_at(index) < _made_at(current)), key=_made_at)
        is_fresh = datetime.datetime.now(datetime.UTC) - _made_at(current) < _KEPT
        self._remove(older[:-1] if is_fresh else older)

    def add(self, index: str, documents: Iterable[IndexDocument]) -> int:
        """Write the documents, replacing those of the same ids; return their number."""
        counted: set[int] = set()
        lines: list[object] = []
        written = characters = 0
        for document in documents:
            kept = as_kept(document, is_first=document.meeting not in counted)
            counted.add(document.meeting)
            lines += [{"index": {"_id": str(document.key.to_int())}}, kept]
            written += 1
            characters += sum(map(len, document.texts))
            if characters > _CHARACTERS_AT_ONCE or len(lines) > 2 * _KEYS_AT_ONCE:
                self._write(index, lines)
                lines, characters = [], 0
        self._write(index, lines)
        return written

    def remove(self, index: str, keys: Collection[int]) -> None:
        """Delete the documents with these ids."""
        for some in batched_keys(keys):
            self._write(index, [{"delete": {"_id": str(key)}} for key in some])

    def make_visible(self, index: str) -> None:
        """Refresh the index, so that searches see what was written."""
        self._client.ask("POST", f"/{index}/_refresh", seconds=SECONDS_TO_WRITE)

    def _write(self, index: str, lines: list[object]) -> None:
        if not lines:
            return
        answer = self._client.write_in_lines(
            f"/{index}/_bulk?filter_path=errors,items.*.error", lines, SECONDS_TO_WRITE
        )
        if answer.get("errors"):
            refused = [each["error"] for item in answer.get("items", ()) for each in item.values() if "error" in each]
            raise SearchUnavailable(
                _("OpenSearch refused {count} documents, the first with {error}", count=len(refused), error=refused[:1])
            )

    def _wait_for_copies(self, index: str) -> None:
        """Wait until other nodes have a copy.

        If that takes long, the index is used without copies for a while.
        """
        wait = f"wait_for_status=green&timeout={_SECONDS_FOR_COPIES}s"
        try:
            self._client.ask("GET", f"/_cluster/health/{index}?{wait}", seconds=_SECONDS_FOR_COPIES + 10)
        except SearchUnavailable:
            return

    def _metas(self) -> dict[str, dict[str, Any]]:
        """Return every index of this archive with its stamp; unfinished ones have none."""
        answer = self._client.ask("GET", f"/{self._of_archive}/_mapping", seconds=SECONDS_TO_WRITE)
        return {index: each["mappings"].get("_meta", {}) for index, each in answer.items()}

    def _remove(self, indexes: Iterable[str]) -> None:
        for index in list(indexes):
            self._client.ask("DELETE", f"/{index}", seconds=SECONDS_TO_WRITE)


def _made_at(index: str) -> datetime.datetime:
    return datetime.datetime.strptime(index.rsplit(".", 1)[1], _MADE_AT).replace(tzinfo=datetime.UTC)


def batched_keys(keys: Collection[int]) -> Iterator[list[int]]:
    """Yield the keys in batches."""
    every = sorted(keys)
    for start in range(0, len(every), _KEYS_AT_ONCE):
        yield every[start : start + _KEYS_AT_ONCE]
