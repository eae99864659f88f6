"""Read documents from an index: a page, or all of them in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minutes.messages import translate as _
from search.index.engines.base import SearchUnavailable, Sort
from search.index.engines.opensearch.client import SECONDS_TO_ANSWER, Client, NotThere, refused

# The deepest page; beyond it, documents are read in batches.
FURTHEST = 10_000
# How long the server keeps a point in time open between two batches.
_KEPT_FOR = "1m"

_NEWEST = [
    {"day": {"order": "desc", "missing": "_last"}},
    {"meeting": "desc"},
    {"position": "asc"},
    # The last sort key: unique, so that reading can continue after it; also carries the document's id.
    {"key": "asc"},
]
_OLDEST = [{"day": {"order": "asc", "missing": "_last"}}, {"meeting": "asc"}, *_NEWEST[2:]]
# The document of a meeting ranks below every item, whatever the scores.
_BEST = [{"apart": "asc"}, {"_score": "desc"}, *_NEWEST]

ORDERS: dict[Sort, list[Any]] = {Sort.RELEVANCE: _BEST, Sort.NEWEST: _NEWEST, Sort.OLDEST: _OLDEST}


class Reader:
    """Reads the index behind an alias."""

    def __init__(self, client: Client, alias: str, seconds: float = SECONDS_TO_ANSWER) -> None:
        self._client, self._alias, self._seconds = client, alias, seconds

    def ask(self, body: Mapping[str, Any]) -> Any:
        """Return the response to a search; raise SearchUnavailable for a partial one."""
        return self._post(f"/{self._alias}/_search?allow_partial_search_results=false", _plain(body))

    def ask_each(self, bodies: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return the responses to several searches, sent together."""
        header = {"allow_partial_search_results": False}
        lines = [line for body in bodies for line in (header, _plain(body))]
        answer = self._client.ask_in_lines(f"/{self._alias}/_msearch", lines, self._seconds)
        return [_complete(each) for each in answer["responses"]]

    def hits(self, body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield all hits of a search in order, from one point in time of the index."""
        opened = self._post(f"/{self._alias}/_search/point_in_time?keep_alive={_KEPT_FOR}")
        point = opened["pit_id"]
        try:
            after: dict[str, Any] = {}
            while True:
                page = _plain(body) | {"size": FURTHEST, "pit": {"id": point, "keep_alive": _KEPT_FOR}} | after
                answer = self._client.ask("POST", "/_search?allow_partial_search_results=false", page, self._seconds)
                found = answer["hits"]["hits"]
                yield from found
                if len(found) < FURTHEST:
                    return
                after = {"search_after": found[-1]["sort"]}
        finally:
            self._client.ask("DELETE", "/_search/point_in_time", {"pit_id": [point]})

    def _post(self, path: str, body: object = None) -> Any:
        try:
            return self._client.ask("POST", path, body, self._seconds)
        except NotThere as error:
            raise SearchUnavailable(_("there is no index of this version of the archive yet")) from error


def _complete(answer: Any) -> Any:
    """Return one of several responses; raise SearchUnavailable if it is an error."""
    if error := answer.get("error"):
        if error.get("type") == "index_not_found_exception":
            raise SearchUnavailable(_("there is no index of this version of the archive yet"))
        raise refused(answer["status"], error)
    return answer


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    # Documents have no _source; without asking for it, the server does not look for it.
    return {"_source": False, "stored_fields": "_none_", **body}
