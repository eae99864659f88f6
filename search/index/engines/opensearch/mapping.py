"""How documents are stored: characters as bigrams, words, and facts.

A text is stored as all its bigrams: 老旧小区 is 老旧, 旧小, 小区 and 区 with an end mark. So two characters are one
term, more are a phrase of terms, and one is a prefix of terms: everything in a text can be found, wherever words may
be segmented. Terms are separated by spaces, the only separator of the analyzer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from minutes.fold import PASSAGE_BREAK
from search.index.documents import TEXT_FIELDS, IndexDocument, Value, schema_fingerprint
from search.index.facet_fields import CATEGORIES, ROLE_LABELS, Category
from search.index.ranking import FIELD_WEIGHTS, is_chinese_word, words_by_field

# Control characters that occur in no folded text, and are not white space for Java.
_SPACE = "\x01"
_END = "\x02"
# A word added to every field of every document, so that rarity relates to all documents, not only to those with text
# in the field.
_EVERYWHERE = "\x02"
# Makes scores grow nearly linearly with up to some thousand occurrences.
COUNTING_LIMIT = 10_000.0
# Occurrences of other words need not be counted.
_LONGEST_FREQUENT_WORD = 20

_ROLE_BITS = {role: 1 << place for place, role in enumerate(ROLE_LABELS)}

_KEYWORD = {"type": "keyword"}
_NUMBER = {"type": "long"}
_PAIRS = {
    "type": "text",
    "analyzer": "whitespace",
    "norms": False,
    "index_options": "positions",
    # Phrases must not match across two texts.
    "position_increment_gap": 100,
}
_WORDS = {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "similarity": "words"}

MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        **dict.fromkeys(("key", "meeting", "position", "fingerprint"), _NUMBER),
        "day": {"type": "integer"},  # date.toordinal(); missing for meetings without date
        "apart": {"type": "byte"},  # 0 for an agenda item, 1 for a meeting's document
        "first": {"type": "boolean"},  # whether its meeting is counted by this document
        "length": {"type": "integer"},  # characters of the first text of an item
        **dict.fromkeys(TEXT_FIELDS, _PAIRS),
        # The first text of an item by character, to count occurrences.
        "counted": _PAIRS | {"similarity": "times"},
        **{f"w_{name}": _WORDS for name in FIELD_WEIGHTS},
        "words": _KEYWORD | {"index": False},
        **{category.name: _KEYWORD for category in CATEGORIES},
        "standing": _KEYWORD,  # 11:lead
        "roles": _KEYWORD,  # lead
        "units": _KEYWORD | {"index": False},  # 11:5, the unit with its roles as a bit mask
    },
}
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    # Copies are made once the index is complete.
    "number_of_replicas": 0,
    # Documents become visible when the writer refreshes the index, all at once.
    "refresh_interval": "-1",
    "codec": "best_compression",
    "sort.field": ["day", "meeting", "position"],
    "sort.order": ["desc", "desc", "asc"],
    "sort.missing": ["_last", "_last", "_last"],
    "similarity": {
        "words": {"type": "BM25", "k1": 1.2, "b": 0.75},
        "times": {"type": "BM25", "k1": COUNTING_LIMIT, "b": 0.0},
    },
}


def shape() -> str:
    """Return a hash that changes when documents are stored differently."""
    described = json.dumps([schema_fingerprint(), MAPPING, SETTINGS], sort_keys=True)
    return blake2b(described.encode(), digest_size=4).hexdigest()


def pairs(folded: str) -> str:
    """Return the bigrams of a folded text, separated by spaces.

    ab c → ab b␣ ␣c c.
    """
    marked = folded.replace(" ", _SPACE) + _END
    return " ".join(map("".join, pairwise(marked)))


def pairs_to_match(folded: str) -> str:
    """Return consecutive bigrams to match a text; for one character, their prefix."""
    marked = folded.replace(" ", _SPACE)
    return " ".join(map("".join, pairwise(marked))) if len(marked) > 1 else marked


def characters(folded: str) -> str:
    """Return the characters of a folded text, separated by spaces."""
    return " ".join(folded.replace(" ", _SPACE))


def as_term(word: str) -> str:
    """Return a word as it is stored."""
    return word.replace(" ", _SPACE)


def unit_in_role(unit: Value, role: Value) -> str:
    """Return the term of a unit in a role."""
    return f"{unit}:{role}"


def units_in_roles(counted: Iterable[tuple[str, int]], roles: Iterable[Value]) -> dict[Value, int]:
    """Return the count of each unit in one of these roles.

    `counted` has the counts of units with the bit mask of all their roles.
    """
    wanted = sum(_ROLE_BITS[role] for role in set(roles))
    counts: dict[Value, int] = {}
    for term, times in counted:
        unit, _, bits = term.partition(":")
        if int(bits) & wanted:
            counts[int(unit)] = counts.get(int(unit), 0) + times
    return counts


def as_value(category: Category, term: str) -> Value:
    """Return the value of a category stored as this term."""
    return term if category.choices else int(term)


def as_kept(document: IndexDocument, is_first: bool) -> dict[str, Any]:
    """Return a document as it is stored on the server."""
    folded = document.folded_texts()
    texts = {name: text.split(PASSAGE_BREAK) for name, text in folded.items()}
    words = words_by_field(document, folded)
    first_text = "" if document.key.is_meeting else texts["text"][0]
    kept: dict[str, Any] = {
        "key": document.key.to_int(),
        "meeting": document.meeting,
        "position": document.position,
        "fingerprint": document.fingerprint(),
        "day": document.date.toordinal() if document.date else None,
        "apart": int(document.key.is_meeting),
        "first": is_first,
        "length": len(first_text),
        **{name: [pairs(text) for text in parts] for name, parts in texts.items()},
        "counted": characters(first_text),
        **{f"w_{name}": " ".join(map(as_term, [_EVERYWHERE, *found.elements()])) for name, found in words.items()},
        "words": [word for word in words["text"] if len(word) <= _LONGEST_FREQUENT_WORD and is_chinese_word(word)],
        **{category.name: [str(value) for value in document.values_of(category.name)] for category in CATEGORIES},
        "standing": [unit_in_role(unit, role) for unit, role in document.organizations],
        "roles": sorted({role for _, role in document.organizations}),
        "units": _units(document.organizations),
    }
    return kept


def _units(organizations: Sequence[tuple[int, str]]) -> list[str]:
    bits: dict[int, int] = {}
    for unit, role in organizations:
        bits[unit] = bits.get(unit, 0) | _ROLE_BITS[role]
    return [f"{unit}:{sum_of_bits}" for unit, sum_of_bits in bits.items()]
