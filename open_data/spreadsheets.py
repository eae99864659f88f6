"""CSV files that open with the right encoding and without formulas."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

BYTE_ORDER_MARK = "\ufeff"
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


def csv_line(cells: Iterable[Any]) -> str:
    """Return a CSV line."""
    line = StringIO()
    write_line(line, cells)
    return line.getvalue()


def csv_response(name: str, lines: Iterable[Iterable[Any]]) -> HttpResponse:
    """Return lines as a CSV file of this name, with the byte order mark that Excel needs."""
    response = HttpResponse([BYTE_ORDER_MARK, *map(csv_line, lines)], content_type=CSV)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def streamed_csv_response(name: str, lines: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Return the same, sent line by line while the lines are made."""
    response = StreamingHttpResponse(chain([BYTE_ORDER_MARK], map(csv_line, lines)), content_type=CSV)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def escape_formula(cell: Any) -> Any:
    """Prefix text that a spreadsheet would evaluate with ': =1+1, ＝1+1, -2, @name; a record is its name."""
    if cell is None or isinstance(cell, int | float):
        return cell
    text = str(cell).replace("\x00", "")
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if first in STARTS_A_FORMULA or text[:1] in STARTS_ANOTHER_CELL else text
