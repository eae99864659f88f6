"""The text of a table of a page: what is drawn in each cell, wrapped lines joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

from minutes.extraction.readers.marks import UNREAD_TABLE, strip_marks
from minutes.extraction.readers.ruled.grids import NEAR, Cell, Grid
from minutes.extraction.readers.tables import columns_of_names, is_repeated, row_lines

# What stays together at the start of a line: 《云 · （草 · 2021 · 局， (a line may not begin with the sign behind it)
UNBREAKABLE = re.compile(r"[《“‘（〔【]*(?:[A-Za-z0-9.%/~-]+|\S)[，。；：、）》”’〕】！？%]*")
# A cell whose text is further from its sides, in points, has it centred or indented.
MAX_PADDING = 10.0
# Two lines in each cell of a row may also be a head and what it means.
FEWEST_ROWS_WITHOUT_RULES = 3
# The following are parts of the height of a line, which is a little more than the width of a character. Two pieces of
# a line that are further apart have a blank between them:
GAP_OF_A_BLANK = 0.5
# characters are set this much closer to fit into a line, or the first of a paragraph is indented by more:
SLACK = 0.3
INDENT = 1.0


class Piece(NamedTuple):
    """Text drawn on one line, with its box in points, and the width of its unbreakable start."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    start_width: float = 0.0

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Inside(NamedTuple):
    """The part of a cell that text is set in, from its left to its right."""

    left: float
    right: float


class Table:
    """A table of a page: the lines of each cell."""

    def __init__(self, grid: Grid, pieces: dict[Cell, list[Piece]]) -> None:
        self.grid = grid
        self.lines = {cell: lines_of(pieces.get(cell, [])) for cell in grid.cells}
        on_left = min((line.left - cell.left for cell in grid.cells for line in self.lines[cell]), default=0.0)
        on_right = min((cell.right - line.right for cell in grid.cells for line in self.lines[cell]), default=0.0)
        self.padding = (clipped(on_left), clipped(on_right))

    def text(self) -> str:
        """Return the lines of a table as those of a Word table: a tab-separated line for each row."""
        texts = {cell: list(paragraphs(self.inside(cell), lines)) for cell, lines in self.lines.items()}
        all_rows = (list(cells_of_row(row, texts)) for row in range(len(self.grid.ys) - 1))
        rows = [list(part) for cells in all_rows for part in rows_within(cells)]
        found = columns_of_names(rows) or [line for row in rows for line in row_lines(row)]
        if self.grid.is_uneven and found:
            found[0] += UNREAD_TABLE
        return "\n".join(found)

    def inside(self, cell: Cell) -> Inside:
        return Inside(cell.left + self.padding[0], cell.right - self.padding[1])

    def row(self, number: int) -> list[Cell]:
        return sorted((cell for cell in self.grid.cells if cell.row == number), key=lambda each: each.column)

    def words(self, row: int) -> list[list[str]]:
        return [[line.text for line in self.lines[cell]] for cell in self.row(row)]

    def take_rest_of_row(self, following: Table) -> None:
        """Move the rest of a row that the end of the page has cut, from the table of the next page, to its row.

        It has empty cells, and no cell that begins anew: the one above it is full to the end of its last line.
        """
        has_head = len(following.grid.ys) > 2 and following.words(0) == self.words(0)
        cells, rest = self.row(len(self.grid.ys) - 2), following.row(int(has_head))
        if len(cells) != len(rest) or not all(map(is_below, cells, rest)):
            return
        pairs = [(cell, other) for cell, other in zip(cells, rest, strict=True) if following.lines[other]]
        if 0 < len(pairs) < len(rest) and all(self.goes_on(cell, following.lines[other]) for cell, other in pairs):
            for cell, other in pairs:
                self.lines[cell] += following.lines[other]
                following.lines[other] = []

    def goes_on(self, cell: Cell, lines: list[Piece]) -> bool:
        own = self.lines[cell]
        is_cut = bool(own) and not own[-1].text.endswith("。")
        return is_cut and is_broken(self.inside(cell), own[-1], lines[0], is_centred=False)


def is_below(cell: Cell, other: Cell) -> bool:
    """Return whether two cells have the same sides."""
    return abs(cell.left - other.left) <= NEAR >= abs(cell.right - other.right)


def cells_of_row(row: int, texts: dict[Cell, list[str]]) -> Iterator[list[str]]:
    """Yield the paragraphs of each cell; a cell that spans rows is repeated in each, if it is short."""
    for cell in sorted(texts, key=lambda each: each.column):
        if cell.row == row:
            yield texts[cell]
        elif cell.row < row < cell.row + cell.rows:
            said = [strip_marks(text) for text in texts[cell]]
            yield said if is_repeated(said) else []


def rows_within(cells: list[list[str]]) -> Iterable[Sequence[list[str]]]:
    """Return the rows of a row, which several are that no rules separate: each cell has as many lines."""
    filled = [cell for cell in cells if cell]
    counts = {len(cell) for cell in filled}
    is_stacked = any(all(len(line) == 1 and not line.isdigit() for line in cell) for cell in filled)
    if len(filled) < 2 or len(counts) > 1 or counts.pop() < FEWEST_ROWS_WITHOUT_RULES or is_stacked:
        return [cells]
    return zip(*([[line] for line in cell] or repeat([]) for cell in cells), strict=False)


def clipped(padding: float) -> float:
    return min(max(padding, 0.0), MAX_PADDING)


def lines_of(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the lines of a cell from its top, each as one piece."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: -each.middle):
        if lines and abs(lines[-1][0].middle - piece.middle) < piece.height / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [joined(sorted(line, key=lambda each: each.left)) for line in lines]


def joined(line: list[Piece]) -> Piece:
    text = line[0].text
    for before, piece in pairwise(line):
        text += (" " if piece.left - before.right > GAP_OF_A_BLANK * piece.height else "") + piece.text
    bottom, top = min(piece.bottom for piece in line), max(piece.top for piece in line)
    return Piece(text, line[0].left, bottom, line[-1].right, top, line[0].start_width)


def paragraphs(inside: Inside, lines: list[Piece]) -> Iterator[str]:
    """Yield the lines of a cell, those joined again that its width has broken."""
    text = ""
    is_centred = all(abs(space_left(inside, line) - space_right(inside, line)) < line.height for line in lines)
    for line, following in pairwise([*lines, None]):
        text += line.text
        if following and is_broken(inside, line, following, is_centred):
            text += " " if text[-1:].isascii() and text[-1:].isalpha() and following.text[:1].isascii() else ""
        else:
            yield text
            text = ""


def is_broken(inside: Inside, line: Piece, following: Piece, is_centred: bool) -> bool:
    """Return whether the start of the following line has no room at the end of this one."""
    if not is_centred and space_left(inside, following) > INDENT * line.height:
        return False
    room = space_right(inside, line) + (space_left(inside, line) if is_centred else 0.0)
    return room < following.start_width + SLACK * line.height


def space_left(inside: Inside, line: Piece) -> float:
    return line.left - inside.left


def space_right(inside: Inside, line: Piece) -> float:
    return inside.right - line.right
