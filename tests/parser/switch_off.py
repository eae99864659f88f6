"""Switch off each expression of the parser in turn and list those that no test misses. `make mutants` runs it.

With names (`tasks layout.lines`) only the expressions of modules whose names begin so.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parser.expressions import ROOT, Expression, expressions, modules
from tests.parser.golden import TEXTS, expectation_beside, parsed_from, reading_of

# Matches nothing, but has the groups that the code reads, which it never gets to.
NOTHING = re.compile(r"(?!)")
# Tests of facts, quick enough to run once for each expression that no golden pair misses.
FURTHER_TESTS = [
    f"tests/parser/test_{name}.py"
    for name in (
        *("single_expressions", "forms", "problems", "head", "attendance", "characters", "noise"),
        *("decisions", "items", "tasks", "task_forms", "task_tables", "printed", "web_reports"),
    )
]


@contextlib.contextmanager
def switched_off(expression: Expression) -> Iterator[None]:
    """Replace the expression by one that never matches, in all parser modules."""
    before: list[tuple[dict[str, Any], str, Any]] = []
    _forget_readings()
    remove = _without_part if _is_only_a_part(expression) else _without
    for module in modules():
        names = vars(module)
        for name, value in list(names.items()):
            if (without := remove(value, expression.pattern)) is not value:
                before.append((names, name, value))
                names[name] = without
    try:
        yield
    finally:
        for names, name, value in before:
            names[name] = value
        _forget_readings()


def _forget_readings() -> None:
    """Empty the caches of the parser and of its tests, which would answer as if the expression were still there."""
    for module in modules():
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    parsed_from.cache_clear()


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    """Return the value with the pattern replaced; the same object if unaffected."""
    if value is pattern:
        return NOTHING
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        parts = tuple(_without(part, pattern) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, dict) and pattern in value.values():
        return {key: _without(part, pattern) for key, part in value.items()}
    return value


def _is_only_a_part(expression: Expression) -> bool:
    """Return whether it is used by other expressions alone: rf"{NEXT_MATTERS.pattern}|…"."""
    use = re.compile(rf"\b{expression.name.rpartition('.')[2]}\b(\.pattern\b| = )?")
    uses = {found for path in ROOT.rglob("*.py") for found in use.findall(path.read_text(encoding="utf-8"))}
    return uses == {".pattern", " = "}


def _without_part(value: Any, part: re.Pattern[str]) -> Any:
    """Return an expression without this part of it; the same object if it has none."""
    if not isinstance(value, re.Pattern) or value is part or part.pattern not in value.pattern:
        return value
    return re.compile(value.pattern.replace(part.pattern, NOTHING.pattern))


def a_golden_pair_differs() -> bool:
    """Return whether the output for any golden text differs from its pair."""
    for path in TEXTS:
        try:
            if reading_of(path.read_text(encoding="utf-8")) != expectation_beside(path):
                return True
        except (LookupError, AttributeError):  # the code relied on the match
            return True
    return False


def a_test_fails() -> bool:
    """Return whether one of the further tests fails."""
    arguments = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header", *FURTHER_TESTS]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pytest.main(arguments) == pytest.ExitCode.TESTS_FAILED


def main(names: tuple[str, ...]) -> int:
    if a_golden_pair_differs():
        print("golden pairs differ before anything is switched off", file=sys.stderr)
        return 2
    survivors = []
    chosen = [each for each in expressions() if not names or each.name.startswith(names)]
    for expression in chosen:
        with switched_off(expression):
            if not a_golden_pair_differs() and not a_test_fails():
                survivors.append(expression.name)
                print(f"no test misses {expression.name}", flush=True)
    print(f"{len(survivors)} of {len(chosen)} expressions can be switched off unnoticed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
