"""What somebody may have meant who typed a word that stands nowhere: similar words, names and pinyin."""

from __future__ import annotations

from search.analysis.pinyin import pinyin_of, typed_pinyin
from search.index.engines import current_engine
from search.index.engines.base import SearchRequest
from search.query import Node, Phrase, Term, text_queries
from search.suggestions.candidates import Name, names_known

MOST_NEARBY = 5
# 单位 of one character are near to everything.
_SHORTEST = 2
# Up to here one wrong character makes another word of it; in a longer one, two may be wrong.
_SHORT = 4


def nearby_spellings(query: Node | None) -> dict[str, tuple[str, ...]]:
    """For each word or phrase of a query that stands nowhere: what stands in texts and is spelt or sounds alike."""
    near = {sought.text: _near(sought) for sought in text_queries(query) if not _stands_somewhere(sought)}
    return {text: spellings for text, spellings in near.items() if spellings}


def _near(sought: Term | Phrase) -> tuple[str, ...]:
    names = names_known(current_engine().state().updated_at)
    ranked = sorted(
        (distance, -name.weight, name.folded)
        for name in names
        if name.suggestion.kind != "meeting" and (distance := _distance(sought.text, name)) is not None
    )
    relaxed_hits = list(dict.fromkeys(text for _, _, text in ranked))[: 2 * MOST_NEARBY]
    return tuple(text for text in relaxed_hits if _stands_somewhere(Phrase(text)))[:MOST_NEARBY]


def _distance(typed: str, name: Name) -> int | None:
    """How far a name is from what was typed, 0 when it sounds the same; None when it is too far."""
    if sound := typed_pinyin(typed):
        return 0 if pinyin_of(name.folded).letters == sound else None
    most = 1 if len(typed) <= _SHORT else 2
    if min(len(typed), len(name.folded)) < _SHORTEST or abs(len(typed) - len(name.folded)) > most:
        return None
    # Most names share too few characters to be worth comparing.
    shared = len(set(typed) & set(name.folded))
    if shared * 2 >= len(typed) and (changes := changed_characters(typed, name.folded, most)) <= most:
        return changes
    same_length = len(typed) == len(name.folded)
    return 0 if shared and same_length and pinyin_of(name.folded).letters == pinyin_of(typed).letters else None


def changed_characters(one: str, other: str, most: int) -> int:
    """How many characters must be changed, added or taken away to make one text the other; `most + 1` if more."""
    before = list(range(len(other) + 1))
    for row, character in enumerate(one, 1):
        now = [row]
        for column, another in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (character != another)))
        if min(now) > most:
            return most + 1
        before = now
    return before[-1]


def _stands_somewhere(sought: Term | Phrase) -> bool:
    return current_engine().search(SearchRequest(sought, limit=0)).total > 0
