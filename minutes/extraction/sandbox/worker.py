"""The process that reads and parses one file; forked by the server for each."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.readers.ofd.reader import read_ofd, recognize_ofd
from minutes.extraction.readers.pdf.reader import read_pdf
from minutes.extraction.readers.scan import recognize_pdf, recognize_picture
from minutes.extraction.readers.text import read_text
from minutes.extraction.readers.web.checks import complete_from_web
from minutes.extraction.readers.web.reader import read_html, read_mht
from minutes.extraction.readers.word.docx import read_docx
from minutes.extraction.readers.word.libreoffice import read_with_libreoffice
from minutes.extraction.results import Extraction, Progress
from minutes.extraction.sandbox.confinement import Limits, confine
from minutes.extraction.sandbox.protocol import Message, Request, encode
from minutes.parser.pipeline import parse

MAX_CHARACTERS = 5_000_000
TOO_LONG = f"文字超过{MAX_CHARACTERS // 10_000}万字，不像是会议纪要。请确认文件。"
TOO_MUCH_MEMORY = "读取时占用的内存超过上限，可能是恶意文件。请拆分或另存后再提交。"
# An item with a decision, a document, a deadline and a unit, and people of two kinds.
FEW_MINUTES = """云川市人民政府常务会议纪要
2021年3月5日，市长王岚主持召开市政府第12次常务会议。会议议定以下意见：
一、审议《云川市堤防管理办法》
会议原则同意。由市水务局牵头，市财政局配合，6月底前完成。
出席：王岚  沈一舟
列席：市水务局林望
"""
# The reader that runs another program.
LIBREOFFICE = "libreoffice"
# Parse a text extracted earlier.
PARSE = "parse"

READERS: dict[str, Callable[[bytes, Limits, Progress], Extraction]] = {
    "text": read_text,
    "html": read_html,
    "mht": read_mht,
    "docx": read_docx,
    "ofd": read_ofd,
    "recognized-ofd": recognize_ofd,
    "pdf": read_pdf,
    "scanned-pdf": recognize_pdf,
    "picture": recognize_picture,
    LIBREOFFICE: read_with_libreoffice,
}


def warm_up() -> None:
    """Parse once before forking: children inherit what the parser loads and compiles on first use."""
    parse(FEW_MINUTES)


def run(request: Request, file: BinaryIO, output: BinaryIO) -> None:
    """Read the file and write messages; the last one is the outcome."""
    os.chdir(request.folder)
    os.environ.update(HOME=request.folder, TMPDIR=request.folder, PATH=request.path)
    confine(request.limits, request.is_large, runs_programs=request.reader == LIBREOFFICE)

    def progress(page: int, pages: int) -> None:
        output.write(encode(Message(page=page, pages=pages)))
        output.flush()

    output.write(encode(answer(request, file.read(), progress)))
    output.flush()


def answer(request: Request, content: bytes, progress: Progress) -> Message:
    """Return the last message: the text and the parsed minutes, or an error."""
    try:
        extraction = extract(request, content, progress)
        return Message(extraction=extraction, parsed=complete_from_web(parse(extraction.text), extraction.web))
    except UnreadableText as error:
        return Message(unreadable=whole_characters(error.reason))
    except MustBeRecognized as error:
        return Message(pages_to_recognize=error.pages)
    except MemoryError:
        return Message(unreadable=TOO_MUCH_MEMORY)
    except Exception as error:
        reason = f"文件已损坏，或内容无法识别（{type(error).__name__}）。"
        return Message(unreadable=reason, error=whole_characters(traceback.format_exc()))


def extract(request: Request, content: bytes, progress: Progress) -> Extraction:
    """Return what the format's reader extracts, with lone surrogates replaced."""
    if request.reader == PARSE:
        return Extraction(content.decode(), web=request.web)
    extraction = READERS[request.reader](content, request.limits, progress)
    if len(extraction.text) > MAX_CHARACTERS:
        raise UnreadableText(TOO_LONG)
    return replace(extraction, text=whole_characters(extraction.text).replace("\0", " "))


def whole_characters(text: str) -> str:
    """Replace lone surrogates with �, which no database can store."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
