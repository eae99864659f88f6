"""The breakdown table as an Excel workbook, ready to print on A4 landscape."""

from __future__ import annotations

import io
import math
import unicodedata

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from open_data.workbooks import set_value
from pages.tasks.breakdown import COLUMNS, HEAD_GREY, Breakdown, BreakdownGroup

# Column widths are measured in digits of the standard font; this many make a centimetre.
DIGITS_PER_CM = 4.6
LINE_HEIGHT, TALLEST_ROW = 15.5, 409
LAST = get_column_letter(len(COLUMNS))
HEAD_ROW = 3

THIN = Side(style="thin", color="808080")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
SHADED = PatternFill("solid", fgColor=HEAD_GREY)
TITLE, SUBTITLE, HEADING, TEXT = (
    Font(name="方正小标宋简体", size=18),
    Font(name="仿宋", size=11),
    Font(name="黑体", size=11),
    Font(name="仿宋", size=11),
)


def workbook_of(breakdown: Breakdown) -> bytes:
    """Return the .xlsx file."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "议定事项分解表"
    prepare_page(sheet)
    write_head(sheet, breakdown)
    row = HEAD_ROW + 1
    for group in breakdown.groups:
        row = write_group(sheet, row, group)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def prepare_page(sheet: Worksheet) -> None:
    """Set paper, margins and widths, and repeat the header row on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    for number, (_, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width * DIGITS_PER_CM


def write_head(sheet: Worksheet, breakdown: Breakdown) -> None:
    """Write title, subtitle and header row."""
    for row, (text, font, height) in enumerate(
        ((breakdown.title, TITLE, 34), (breakdown.subtitle, SUBTITLE, 20)), start=1
    ):
        sheet.merge_cells(f"A{row}:{LAST}{row}")
        set_value(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = font
        sheet.cell(row, 1).alignment = CENTRED
        sheet.row_dimensions[row].height = height
    for number, (heading, _) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEAD_ROW, number, heading)
        cell.font, cell.alignment, cell.border, cell.fill = HEADING, CENTRED, GRID, SHADED
    sheet.row_dimensions[HEAD_ROW].height = 24


def write_group(sheet: Worksheet, first: int, group: BreakdownGroup) -> int:
    """Write the rows of an item, with merged cells; return the next free row."""
    # Excel does not grow the rows of merged cells, so each row gets its share of the lines.
    title_lines = math.ceil(lines_in(group.title, COLUMNS[1][1]) / len(group.rows))
    for row, each in enumerate(group.rows, start=first):
        texts = (group.number, group.title, *each.cells)
        for number, text in enumerate(texts, start=1):
            cell = sheet.cell(row, number)
            if number > 2 or row == first:
                set_value(cell, text)
            cell.font, cell.border = TEXT, GRID
            cell.alignment = LEFT if number in (2, 3) else CENTRED
        lines = max(
            title_lines, *(lines_in(text, width) for text, (_, width) in zip(each.cells, COLUMNS[2:], strict=True))
        )
        sheet.row_dimensions[row].height = min(TALLEST_ROW, lines * LINE_HEIGHT + 6)
    last = first + len(group.rows) - 1
    if last > first:
        sheet.merge_cells(start_row=first, end_row=last, start_column=1, end_column=1)
        sheet.merge_cells(start_row=first, end_row=last, start_column=2, end_column=2)
    return last + 1


def lines_in(text: str, width: float) -> int:
    """Return the number of lines of a text in a column of this width in cm.

    A Chinese character is as wide as two digits.
    """
    room = width * DIGITS_PER_CM - 2
    return sum(max(1, math.ceil(digits_in(line) / room)) for line in text.split("\n"))


def digits_in(line: str) -> float:
    return sum(2.2 if unicodedata.east_asian_width(character) in "WFA" else 1.1 for character in line)
