"""Many documents are cut by several processes; what comes out is the same as from one."""

import os
import signal

import pytest

from search.engines.whoosh import cutting
from search.ranking import words_by_field
from tests.search.engine_documents import SUBJECTS, document


@pytest.fixture
def documents():
    return [document(pk, f"{SUBJECTS[pk % 4]}，第{pk}项", title=SUBJECTS[pk % 3]) for pk in range(57)]


def test_several_processes_cut_as_one_does_and_in_order(monkeypatch, documents):
    monkeypatch.setattr(cutting, "_MANY", 10)
    monkeypatch.setattr(cutting, "_AT_ONCE", 4)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    read_in = []

    def read():
        for each in documents:
            read_in.append(os.getpid())
            yield each

    assert list(cutting.cut_into_words(read())) == [(each, words_by_field(each)) for each in documents]
    assert set(read_in) == {os.getpid()}, "documents may come from a database, which no other process may use"


def test_no_more_documents_are_read_than_are_soon_cut(monkeypatch, documents):
    monkeypatch.setattr(cutting, "_MANY", 10)
    monkeypatch.setattr(cutting, "_AT_ONCE", 4)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    waiting = iter(documents)

    cut = cutting.cut_into_words(waiting)
    next(cut)

    assert len(list(waiting)) > 20
    cut.close()


def test_few_documents_need_no_other_process(monkeypatch, documents):
    monkeypatch.setattr(cutting.multiprocessing, "get_context", lambda method: pytest.fail("started processes"))

    assert [each for each, _ in cutting.cut_into_words(documents)] == documents


def how_it_ends(document) -> dict[str, list[str]]:
    """Stands for the cutting of a document: whether the process that does it would end when told to."""
    return {"title": [str(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)]}


def test_the_processes_end_when_told_though_the_index_worker_does_not(monkeypatch, documents):
    monkeypatch.setattr(cutting, "_MANY", 10)
    monkeypatch.setattr(cutting, "words_by_field", how_it_ends)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    usual = signal.signal(signal.SIGTERM, lambda *told: None)
    try:
        told = {told for _, words in cutting.cut_into_words(documents) for told in words["title"]}
    finally:
        signal.signal(signal.SIGTERM, usual)
    assert told == {"True"}
