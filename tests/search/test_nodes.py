"""Three nodes, one of which fails while readers ask and a writer writes: no answer is wrong, and few are missing."""

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from config.search_server import SearchServer
from config.search_server import opensearch as read_address
from search.index.engines.base import IndexUnreachable, SearchRequest
from search.index.engines.opensearch import engine as engine_module
from search.index.engines.opensearch import indexes as indexes_module
from search.query import parse_query
from servers import opensearch
from servers.opensearch import Cluster, Node
from tests.conftest import need
from tests.search.conftest import a_name_of_its_own, opensearch_engine
from tests.search.engine_documents import document

pytestmark = pytest.mark.slow

READERS = 3
# So many right answers after something happened show that reading goes on; they come or the test ends without them.
ENOUGH = 60
MOST_SECONDS = 120
READERS_PAUSE = 0.5
# Between questions, so that the nodes that start again get some of the machine too.
BREATH = 0.05
DOCUMENTS = [document(pk, f"道路养护{'和桥梁检测' * (pk % 2)}", meeting=pk, position=1) for pk in range(1, 31)]
EXPECTED = {"道路": 30, "桥梁检测": 15, "道路 -桥梁": 15, "飞船": 0}


class Readers:
    """Threads that ask the same questions again and again, and count how they were answered."""

    def __init__(self, server: SearchServer) -> None:
        self.answers: Counter[str] = Counter()
        self._server = server
        self._changed, self._ended = threading.Condition(), threading.Event()

    def wait_for_right_answers(self) -> None:
        """Return after enough more right answers."""
        with self._changed:
            wanted = self.answers["right"] + ENOUGH
            assert self._changed.wait_for(lambda: self.answers["right"] >= wanted, MOST_SECONDS), self.answers

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._read) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in threads:
                thread.join()

    def _read(self) -> None:
        engine = opensearch_engine(self._server)
        while not self._ended.is_set():
            for query, total in EXPECTED.items():
                with contextlib.suppress(IndexUnreachable):
                    outcome = "failed"
                    found = engine.search(SearchRequest(parse_query(query), limit=30))
                    is_right = found.total == total == len(found.keys)
                    outcome = "right" if is_right else f"wrong: {query} {found}"
                with self._changed:
                    self.answers[outcome] += 1
                    self._changed.notify_all()
                if outcome == "failed":
                    # While all nodes are left alone, answers are refused at once; who reads that asks again later.
                    self._ended.wait(READERS_PAUSE)
            self._ended.wait(BREATH)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    need(opensearch.is_installed(), opensearch.MISSING)
    with opensearch.running(nodes=3) as cluster:
        yield cluster


@pytest.fixture
def server(cluster) -> Iterator[SearchServer]:
    """Yield a server with an index of these documents, copied to each node."""
    with a_name_of_its_own(read_address(cluster.url)) as server:
        opensearch_engine(server).replace_all(DOCUMENTS)
        cluster.wait()
        yield server


@pytest.fixture
def readers(server) -> Iterator[Readers]:
    readers = Readers(server)
    with readers.reading():
        readers.wait_for_right_answers()
        yield readers


@pytest.fixture(autouse=True)
def patience(monkeypatch) -> None:
    """Let a writer give up sooner than it does at work."""
    for module in (engine_module, indexes_module):
        monkeypatch.setattr(module, "SECONDS_TO_WRITE", 15.0)


def write(server: SearchServer, readers: Readers) -> None:
    """Write a meeting as it is; where that fails, again as a worker does, some answers later."""
    engine = opensearch_engine(server)
    for _ in range(10):
        with contextlib.suppress(IndexUnreachable):
            engine.update([1], DOCUMENTS[:1])
            return
        readers.wait_for_right_answers()
    raise AssertionError("the index could not be written")


def summed_up(readers: Readers) -> tuple[int, int]:
    wrong = {answer: times for answer, times in readers.answers.items() if answer not in ("right", "failed")}
    assert not wrong
    print(dict(readers.answers))
    return readers.answers["right"], readers.answers["failed"]


@pytest.mark.parametrize(
    ("is_manager", "fail", "repair"),
    [(False, Node.kill, Node.start), (True, Node.kill, Node.start), (True, Node.pause, Node.resume)],
    ids=["killed", "manager-killed", "manager-hung"],
)
def test_one_node_of_three_may_fail(
    cluster, server, readers, is_manager: bool, fail: Callable[[Node], None], repair: Callable[[Node], None]
):
    manager = cluster.manager()
    failing = manager if is_manager else next(node for node in cluster.nodes if node is not manager)
    fail(failing)
    try:
        readers.wait_for_right_answers()
        write(server, readers)
        readers.wait_for_right_answers()
    finally:
        repair(failing)
        cluster.wait()
    readers.wait_for_right_answers()
    right, failed = summed_up(readers)
    assert failed < right
    assert opensearch_engine(server).contents().keys() == {each.key for each in DOCUMENTS}


def test_a_rebuild_is_not_noticed_by_readers(server, readers):
    engine = opensearch_engine(server)
    for _ in range(3):
        engine.replace_all(DOCUMENTS)
    readers.wait_for_right_answers()
    assert summed_up(readers)[1] == 0
