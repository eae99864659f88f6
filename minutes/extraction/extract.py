"""The door of this package: a file of any supported format → its text and what in it is in doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.files import refuse_too_large
from minutes.extraction.formats import Format, format_of
from minutes.extraction.limits import limits, limits_of_large_programs
from minutes.extraction.readers import doc, scan
from minutes.extraction.readers.text import decode
from minutes.extraction.results import Doubt, Found, TellPage
from minutes.extraction.sandbox import MOST_CHARACTERS, TOO_LONG, read_apart
from minutes.parser.types import ParsedMinutes, Problem, Span


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text of a file, the encoding or format it was read from, and the places to look at."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()

    def with_problems(self, parsed: ParsedMinutes) -> ParsedMinutes:
        """What was read in the text, with the problems of the text itself before those of reading it."""
        return replace(parsed, problems=(*self.problems, *parsed.problems))


def tell_nobody(page: int, pages: int) -> None:
    """For readings whose progress is not shown."""


def extract(name: str, content: bytes, tell_page: TellPage = tell_nobody) -> ExtractedText:
    """The text of a file, whatever its format; `UnreadableText` says why there is none, and what to do."""
    refuse_too_large(content)
    kind = format_of(name, content)
    if kind == Format.TEXT:
        decoded = decode(content)
        if len(decoded.text) > MOST_CHARACTERS:
            raise UnreadableText(TOO_LONG.format(most=MOST_CHARACTERS // 10_000))
        return ExtractedText(decoded.text, decoded.encoding)
    found = READERS[kind](content, tell_page)
    return ExtractedText(found.text, kind, tuple(problem_of(doubt) for doubt in found.doubts))


def read_docx(content: bytes, tell_page: TellPage) -> Found:
    return read_apart("docx", content, limits(), tell_page)


def read_doc(content: bytes, tell_page: TellPage) -> Found:
    if not doc.is_installed():
        raise UnreadableText(doc.NOT_INSTALLED)
    return read_apart("doc", content, limits_of_large_programs(), tell_page, is_large=True)


def read_pdf(content: bytes, tell_page: TellPage) -> Found:
    try:
        return read_apart("pdf", content, limits(), tell_page)
    except MustBeRecognized as scanned:
        pages = scanned.pages
    return recognize("scanned-pdf", content, pages, tell_page)


def read_picture(content: bytes, tell_page: TellPage) -> Found:
    return recognize("picture", content, 1, tell_page)


def recognize(reader: str, content: bytes, pages: int, tell_page: TellPage) -> Found:
    if not scan.is_installed():
        raise UnreadableText(scan.NOT_INSTALLED)
    return read_apart(reader, content, limits_of_large_programs(pages), tell_page, is_large=True)


READERS = {Format.DOCX: read_docx, Format.DOC: read_doc, Format.PDF: read_pdf, Format.PICTURE: read_picture}


def problem_of(doubt: Doubt) -> Problem:
    span = None if doubt.start is None or doubt.end is None else Span(doubt.start, doubt.end)
    return Problem(doubt.code, doubt.message, span)
