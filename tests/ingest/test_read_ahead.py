"""Test that commands read the next files while they store or print the current one."""

from threading import Event

import pytest

from minutes.extraction.archives import Document
from minutes.extraction.exceptions import MustBeRecognized
from minutes.extraction.read_file import read_file
from minutes.ingest import ingest_file, read_ahead
from minutes.models import Meeting
from tests.minutes_text import minutes_text

SECONDS = 60


@pytest.fixture
def read_names(monkeypatch):
    """Note the name of each file that begins to be read; an `Event` under it is set."""
    names = {}

    def noting(name, *arguments):
        names.setdefault(name, Event()).set()
        return read_file(name, *arguments)

    monkeypatch.setattr("minutes.ingest.read_ahead.read_file", noting)
    return names


@pytest.mark.django_db
def test_the_next_file_is_read_while_one_is_stored(run, write, tmp_path, read_names, monkeypatch):
    write("a.txt", minutes_text(12, 5))
    write("b.txt", minutes_text(13, 12, doc_number="〔2021〕8号"))
    read_names["b.txt"] = Event()
    store = ingest_file.store

    def store_later(*arguments):
        assert read_names["b.txt"].wait(SECONDS)
        return store(*arguments)

    monkeypatch.setattr(ingest_file, "store", store_later)

    result = run("ingest", tmp_path)

    assert result.lines[-1] == "2 files: 2 added"
    assert list(Meeting.objects.order_by("pk").values_list("number", flat=True)) == [12, 13]


@pytest.mark.django_db
def test_what_is_in_the_archive_is_not_read_again(run, write, tmp_path, read_names):
    write("a.txt", minutes_text(12, 5))
    run("ingest", tmp_path)
    read_names.clear()
    write("b.txt", minutes_text(13, 12, doc_number="〔2021〕8号"))

    run("ingest", tmp_path)

    assert list(read_names) == ["b.txt"]


def test_a_scan_is_recognized_when_it_is_its_turn_and_reports_its_pages(monkeypatch):
    recognized = []

    def read(name, content, progress, recognizes):
        if not recognizes:
            raise MustBeRecognized(2)
        recognized.append(name)
        progress(1, 2)
        return name

    monkeypatch.setattr(read_ahead, "read_file", read)
    pages = []
    documents = [Document("a.pdf", b"a"), Document("b.pdf", b"b")]

    for document, finish in read_ahead.read_ahead(documents):
        assert document.name not in recognized
        assert finish(document.name, document.content, lambda *page: pages.append(page)) == document.name

    assert recognized == ["a.pdf", "b.pdf"]
    assert pages == [(1, 2), (1, 2)]
