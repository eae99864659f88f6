"""Classify agenda items by words in title, documents and first paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from minutes.parser.topics.classes import any_word, codes_by_word
from minutes.parser.types import Topic

# A word counts once for each of these texts. A title names the subject of the item; a first paragraph also names
# reporters and other matters.
TITLE_WEIGHT = 4.0
DOCUMENT_WEIGHT = 3.0
OPENING_WEIGHT = 1.0
# Words of two characters occur often in names of units and in passing; longer ones are more specific.
WEIGHT_A_CHARACTER = 0.25
OPENING_CHARACTERS = 200
MAX_TOPICS = 3
# A single short word of the first paragraph is not enough, since it is often part of a unit's name.
MIN_WEIGHT = 1.5
# Minimum share of the main topic's weight for a further topic.
SHARE_OF_FIRST = 0.5


def classify(title: str, documents: Iterable[str], opening: str) -> tuple[Topic, ...]:
    """Return the main topic and up to two more; empty without matching words."""
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for text, weight in (
        (title, TITLE_WEIGHT),
        (" ".join(documents), DOCUMENT_WEIGHT),
        (opening[:OPENING_CHARACTERS], OPENING_WEIGHT),
    ):
        for word in dict.fromkeys(any_word().findall(text)):
            weights[codes_by_word()[word]][word] += weight * (1 + WEIGHT_A_CHARACTER * (len(word) - 2))
    totals = [(sum(words.values()), code) for code, words in weights.items()]
    totals = sorted((each for each in totals if each[0] >= MIN_WEIGHT), key=lambda each: (-each[0], each[1]))
    return tuple(
        Topic(code, tuple(sorted(weights[code], key=lambda word: (-weights[code][word], word))))
        for total, code in totals[:MAX_TOPICS]
        if total >= totals[0][0] * SHARE_OF_FIRST
    )
