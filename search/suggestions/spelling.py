"""Spelling corrections: similar or homophonic words for those not indexed."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from minutes.pinyin import pinyin_of, typed_pinyin
from search.analysis.words import tokens
from search.index.engines.base import SearchRequest
from search.index.public_index import PublicIndex
from search.query import Phrase, Term, TextQuery, text_queries
from search.query.params import SearchParams
from search.suggestions.candidates import Name, all_names, names_sharing

MOST_NEARBY = 5
# Each word takes a query to the engine; longer searches have enough other words.
_MOST_WORDS = 6
# In a shorter word, another character makes another word: 学位 is not 单位. It must sound the same.
_SHORTEST_MISSPELT = 4
# From this length, two characters may differ.
_LONG = 6


def nearby_spellings(search: SearchParams) -> dict[str, tuple[str, ...]]:
    """Return similar indexed words and names for each word that is not indexed.

    Limited to the first words of a search.
    """
    index = search.index
    typed: Sequence[TextQuery] = text_queries(search.expanded.typed)[:_MOST_WORDS]
    if len(typed) > 1 and typed_pinyin(search.text.lower()):
        typed = [Term(search.text)]
    queries = [each for each in typed if not _occurs(each, index)]
    near = {query.text: _near(query, index) or _with_one_word_respelt(query, index) for query in queries}
    return {text: spellings for text, spellings in near.items() if spellings}


def _with_one_word_respelt(query: TextQuery, index: PublicIndex) -> tuple[str, ...]:
    """Return the text with its only word that is not indexed replaced: 生活垃圾 for 生活拉圾."""
    words = tokens(query.text) if isinstance(query, Term) else ()
    unknown = [word for word in words if len(word) > 1 and not _occurs(Phrase(word), index)]
    if len(unknown) != 1 or len(words) == 1:
        return ()
    return tuple(query.text.replace(unknown[0], spelling) for spelling in _near(Phrase(unknown[0]), index))


def _near(query: TextQuery, index: PublicIndex) -> tuple[str, ...]:
    ranked = sorted(
        (distance, -name.weight, name.folded)
        for name in _comparable(query.text, index)
        if name.suggestion.kind != "meeting" and (distance := _distance(query.text, name)) is not None
    )
    nearest = list(dict.fromkeys(text for _, _, text in ranked))[: 2 * MOST_NEARBY]
    return tuple(text for text in nearest if _occurs(Phrase(text), index))[:MOST_NEARBY]


def _comparable(typed: str, index: PublicIndex) -> list[Name]:
    """Return the names that sound as typed if it is pinyin, else those that share a character.

    If no name sounds as typed, those whose sound begins with it.
    """
    sound = typed_pinyin(typed.lower())
    if not sound:
        return names_sharing(typed, index)
    names = [(name, pinyin_of(name.folded).letters) for name in all_names(index)]
    alike = [name for name, letters in names if letters == sound]
    return alike or [name for name, letters in names if letters.startswith(sound)]


def _distance(typed: str, name: Name) -> int | None:
    """Return the distance of a comparable name, 0 for a homophone, or None if it is too large."""
    if typed_pinyin(typed.lower()):
        return 0
    shared = len(set(typed) & set(name.folded))
    most = 2 if len(typed) >= _LONG else 1
    # Another character does not change the meaning of a name: 李敏 may be 季敏.
    is_name = name.suggestion.kind == "person"
    if (is_name or len(typed) >= _SHORTEST_MISSPELT) and shared * 2 >= len(typed):
        changes = Levenshtein.distance(typed, name.folded, score_cutoff=most)
        if changes <= most:
            return changes
    same_length = len(typed) == len(name.folded)
    return 0 if same_length and pinyin_of(name.folded).letters == pinyin_of(typed).letters else None


def _occurs(query: TextQuery, index: PublicIndex) -> bool:
    return index.count(SearchRequest(query)) > 0
