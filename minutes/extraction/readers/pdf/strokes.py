"""The lines and filled shapes that are drawn on a PDF page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from minutes.extraction.readers.ruled.grids import MAX_STROKES, Box, box_of

# A page with more of them is a drawing.
MAX_SEGMENTS = 100_000


def strokes_on(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Yield the box of each line that paths stroke, and of each part that they fill."""
    if raw.FPDFPage_CountObjects(page) > MAX_STROKES:
        return
    left = MAX_SEGMENTS
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        left -= raw.FPDFPath_CountSegments(shape)
        if left < 0:
            return
        fills, strokes = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(shape, fills, strokes)
        if not fills.value and not strokes.value:
            continue
        for points in outlines_of(shape):
            yield from map(box_of, pairwise(points)) if strokes.value else (box_of(points),)


def outlines_of(shape: pypdfium2.PdfObject) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of each part of a path, on the page."""
    matrix, outer = shape.get_matrix(), shape.container
    while outer is not None:
        matrix, outer = matrix.multiply(outer.get_matrix()), outer.container
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(raw.FPDFPath_CountSegments(shape)):
        segment = raw.FPDFPath_GetPathSegment(shape, place)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points
