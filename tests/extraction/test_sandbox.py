"""Test that a failing reader gives an error message and leaves nothing behind."""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.results import no_progress
from minutes.extraction.sandbox import supervisor
from minutes.extraction.sandbox.confinement import Limits
from minutes.models import Meeting
from minutes.parser.pipeline import parse
from tests.extraction.documents import docx_of, docx_parts, paragraph, pdf_of, zipped
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow


LIMITS = Limits(file_bytes=1_000_000, pages=10, memory=512_000_000, cpu_seconds=5, seconds=20)
SECONDS_TO_END = 20


@pytest.fixture
def children(monkeypatch, tmp_path):
    """Use reading processes controlled by the file, with folders in an empty one."""
    numbers = []
    fork = supervisor.ForkServer.fork

    def fork_and_note(server, *arguments):
        fork(server, *arguments)
        numbers.append(server.child)

    folders = tmp_path / "folders"
    folders.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folders))
    monkeypatch.setattr(supervisor, "WORKER", "tests.extraction.misbehaving")
    monkeypatch.setattr(supervisor.ForkServer, "fork", fork_and_note)
    supervisor.close_idle_servers()
    yield numbers
    assert numbers
    assert all(ends(member) for number in numbers for member in members(number))
    assert list(folders.iterdir()) == []


def members(group):
    """Return the processes of a process group."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            # 4711 (python) S 1 4711 …: the name can contain anything, the group is third behind its bracket.
            if int(path.read_text().rpartition(")")[2].split()[2]) == group:
                found.append(int(path.parent.name))
    return found


def ends(pid):
    """Whether a process has ended, or does so soon: one that was sent a signal may need a moment."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(process, selectors.EVENT_READ)
        has_ended = bool(selector.select(SECONDS_TO_END))
    os.close(process)
    return has_ended


def read(deed, limits=LIMITS, reader="docx", progress=lambda *_: None):
    is_large = reader == "libreoffice"
    return supervisor.read_in_sandbox(reader, f"<{deed}>".encode(), limits, progress, is_large)[0]


@pytest.mark.usefixtures("children")
@pytest.mark.parametrize(
    ("deed", "limits", "sentence"),
    [
        ("loop", replace(LIMITS, cpu_seconds=1), "读取用时超过上限"),
        ("wait", replace(LIMITS, seconds=1), "读取超过1秒，已终止"),
        ("segfault", LIMITS, "读取程序意外终止（信号 11）"),
        ("memory", LIMITS, "占用的内存超过上限"),
        ("leave", LIMITS, "读取程序意外终止（代码 3）"),
        ("connect", LIMITS, "（PermissionError）"),
        ("write", LIMITS, "（OSError）"),
        ("start_a_program", LIMITS, "（PermissionError）"),
        ("talk_without_end", LIMITS, "读取程序的答复过长"),
        ("say_nonsense", LIMITS, "读取程序意外终止（答复不合规定）"),
        ("say_nothing", LIMITS, "读取程序意外终止（答复不合规定）"),
        ("lie_about_places", LIMITS, "读取程序意外终止（答复不合规定）"),
        ("lie_about_characters", LIMITS, "读取程序意外终止（答复不合规定）"),
    ],
)
def test_what_goes_wrong_ends_with_a_sentence(deed, limits, sentence, monkeypatch):
    monkeypatch.setattr(supervisor, "MAX_REPLY", 1_000_000)

    with pytest.raises(UnreadableText) as refused:
        read(deed, limits)

    assert str(refused.value).startswith("无法读取：")
    assert sentence in str(refused.value)


def test_a_program_that_a_reader_starts_does_not_outlive_it(children):
    """LibreOffice starts others, and may hang."""
    found = read("leave_a_child", reader="libreoffice", limits=replace(LIMITS, memory=4_000_000_000))

    assert len(children) == 1
    assert ends(int(found.text))


@pytest.mark.usefixtures("children")
def test_it_gets_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("ARCHIVE_SECRET_KEY", "a secret")

    assert "ARCHIVE" not in read("tell_secrets").text


@pytest.mark.usefixtures("children")
def test_code_that_asks_the_kernel_reaches_nobody():
    found = read("connect_behind_pythons_back")

    if found.text == "reached" and not has_networks_of_its_own():
        pytest.skip("This kernel gives nobody a network of their own, as docs/develop/extraction.md says.")
    assert "unreachable" in found.text


def has_networks_of_its_own():
    return subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.usefixtures("children")
def test_halves_of_characters_are_made_fit_to_be_stored():
    assert read("halve_characters").text == "会议\ufffd纪要 "


def test_who_is_told_of_a_page_may_stop_the_reading(children):
    def stop(page, pages):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read("wait", progress=stop)


@pytest.mark.django_db
@pytest.mark.usefixtures("children")
@pytest.mark.parametrize(("deed", "cpu_seconds"), [("loop", 1), ("segfault", 120)])
def test_the_next_file_is_read(deed, cpu_seconds, run, write, settings):
    settings.EXTRACT_CPU_SECONDS = cpu_seconds
    write("a.docx", zipped(docx_parts(paragraph("会议纪要")) | {f"<{deed}>": ""}))
    write("b.docx", docx_of(minutes_text()))

    result = run("ingest", write("c.pdf", pdf_of(["今天天气很好，没有会议。"])).parent)

    assert [line.split()[0] for line in result.lines[:3]] == ["failed", "added", "failed"]
    assert "无法读取：" in result.lines[0]
    assert Meeting.objects.get().items.count() == 2


def test_it_ends_when_its_caller_is_killed():
    """Kill -9 leaves the caller no time to end anybody."""
    begin = (
        "from minutes.extraction.sandbox import confinement, supervisor\n"
        "allowed = confinement.Limits(1_000_000, 10, 512_000_000, 5, 600)\n"
        "supervisor.WORKER = 'tests.extraction.misbehaving'\n"
        "tell = lambda page, pages: print(pages, flush=True)\n"
        "supervisor.read_in_sandbox('docx', b'<wait>', allowed, tell)\n"
    )
    caller = subprocess.Popen(
        [sys.executable, "-c", begin],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TMPDIR": tempfile.mkdtemp()},
    )
    with caller:
        reading = int(caller.stdout.readline())
        assert reading in members(reading)
        caller.send_signal(signal.SIGKILL)
        assert ends(reading)


def test_the_text_and_what_was_parsed_from_it_come_back():
    extraction, parsed = supervisor.read_in_sandbox("docx", docx_of(minutes_text()), LIMITS, no_progress)

    assert extraction.text == minutes_text() + "\n"
    assert parsed == parse(extraction.text)


@pytest.mark.usefixtures("children")
def test_the_next_file_finds_nothing_of_the_one_before():
    """Both come from one server, which itself never sees a file."""
    assert read("remember").text == "nothing"
    assert read("remember").text == "nothing"
    assert len(supervisor.idle_servers) == 1


def test_files_of_several_threads_are_read_at_the_same_time(children):
    """The first finishes with the second: each waits for the other's first page."""
    both = threading.Barrier(2, timeout=SECONDS_TO_END)

    def read_one(_):
        return read("tell_a_page", progress=lambda *_: both.wait()).text

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(read_one, range(2))) == ["told", "told"]
    assert len(set(children)) == 2


@pytest.mark.usefixtures("children")
def test_a_server_that_was_killed_is_replaced():
    read("tell_secrets")
    (server,) = supervisor.idle_servers
    server.process.kill()
    server.process.wait()

    assert read("tell_secrets").text
