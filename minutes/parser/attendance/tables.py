"""Parse attendance tables: determine the columns of units, names and titles."""

from __future__ import annotations

import re

from minutes.parser.attendance.segmentation import TITLE_WORDS, UNIT_AND_POST
from minutes.parser.source_text import BETWEEN_CELLS, Tracked
from minutes.parser.types import Attendee
from minutes.parser.vocabulary.characters import canonical
from minutes.parser.vocabulary.names import is_a_likely_name
from minutes.parser.vocabulary.organizations import looks_like_a_unit

# 12. (the number of a row: 12. 市交通局)
ROW_NUMBER = re.compile(r"\d{1,3}[.、]?")
# 王  岚 · 王 岚 (a name spread over a cell, not two cells)
SPREAD_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) {1,4}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
MOST_COLUMNS = 5


def read_table(rows: list[Tracked], role: str) -> list[Attendee] | None:
    """Return an entry for each row, or None if it is no table of one name per row."""
    cells = [_cells_of(row) for row in rows]
    widths = {len(row) for row in cells}
    if len(rows) < 2 or len(widths) != 1 or not 2 <= (width := widths.pop()) <= MOST_COLUMNS:
        return None
    columns = [_kind_of([row[column].compact.folded for row in cells]) for column in range(width)]
    if columns.count("name") != 1 or not {"unit", "title", "post"} & set(columns) or None in columns:
        return None
    return [_entry(row, columns, role) for row in cells]


def _cells_of(row: Tracked) -> list[Tracked]:
    """Return the cells of a row without its number."""
    row = row.without({index for found in SPREAD_NAME.finditer(row.folded) for index in range(*_gap_of(found))})
    cells, start = [], 0
    for between in [*BETWEEN_CELLS.finditer(row.folded), None]:
        cell = row[start : between.start() if between else len(row)].stripped()
        if cell:
            cells.append(cell)
        start = between.end() if between else start
    return cells[1:] if cells and ROW_NUMBER.fullmatch(cells[0].folded) else cells


def _gap_of(found: re.Match[str]) -> tuple[int, int]:
    return found.end(1), found.start(2)


def _kind_of(cells: list[str]) -> str | None:
    """Return the kind of a column: name, unit, title or a unit with a post."""
    if all(map(is_a_likely_name, cells)):
        return "name"
    if all(TITLE_WORDS.fullmatch(cell) and not UNIT_AND_POST.fullmatch(cell) for cell in cells):
        return "title"
    if all(looks_like_a_unit(cell) for cell in cells):
        return "unit"
    return "post" if all(TITLE_WORDS.fullmatch(cell) or looks_like_a_unit(cell) for cell in cells) else None


def _entry(row: list[Tracked], columns: list[str | None], role: str) -> Attendee:
    """Return the person of a row with the unit and title in its cells."""
    cells = {kind: cell for kind, cell in zip(columns, row, strict=True) if kind}
    organization = cells["unit"].compact.chars if "unit" in cells else None
    title = cells["title"].compact.chars if "title" in cells else None
    if "post" in cells:
        written = cells["post"].compact.chars
        split = UNIT_AND_POST.fullmatch(written)
        if split and not organization:
            organization, title = split["unit"], split["post"]
        elif looks_like_a_unit(written) and not organization:
            organization = written
        else:
            title = written
    span = row[0].span._replace(end=row[-1].span.end)
    return Attendee(role, canonical(cells["name"].compact.chars), organization, title, None, span)
