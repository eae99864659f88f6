"""How the index follows the records: a note in the transaction, one task, generations that appear whole."""

import os
import random
import signal
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from minutes.models import Meeting, MeetingStatus
from minutes.signals import meeting_changed
from search import service
from search.index.consistency import check_index
from search.index.documents import build_documents
from search.index.engines import current_engine
from search.index.engines.base import SearchRequest, SearchUnavailable
from search.index.engines.whoosh.engine import WhooshEngine
from search.index.tasks import bring_index_up_to_date
from search.models import PendingIndexUpdate
from search.query import parse_query
from tests.search.engine_documents import document
from tests.search.memory_engine import MemoryEngine

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ROADS = ("研究道路养护事宜", "会议听取了道路养护情况。")
BRIDGES = ("研究桥梁检测事宜", "会议听取了桥梁检测情况。")


@pytest.fixture
def work():
    """Run all queued tasks."""

    def do_all_tasks() -> None:
        call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)

    return do_all_tasks


def found(query: str) -> int:
    return current_engine().search(SearchRequest(parse_query(query))).total


def change(meeting: Meeting, status: MeetingStatus) -> None:
    with transaction.atomic():
        meeting.status = status
        meeting.save()
        meeting_changed.send(sender=Meeting, meeting_id=meeting.pk)


def index_equals_the_records() -> bool:
    """Whether the index answers as one freshly made from the records does."""
    reference = MemoryEngine()
    reference.replace_all(build_documents())
    counted = frozenset({"organization", "person", "year"})
    requests = [
        SearchRequest(parse_query(query), limit=1000, counted=counted)
        for query in ("", "事宜", "会议", '"市教育局季敏"', "-道路")
    ]
    return all(current_engine().search(request) == reference.search(request) for request in requests)


def test_what_is_published_is_found_once_the_worker_has_run(take_in, index, work):
    index()
    take_in(31, ROADS)
    assert found("道路养护") == 0
    work()
    assert found("道路养护") == 1
    assert not PendingIndexUpdate.objects.exists()


def test_what_is_withdrawn_or_changed_goes_and_the_rest_stays(take_in, index, work):
    roads, _ = take_in(31, ROADS), take_in(32, BRIDGES)
    index()
    change(roads, MeetingStatus.WITHDRAWN)
    work()
    assert (found("道路养护"), found("桥梁检测")) == (0, 1)
    change(roads, MeetingStatus.PUBLISHED)
    roads.items.update(title="研究隧道照明事宜")
    work()
    assert found("隧道照明") == 1
    assert index_equals_the_records()


def test_a_transaction_that_fails_asks_for_nothing(take_in):
    meeting = take_in(31, ROADS)
    PendingIndexUpdate.objects.all().delete()
    DBTaskResult.objects.all().delete()
    with transaction.atomic():
        meeting_changed.send(sender=Meeting, meeting_id=meeting.pk)
        transaction.set_rollback(True)
    assert not PendingIndexUpdate.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_many_changes_are_written_as_one_generation(take_in, index, index_dir, work):
    index()
    for number in range(1, 8):
        take_in(number, ROADS)
    assert DBTaskResult.objects.filter(task_path=bring_index_up_to_date.module_path).count() == 7
    work()
    assert (index_dir / "CURRENT").read_text() == "00000002"
    assert found("道路养护") == 7


def test_a_change_made_while_the_index_is_written_is_not_forgotten(take_in, index, monkeypatch):
    roads = take_in(31, ROADS)
    index()
    change(roads, MeetingStatus.WITHDRAWN)
    engine = type(current_engine())
    write = engine.update

    def write_and_change(self, meeting_ids, documents):
        written = write(self, meeting_ids, documents)
        change(roads, MeetingStatus.PUBLISHED)
        return written

    monkeypatch.setattr(engine, "update", write_and_change)
    index()
    monkeypatch.undo()
    assert found("道路养护") == 0
    index()
    assert found("道路养护") == 1


def test_a_task_that_fails_leaves_its_change_for_the_next(take_in, index, work, monkeypatch):
    index()
    take_in(31, ROADS)

    def fail(*_):
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr("search.index.engines.whoosh.texts.TextFileWriter.add", fail)
        work()
    assert found("道路养护") == 0
    take_in(32, BRIDGES)
    work()
    assert (found("道路养护"), found("桥梁检测")) == (1, 1)


def test_what_a_killed_worker_left_undone_is_done_when_a_worker_starts(take_in, index, work):
    index()
    take_in(31, ROADS)
    for task in DBTaskResult.objects.all():
        task.claim("a worker that died")
    work()
    assert found("道路养护") == 1


def test_the_command_builds_what_is_missing_and_then_has_nothing_to_do(take_in, index_dir, capsys):
    take_in(31, ROADS)
    call_command("index")
    assert "Rebuilt the index (there is no index yet)." in capsys.readouterr().out
    call_command("index")
    assert capsys.readouterr().out == "The index is up to date.\n"
    assert (index_dir / "CURRENT").read_text() == "00000001"
    call_command("index", "--rebuild")
    assert (index_dir / "CURRENT").read_text() == "00000002"


@pytest.mark.parametrize(
    "changed",
    [
        ("search.index.engines.stamp.PARSER_VERSION", "another"),
        ("search.index.engines.stamp.dictionary_fingerprint", lambda: "another"),
        ("search.index.engines.stamp.schema_fingerprint", lambda: "another"),
    ],
)
def test_an_index_made_by_another_version_is_built_anew(take_in, index, index_dir, changed, monkeypatch):
    take_in(31, ROADS)
    index()
    current_engine.__globals__["_engine_at"].cache_clear()
    monkeypatch.setattr(*changed)
    index()
    index()
    assert (index_dir / "CURRENT").read_text() == "00000002"
    assert found("道路养护") == 1


