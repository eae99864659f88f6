"""The text of a PDF page: its lines, its tables row by row, and what its forms are filled with."""

from __future__ import annotations

import ctypes
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from minutes.extraction.readers.marks import FORM_VALUE, MARKS, TURNED, UNMAPPED, UNSEEN
from minutes.extraction.readers.pdf.columns import Sign, columns_of_attendance
from minutes.extraction.readers.pdf.forms import FormValue, form_values, place_of
from minutes.extraction.readers.pdf.strokes import strokes_on
from minutes.extraction.readers.ruled.cells import UNBREAKABLE, Piece, Table
from minutes.extraction.readers.ruled.grids import Cell, Grid, cell_at, grids_of
from minutes.extraction.readers.word.margins import PAGE_NUMBER

# The angle of a page scanned askew, in radians.
MIN_ANGLE = 0.2
# What pdfium returns for a hyphen at the end of a line, and for unknown characters.
ODD_CHARACTERS = str.maketrans({"\ufffe": "-", "\x02": "-", "\0": " "})
LOST = "□"

# 出席 列席 · 出席人员：  列席人员： (the heads of columns beside each other)
LINE_OF_LABELS = re.compile(r"席[^，。\n]{0,12}?[列缺]\s*席")

# A table of the page, and one of its cells.
Place = tuple[Grid, Cell] | None


# Lines of a page, or a table between them.
Part = str | Table


class Change(NamedTuple):
    """Text inserted after so many characters of a page, or replacing the ones that follow."""

    place: int
    text: str
    replaced: int = 0


def parts_of_page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> tuple[list[Part], bool]:
    """Return lines and tables of a page, with marks, and whether they are an invisible layer, as scanners make it."""
    text_page = page.get_textpage()
    count = text_page.count_chars()
    turned = turned_characters(text_page, count)
    changes = [Change(turned[0] + 1, TURNED)] if len(turned) > 1 else []
    invisible, outside = unseen_characters(text_page, count)
    is_layer = len(invisible) > count / 2
    if outside or (invisible and not is_layer):
        changes.append(Change((outside or invisible)[0] + 1, UNSEEN))
    values = list(form_values(document, page))
    grids = [*grids_of(strokes_on(page)), *columns_of(text_page, count)] if len(turned) < count / 2 else []
    if grids:
        parts = TablePage(text_page, grids, changes, set(turned)).parts(values)
    else:
        changes += [Change(place_of(text_page, count, each), each.text + FORM_VALUE) for each in values]
        parts = [changed(text_page, 0, count, changes)]
    text_page.close()
    return parts, is_layer


def text_of(parts: list[Part]) -> str:
    """Return the text of a page."""
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    texts = (part if isinstance(part, str) else part.text() for part in parts)
    return "\n".join(text.strip("\n") for text in texts if text.strip())


def join_cut_row(page: list[Part], following: list[Part]) -> None:
    """Join a row that the end of a page has cut, if a table ends there, and one with the same columns begins."""
    last = next((part for part in reversed(page) if not is_page_number(part)), None)
    first = next((part for part in following if not is_page_number(part)), None)
    if isinstance(last, Table) and isinstance(first, Table):
        last.take_rest_of_row(first)


def is_page_number(part: Part) -> bool:
    return isinstance(part, str) and PAGE_NUMBER.fullmatch(part) is not None


def columns_of(text_page: pypdfium2.PdfTextPage, count: int) -> Iterator[Grid]:
    """Return columns of attendance without rules, as tables; look for them only where their labels share a line."""
    if not LINE_OF_LABELS.search(text_page.get_text_range()):
        return iter(())
    drawn = (index for index in range(count) if not chr(raw.FPDFText_GetUnicode(text_page, index)).isspace())
    signs = (Sign(text_between(text_page, each, each + 1), *text_page.get_charbox(each, loose=True)) for each in drawn)
    return columns_of_attendance([sign for sign in signs if sign.sign])


