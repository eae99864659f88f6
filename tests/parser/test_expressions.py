"""Every regular expression of the parser has a name and an example above it that it matches."""

from collections import Counter

import pytest

from tests.parser.expressions import Expression, calls, expressions


def test_every_expression_has_a_name():
    # CN = re.compile("[一二三]"), never re.search("[一二三]", text): only what has a name is tried for effort.
    found = [f"{module.__name__}:{call.lineno}" for module, call in calls() if call.func.attr != "compile"]
    assert found == []


def test_every_expression_is_tried_but_the_one_that_is_made_of_words():
    compiled = Counter(module.__name__.removeprefix("minutes.parser.") for module, _ in calls())
    tried = Counter(expression.name.rpartition(".")[0] for expression in expressions())
    # The words of classes.txt, each as it is written, joined by |: its lines are its examples, and none can backtrack.
    assert compiled - tried == Counter({"topics.classes": 1})


@pytest.mark.parametrize("expression", expressions(), ids=lambda expression: expression.name)
def test_an_expression_matches_each_example_above_it(expression: Expression):
    assert expression.examples
    assert [example for example in expression.examples if not expression.matches(example)] == []
