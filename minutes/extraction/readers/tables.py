"""Rows of tables as lines of text, the same for Word files and web pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# What is repeated in each row that a merged cell spans: a unit or a role, no sentence.
MAX_REPEATED = 40
MAX_ROWS_SPANNED = 200
# So many filled cells are a row, whatever stands in them.
COLUMNS_OF_A_ROW = 3


def row_lines(cells: Iterable[list[str]]) -> list[str]:
    """Return a row as one line with tabs, or a line for each paragraph where cells frame running text.

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
    """Tell whether cells hold running text: sentences in a cell or two, or several paragraphs with sentences in one.

    In three and more columns a cell of one sentence is the matter of a row: 编制预案。 beside 市水务局 and 6月底.
    """
    with_sentences = [cell for cell in cells if any(line.rstrip().endswith("。") for line in cell)]
    return bool(with_sentences) and (len(cells) < COLUMNS_OF_A_ROW or any(len(cell) > 1 for cell in with_sentences))


def cell_text(lines: Sequence[str]) -> str:
    """Join the paragraphs of a cell; a label with one character a line (出 over 席) is one word."""
    stacked = all(len(line.strip()) == 1 for line in lines)
    return "".join(line.strip() for line in lines) if stacked else "  ".join(lines)


def is_repeated(lines: Sequence[str]) -> bool:
    """Tell whether a merged cell holds what is true of each row it spans."""
    text = cell_text(lines)
    return 0 < len(text) <= MAX_REPEATED and "。" not in text
