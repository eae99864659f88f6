"""The server engine: build requests and combine responses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice
from typing import Any

from search.index.documents import DocId, IndexDocument
from search.index.engines.base import ITEM, Indexed, IndexState, SearchRequest, SearchResponse, Sort
from search.index.engines.opensearch.client import SECONDS_TO_WRITE, Client
from search.index.engines.opensearch.facet_counts import aggregations, facet_counts
from search.index.engines.opensearch.indexes import Indexes, batched_keys
from search.index.engines.opensearch.mapping import characters
from search.index.engines.opensearch.occurrences import sums_by_meeting, times, times_a_score
from search.index.engines.opensearch.queries import (
    EVERYTHING,
    ITEMS,
    Clause,
    all_of,
    answering,
    any_of,
    matching,
    passing,
    within_reach,
)
from search.index.engines.opensearch.reading import FURTHEST, ORDERS, Reader
from search.index.engines.opensearch.weighing import (
    Place,
    Rarities,
    ask_rarities,
    likeness,
    places_shared,
    places_weighed,
    read_rarities,
    weights,
)
from search.index.engines.stamp import Stamp, stamp_now
from search.index.ranking import NEAREST_SHARE
from search.query import And, Not, text_queries

# Meetings whose matching parts are compared in one request.
_MEETINGS_AT_ONCE = 1_000


class OpenSearchEngine:
    """An index on a server, named after its archive.

    `writing` is the lock for writing it, held by one process across all machines.
    """

    def __init__(
        self,
        client: Client,
        name: str,
        writing: Callable[[], AbstractContextManager[None]],
        database_id: Callable[[], str] = str,
    ) -> None:
        self._client, self._writing, self._database_id = client, writing, database_id
        self._indexes = Indexes(client, name)
        self._reader = Reader(client, self._indexes.alias)

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the response to a request; raise SearchUnavailable."""
        last = request.offset + request.limit
        body = self._search_body(request)
        is_near = last <= FURTHEST
        page = {"from": request.offset, "size": request.limit} if is_near else {"size": 0}
        response = _response(request, self._reader.ask(body | page))
        if is_near or request.offset >= response.total:
            return response
        without_counts = {name: part for name, part in body.items() if name != "aggs"}
        hits = islice(self._reader.hits(without_counts), request.offset, last)
        return replace(response, keys=tuple(map(_key, hits)))

    def search_many(self, requests: Sequence[SearchRequest]) -> list[SearchResponse]:
        """Return the response to each request, sent together; raise SearchUnavailable."""
        if any(request.offset + request.limit > FURTHEST for request in requests):
            return [self.search(request) for request in requests]
        bodies = [self._search_body(request) | {"from": request.offset, "size": request.limit} for request in requests]
        answers = self._reader.ask_each(bodies)
        return [_response(*each) for each in zip(requests, answers, strict=True)]

    def meetings_across_items(self, request: SearchRequest) -> tuple[int, ...]:
        """Return the newest meetings that match the query only across documents."""
        if not isinstance(request.query, And):
            return ()
        wanted = [matching(part) for part in request.query.parts if not isinstance(part, Not)]
        unwanted = [matching(part.part) for part in request.query.parts if isinstance(part, Not)]
        together = matching(request.query)
        near = [*passing(request.filters), *within_reach(request), any_of([*wanted, *unwanted, together])]
        parts = [*wanted, *unwanted, together]
        newest = [
            {"day": {"terms": {"field": "day", "order": "desc", "missing_bucket": True, "missing_order": "last"}}},
            {"meeting": {"terms": {"field": "meeting", "order": "desc"}}},
        ]
        found: list[int] = []
        after: dict[str, Any] = {}
        while True:
            by_meeting = {"composite": {"sources": newest, "size": _MEETINGS_AT_ONCE, **after}}
            matches = {"matches": {"filters": {"filters": parts}}}
            body = {"size": 0, "query": all_of(near), "aggs": {"by_meeting": {**by_meeting, "aggs": matches}}}
            answer = self._reader.ask(body)["aggregations"]["by_meeting"]
            for bucket in answer["buckets"]:
                matched = [each["doc_count"] > 0 for each in bucket["matches"]["buckets"]]
                if all(matched[: len(wanted)]) and not any(matched[len(wanted) :]):
                    found.append(bucket["key"]["meeting"])
            if "after_key" not in answer or len(found) >= request.limit:
                return tuple(found[: request.limit])
            after = {"after": answer["after_key"]}

    def nearest(self, texts: Mapping[str, float], request: SearchRequest) -> tuple[DocId, ...]:
        """Return the items most similar to these texts, best first."""
        near, only_weighing = likeness(texts, self._rarities(places_shared(texts)))
        reach = [*passing(request.filters), *within_reach(replace(request, only=ITEM)), ITEMS]
        answer = self._ask_nearest(reach, near, only_weighing, request)
        if not answer["aggregations"]["near"]["doc_count"]:
            # 闪电雷雨 shares no bigram with 防雷减灾, but a character that few titles have.
            answer = self._ask_nearest(reach, only_weighing, [], request)
        hits = answer["hits"]["hits"]
        best = max((_score(hit) for hit in hits), default=0.0)
        return tuple(_key(hit) for hit in hits if _score(hit) >= NEAREST_SHARE * best)

    def state(self) -> IndexState:
        """Return the metadata of the index; raise SearchUnavailable."""
        _, stamp = self._indexes.stamp()
        return stamp.state()

    def occurrences(self, text: str) -> dict[int, int]:
        """Return how often this folded text occurs in the items of each meeting.

        The server counts 一一一 as two occurrences of 一一. Raise SearchUnavailable.
        """
        sought = {"match_phrase": {"counted": characters(text)}}
        first = self._reader.ask({"size": 1, "explain": True, "query": sought})["hits"]["hits"]
        if not first:
            return {}
        of_one = times_a_score(first[0]["_explanation"])
        body = {"query": sought, "sort": [{"meeting": "asc"}, {"key": "asc"}], "track_scores": True}
        return sums_by_meeting((hit["sort"][0], times(hit["_score"], of_one)) for hit in self._reader.hits(body))

    def characters(self) -> dict[int, int]:
        """Return the folded characters of each meeting's items; raise SearchUnavailable."""
        body = {"query": ITEMS, "sort": [{"meeting": "asc"}, {"length": "asc"}, {"key": "asc"}]}
        return sums_by_meeting((hit["sort"][0], hit["sort"][1]) for hit in self._reader.hits(body))

    def frequent_words(self, most: int) -> list[tuple[str, int]]:
        """Return the words in most documents; raise SearchUnavailable."""
        body = {"size": 0, "query": EVERYTHING, "aggs": {"words": {"terms": {"field": "words", "size": most}}}}
        buckets = self._reader.ask(body)["aggregations"]["words"]["buckets"]
        return [(each["key"], each["doc_count"]) for each in buckets]

    def count_indexed(self, meetings: Collection[int]) -> int:
        """Return how many of these meetings are indexed; raise SearchUnavailable."""
        query = all_of([{"term": {"first": True}}, {"terms": {"meeting": sorted(meetings)}}])
        return int(self._reader.ask({"size": 0, "track_total_hits": True, "query": query})["hits"]["total"]["value"])

    def contents(self) -> dict[DocId, Indexed]:
        """Return the fingerprints of all documents; raise SearchUnavailable."""
        body = {"query": EVERYTHING, "sort": [{"meeting": "asc"}, {"fingerprint": "asc"}, {"key": "asc"}]}
        found = (hit["sort"] for hit in self._reader.hits(body))
        return {DocId.from_int(key): Indexed(meeting, fingerprint) for meeting, fingerprint, key in found}

    def replace_all(self, documents: Iterable[IndexDocument]) -> int:
        """Replace the index with these documents atomically; return their number."""
        with self._writing():
            index = self._indexes.begin()
            written = self._indexes.add(index, documents)
            self._indexes.make_visible(index)
            self._indexes.publish(index, self._stamp(index))
            return written

    def update(self, meeting_ids: Collection[int], documents: Iterable[IndexDocument]) -> int:
        """Replace all documents of these meetings; return the number of new ones."""
        with self._writing():
            index, _ = self._indexes.stamp(SECONDS_TO_WRITE)
            # Otherwise documents written by a killed writer, not visible yet, would be missed.
            self._indexes.make_visible(index)
            fresh: set[int] = set()
            before = self._keys_of(index, meeting_ids)
            written = self._indexes.add(index, _noting_keys(documents, fresh))
            self._indexes.remove(index, before - fresh)
            self._indexes.make_visible(index)
            self._indexes.write_stamp(index, self._stamp(index))
            self._indexes.remove_old(index)
            return written

    def _search_body(self, request: SearchRequest) -> dict[str, Any]:
        """Return the request body for a search, without paging."""
        conditions, filters = answering(request), passing(request.filters)
        body: dict[str, Any] = {"track_total_hits": True}
        if request.counted:
            # The counts of a category ignore its own filter.
            body |= {"post_filter": all_of(filters), "aggs": aggregations(request.counted, request.filters)}
        else:
            conditions += filters
        sort = request.sort
        should: list[Clause] = []
        if sort == Sort.RELEVANCE and request.query is not None and text_queries(request.query) and request.limit:
            should = weights(request.query, self._rarities(places_weighed(request.query)))
        elif sort == Sort.RELEVANCE:
            sort = Sort.NEWEST
        return body | {"query": _weighed(conditions, should), "sort": ORDERS[sort]}

    def _ask_nearest(
        self, reach: list[Clause], near: list[Clause], only_weighing: list[Clause], request: SearchRequest
    ) -> Any:
        query = {"bool": {"filter": reach, "must": [any_of(near)], "should": only_weighing}}
        body = {"query": query, "aggs": {"near": {"filter": EVERYTHING}}, "sort": ORDERS[Sort.RELEVANCE]}
        if request.query is not None:
            body["post_filter"] = matching(request.query)
        return self._reader.ask(body | {"size": request.limit})

    def _rarities(self, places: list[Place]) -> Rarities:
        return read_rarities(places, self._reader.ask(ask_rarities(places)))

    def _stamp(self, index: str) -> Stamp:
        reader = Reader(self._client, index, SECONDS_TO_WRITE)
        documents, meetings = (
            reader.ask({"size": 0, "track_total_hits": True, "query": query})["hits"]["total"]["value"]
            for query in (EVERYTHING, {"term": {"first": True}})
        )
        return stamp_now(documents, meetings, self._database_id())

    def _keys_of(self, index: str, meetings: Collection[int]) -> set[int]:
        reader = Reader(self._client, index, SECONDS_TO_WRITE)
        return {
            hit["sort"][0]
            for some in batched_keys(meetings)
            for hit in reader.hits({"query": {"terms": {"meeting": some}}, "sort": [{"key": "asc"}]})
        }


def _weighed(conditions: list[Clause], should: list[Clause]) -> Clause:
    return {"bool": {"filter": conditions, "should": should, "minimum_should_match": 0}}


def _response(request: SearchRequest, answer: Mapping[str, Any]) -> SearchResponse:
    return SearchResponse(
        answer["hits"]["total"]["value"],
        tuple(map(_key, answer["hits"]["hits"])),
        facet_counts(answer.get("aggregations", {}), request.counted, request.filters),
    )


def _key(hit: Mapping[str, Any]) -> DocId:
    return DocId.from_int(hit["sort"][-1])


def _score(hit: Mapping[str, Any]) -> float:
    return float(hit["sort"][1])


def _noting_keys(documents: Iterable[IndexDocument], keys: set[int]) -> Iterable[IndexDocument]:
    for document in documents:
        keys.add(document.key.to_int())
        yield document
