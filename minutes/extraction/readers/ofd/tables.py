"""The text of an OFD page that has tables: each is read by its cells, between the lines above and below it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

import ofdkit
from ofdkit.layout import page_text

from minutes.extraction.readers.ofd.glyphs import name_of
from minutes.extraction.readers.ruled.cells import UNBREAKABLE, Piece, Table
from minutes.extraction.readers.ruled.grids import Box, Cell, Grid, box_of, cell_at, grids_of

POINTS_PER_MILLIMETRE = 72 / 25.4
# Parts of a character's height above and below the line it is written on.
ASCENT, DESCENT = 0.8, 0.2
# Bold type is drawn twice, this part of a character apart.
MAX_SHIFT_OF_BOLD = 0.3


def text_with_tables(page: ofdkit.Page, roots: Iterable[ET.Element]) -> str:
    """Return the text of a page; `roots` are the XML of its templates and of itself."""
    grids = grids_of(stroke for root in roots for stroke in strokes_in(root))
    if not grids:
        return page.text()
    inside: dict[Grid, dict[Cell, list[Piece]]] = {grid: defaultdict(list) for grid in grids}
    outside = []
    for run in without_repeated(page.runs):
        piece = piece_of(run)
        place = cell_at(grids, (piece.left + piece.right) / 2, piece.middle)
        if place:
            inside[place[0]][place[1]].append(piece)
        else:
            outside.append(run)
    parts = []
    for grid in sorted(grids, key=lambda each: -each.ys[0]):
        parts.append(page_text([run for run in outside if piece_of(run).middle > grid.ys[0]]))
        outside = [run for run in outside if piece_of(run).middle <= grid.ys[0]]
        parts.append(Table(grid, inside[grid]).text())
    return "\n".join(part for part in (*parts, page_text(outside)) if part.strip())


def without_repeated(runs: list[ofdkit.TextRun]) -> Iterator[ofdkit.TextRun]:
    """Yield runs once that are drawn twice."""
    seen: dict[str, list[ofdkit.TextRun]] = defaultdict(list)
    for run in runs:
        most = MAX_SHIFT_OF_BOLD * run.size
        if not any(abs(run.x - other.x) <= most and abs(run.y - other.y) <= most for other in seen[run.text]):
            seen[run.text].append(run)
            yield run


def piece_of(run: ofdkit.TextRun) -> Piece:
    """Return a run in points from the lower left; its width is that of its characters on average."""
    left, line, size, width = (each * POINTS_PER_MILLIMETRE for each in (run.x, -run.y, run.size, run.width))
    text = run.text.strip()
    start = UNBREAKABLE.match(text)
    start_width = width * (start.end() if start else 1) / max(len(run.text), 1)
    return Piece(text, left, line - DESCENT * size, left + width, line + ASCENT * size, start_width)


def strokes_in(root: ET.Element) -> Iterator[Box]:
    """Yield the box of each line that the paths of a page draw."""
    for path in root.iter():
        if name_of(path) != "PathObject":
            continue
        is_stroked = (path.get("Stroke") or "true").lower() != "false"
        data = next((child.text or "" for child in path if name_of(child) == "AbbreviatedData"), "")
        for points in outlines_of(data):
            placed = [on_page(path, x, y) for x, y in points]
            yield from map(box_of, pairwise(placed)) if is_stroked else (box_of(placed),)


def outlines_of(data: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of each part of a path: M 0 0 L 80 0 C."""
    points: list[tuple[float, float]] = []
    numbers: list[float] = []
    for word in [*data.replace(",", " ").split(), "M"]:
        if not word.isalpha():
            numbers += numbers_of(word, (0.0,))
            continue
        if len(numbers) >= 2:
            points.append((numbers[-2], numbers[-1]))
            numbers = []
        if word in ("M", "S") and points:
            yield points
            points = []
        elif word == "C" and points:
            points.append(points[0])


def on_page(path: ET.Element, x: float, y: float) -> tuple[float, float]:
    """Return a point of a path on the page, in points from the lower left."""
    a, b, c, d, e, f = numbers_of(path.get("CTM"), (1, 0, 0, 1, 0, 0))
    left, top, *_ = numbers_of(path.get("Boundary"), (0, 0, 0, 0))
    across, down = a * x + c * y + e + left, b * x + d * y + f + top
    return across * POINTS_PER_MILLIMETRE, -down * POINTS_PER_MILLIMETRE


def numbers_of(written: str | None, otherwise: tuple[float, ...]) -> tuple[float, ...]:
    try:
        numbers = tuple(float(word) for word in (written or "").replace(",", " ").split())
    except ValueError:
        return otherwise
    return numbers if len(numbers) == len(otherwise) else otherwise
