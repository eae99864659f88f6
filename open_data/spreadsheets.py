"""Tables for spreadsheet programs: CSV that opens with its characters right and calculates nothing."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from typing import Any, TextIO

BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet take a cell for a formula, in every width.
STARTS_A_FORMULA = frozenset("=+-@")
STARTS_ANOTHER_CELL = frozenset("\t\r\n")


def write_line(file: TextIO, cells: Iterable[Any]) -> None:
    """Write one line; the caller starts the file with the byte order mark."""
    csv.writer(file).writerow([harmless(cell) for cell in cells])


def harmless(cell: Any) -> Any:
    """Prefix text that a spreadsheet would calculate with ': =1+1, ＝1+1, -2, @name."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\x00", "")
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if first in STARTS_A_FORMULA or text[:1] in STARTS_ANOTHER_CELL else text
