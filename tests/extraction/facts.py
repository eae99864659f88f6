"""Compare what is read from a file with the same minutes as plain text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from minutes.parser.json_format import as_json
from minutes.parser.types import ParsedMinutes


def facts(parsed: ParsedMinutes) -> Any:
    """Return the fields without spans, problems, noise and web page metadata."""
    return without_places(as_json(replace(parsed, problems=(), noise=(), web_published_on=None)))


def without_places(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: without_places(value) for name, value in data.items() if name not in ("span", "about")}
    return [without_places(each) for each in data] if isinstance(data, list) else data