class TablePage:
    """A page with tables: each is read by its cells, and stands where its first character does."""

    def __init__(
        self, text_page: pypdfium2.PdfTextPage, grids: list[Grid], changes: list[Change], turned: set[int]
    ) -> None:
        self.text_page = text_page
        self.grids = grids
        self.changes = changes
        self.turned = turned
        self.pieces: dict[Grid, dict[Cell, list[Piece]]] = {grid: defaultdict(list) for grid in grids}

    def parts(self, values: list[FormValue]) -> list[Part]:
        """Return lines and tables of the page, with the values of forms in the cells of their fields."""
        beside = []
        for value in values:
            piece = Piece(value.text + FORM_VALUE, value.left, value.bottom, value.right, value.top)
            if not self.put(cell_at(self.grids, value.left, piece.middle), piece):
                beside.append(value)
        count = self.text_page.count_chars()
        self.changes += [Change(place_of(self.text_page, count, each), each.text + FORM_VALUE) for each in beside]
        parts: list[str | Grid] = []
        for place, run in groupby(self.places(count), key=lambda each: each[1]):
            indices = [index for index, _ in run]
            if place is None:
                parts.append(changed(self.text_page, indices[0], indices[-1] + 1, self.changes))
                continue
            for piece in self.pieces_of(indices):
                self.put(place, piece)
            if place[0] not in parts:
                parts.append(place[0])
        parts += [grid for grid in self.grids if self.pieces[grid] and grid not in parts]
        return [part if isinstance(part, str) else Table(part, self.pieces[part]) for part in parts]

    def put(self, place: Place, piece: Piece) -> bool:
        if place is not None:
            self.pieces[place[0]][place[1]].append(piece)
        return place is not None

    def places(self, count: int) -> Iterator[tuple[int, Place]]:
        """Yield each character with its cell; blanks and ends of lines are where the character before them is."""
        place = None
        for index in range(count):
            is_drawn = not raw.FPDFText_IsGenerated(self.text_page, index)
            if index in self.turned:
                place = None
            elif is_drawn and not chr(raw.FPDFText_GetUnicode(self.text_page, index)).isspace():
                left, bottom, right, top = self.text_page.get_charbox(index)
                place = cell_at(self.grids, (left + right) / 2, (bottom + top) / 2)
            yield index, place

    def pieces_of(self, indices: list[int]) -> Iterator[Piece]:
        """Yield the lines in characters of a cell that follow each other."""
        line: list[tuple[int, tuple[float, float, float, float]]] = []
        for index in indices:
            if chr(raw.FPDFText_GetUnicode(self.text_page, index)).isspace():
                continue
            box = self.text_page.get_charbox(index, loose=True)
            if line and not is_on_line(line[-1][1], box):
                yield self.piece(line)
                line = []
            line.append((index, box))
        if line:
            yield self.piece(line)

    def piece(self, line: list[tuple[int, tuple[float, float, float, float]]]) -> Piece:
        """Return characters of one line, with the blanks between them, as a piece."""
        text = changed(self.text_page, line[0][0], line[-1][0] + 1, self.changes)
        start = UNBREAKABLE.match(text)
        left, bottom, _, top = line[0][1]
        start_right = line[min(start.end() if start else 1, len(line)) - 1][1][2]
        return Piece(text, left, bottom, line[-1][1][2], top, start_right - left)


def is_on_line(before: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """Return whether a character is behind another on one line."""
    distance = abs((box[1] + box[3]) - (before[1] + before[3])) / 2
    return before[0] <= box[0] and distance < (before[3] - before[1]) / 2


def changed(text_page: pypdfium2.PdfTextPage, start: int, end: int, changes: list[Change]) -> str:
    """Return the text of a page from one character to another, with these changes, and □ for unmapped characters.

    An insertion at the start of the page becomes a line of its own.
    """
    within = [each for each in changes if start < each.place <= end or each.place == start == 0]
    pieces, before = [], start
    for change in sorted([*within, *unmapped(text_page, start, end)]):
        is_line = not change.place and not change.replaced
        pieces += [text_between(text_page, before, change.place), change.text, "\n" if is_line else ""]
        before = change.place + change.replaced
    return "".join([*pieces, text_between(text_page, before, end)])


def unmapped(text_page: pypdfium2.PdfTextPage, start: int, end: int) -> Iterator[Change]:
    """Yield □ for each run of characters whose font has no mapping to Unicode."""
    lost = [index for index in range(start, end) if raw.FPDFText_HasUnicodeMapError(text_page, index) == 1]
    for _, run in groupby(enumerate(lost), key=lambda each: each[1] - each[0]):
        places = [place for _, place in run]
        yield Change(places[0], LOST * len(places) + UNMAPPED, len(places))


def text_between(text_page: pypdfium2.PdfTextPage, start: int, end: int) -> str:
    if start >= end:
        return ""
    text = text_page.get_text_range(start, end - start)
    return MARKS.sub("", text.replace("\r\n", "\n").translate(ODD_CHARACTERS))


def turned_characters(text_page: pypdfium2.PdfTextPage, count: int) -> list[int]:
    return [
        index
        for index in range(count)
        if MIN_ANGLE < raw.FPDFText_GetCharAngle(text_page, index) < 2 * math.pi - MIN_ANGLE
        and not raw.FPDFText_IsGenerated(text_page, index)
    ]


def unseen_characters(text_page: pypdfium2.PdfTextPage, count: int) -> tuple[list[int], list[int]]:
    """Return the characters that are drawn invisibly, and those drawn outside the page."""
    box = text_page.page.get_cropbox()
    shapes = text_page.page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1)
    if not any(is_invisible(shape) or is_outside(shape, box) for shape in shapes):
        return [], []
    drawn = [(index, raw.FPDFText_GetTextObject(text_page, index)) for index in range(count)]
    invisible = [index for index, shape in drawn if shape and is_invisible(shape)]
    return invisible, [index for index, shape in drawn if shape and is_outside(shape, box)]


def is_invisible(shape: pypdfium2.PdfObject | raw.FPDF_PAGEOBJECT) -> bool:
    return raw.FPDFTextObj_GetTextRenderMode(shape) == raw.FPDF_TEXTRENDERMODE_INVISIBLE


def is_outside(shape: pypdfium2.PdfObject | raw.FPDF_PAGEOBJECT, page_box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top) or right.value <= left.value:
        return False
    return (
        right.value < page_box[0] or left.value > page_box[2] or top.value < page_box[1] or bottom.value > page_box[3]
    )
