"""Excel files without formulas; apart from CSV files, since openpyxl and numpy are slow to import."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from open_data.spreadsheets import for_xml

WIDEST_COLUMN = 60


def workbook(title: str, heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Return an Excel file (.xlsx) with one sheet.

    The header row is frozen, and columns are as wide as their content.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    lines = [[*heads], *([*row] for row in rows)]
    for number, column in enumerate(zip(*lines, strict=True), start=1):
        longest = max(len(str(cell or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST_COLUMN, 2 * longest + 2)
    sheet.freeze_panes = "A2"
    for number, line in enumerate(lines):
        cells = [WriteOnlyCell(sheet) for _ in line]
        for cell, value in zip(cells, line, strict=True):
            set_value(cell, value)
            cell.font = Font(bold=number == 0)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def set_value(cell: Cell, value: Any) -> None:
    """Set a value; text remains text even if it looks like a formula."""
    if value is None or isinstance(value, int | float | datetime.date):
        cell.value = value
    else:
        cell.value = for_xml(str(value))
        cell.data_type = "s"
