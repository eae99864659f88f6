"""Results of readers: text, problems, and metadata of the file."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from minutes.parser.types import ParsedMinutes, Problem

# Called after each page with its number and the number of pages.
Progress = Callable[[int, int], None]


def no_progress(page: int, pages: int) -> None:
    """Ignore progress."""


@dataclass(frozen=True, slots=True)
class WebFacts:
    """Metadata of a web page (索引号, 发文机关, 文号 …); `web` in the public JSON."""

    title: str | None = None
    index_number: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    written_on: datetime.date | None = None
    issued_on: datetime.date | None = None
    published_on: datetime.date | None = None
    source: str | None = None
    topic: str | None = None
    validity: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of a file as its readers see it.

    `encoding` is that of a text file or web page; `web` and `source_url` are metadata of a saved web page.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    web: WebFacts | None = None
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class FileReading:
    """The result of reading a file: its format, its text and the parsed minutes."""

    format: str
    extraction: Extraction
    parsed: ParsedMinutes

    def with_file_problems(self) -> ParsedMinutes:
        """Return the minutes with the problems of the file before those of the parser."""
        return replace(self.parsed, problems=(*self.extraction.problems, *self.parsed.problems))
