"""Messages between caller and reading process: JSON with type checks."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from minutes.extraction.results import Extraction, WebFacts
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import ParsedMinutes


@dataclass(frozen=True, slots=True)
class Request:
    """A request to read the file that comes with it."""

    reader: str
    limits: Limits
    # An empty folder for this request, removed afterwards.
    folder: str
    # The PATH in which programs are searched.
    path: str
    # Whether the reader is LibreOffice or recognition, which start threads and programs.
    is_large: bool = False
    # Metadata of the web page, if only its text is parsed again.
    web: WebFacts | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A page is done; or the outcome: the result, an error, or recognition needed."""

    page: int = 0
    pages: int = 0
    extraction: Extraction | None = None
    parsed: ParsedMinutes | None = None
    unreadable: str | None = None
    pages_to_recognize: int | None = None
    # The traceback of `unreadable`, for the log.
    error: str = ""


def encode(message: Request | Message) -> bytes:
    """Return the message as one line."""
    return msgspec.json.encode(message) + b"\n"


decode_request = msgspec.json.Decoder(Request).decode
decode_message = msgspec.json.Decoder(Message).decode
