"""Orders as offices write them, each read as a supervision office would write it down.

task_forms.txt has an invented line and below it what is read from it: kind | who in which role | the words.
"""

from pathlib import Path

import pytest

from tests.parser.test_tasks import described

FORMS = [
    block.splitlines()
    for block in Path(__file__).with_name("task_forms.txt").read_text(encoding="utf-8").strip().split("\n\n")
]


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for text, *expected in FORMS])
def test_form(text, expected):
    assert described(text) == expected
