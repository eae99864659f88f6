"""Read the text of a .pdf, line by line in visual order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.readers.marks import UNMAPPED, resolve_marks
from minutes.extraction.readers.pdf.beside_text import comments_on, problems_beside_text
from minutes.extraction.readers.pdf.page_text import LOST, Part, join_cut_row, parts_of_page, text_of
from minutes.extraction.readers.text import MIN_SHARE_OF_FREQUENT, share_of_frequent_characters
from minutes.extraction.results import Extraction, Progress
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import Problem

REASONS = {
    raw.FPDF_ERR_PASSWORD: "PDF 有密码保护。请取消密码后另存，再提交。",
    raw.FPDF_ERR_SECURITY: "PDF 的加密方式不受支持。请取消加密后另存，再提交。",
}
DAMAGED = "PDF 打不开：已损坏，或一页也没有。请换一份完好的文件，或重新打印为 PDF。"
# Their pages are made when a form is opened: Please wait…
XFA = "PDF 是动态表单（XFA），内容要用 Adobe Reader 打开才有。请打开后打印成 PDF，再提交。"
# A page with fewer characters has at most its number; its text, if any, is an image.
MIN_CHARACTERS_OF_A_PAGE = 10
# For fonts without a mapping to Unicode, pdfium returns meaningless characters.
MIN_CHARACTERS_TO_JUDGE = 50
# With more of them, it is not a heading or some bullets whose font has no mapping, but the text.
MAX_SHARE_UNMAPPED = 0.1
# □□□ (before the mark that tells them from check boxes)
RUN_OF_LOST = re.compile(f"{LOST}+(?={UNMAPPED})")
PICTURES = ("pages-left-out", "PDF 第{pages}页只有图片，没有文字，未收入正文，请核对原件。")
LAYERS = ("recognized-text", "PDF 第{pages}页的文字是扫描时由其他软件识别的，可能有错字、漏字，请逐段与原件核对。")


class ReadPage(NamedTuple):
    """The text of a page; whether it is only a picture, or text that a scanner recognized; and its comments."""

    parts: list[Part]
    is_picture: bool
    is_layer: bool
    comments: list[str]


@contextmanager
def open_pdf(content: bytes, most_pages: int) -> Iterator[pypdfium2.PdfDocument]:
    """Open a document as a context; raise `UnreadableText` if invalid or too long."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableText(REASONS.get(error.err_code, DAMAGED)) from error
    try:
        if document.get_formtype() == raw.FORMTYPE_XFA_FULL:
            raise UnreadableText(XFA)
        if document.get_formtype():
            document.init_forms()
        if not len(document):
            raise UnreadableText("PDF 里一页也没有。请换一份完好的文件。")
        if len(document) > most_pages:
            raise UnreadableText(f"PDF 有{len(document)}页，超过上限{most_pages}页。请拆分后提交。")
        yield document
    finally:
        document.close()


def read_pdf(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Return the text of the pages; raise `MustBeRecognized` if there is none."""
    with open_pdf(content, limits.pages) as document:
        pages, pictures, layers, comments = [], [], [], {}
        for index in range(len(document)):
            page = read_page(document, index)
            if pages:
                join_cut_row(pages[-1], page.parts)
            pages.append(page.parts)
            if page.is_picture:
                pictures.append(index + 1)
            if page.is_layer:
                layers.append(index + 1)
            if page.comments:
                comments[index + 1] = page.comments
            progress(index + 1, len(document))
        marked = "\n".join(map(text_of, pages))
        extraction = resolve_marks(marked)
        text = extraction.text
        if len(pictures) == len(pages) or is_garbled(text) or is_unmapped(marked):
            raise MustBeRecognized(len(pages))
        if not text.strip():
            raise UnreadableText("PDF 里没有文字，也没有图片。请换一份完好的文件。")
        problems = [*page_problems(pictures, PICTURES), *page_problems(layers, LAYERS), *extraction.problems]
        return replace(extraction, problems=(*problems, *problems_beside_text(document, comments)))


def read_page(document: pypdfium2.PdfDocument, index: int) -> ReadPage:
    """Return the text of a page, and what else there is on it."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise UnreadableText(f"PDF 第{index + 1}页已损坏。请换一份完好的文件。") from error
    parts, is_layer = parts_of_page(document, page)
    is_picture = len("".join(text_of(parts).split())) < MIN_CHARACTERS_OF_A_PAGE and has_picture(page)
    read = ReadPage(parts, is_picture, is_layer, comments_on(page))
    page.close()
    return read


def has_picture(page: pypdfium2.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])), None) is not None


def is_garbled(text: str) -> bool:
    """Return whether too few characters are frequent in official Chinese."""
    characters = sum(character > "\x7f" for character in text)
    return characters > MIN_CHARACTERS_TO_JUDGE and share_of_frequent_characters(text) < MIN_SHARE_OF_FREQUENT


def is_unmapped(marked: str) -> bool:
    """Return whether the fonts of the text, and not only of some signs, have no mapping to Unicode."""
    lost = sum(len(run[0]) for run in RUN_OF_LOST.finditer(marked))
    return lost > MAX_SHARE_UNMAPPED * len("".join(marked.split()))


def page_problems(pages: list[int], kind: tuple[str, str]) -> tuple[Problem, ...]:
    """Report pages with their numbers."""
    if not pages:
        return ()
    shown = "、".join(map(str, pages[:20])) + ("等" if len(pages) > 20 else "")
    return (Problem(kind[0], kind[1].format(pages=shown), None),)
