"""Test an unreachable index server: only search fails, and nothing is rebuilt."""

import contextlib
import http.server
import json
import socket
import threading
from collections.abc import Iterator

import pytest

from config.search_server import opensearch
from minutes.models import Meeting
from search.index.engines import current_engine
from search.index.engines.base import IndexUnreachable, SearchUnavailable
from search.index.engines.opensearch import client as client_module
from search.index.engines.opensearch.client import Client
from search.models import PendingIndexUpdate

pytestmark = pytest.mark.thorough

# Enough for a node that answers on a busy machine.
TO_ANSWER = 0.5
ITEM = ("研究道路养护事宜", "由市住建局牵头，同意养护方案。")


class Node(http.server.ThreadingHTTPServer):
    """A fake node that gives these responses, the last again and again, or none; it logs requests."""

    def __init__(self, *statuses: int, answers: bool = True) -> None:
        left = list(statuses) or [200]
        self.asked: list[str] = []
        self.given_up = threading.Event()
        node = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                node.asked.append(self.headers.get("Authorization") or self.path)
                if not answers:
                    node.given_up.wait()
                    return
                status = left.pop(0) if len(left) > 1 else left[0]
                body = json.dumps({"error": {"type": "of_a_kind"}} if status >= 300 else {"node": node.server_port})
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                """Print nothing."""

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextlib.contextmanager
def serving(*nodes: Node) -> Iterator[None]:
    threads = [threading.Thread(target=node.serve_forever, daemon=True) for node in nodes]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for node in nodes:
            node.given_up.set()
            node.shutdown()
            node.server_close()


def nobody() -> str:
    """Return a URL without a server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def test_the_nodes_are_asked_in_turn_and_one_that_is_gone_is_passed_over():
    first, second = Node(), Node()
    with serving(first, second):
        client = Client([first.address, nobody(), second.address])
        answered = [client.ask("GET", "/_search")["node"] for _ in range(4)]
    assert set(answered) == {first.server_port, second.server_port}


def test_a_name_and_password_go_along():
    node = Node()
    with serving(node):
        Client([node.address], "archive", "secret").ask("GET", "/")
    assert node.asked == ["Basic YXJjaGl2ZTpzZWNyZXQ="]


def test_a_node_that_hangs_is_left_alone_after_its_second_late_answer():
    node = Node(answers=False)
    with serving(node):
        client = Client([node.address])
        for _ in range(4):
            with pytest.raises(IndexUnreachable):
                client.ask("GET", "/_search", seconds=TO_ANSWER)
    assert node.asked == ["/_search", "/_search"]


def test_after_its_rest_a_node_shows_that_it_answers_before_it_is_asked(monkeypatch):
    monkeypatch.setattr(client_module, "SECONDS_OF_REST", 0.0)
    hanging, answering = Node(answers=False), Node()
    with serving(hanging, answering):
        client = Client([hanging.address, answering.address])
        outcomes = []
        for _ in range(8):
            try:
                outcomes.append(client.ask("GET", "/_search", seconds=TO_ANSWER)["node"])
            except IndexUnreachable:
                outcomes.append(None)
    assert outcomes.count(None) == 2
    assert hanging.asked[:3] == ["/_search", "/_search", "/"]
    assert set(hanging.asked[3:]) == {"/"}


def test_what_a_node_short_of_memory_refuses_is_written_again(monkeypatch):
    monkeypatch.setattr(client_module, "_UNTIL_IT_HAS_ROOM", client_module._UNTIL_IT_HAS_ROOM.new(backoff_factor=0))
    busy, full = Node(429, 429, 200), Node(429)
    with serving(busy, full):
        assert Client([busy.address]).write_in_lines("/_bulk", [{}]) == {"node": busy.server_port}
        with pytest.raises(IndexUnreachable, match="429 of_a_kind"):
            Client([full.address]).write_in_lines("/_bulk", [{}])
    assert busy.asked == ["/_bulk"] * 3


@pytest.mark.parametrize("status", [400, 429, 500, 503])
def test_an_error_of_the_server_is_no_answer(status):
    node = Node(status)
    with serving(node), pytest.raises(IndexUnreachable, match=f"{status} of_a_kind"):
        Client([node.address]).ask("GET", "/_search")


def test_what_the_server_has_not_is_told_from_what_it_does_not_answer():
    node = Node(404)
    with serving(node), pytest.raises(SearchUnavailable) as refused:
        Client([node.address]).ask("GET", "/archive/_search")
    assert not isinstance(refused.value, IndexUnreachable)


@pytest.fixture
def archive(take_in, index, settings) -> Meeting:
    """Create an indexed meeting, then stop the server of the index."""
    meeting = take_in(1, ITEM)
    settings.SEARCH_SERVER = opensearch(nobody().replace("http:", "opensearch:"))
    return meeting


@pytest.mark.django_db
def test_pages_of_records_go_on_while_search_says_that_it_cannot_answer(archive, client):
    assert client.get(archive.get_absolute_url()).status_code == 200
    assert client.get("/").status_code == 200
    for path in ("/search/", "/search/?q=道路", "/search/results.csv", "/api/v1/search/", "/search/trend/?term=道路"):
        assert client.get(path).status_code == 503, path
    assert "检索暂不可用" in client.get("/search/?q=道路").content.decode()
    assert client.get("/search/suggest/?q=道路").status_code in (200, 503)


@pytest.mark.django_db
def test_monitoring_names_the_index_and_what_to_do(archive, client, run):
    assert client.get("/health/").status_code == 200
    ready = client.get("/ready/")
    assert ready.status_code == 503
    assert "does not answer" in ready.json()["checks"]["index"]["message"]
    doctor = run("doctor")
    assert "start the server of the index, or check ARCHIVE_SEARCH_URL" in doctor.out + doctor.err + doctor.failure


@pytest.mark.django_db
def test_what_changes_waits_and_no_index_is_built_anew(archive, run):
    PendingIndexUpdate.objects.create(meeting_id=archive.pk)
    failed = run("index")
    assert "The index could not be written: OpenSearch does not answer" in failed.failure
    assert "The index cannot be read: OpenSearch does not answer" in run("check_index").failure
    assert PendingIndexUpdate.objects.filter(meeting_id=archive.pk).exists()
    with pytest.raises(IndexUnreachable):
        current_engine().state()