@pytest.mark.parametrize(
    "name", ["base/text.bin", "base/rows.npy", "base/rows.json", "manifest.json", "words/_MAIN_1.toc"]
)
@pytest.mark.parametrize("harm", ["flip", "truncate", "remove"])
def test_damage_is_noticed_and_repaired(take_in, index, index_dir, name, harm):
    take_in(31, ROADS)
    index()
    path = index_dir / "00000001" / name
    content = path.read_bytes()
    if harm == "remove":
        path.unlink()
    elif harm == "truncate":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    if path.exists():
        # As a clock that has moved on since the index was written would date the change.
        os.utime(path, (0, 0))
    with pytest.raises(SearchUnavailable):
        found("道路养护")
    index()
    assert found("道路养护") == 1


def test_leftovers_of_an_interrupted_writer_are_removed(take_in, index, index_dir):
    take_in(31, ROADS)
    index()
    (index_dir / "00000002").mkdir()
    (index_dir / "00000002" / "text.bin").write_bytes(b"half")
    take_in(32, BRIDGES)
    index()
    assert found("桥梁检测") == 1
    assert sorted(path.name for path in index_dir.iterdir() if path.is_dir()) == ["00000001", "00000002"]


# Replaces meeting 1, and kills itself at the given call of a function of the engine or of Whoosh; prints how many came.
WRITER = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from search.index.engines.whoosh.engine import WhooshEngine
from tests.search.engine_documents import document

folder, deadly_call = Path(sys.argv[1]), int(sys.argv[2])
calls = 0

def count(frame, what, argument):
    global calls
    if what == "call" and "whoosh" in frame.f_code.co_filename:
        calls += 1
        if calls == deadly_call:
            os.kill(os.getpid(), signal.SIGKILL)

engine = WhooshEngine(folder)
engine.state()
sys.setprofile(count)
engine.update([1], [document(1, "道路养护", meeting=1)])
sys.setprofile(None)
print(calls)
"""
DEATHS = 4


def test_a_writer_killed_at_any_point_leaves_a_whole_index(index_dir, settings):
    def write(deadly_call: int) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-c", WRITER, str(index_dir), str(deadly_call)],
            cwd=settings.BASE_DIR,
            env={"DJANGO_SETTINGS_MODULE": "config.settings", "ARCHIVE_VAR_DIR": str(settings.VAR_DIR)},
            check=False,
            capture_output=True,
            text=True,
        )

    engine = WhooshEngine(index_dir)
    before = [document(1, "桥梁检测", meeting=1), document(2, "桥梁检测", meeting=2)]
    engine.replace_all(before)
    calls = int(write(0).stdout)
    engine.replace_all(before)
    for death in range(1, DEATHS + 1):
        assert write(calls * death // (DEATHS + 1)).returncode == -signal.SIGKILL
        bridges, roads = (
            [key.pk for key in engine.search(SearchRequest(parse_query(query))).keys]
            for query in ("桥梁检测", "道路养护")
        )
        assert (bridges, roads) in (([2, 1], []), ([2], [1]))
    assert write(0).returncode == 0
    assert engine.search(SearchRequest(parse_query("道路养护"))).total == 1


RANDOM_DEATHS = 50


@pytest.mark.parametrize("seed", [2019, None], ids=["seeded", "random"])
def test_a_worker_killed_anywhere_loses_no_change(take_in, index, index_dir, seed):
    chance = random.Random(seed or (seed := random.randrange(10**9)))
    print(f"points of death drawn with random.Random({seed})")
    roads, _ = take_in(31, ROADS), take_in(32, BRIDGES)
    index()
    change(roads, MeetingStatus.PUBLISHED)
    _, calls = update_in_a_process_killed_at(0)
    assert calls > 100
    deaths = 0
    while deaths < RANDOM_DEATHS:
        hidden = roads.status == MeetingStatus.WITHDRAWN
        change(roads, MeetingStatus.PUBLISHED if hidden else MeetingStatus.WITHDRAWN)
        died, lived = update_in_a_process_killed_at(chance.randint(1, calls))
        deaths += died
        calls = lived or calls
        # Whatever was written before, a process that opens the index now sees a whole state of it.
        state = WhooshEngine(index_dir).search(SearchRequest(parse_query("道路养护")))
        assert state.total in (0, 1)
        index()
        assert check_index().is_right
        assert found("道路养护") == int(hidden)
    assert index_equals_the_records()


def update_in_a_process_killed_at(deadly_call: int) -> tuple[bool, int]:
    """Whether a process that brings the index up to date died at this call of a function, and else how many there were.

    It is a copy of this process, so that it knows the records of the test; what it does to them is lost with it.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        calls = 0

        def count(frame, what, argument):
            nonlocal calls
            if what == "call" and ("whoosh" in frame.f_code.co_filename or "service" in frame.f_code.co_filename):
                calls += 1
                if calls == deadly_call:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.setprofile(count)
            service.bring_up_to_date()
            sys.setprofile(None)
            os.write(writing, str(calls).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as output:
        calls = int(output.read() or 0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, calls


def test_readers_see_each_new_generation_without_being_told(index_dir):
    reader, writer = WhooshEngine(index_dir), WhooshEngine(index_dir)
    writer.replace_all([document(1, "桥梁")])
    for number in range(2, 30):
        assert reader.search(SearchRequest(parse_query("桥梁"))).total == number - 1
        writer.update([number], [document(number, "桥梁")])
    assert len(list((index_dir).glob("0*"))) == 2
