"""Pinyin of Chinese text, for those who type it: anquan → 安全.

The only module that knows pypinyin.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

# anquan, an quan, an'quan: what is typed of a sound, folded
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzü' ")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Pinyin:
    """The syllables of a text, and where each of them begins in their row."""

    letters: str
    initials: str
    starts: frozenset[int]

    def holds(self, typed: str) -> bool:
        """Return whether the letters stand in it from the beginning of a syllable on, or are initials of syllables."""
        place = self.letters.find(typed)
        while place >= 0:
            if place in self.starts:
                return True
            place = self.letters.find(typed, place + 1)
        return typed in self.initials


def typed_pinyin(folded: str) -> str:
    """Return the letters of what may be meant as a sound.

    An empty text when it cannot be.
    """
    letters = folded.replace("'", "").replace(" ", "").replace("ü", "v")
    return letters if set(folded) <= _LETTERS and len(letters) >= _SHORTEST else ""


@lru_cache(maxsize=100_000)
def pinyin_of(text: str) -> Pinyin:
    """Return the pinyin of a text without tones; anything not Chinese is unchanged."""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(text)
    starts, place = [], 0
    for syllable in syllables:
        starts.append(place)
        place += len(syllable)
    return Pinyin("".join(syllables), "".join(syllable[:1] for syllable in syllables), frozenset(starts))
