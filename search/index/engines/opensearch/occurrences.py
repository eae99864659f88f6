"""How often a text occurs in the items of each meeting, computed from scores."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from search.index.engines.opensearch.mapping import COUNTING_LIMIT


def times_a_score(explained: Mapping[str, Any]) -> float:
    """Return the weight of one occurrence, from the explanation of a score.

    A weight is `rarity * (limit + 1) * times / (times + limit)`, and the explanation contains the times.
    """
    times = _frequency(explained)
    if times is None:
        raise ValueError(f"an explanation of OpenSearch names no frequency: {explained}")
    return float(explained["value"]) * (times + COUNTING_LIMIT) / times / (COUNTING_LIMIT + 1)


def times(score: float, of_one: float) -> int:
    """Return the number of occurrences with this score, given the weight of one."""
    share = score / (of_one * (COUNTING_LIMIT + 1))
    return round(share * COUNTING_LIMIT / (1 - share)) if share < 1 else math.ceil(COUNTING_LIMIT)


def sums_by_meeting(numbers: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the sum of the numbers per meeting."""
    sums: dict[int, int] = {}
    for meeting, number in numbers:
        if number:
            sums[meeting] = sums.get(meeting, 0) + number
    return sums


def _frequency(explained: Mapping[str, Any]) -> float | None:
    if "freq" in explained["description"].split("=")[0].split(",")[0].lower() and not explained.get("details"):
        return float(explained["value"])
    below = (_frequency(part) for part in explained.get("details", ()))
    return next((value for value in below if value is not None), None)
