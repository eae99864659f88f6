"""Render table rows as lines of text, for Word files and web pages alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# Longest content of a merged cell that is repeated in each row: a unit or role, not a sentence.
MAX_REPEATED = 40
MAX_ROWS_SPANNED = 200
# This many filled cells make a row, whatever they contain.
COLUMNS_OF_A_ROW = 3
# 出席 · 列 席 人 员 · 请假： (above a column of names)
LABEL_OF_A_COLUMN = re.compile(r"\s*(?:[出列缺]\s*席|请\s*假)\s*(?:人\s*员|单\s*位|领\s*导)?\s*[：:]?\s*")


def columns_of_names(rows: Sequence[Sequence[list[str]]]) -> list[str]:
    """Return the lines of a table column by column, if each is headed by a label of the attendance; else none."""
    labels = [cell_text(cell) for cell in rows[0]] if rows else []
    if len(labels) < 2 or len({len(row) for row in rows}) > 1 or not all(map(LABEL_OF_A_COLUMN.fullmatch, labels)):
        return []
    return [line for column in zip(*rows, strict=True) for cell in column for line in cell]


def row_lines(cells: Iterable[list[str]]) -> list[str]:
    """Return a row as one line with tabs, or lines of text for a layout table.

    An empty cell before a filled one keeps its tab, so that each cell stays in its column.
    """
    cells = list(cells)
    filled = [cell for cell in cells if cell]
    if len(filled) <= 1 or frames_text(filled):
        return [line for cell in filled for line in cell]
    while not cells[-1]:
        cells.pop()
    return ["\t".join(cell_text(cell) for cell in cells)]


def frames_text(cells: Sequence[list[str]]) -> bool:
    """Return whether cells contain running text.

    That is, sentences in one or two cells, or several paragraphs with sentences in one. With three or more columns, a
    cell with one sentence is the matter of a row: 编制预案。 beside 市水务局 and 6月底.
    """
    with_sentences = [cell for cell in cells if any(line.rstrip().endswith("。") for line in cell)]
    return bool(with_sentences) and (len(cells) < COLUMNS_OF_A_ROW or any(len(cell) > 1 for cell in with_sentences))


def cell_text(lines: Sequence[str]) -> str:
    """Join the paragraphs of a cell; one character a line (出 over 席) is one word."""
    stacked = all(len(line.strip()) == 1 for line in lines)
    return "".join(line.strip() for line in lines) if stacked else "  ".join(lines)


def is_repeated(lines: Sequence[str]) -> bool:
    """Return whether a merged cell applies to each row it spans."""
    text = cell_text(lines)
    return 0 < len(text) <= MAX_REPEATED and "。" not in text
