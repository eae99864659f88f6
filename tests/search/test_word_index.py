"""Test that postings decoded by block equal those from Whoosh's public API."""

import random

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher

from search.index.engines.whoosh import words as word_index
from search.index.engines.whoosh.words import WordIndex, WordIndexWriter
from tests.search.engine_documents import document
from tests.search.memory_engine import words_of


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Create two segments with deleted documents, and a word with several blocks."""
    monkeypatch.setattr(word_index, "_POSTINGS_A_BLOCK", 64)
    chance = random.Random(3)
    for first in (1, 1001):
        writer = WordIndexWriter(tmp_path)
        writer.remove([5, 6, 300] if first > 1 else [])
        for pk in range(first, first + 700):
            text = "道路" * chance.randint(1, 300 if pk == 9 else 3) + "桥梁" * (pk % 50 == 0)
            writer.add(document(pk, text), words_of(document(pk, text)))
        writer.commit()
    return tmp_path


def postings_by_whoosh(folder, field, word):
    """Return document numbers and frequencies from Whoosh's reader, without deleted."""
    with FileStorage(str(folder)).open_index().reader() as reader:
        matcher = reader.postings(field, word)
        found = []
        while matcher.is_active():
            found.append((matcher.id(), matcher.weight()))
            matcher.next()
        return found


@pytest.mark.parametrize("word", ["道路", "桥梁"])
def test_postings_are_those_that_whoosh_tells(folder, word):
    index = WordIndex(folder)
    with FileStorage(str(folder)).open_index().reader() as reader:
        segments = len(reader.leaf_readers())
        alive = [not reader.is_deleted(number) for number in range(reader.doc_count_all())]

    numbers, occurrences = index.postings("text", word)

    assert segments == 2
    kept = np.array(alive)[numbers]
    found = postings_by_whoosh(folder, "text", word)
    assert list(zip(numbers[kept].tolist(), occurrences[kept].tolist(), strict=True)) == found
    assert len(found) > 25


def test_a_word_that_is_nowhere_has_no_postings(folder):
    numbers, occurrences = WordIndex(folder).postings("text", "查无此事")

    assert (numbers.tolist(), occurrences.tolist()) == ([], [])


def test_a_matcher_of_another_make_is_read_as_every_matcher_can_be():
    numbers, occurrences = word_index._decoded(ListMatcher([2, 5, 9], [1.0, 3.0, 2.0]))

    assert (numbers.tolist(), occurrences.tolist()) == ([2, 5, 9], [1, 3, 2])


@pytest.mark.parametrize("known", [True, False], ids=["at once", "one by one"])
def test_every_living_document_is_known_by_its_key(folder, known, monkeypatch):
    if not known:
        monkeypatch.setattr(word_index, "NumericColumn", type("Another", (), {"Reader": object}))
    writer = WordIndexWriter(folder)
    writer.remove([7])
    writer.commit()

    keys = WordIndex(folder).keys()

    with FileStorage(str(folder)).open_index().reader() as reader:
        alive = list(reader.all_doc_ids())
        stored = [reader.column_reader("key")[number] for number in alive]
    assert (keys[alive] == stored).all()
    assert len(keys) == 1400
    assert (np.delete(keys, alive) == -1).all()
