"""Messages between the process that wants a file read and the one that reads it: JSON, every type checked."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from minutes.extraction.results import Extraction, WebFacts
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import ParsedMinutes


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done with the file that comes with it."""

    reader: str
    limits: Limits
    # An empty folder of its own, removed afterwards.
    folder: str
    # Where programs are looked for.
    path: str
    # Whether the reader is LibreOffice or the recognition, which start threads and programs.
    is_large: bool = False
    # What a web page said about itself, when its text alone is parsed again.
    web: WebFacts | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A page that is done; or at the end what was read, why nothing was, or that pages must be recognized."""

    page: int = 0
    pages: int = 0
    extraction: Extraction | None = None
    parsed: ParsedMinutes | None = None
    unreadable: str | None = None
    pages_to_recognize: int | None = None
    # The traceback behind `unreadable`, for the log.
    error: str = ""


def encode(message: Request | Message) -> bytes:
    """Return the message as one line."""
    return msgspec.json.encode(message) + b"\n"


decode_request = msgspec.json.Decoder(Request).decode
decode_message = msgspec.json.Decoder(Message).decode
