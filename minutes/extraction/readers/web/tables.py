"""Tables of web pages: their rows, with the cells that span several of them."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from minutes.extraction.readers.tables import MAX_ROWS_SPANNED, columns_of_names, is_repeated, row_lines


class Line(NamedTuple):
    """A line of the page; `is_link` if all of its text is in links."""

    text: str
    is_link: bool


class SpanningCell(NamedTuple):
    """A cell spanning further rows: rows left, width in columns, repeated text."""

    rows: int
    columns: int
    lines: list[str]


class Table:
    """A table up to its current row, with cells that span into it from above."""

    def __init__(self, first_line: int) -> None:
        # The place among the lines of the page where those of the table begin.
        self.first_line = first_line
        self.rows: list[list[list[str]]] = []
        self.lines: list[Line] = []
        self.hanging: dict[int, SpanningCell] = {}
        self.start_row()

    def start_row(self) -> None:
        self.cells: list[list[str]] = []
        self.column = 0
        self.has_plain_text = False
        self.next_hanging: dict[int, SpanningCell] = {}

    def fill(self) -> None:
        """Add the cells that span into the row at the current column."""
        while (cell := self.hanging.pop(self.column, None)) is not None:
            self.hang(cell)
            self.cells.append(cell.lines)
            self.column += cell.columns

    def hang(self, cell: SpanningCell) -> None:
        if cell.rows > 1:
            self.next_hanging[self.column] = cell._replace(rows=cell.rows - 1)

    def add(self, lines: list[str], rows: int, columns: int) -> None:
        self.hang(SpanningCell(min(rows, MAX_ROWS_SPANNED), columns, lines if is_repeated(lines) else []))
        self.cells.append(lines)
        self.column += columns

    def end_row(self) -> list[Line]:
        """Return the row as lines, and keep its cells that span into the next one."""
        self.fill()
        for column in sorted(self.hanging):
            self.column = column
            self.fill()
        self.hanging = self.next_hanging
        self.rows.append(self.cells)
        lines = [Line(text, not self.has_plain_text) for text in row_lines(self.cells)]
        self.lines += lines
        return lines

    def by_column(self, lines: list[Line]) -> list[Line]:
        """Return the lines of the table, column by column if attendance stands in columns."""
        columns = columns_of_names(self.rows) if lines == self.lines else []
        return [Line(text, False) for text in columns] or lines


def span_of(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 6 else 1
