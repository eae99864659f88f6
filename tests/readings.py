"""Keep what was read from a text for the tests of a process that read the same text: each time would be a new process.

The tests of extraction read everything anew, and so does a test that replaces what reads.
"""

from __future__ import annotations

from minutes.extraction import read_file
from minutes.extraction.results import Extraction, Progress, WebFacts
from minutes.extraction.sandbox import supervisor
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import ParsedMinutes

# Other readers report their progress.
KEPT = ("text", "parse")
READINGS: dict[tuple[object, ...], tuple[Extraction, ParsedMinutes]] = {}


def read_or_recall(
    reader: str,
    content: bytes,
    limits: Limits,
    progress: Progress,
    is_large: bool = False,
    web: WebFacts | None = None,
) -> tuple[Extraction, ParsedMinutes]:
    """Return the reading of a content, which nothing changes."""
    if reader not in KEPT:
        return supervisor.read_in_sandbox(reader, content, limits, progress, is_large, web)
    key = (supervisor.WORKER, reader, content, limits, is_large, web)
    if key not in READINGS:
        READINGS[key] = supervisor.read_in_sandbox(reader, content, limits, progress, is_large, web)
    return READINGS[key]


def pytest_configure() -> None:
    """Recall what was read, in every test."""
    read_file.read_in_sandbox = read_or_recall
