"""Invented minutes of many governments are read as a careful records officer would read them."""

import pytest

from tests.parser.golden import TEXTS, expectation_beside, reading_of


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_text_is_read_as_expected(path):
    assert reading_of(path.read_text(encoding="utf-8")) == expectation_beside(path)
