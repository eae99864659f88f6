"""Find columns of attendance on a PDF page that has no rules between them, by the positions of the names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from minutes.extraction.readers.ruled.grids import Grid, Rule
from minutes.extraction.readers.tables import LABEL_OF_A_COLUMN

# In heights of a line: at least this much space is between two columns, and at most this much between two lines.
MIN_SPACE = 1.0
MAX_LEADING = 3.0


class Sign(NamedTuple):
    """A character, and its box in points."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float


Line = list[Sign]
Space = tuple[float, float]


def columns_of_attendance(signs: Sequence[Sign]) -> Iterator[Grid]:
    """Yield a table for each line 出席 列席 with names in columns below it."""
    lines = lines_of(signs)
    for place, line in enumerate(lines):
        spaces = spaces_between_labels(line)
        if not spaces:
            continue
        rows = [line]
        for below in lines[place + 1 :]:
            narrowed = [narrowest(space, below) for space in spaces]
            if None in narrowed or is_apart(rows[-1], below) or ends_the_columns(below, spaces[0]):
                break
            spaces = [space for space in narrowed if space]
            rows.append(below)
        if len(rows) > 1:
            yield grid_of(rows, spaces)


def lines_of(signs: Sequence[Sign]) -> list[Line]:
    """Return the lines of a page from its top, their characters from the left."""
    lines: list[Line] = []
    for sign in sorted(signs, key=lambda each: -each.bottom - each.top):
        if lines and abs(middle_of(lines[-1][0]) - middle_of(sign)) < height_of(sign) / 2:
            lines[-1].append(sign)
        else:
            lines.append([sign])
    return [sorted(line, key=lambda each: each.left) for line in lines]


def spaces_between_labels(line: Line) -> list[Space]:
    """Return the spaces between the labels of a line with nothing else, at least two of them."""
    text = "".join(each.sign for each in line)
    ends = [0]
    while label := LABEL_OF_A_COLUMN.match(text, ends[-1]):
        ends.append(label.end())
    if ends[-1] < len(text):
        return []
    return [(line[end - 1].right, line[end].left) for end in ends[1:-1]]


def narrowest(space: Space, line: Line) -> Space | None:
    """Return the part of a space between columns that a line leaves free, or None if it leaves too little."""
    edges = [float("-inf"), *(edge for sign in line for edge in (sign.left, sign.right)), float("inf")]
    free = [(max(left, space[0]), min(right, space[1])) for left, right in zip(edges[::2], edges[1::2], strict=True)]
    widest = max(free, key=lambda each: each[1] - each[0])
    return widest if widest[1] - widest[0] >= MIN_SPACE * height_of(line[0]) else None


def is_apart(line: Line, below: Line) -> bool:
    return middle_of(line[0]) - middle_of(below[0]) > MAX_LEADING * height_of(line[0])


def ends_the_columns(line: Line, first_space: Space) -> bool:
    """Return whether a line is another one below the columns: 记录：侯鹤鸣."""
    return line[-1].right <= first_space[1] and any(each.sign in "：:" for each in line)


def grid_of(rows: list[Line], spaces: list[Space]) -> Grid:
    """Return a table with rules between these lines, and in the middle of the spaces."""
    left, right = min(row[0].left for row in rows) - 1, max(row[-1].right for row in rows) + 1
    top, bottom = rows[0][0].top + 1, rows[-1][0].bottom - 1
    between = [(middle_of(above[0]) + middle_of(below[0])) / 2 for above, below in pairwise(rows)]
    across = [Rule(place, left, right) for place in (bottom, *between, top)]
    down = [Rule(place, bottom, top) for place in (left, *(sum(space) / 2 for space in spaces), right)]
    return Grid(across, down)


def middle_of(sign: Sign) -> float:
    return (sign.bottom + sign.top) / 2


def height_of(sign: Sign) -> float:
    return sign.top - sign.bottom
