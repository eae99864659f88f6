"""What only an index on a server can do: be built beside the one that is searched, and be left half written."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from config.search_server import SearchServer
from search.index.documents import IndexDocument
from search.index.engines.base import SearchRequest, SearchUnavailable, Sort
from search.index.engines.opensearch import engine as engine_module
from search.index.engines.opensearch import indexes as indexes_module
from search.index.engines.opensearch import reading as reading_module
from search.index.engines.opensearch.client import Client
from search.index.engines.opensearch.engine import OpenSearchEngine
from search.query import MAX_TERMS, Alternative, And, Or, Phrase, Term, parse_query
from tests.search.conftest import a_name_of_its_own
from tests.search.engine_documents import document

pytestmark = pytest.mark.slow


@pytest.fixture
def server(search_server) -> Iterator[SearchServer]:
    with a_name_of_its_own(search_server) as server:
        yield server


@pytest.fixture
def engine(server) -> OpenSearchEngine:
    return open_engine(server)


def open_engine(server: SearchServer) -> OpenSearchEngine:
    return OpenSearchEngine(Client(server.nodes), server.name, nullcontext)


@pytest.fixture
def indexes(server):
    """Return the names of the indexes on the server, the oldest first."""
    return lambda: sorted(Client(server.nodes).ask("GET", f"/{server.name}.*"), key=lambda name: name.rsplit(".")[-1])


def found(engine: OpenSearchEngine, query: str, **request) -> list[int]:
    return [key.pk for key in engine.search(SearchRequest(parse_query(query), **request)).keys]


class Interrupted(Exception):
    """A writer is killed."""


def interrupted(*documents: IndexDocument) -> Iterator[IndexDocument]:
    yield from documents
    raise Interrupted


def test_an_index_is_searched_while_the_next_is_built(engine):
    engine.replace_all([document(1, "道路")])

    def documents() -> Iterator[IndexDocument]:
        yield document(2, "道路")
        assert found(engine, "道路") == [1]

    engine.replace_all(documents())
    assert found(engine, "道路") == [2]


def test_the_index_before_is_kept_a_day_and_those_before_it_are_not(engine, indexes, monkeypatch):
    for number in (1, 2, 3):
        engine.replace_all([document(number, "道路")])
        newest = indexes()
    assert len(newest) == 2
    engine.update([4], [document(4, "道路")])
    assert indexes() == newest
    monkeypatch.setattr(indexes_module, "_KEPT", indexes_module._KEPT * 0)
    engine.update([5], [document(5, "道路")])
    assert indexes() == newest[1:]
    assert set(found(engine, "道路")) == {3, 4, 5}


def test_a_build_that_was_interrupted_changes_nothing_and_is_removed_by_the_next(engine, indexes):
    engine.replace_all([document(1, "道路")])
    with pytest.raises(Interrupted):
        engine.replace_all(interrupted(document(2, "道路")))
    assert found(engine, "道路") == [1]
    assert len(indexes()) == 2
    engine.replace_all([document(3, "道路")])
    assert found(engine, "道路") == [3]
    assert len(indexes()) == 2


def test_an_update_that_was_interrupted_is_not_seen_and_leaves_nothing_behind(engine, monkeypatch):
    monkeypatch.setattr(indexes_module, "_KEYS_AT_ONCE", 1)
    engine.replace_all([document(1, "道路", meeting=1)])
    with pytest.raises(Interrupted):
        engine.update([1], interrupted(*(document(pk, "道路", meeting=1) for pk in (2, 3, 4, 5))))
    assert found(engine, "道路") == [1]
    engine.update([1], [document(6, "道路", meeting=1)])
    assert found(engine, "道路") == [6]
    assert engine.contents().keys() == {document(6, "").key}


def test_an_index_of_other_documents_is_none(engine, server, monkeypatch):
    engine.replace_all([document(1, "道路")])
    monkeypatch.setattr(indexes_module, "shape", lambda: "another")
    another = open_engine(server)
    for ask in (another.state, lambda: another.search(SearchRequest()), lambda: another.search_many([SearchRequest()])):
        with pytest.raises(SearchUnavailable, match="there is no index of this version"):
            ask()
    another.replace_all([document(2, "道路")])
    assert (found(engine, "道路"), found(another, "道路")) == ([1], [2]), "both versions go on beside each other"


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("query", ["", "道路"])
def test_results_are_all_had_however_many_there_are(engine, monkeypatch, sort, query):
    documents = [document(pk, "道路" * (pk % 3 + 1), meeting=pk // 2, position=pk, date=None) for pk in range(1, 9)]
    engine.replace_all(documents)
    every = found(engine, query, sort=sort, limit=100)
    assert sorted(every) == list(range(1, 9))
    monkeypatch.setattr(engine_module, "FURTHEST", 3)
    monkeypatch.setattr(reading_module, "FURTHEST", 3)
    assert found(engine, query, sort=sort, limit=100) == every
    assert found(engine, query, sort=sort, offset=3, limit=4) == every[3:7]
    assert found(engine, query, sort=sort, offset=50, limit=4) == []


def test_a_question_as_long_as_a_reader_may_ask_is_answered(engine):
    engine.replace_all([document(1, "道路")])
    words = [f"{chr(0x4E00 + 7 * place)}{chr(0x5E00 + 3 * place)}道路" for place in range(MAX_TERMS)]
    added = [tuple(Alternative(Phrase(f"{word}{number}道路")) for number in range(12)) for word in words]
    queries = [Or((Term(word), *others)) for word, others in zip(words, added, strict=True)]
    assert engine.search(SearchRequest(And(tuple(queries)))).total == 0
    assert engine.search(SearchRequest(Or((Term("道路"), *queries)))).total == 1
    assert engine.nearest(dict.fromkeys(words, 1.0), SearchRequest()) == (document(1, "").key,)


def test_nothing_but_documents_of_the_right_shape_is_kept(engine, server):
    engine.replace_all([])
    [name] = Client(server.nodes).ask("GET", f"/{server.name}.*")
    with pytest.raises(SearchUnavailable, match="400"):
        Client(server.nodes).ask("PUT", f"/{name}/_doc/1", {"unknown": 1})
