"""Pinyin of Chinese text, for typed pinyin (anquan → 安全) and sorting of names.

The only module that imports pypinyin.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

# anquan, an quan, an'quan: typed pinyin, folded
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzü' ")
_SHORTEST = 2
# Surnames read differently from the same character elsewhere: 单 is shan, not dan.
_SURNAMES = {
    "单于": "chan yu",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "万俟": "mo qi",
    "澹台": "tan tai",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "曾": "zeng",
    "朴": "piao",
    "盖": "ge",
    "翟": "zhai",
    "乐": "yue",
    "覃": "qin",
    "缪": "miao",
    "折": "she",
    "员": "yun",
    "种": "chong",
    "繁": "po",
    "秘": "bi",
    "宓": "fu",
    "召": "shao",
    "都": "du",
    "薄": "bo",
    "隗": "wei",
    "牟": "mu",
    "句": "gou",
}


@dataclass(frozen=True, slots=True)
class Pinyin:
    """The syllables of a text, and the offset of each in the joined letters."""

    letters: str
    initials: str
    starts: frozenset[int]

    def contains(self, typed: str) -> bool:
        """Return whether the letters match from the start of a syllable, or as initials."""
        place = self.letters.find(typed)
        while place >= 0:
            if place in self.starts:
                return True
            place = self.letters.find(typed, place + 1)
        return typed in self.initials


def typed_pinyin(folded: str) -> str:
    """Return the letters if the folded text may be pinyin, else an empty string."""
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


@lru_cache(maxsize=10_000)
def sound_of_name(name: str) -> str:
    """Return the pinyin of a person's name, by syllable: shan wen for 单文."""
    from pypinyin import lazy_pinyin

    for length in (2, 1):
        if sound := _SURNAMES.get(name[:length]):
            return " ".join([sound, *lazy_pinyin(name[length:])])
    return " ".join(lazy_pinyin(name))
