"""Leave out problems that were settled by correcting the part they concern."""

from __future__ import annotations

from collections.abc import Iterable

from minutes.models import Correction
from minutes.parser.types import Problem, Span

# The field that settles the problem once a person fills it in.
FIELD_OF_CODE = {
    "number-missing": "number",
    "conflicting-numbers": "number",
    "date-missing": "date",
    "date-uncertain": "date",
    "date-without-year": "date",
    "chair-missing": "chair",
    "body-not-named": "body",
}


def without_corrected(problems: Iterable[Problem], corrections: Iterable[Correction]) -> tuple[Problem, ...]:
    """Return the problems that no correction settles, by field or by span.

    They return when the correction is reverted. A problem about a word within a corrected part stays open.
    """
    corrections = list(corrections)
    filled = {correction.place for correction in corrections if correction.value is not None}
    replaced = {span for correction in corrections for span in replaced_spans(correction)}
    return tuple(
        problem
        for problem in problems
        if FIELD_OF_CODE.get(problem.code) not in filled and problem.span not in replaced
    )


def replaced_spans(correction: Correction) -> list[Span]:
    """Return the spans of what a correction replaced; of a list, of what it removed."""
    if isinstance(correction.parsed, list):
        parts = [part for part in correction.parsed if part not in (correction.value or [])]
    else:
        parts = [correction.parsed]
    return [Span(*part["span"]) for part in parts if isinstance(part, dict) and part.get("span")]
