"""What a PDF has beside the text of its pages, and is not read: attached files and comments."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from minutes.parser.types import Problem

MAX_PLACES = 1_000
MAX_SHOWN = 200
MAX_BYTES_OF_A_COMMENT = 2_000
# Notes, text written on the page, and marks of a proofreader.
COMMENTS = (
    raw.FPDF_ANNOT_TEXT,
    raw.FPDF_ANNOT_FREETEXT,
    raw.FPDF_ANNOT_CARET,
    raw.FPDF_ANNOT_HIGHLIGHT,
    raw.FPDF_ANNOT_SQUIGGLY,
    raw.FPDF_ANNOT_STRIKEOUT,
    raw.FPDF_ANNOT_UNDERLINE,
)


def problems_beside_text(document: pypdfium2.PdfDocument, comments: dict[int, list[str]]) -> Iterator[Problem]:
    """Yield a problem for the attachments, and one for the comments on each page."""
    count = min(document.count_attachments(), MAX_PLACES)
    if count:
        names = "；".join(name_of_attachment(document, place) for place in range(count))[:MAX_SHOWN]
        yield Problem("attachments-left-out", f"附件未收入正文，请核对是否需要：{names}", None)
    if comments:
        pages = "、".join(map(str, list(comments)[:20])) + ("等" if len(comments) > 20 else "")
        written = "；".join(comment for said in comments.values() for comment in said if comment)[:MAX_SHOWN]
        message = f"PDF 第{pages}页有批注，批注内容未收入正文，请核对原件是否定稿{f'：{written}' if written else '。'}"
        yield Problem("pdf-comment", message, None)


def name_of_attachment(document: pypdfium2.PdfDocument, place: int) -> str:
    try:
        return document.get_attachment(place).get_name()
    except pypdfium2.PdfiumError:
        return "（附件已损坏）"


def comments_on(page: pypdfium2.PdfPage) -> list[str]:
    """Return the content of each comment on a page, which may be empty."""
    found = []
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_PLACES)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) in COMMENTS:
            found.append(content_of(annotation))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def content_of(annotation: raw.FPDF_ANNOTATION) -> str:
    size = min(raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0), MAX_BYTES_OF_A_COMMENT)
    buffer = ctypes.create_string_buffer(max(size, 2))
    raw.FPDFAnnot_GetStringValue(
        annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), len(buffer)
    )
    return " ".join(buffer.raw.decode("utf-16-le", "replace").split("\0")[0].split())
