"""What somebody may have meant who typed a word that stands nowhere.

Words and names that are spelt or sound alike.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from minutes.pinyin import pinyin_of, typed_pinyin
from search.index.engines.base import SearchRequest
from search.index.public_index import PublicIndex
from search.query import Phrase, TextQuery, text_queries
from search.query.params import SearchParams
from search.suggestions.candidates import Name, names_known

MOST_NEARBY = 5
# Every word is looked up by asking the engine; who typed more has other words to go by.
_MOST_WORDS = 6
# A shorter word with another character is another word: 学位 is no 单位. It must sound the same.
_SHORTEST_MISSPELT = 4
# From here on, two characters may be wrong.
_LONG = 6


def nearby_spellings(search: SearchParams) -> dict[str, tuple[str, ...]]:
    """Return, for each typed word that stands nowhere, words and names that do and are spelt or sound alike.

    Of a long search, the first words.
    """
    index = search.index
    typed = text_queries(search.expanded.typed)[:_MOST_WORDS]
    queries = [each for each in typed if not _stands_somewhere(each, index)]
    near = {query.text: _near(query, index) for query in queries}
    return {text: spellings for text, spellings in near.items() if spellings}


def _near(query: TextQuery, index: PublicIndex) -> tuple[str, ...]:
    ranked = sorted(
        (distance, -name.weight, name.folded)
        for name in names_known(index)
        if name.suggestion.kind != "meeting" and (distance := _distance(query.text, name)) is not None
    )
    nearest = list(dict.fromkeys(text for _, _, text in ranked))[: 2 * MOST_NEARBY]
    return tuple(text for text in nearest if _stands_somewhere(Phrase(text), index))[:MOST_NEARBY]


def _distance(typed: str, name: Name) -> int | None:
    """Return how far a name is from what was typed, 0 when it sounds the same.

    None when it is too far.
    """
    if sound := typed_pinyin(typed):
        return 0 if pinyin_of(name.folded).letters == sound else None
    # Most names share too few characters to be worth comparing.
    shared = len(set(typed) & set(name.folded))
    if not shared:
        return None
    most = 2 if len(typed) >= _LONG else 1
    # A name has no meaning that another character could change: 李敏 may be 季敏.
    is_name = name.suggestion.kind == "person"
    if (is_name or len(typed) >= _SHORTEST_MISSPELT) and shared * 2 >= len(typed):
        changes = Levenshtein.distance(typed, name.folded, score_cutoff=most)
        if changes <= most:
            return changes
    same_length = len(typed) == len(name.folded)
    return 0 if same_length and pinyin_of(name.folded).letters == pinyin_of(typed).letters else None


def _stands_somewhere(query: TextQuery, index: PublicIndex) -> bool:
    return index.count(SearchRequest(query)) > 0
