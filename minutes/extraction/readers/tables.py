"""Rows of tables as lines of text, the same for Word files and web pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# What is repeated in each row that a merged cell spans: a unit or a role, no sentence.
MAX_REPEATED = 40
MAX_ROWS_SPANNED = 200


def row_lines(cells: Iterable[list[str]]) -> list[str]:
    """Return a row as one line with tabs, or a line for each paragraph where cells hold sentences."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 or any(line.rstrip().endswith("。") for cell in filled for line in cell):
        return [line for cell in filled for line in cell]
    return ["\t".join(cell_text(cell) for cell in filled)] if filled else []


def cell_text(lines: Sequence[str]) -> str:
    """Join the paragraphs of a cell; a label with one character a line (出 over 席) is one word."""
    stacked = all(len(line.strip()) == 1 for line in lines)
    return "".join(line.strip() for line in lines) if stacked else "  ".join(lines)


def is_repeated(lines: Sequence[str]) -> bool:
    """Tell whether a merged cell holds what is true of each row it spans."""
    text = cell_text(lines)
    return 0 < len(text) <= MAX_REPEATED and "。" not in text
