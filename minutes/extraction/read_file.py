"""Public API: read any supported file, or parse a text again, in a sandbox."""

from __future__ import annotations

from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.files import check_size
from minutes.extraction.formats import OFD, PDF, PICTURE, ZIP, Format, Need, detect_format
from minutes.extraction.limits import conversion_limits, default_limits, recognition_limits
from minutes.extraction.needs import is_installed, require
from minutes.extraction.results import Extraction, FileReading, Progress, WebFacts, no_progress
from minutes.extraction.sandbox.supervisor import read_in_sandbox
from minutes.parser.types import ParsedMinutes

NOT_A_FILE = "这是压缩包，不是一份纪要。请直接提交压缩包，其中的文件会逐份读取。"
WITHOUT_UNICODE = (
    "OFD 里有的字没有通用编码（字体自造），提取出来会是乱码；识别这些字需要文字识别（OCR），服务器上没有安装。"
    "请用 OFD 阅读器打印成 PDF，按扫描件提交，或提交原来的 Word 文件，或由管理员安装：bin/install requirements-ocr.txt"
)


def read_file(name: str, content: bytes, progress: Progress = no_progress, recognizes: bool = True) -> FileReading:
    """Return the text of a file and the minutes parsed from it.

    Raise `UnreadableText` with the reason if there is no text. With `recognizes` off, raise `MustBeRecognized` for
    what would take a few seconds a page.
    """
    check_size(content)
    found = detect_format(name, content)
    if found is ZIP:
        raise UnreadableText(NOT_A_FILE)
    if found is PDF:
        read = read_pdf(content, progress, recognizes)
    elif found is OFD:
        read = read_ofd(content, progress, recognizes)
    elif found is PICTURE:
        read = recognize(PICTURE, "picture", content, 1, progress, recognizes)
    elif found.needs is Need.LIBREOFFICE:
        require(Need.LIBREOFFICE, found)
        read = read_in_sandbox("libreoffice", content, conversion_limits(), progress, is_large=True)
    else:
        read = read_in_sandbox(found.key, content, default_limits(), progress)
    return FileReading(found.key, *read)


def parse_again(text: str, web: WebFacts | None = None) -> ParsedMinutes:
    """Parse a text extracted earlier with the current parser."""
    return read_in_sandbox("parse", text.encode(), default_limits(), no_progress, web=web)[1]


def read_pdf(content: bytes, progress: Progress, recognizes: bool) -> tuple[Extraction, ParsedMinutes]:
    """Read the text of a PDF, or recognize its pages if they are images."""
    try:
        return read_in_sandbox("pdf", content, default_limits(), progress)
    except MustBeRecognized as scanned:
        pages = scanned.pages
    return recognize(PDF, "scanned-pdf", content, pages, progress, recognizes)


def read_ofd(content: bytes, progress: Progress, recognizes: bool) -> tuple[Extraction, ParsedMinutes]:
    """Read an OFD file, and recognize characters that only its own fonts define."""
    try:
        return read_in_sandbox("ofd", content, default_limits(), progress)
    except MustBeRecognized as unknown:
        pages = unknown.pages
    if not is_installed(Need.RECOGNITION):
        raise UnreadableText(WITHOUT_UNICODE)
    return recognize(OFD, "recognized-ofd", content, pages, progress, recognizes)


def recognize(
    found: Format, reader: str, content: bytes, pages: int, progress: Progress, recognizes: bool
) -> tuple[Extraction, ParsedMinutes]:
    require(Need.RECOGNITION, found)
    if not recognizes:
        raise MustBeRecognized(pages)
    return read_in_sandbox(reader, content, recognition_limits(pages), progress, is_large=True)
