"""Test that relevance is not below the stored minimum: bench/relevance."""

import io
import json

import pytest
from django.core.management import call_command

from bench.relevance import measure
from bench.relevance.judged import judged_over_samples
from search.index.documents import DocId

pytestmark = pytest.mark.slow


@pytest.mark.django_db
def test_no_figure_falls_below_its_floor(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    call_command("ingest", "samples", "--publish", stdout=io.StringIO())
    measured = {
        "samples": measure.our_figures(judged_over_samples()),
        "made-up meetings": measure.our_figures(measure.judged_over_made_up_meetings()),
    }
    floors = json.loads(measure.FLOORS.read_text("utf-8"))

    assert {corpus: measured[corpus].keys() for corpus in measured} == {each: floors[each].keys() for each in floors}
    fallen = [
        f"{corpus}, {kind}, {name}: {figure:.3f}, was {floor}"
        for corpus, kinds in floors.items()
        for kind, figures in kinds.items()
        for name, floor in figures.items()
        if (figure := getattr(measured[corpus][kind], name)) < floor
    ]
    assert fallen == [], "if that is meant, run: make bench-relevance KEEP=1"


def test_the_figures_are_those_of_the_textbook():
    """Worked out by hand: gains 7, 0, 1 at places 1 to 3, where 7, 7, 1 would have been best."""
    grades = {DocId(1): 3, DocId(2): 1, DocId(3): 3}

    figures = measure.figures_of(grades, [DocId(1), DocId(9), DocId(2)])

    assert figures.ndcg == pytest.approx(7.5 / (7 + 7 / 1.58496 + 0.5), abs=1e-4)
    assert figures.mrr == 1
    assert figures.recall == pytest.approx(2 / 3)
    assert measure.figures_of(grades, []) == measure.Figures(0, 0, 0)
