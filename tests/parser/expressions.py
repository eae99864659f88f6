"""Every compiled regular expression of the parser, with the example lines that are written above it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import minutes.parser
from minutes.parser.source_text import track

ROOT = Path(minutes.parser.__path__[0])
# A remark on an example: 三 (alone on its line)
REMARK = re.compile(r"\s*\([^()]*\)")
HAN = re.compile(r"[\u4e00-\u9fff]")
# DATE_LINE.fullmatch(
CALL = re.compile(r"\b(\w+)\.(\w+)\(")


@dataclass(frozen=True)
class Expression:
    """An expression, the name it is known by, and the examples above it."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    is_searched: bool

    def matches(self, example: str) -> bool:
        """Return whether the expression finds something in the example, as written or folded for matching."""
        return any(self.pattern.search(text) for text in (example, track(example).folded))


def modules() -> Iterator[ModuleType]:
    """Every module of the parser."""
    for found in pkgutil.walk_packages(minutes.parser.__path__, "minutes.parser."):
        yield importlib.import_module(found.name)


def calls() -> Iterator[tuple[ModuleType, ast.Call]]:
    """Every call re.something(…) in the source of the parser."""
    for module in modules():
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
                yield module, node


@cache
def expressions() -> tuple[Expression, ...]:
    """Every compiled expression, in the order of the source."""
    return tuple(expression for module in modules() for expression in _of_module(module))


def _of_module(module: ModuleType) -> Iterator[Expression]:
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    lines = source.splitlines()
    for statement in ast.parse(source).body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        if not isinstance(target, ast.Name):
            continue
        compiled = [node for node in ast.walk(statement.value) if _compiles(node)]
        compiled.sort(key=lambda node: node.lineno)
        name = target.id
        value = getattr(module, name)
        for node, pattern in zip(compiled, patterns_within(value), strict=True):
            alone = pattern is value
            yield Expression(
                f"{module.__name__.removeprefix('minutes.parser.')}.{name}" + ("" if alone else f":{node.lineno}"),
                pattern,
                tuple(_examples_above(lines, node.lineno)),
                alone and _is_searched(name),
            )


def _compiles(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"


def patterns_within(value: Any) -> Iterator[re.Pattern[str]]:
    """Return the expression itself, or those in a table."""
    values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
    for inner in values:
        if isinstance(inner, re.Pattern):
            yield inner
        elif isinstance(inner, tuple):
            yield from patterns_within(inner)


def _examples_above(lines: list[str], line: int) -> Iterator[str]:
    """Return the examples in the comment above a source line, without remarks."""
    above: list[str] = []
    while (line := line - 1) and lines[line - 1].lstrip().startswith("#"):
        above.insert(0, lines[line - 1].strip().removeprefix("#").strip())
    for comment in above:
        for example in REMARK.sub("", comment).split(" · "):
            if HAN.search(comment) and example.strip():
                yield example.strip()


@cache
def _methods_called() -> dict[str, set[str]]:
    """Return the methods called on each name in the parser: DATE_LINE.fullmatch(…)."""
    methods: dict[str, set[str]] = defaultdict(set)
    for path in ROOT.rglob("*.py"):
        for name, method in CALL.findall(path.read_text(encoding="utf-8")):
            methods[name].add(method)
    return methods


def _is_searched(name: str) -> bool:
    """Return whether the expression is looked for anywhere in a text, not only at its start."""
    methods = _methods_called().get(name)
    return not methods or not methods <= {"match", "fullmatch"}
