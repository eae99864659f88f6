"""Test that engines of the benchmark answer its questions; those that are no library of the archive are left out."""

import pytest

from bench.corpus.meetings import made_up_meetings
from bench.corpus.records import keep
from bench.search.contender import CutTexts
from bench.search.fts5 import Fts5, Fts5Trigrams
from bench.search.ours import AsAPageShows, Ours
from bench.search.questions import DEPARTMENT, QUESTIONS, Question
from search.index.documents import build_documents

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_every_engine_answers_every_question(tmp_path):
    keep(made_up_meetings(12))
    documents = list(build_documents())
    engines = [
        *(Ours(tmp_path / "ours"), AsAPageShows(tmp_path / "ours-as-shown")),
        *(Fts5(tmp_path / "words", CutTexts(documents)), Fts5Trigrams(tmp_path / "trigrams")),
    ]
    for engine in engines:
        engine.build(documents)

    totals = {engine.name: [engine.ask(question) for question in QUESTIONS] for engine in engines}
    named = Question("department", "会议", department=DEPARTMENT)

    assert all(any(of_engine) for of_engine in totals.values())
    assert len({engine.ask(named) for engine in engines[:2]}) == 1
    assert 0 < engines[0].ask(named) < len(documents)
