"""CSV and Excel files that open with the right encoding and without formulas."""

from __future__ import annotations

import csv
import datetime
import unicodedata
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

BYTE_ORDER_MARK = "\ufeff"
# Leading characters that make a cell a formula, tested after width folding.
STARTS_A_FORMULA = frozenset("=+-@")
STARTS_ANOTHER_CELL = frozenset("\t\r\n")
# Characters that extraction may leave in a text, but that XML, and so a workbook, cannot contain.
NOT_FOR_XML = dict.fromkeys([*(code for code in range(0x20) if chr(code) not in "\t\n\r"), 0xFFFE, 0xFFFF])
WIDEST_COLUMN = 60


def for_xml(text: str) -> str:
    """Return the text without the characters that XML forbids."""
    return text.translate(NOT_FOR_XML)


def write_line(file: SupportsWrite[str], cells: Iterable[Any]) -> None:
    """Write a CSV line; the caller starts the file with a byte order mark."""
    csv.writer(file).writerow([escape_formula(cell) for cell in cells])


def escape_formula(cell: Any) -> Any:
    """Prefix text that a spreadsheet would evaluate with ': =1+1, ＝1+1, -2, @name."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\x00", "")
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if first in STARTS_A_FORMULA or text[:1] in STARTS_ANOTHER_CELL else text


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
