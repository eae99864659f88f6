"""Values of PDF form fields, which are not part of the page text, by position."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

WRITTEN_FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
MAX_FIELDS_OF_A_PAGE = 1_000
MAX_BYTES_OF_A_VALUE = 20_000


class FormValue(NamedTuple):
    """A value and the position of its field, in points from the lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def form_values(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[FormValue]:
    """Yield the filled fields of a page."""
    form = document.formenv
    if form is None:
        return
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_FIELDS_OF_A_PAGE)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetFormFieldType(form, annotation) in WRITTEN_FIELDS and (
                text := value_of(form, annotation)
            ):
                box = raw.FS_RECTF()
                raw.FPDFAnnot_GetRect(annotation, box)
                yield FormValue(text, box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def value_of(form: pypdfium2.PdfFormEnv, annotation: raw.FPDF_ANNOTATION) -> str:
    size = min(raw.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0), MAX_BYTES_OF_A_VALUE)
    buffer = ctypes.create_string_buffer(max(size, 2))
    raw.FPDFAnnot_GetFormFieldValue(form, annotation, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip()


def place_of(text_page: pypdfium2.PdfTextPage, count: int, value: FormValue) -> int:
    """Return the offset after the last character left of a field, or 0."""
    place, rightmost = 0, float("-inf")
    for index in range(count):
        left, bottom, right, top = text_page.get_charbox(index)
        is_on_line = right > left and value.bottom <= (bottom + top) / 2 <= value.top
        if is_on_line and rightmost < right <= value.left + (right - left) / 2:
            place, rightmost = index + 1, right
    return place
