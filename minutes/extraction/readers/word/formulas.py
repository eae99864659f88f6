"""Formulas of Word files: which ones lose their arrangement as a line of text."""

from __future__ import annotations

from lxml.etree import _Element

from minutes.extraction.readers.marks import FORMULA

MATHEMATICS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULAS = (f"{MATHEMATICS}oMath", f"{MATHEMATICS}oMathPara")
DENOMINATOR = f"{MATHEMATICS}den"
# Fractions, powers, indices, roots, sums, matrices and lines above each other.
ARRANGED = [
    f"{MATHEMATICS}{name}"
    for name in ("f", "sSup", "sSub", "sSubSup", "sPre", "rad", "nary", "m", "eqArr", "limLow", "limUpp")
]


def before_part(element: _Element) -> str:
    """Return the sign written before a part of a formula: 80/3."""
    return "/" if element.tag == DENOMINATOR else ""


def mark_of_formula(element: _Element) -> str:
    """Return a mark for a formula that cannot be read from a line of text."""
    is_arranged = element.tag == FORMULAS[0] and next(element.iter(*ARRANGED), None) is not None
    return FORMULA if is_arranged else ""
