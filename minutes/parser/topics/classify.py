"""Decide the topics of an agenda item by the words of its title, its documents and its first paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from minutes.parser.topics.classes import any_word, codes_by_word
from minutes.parser.types import Topic

# A word counts once for each place that has it. A title says what the item is about; a first paragraph also names
# those who report and what else was said.
TITLE_WEIGHT = 4.0
DOCUMENT_WEIGHT = 3.0
OPENING_WEIGHT = 1.0
# Words of two characters are common in names of units and in passing; longer ones say more.
WEIGHT_A_CHARACTER = 0.25
OPENING_CHARACTERS = 200
MAX_TOPICS = 3
# One short word of the first paragraph alone, often part of a unit's name, decides nothing.
MIN_WEIGHT = 1.5
# A further topic has at least this share of the first one's weight.
SHARE_OF_FIRST = 0.5


def classify(title: str, documents: Iterable[str], opening: str) -> tuple[Topic, ...]:
    """Return the item's main topic and up to two more; none where no word of the register occurs."""
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
