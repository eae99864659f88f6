"""Fold text for comparison: width, case, traditional forms, brackets, spaces.

Texts and queries are folded in the same way, only for comparison and never for display. Folding looks at one
character at a time (and, for spaces, at its neighbours), so a part of a text folds to a part of the folded text: this
is why a copied string can be found.
"""

import re
import unicodedata
from collections.abc import Sequence

from minutes.parser.vocabulary.characters import MATCHING, canonical, is_variation_selector, simplified

# Separates passages that a phrase must not cross. No folded text contains this control character.
PASSAGE_BREAK = "\x1f"

# Brackets, quotation marks and the dot in names, as on a keyboard.
_TYPED = {"〔": "[", "〕": "]", "“": '"', "”": '"', "‘": "'", "’": "'", "·": "."}

# 全市GDP   growth
_SPACES = re.compile(r"\s+")
# 会议 确定 · 2020 年 → the space is removed; in GDP growth it stays, as it separates two words.
_SPACE_BESIDE_CHINESE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class _FoldedCharacters(dict[int, str]):
    """Translation table that caches the folded form of each character on demand."""

    def __init__(self) -> None:
        self.one_to_one: set[str] = set()  # characters that fold to one character, except spaces

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        if len(folded) == 1 and not folded.isspace():
            self.one_to_one.add(chr(code))
        return folded


_characters = _FoldedCharacters()


def fold(text: str) -> str:
    """Return the folded form of a text."""
    folded = text.translate(_characters)
    # Every kind of space folds to this one, and most Chinese texts have none.
    return _SPACE_BESIDE_CHINESE.sub("", _SPACES.sub(" ", folded)) if " " in folded else folded


# 艾山.买买提 (the dot in a name, as it is folded)
_DOT_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")


def stored_form(folded: str) -> str:
    """Return how a name or title with this folded form is stored: 艾山.买买提 as 艾山·买买提."""
    return canonical(_DOT_BETWEEN_CHINESE.sub("·", folded))


def fold_in_place(text: str) -> str:
    """Return the text folded one character to one, so that offsets are preserved."""
    return "".join(even if len(even := _characters[ord(each)]) == 1 else each for each in text)


def fold_with_origins(text: str) -> tuple[str, Sequence[int]]:
    """Return the folded text and, for each character, its offset in the text."""
    at_once = text.translate(_characters)
    if _characters.one_to_one.issuperset(text):
        return at_once, range(len(text))
    characters: list[str] = []
    origins: list[int] = []
    space_at = -1
    for place, character in enumerate(text):
        for folded in _characters[ord(character)]:
            if folded.isspace():
                space_at = place if space_at < 0 else space_at
                continue
            if space_at >= 0 and characters and characters[-1] in _LATIN and folded in _LATIN:
                characters.append(" ")
                origins.append(space_at)
            space_at = -1
            characters.append(folded)
            origins.append(place)
    return "".join(characters), origins


def _fold_character(character: str) -> str:
    if character.isspace() and character != PASSAGE_BREAK:
        return " "
    if unicodedata.category(character) in ("Cc", "Cf") or is_variation_selector(character):
        return ""
    plain = unicodedata.normalize("NFKC", MATCHING.get(ord(character), character)).casefold()
    return "".join(_TYPED.get(each) or simplified().get(each, each) for each in plain)
