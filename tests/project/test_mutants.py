"""Test that the rules that `make mutants` changes are where its list says."""

import pytest

from tests.mutants import MUTANTS, ROOT


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file}: {mutant.before}")
def test_the_rule_and_its_tests_are_there(mutant):
    assert (ROOT / mutant.file).read_text("utf-8").count(mutant.before) == 1
    assert (ROOT / mutant.tests).exists()
