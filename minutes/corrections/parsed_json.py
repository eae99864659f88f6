"""Convert parsed records to JSON for the database and back, with type checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from minutes.parser.types import ParsedMinutes, Problem


def as_stored(parsed: ParsedMinutes) -> dict[str, Any]:
    """Return plain data as loaded from JSON: ISO 8601 dates, spans as [start, end)."""
    return msgspec.json.decode(msgspec.json.encode(parsed))


def from_stored(stored: dict[str, Any]) -> ParsedMinutes:
    """Convert plain data to records; `msgspec.ValidationError` names the bad part."""
    return msgspec.convert(stored, ParsedMinutes)


def problems_as_stored(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return msgspec.json.decode(msgspec.json.encode(list(problems)))


def problems_from_stored(stored: list[dict[str, Any]]) -> list[Problem]:
    return msgspec.convert(stored, list[Problem])
