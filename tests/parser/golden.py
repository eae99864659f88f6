"""The golden pairs: texts with the parser's output. Run to regenerate them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from minutes.parser.json_format import as_json
from minutes.parser.pipeline import parse
from minutes.parser.types import ParsedMinutes

FOLDER = Path(__file__).parent.parent / "golden"
TEXTS = sorted(FOLDER.glob("*.txt"))


@cache
def parsed_from(path: Path) -> ParsedMinutes:
    """Parse a text once for the tests that look at it."""
    return parse(path.read_text(encoding="utf-8"))


def reading_of(text: str) -> dict[str, Any]:
    """Return the parser's output without spans and source, problems as codes."""
    result = as_json(parse(text))
    del result["source"]
    for item in result["items"]:
        del item["decision"]  # the decisions as one, for readers of format 1
        del item["topics"]  # judged in test_topics.py
    result["problems"] = sorted(problem["code"] for problem in result["problems"])
    return _without_spans(_with_words_for_about(result, text))


def _with_words_for_about(value: Any, text: str) -> Any:
    """Return the result with the text instead of the span of `about`."""
    if isinstance(value, dict):
        return {
            key: "".join(text[slice(*inner)].split())
            if key == "about" and inner
            else _with_words_for_about(inner, text)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_words_for_about(inner, text) for inner in value]
    return value


def _without_spans(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_spans(inner) for key, inner in value.items() if key != "span"}
    if isinstance(value, list):
        return [_without_spans(inner) for inner in value]
    return value


def expectation_beside(path: Path) -> dict[str, Any]:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def write_expectations() -> None:
    """Write the parser's current output; `git diff tests/golden` shows changes."""
    for path in TEXTS:
        reading = reading_of(path.read_text(encoding="utf-8"))
        path.with_suffix(".json").write_text(
            json.dumps(reading, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    write_expectations()
