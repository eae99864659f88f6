"""Ask an index for documents: a page of them, or one after the other however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minutes.messages import translate as _
from search.index.engines.base import SearchUnavailable, Sort
from search.index.engines.opensearch.client import SECONDS_TO_ANSWER, Client, NotThere, refused

# The furthest that a page reaches; further on, documents are read one batch after the other.
FURTHEST = 10_000
# So long the server keeps the state that is read in batches, from one to the next.
_KEPT_FOR = "1m"

_NEWEST = [
    {"day": {"order": "desc", "missing": "_last"}},
    {"meeting": "desc"},
    {"position": "asc"},
    # The last of every order: a document's own, by which reading goes on, and by which its key is told.
    {"key": "asc"},
]
_OLDEST = [{"day": {"order": "asc", "missing": "_last"}}, {"meeting": "asc"}, *_NEWEST[2:]]
# An opening or a list of names ranks below every item, whatever both weigh.
_BEST = [{"apart": "asc"}, {"_score": "desc"}, *_NEWEST]

ORDERS: dict[Sort, list[Any]] = {Sort.RELEVANCE: _BEST, Sort.NEWEST: _NEWEST, Sort.OLDEST: _OLDEST}


class Reader:
    """Reads the index that an alias stands for."""

    def __init__(self, client: Client, alias: str, seconds: float = SECONDS_TO_ANSWER) -> None:
        self._client, self._alias, self._seconds = client, alias, seconds

    def ask(self, body: Mapping[str, Any]) -> Any:
        """Return the answer to a search; raise SearchUnavailable rather than return a part of it."""
        return self._asked("POST", f"/{self._alias}/_search?allow_partial_search_results=false", _plain(body))

    def ask_each(self, bodies: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return the answers to several searches, asked at once."""
        header = {"allow_partial_search_results": False}
        lines = [line for body in bodies for line in (header, _plain(body))]
        answer = self._client.ask_in_lines(f"/{self._alias}/_msearch", lines, self._seconds)
        return [_complete(each) for each in answer["responses"]]

    def hits(self, body: Mapping[str, Any], at_once: int = FURTHEST) -> Iterator[dict[str, Any]]:
        """Yield the hits of a search in its order, all from one state of the index, however many there are."""
        opened = self._asked("POST", f"/{self._alias}/_search/point_in_time?keep_alive={_KEPT_FOR}", None)
        point = opened["pit_id"]
        try:
            after: dict[str, Any] = {}
            while True:
                asked = _plain(body) | {"size": at_once, "pit": {"id": point, "keep_alive": _KEPT_FOR}} | after
                answer = self._client.ask("POST", "/_search?allow_partial_search_results=false", asked, self._seconds)
                found = answer["hits"]["hits"]
                yield from found
                if len(found) < at_once:
                    return
                after = {"search_after": found[-1]["sort"]}
        finally:
            self._client.ask("DELETE", "/_search/point_in_time", {"pit_id": [point]})

    def _asked(self, method: str, path: str, body: object) -> Any:
        try:
            return self._client.ask(method, path, body, self._seconds)
        except NotThere as error:
            raise SearchUnavailable(_("there is no index of this version of the archive yet")) from error


def _complete(answer: Any) -> Any:
    """Return one answer of several; raise SearchUnavailable where the server refused that question."""
    if told := answer.get("error"):
        if told.get("type") == "index_not_found_exception":
            raise SearchUnavailable(_("there is no index of this version of the archive yet"))
        raise refused(answer["status"], told)
    return answer


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    # No document has a source; asked for nothing, the server looks for nothing.
    return {"_source": False, "stored_fields": "_none_", **body}
