"""CSV files that open with the right encoding and without formulas."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

BYTE_ORDER_MARK = "\ufeff"
# Leading characters that make a cell a formula, tested after width folding.
STARTS_A_FORMULA = frozenset("=+-@")
STARTS_ANOTHER_CELL = frozenset("\t\r\n")
# Characters that extraction may leave in a text, but that XML, and so a workbook, cannot contain.
NOT_FOR_XML = dict.fromkeys([*(code for code in range(0x20) if chr(code) not in "\t\n\r"), 0xFFFE, 0xFFFF])


def for_xml(text: str) -> str:
    """Return the text without the characters that XML forbids."""
    return text.translate(NOT_FOR_XML)


def write_line(file: SupportsWrite[str], cells: Iterable[Any]) -> None:
    """Write a CSV line; the caller starts the file with a byte order mark."""
    csv.writer(file).writerow([escape_formula(cell) for cell in cells])


def escape_formula(cell: Any) -> Any:
    """Prefix text that a spreadsheet would evaluate with ': =1+1, ＝1+1, -2, @name; a record is its name."""
    if cell is None or isinstance(cell, int | float):
        return cell
    text = str(cell).replace("\x00", "")
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if first in STARTS_A_FORMULA or text[:1] in STARTS_ANOTHER_CELL else text
