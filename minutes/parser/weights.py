"""How much a problem weighs, by its code: whether a fact may be wrong, or whether it is only worth knowing."""

from __future__ import annotations

from typing import Literal

# must: a fact may be wrong or missing, so review is not over before somebody settles it.
# look: worth a look. note: said for completeness, nobody has to act.
Weight = Literal["must", "look", "note"]

WEIGHTS: dict[str, Weight] = {
    # Facts that are missing, contradictory or uncertain.
    "date-missing": "must",
    "date-uncertain": "must",
    "date-without-year": "must",
    "body-missing": "must",
    "body-uncertain": "must",
    "conflicting-dates": "must",
    "conflicting-numbers": "must",
    "several-chairs": "must",
    "items-missing": "must",
    "item-number-gap": "must",
    "opening-item-missing": "must",
    "name-unclear": "must",
    "line-unaccounted": "must",
    "correction-questioned": "must",
    "correction-adrift": "must",
    "damaged-characters": "must",
    "ambiguous-unit": "must",
    "ambiguous-short-title": "must",
    "ambiguous-actor": "must",
    "attendance-unclear": "must",
    "too-long": "must",
    "word-deletion": "must",
    "word-hidden": "must",
    "word-symbol": "must",
    "pdf-turned-text": "must",
    "word-left-out": "must",
    "pages-left-out": "must",
    "web-left-out": "must",
    "web-differs": "must",
    "recognized-text": "must",
    # Read with some doubt, or absent as in many minutes.
    "kind-missing": "look",
    "number-missing": "look",
    "chair-missing": "look",
    "attendance-missing": "look",
    "task-without-actor": "look",
    "unknown-action": "look",
    "unknown-outcome": "look",
    "body-not-named": "look",
    "body-from-web": "look",
    "pdf-form-value": "look",
    "attachments-left-out": "look",
    "word-insertion": "look",
    "word-comment": "look",
    "word-numbering": "look",
    "recognized-unsure": "look",
    "unknown-character": "look",
    "web-words-within": "look",
    # Said, no action needed.
    "title-derived": "note",
    "body-inferred": "note",
    "deadline-unresolved": "note",
    "actor-not-linked": "note",
}


def weight_of(code: str) -> Weight:
    """Return the weight of a problem; one that nobody has weighed yet must be settled."""
    return WEIGHTS.get(code, "must")
