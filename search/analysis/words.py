"""Segment Chinese text into words; the only module to import jieba."""

import hashlib
import logging
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from django.conf import settings

from minutes.fold import fold
from minutes.parser.vocabulary.characters import is_unknown

OUR_WORDS = Path(__file__).with_name("words.txt")

# Characters that belong to the number behind them: 第47次, 前8个月. Others go on before it: 近视率68%.
_BEFORE_A_NUMBER = frozenset("第前近每约各")
# Stop words: nearly every sentence contains them, so searching for them matches everything.
PARTICLES = frozenset("的了和与及在等为对将并或")


class Cutter(Protocol):
    """A word segmenter: jieba, or its Rust edition.

    They produce the same Chinese words.
    """

    def cut(self, text: str, /) -> Iterable[str]: ...
    def cut_for_search(self, text: str, /) -> Iterable[str]: ...
    def add_word(self, word: str, freq: int | None, tag: str | None, /) -> object: ...


def words(text: str) -> list[str]:
    """Return the folded words of a text in order.

    A long word is followed by the shorter ones within it.
    """
    return [word for word in _cutter().cut_for_search(_split_at_hyphens(fold(text))) if has_letters(word)]


def count_words(folded: str) -> Counter[str]:
    """Return how often each word of a folded text occurs in it, as `words` finds them."""
    counts = Counter(_cutter().cut_for_search(_split_at_hyphens(folded)))
    for written in [written for written in counts if not has_letters(written)]:
        del counts[written]
    return counts


@lru_cache(maxsize=1_000)
def tokens(folded: str) -> tuple[str, ...]:
    """Return the tokens that a text must contain to match a folded term.

    These are its words, with single characters joined to a neighbour. Every token is a substring of the term, so a
    text that contains the term contains all of its tokens. Results are cached, since each passage of a page needs
    them.
    """
    runs: list[list[str]] = [[]]
    for word in _cutter().cut(_split_at_hyphens(folded)):
        if not has_letters(word) or word in PARTICLES:
            runs.append([])
        else:
            runs[-1].append(word)
    found = [piece for run in runs for piece in _join_single_characters(run)]
    return tuple(dict.fromkeys(found)) or (folded,)


def segments(folded: str) -> list[str]:
    """Return the words of a folded text, including everything else in between.

    Joined, they are the text again.
    """
    return [word for part in re.split("(-)", folded) for word in _cutter().cut(part)]


@cache
def dictionary_fingerprint() -> str:
    """Return a hash that changes when words or folding of a text may change.

    Cached, since a process loads the dictionary only once.
    """
    import unicodedata
    from importlib.metadata import version

    edition = f"rjieba {version('rjieba')}" if find_spec("rjieba") else f"jieba {version('jieba')}"
    parts = (edition, version("opencc"), unicodedata.unidata_version, OUR_WORDS.read_text("utf-8"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def has_letters(text: str) -> bool:
    """Return whether a letter, digit or Chinese character is in the text, also one that Unicode does not know yet."""
    # Every word of an index is asked for; nearly all consist of letters.
    return text.isalnum() or any(each.isalnum() or is_unknown(each) for each in text)


def _split_at_hyphens(folded: str) -> str:
    """Return the text with hyphens replaced by spaces.

    The Rust edition makes one word of 2019-2021.
    """
    return folded.replace("-", " ")


def _join_single_characters(run: list[str]) -> list[str]:
    """Join every single character in a run of words to a neighbour.

    第47次, 市住建局, 资金池, 近视率 and 68%.
    """
    joined: list[str] = []
    waiting = ""
    for word in run:
        if len(word) == 1 and joined and not waiting and joined[-1][-1].isdigit():
            joined[-1] += word
        elif len(word) == 1:
            waiting += word
        elif joined and word[0].isdigit() and _goes_on_before(waiting):
            joined[-1] += waiting
            joined.append(word)
            waiting = ""
        else:
            joined.append(waiting + word)
            waiting = ""
    if len(waiting) == 1 and joined:
        joined[-1] += waiting
    elif waiting:
        joined.append(waiting)
    return joined


def _goes_on_before(waiting: str) -> bool:
    """Return whether a single character before a number belongs to the word before it: 率 of 近视率68%."""
    return len(waiting) == 1 and not waiting.isdigit() and waiting not in _BEFORE_A_NUMBER


@cache
def _cutter() -> Cutter:
    """Return the segmenter with our dictionary.

    Loaded on first use, since most commands do not need it.
    """
    cutter = _jieba_in_rust() or _jieba()
    for line in OUR_WORDS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            cutter.add_word(fold(line), None, None)
    return cutter


def _jieba_in_rust() -> Cutter | None:
    """Return the Rust edition, which is faster and smaller, or None if unavailable."""
    if not find_spec("rjieba"):
        return None
    from rjieba import Jieba

    return Jieba()


def _jieba() -> Cutter:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # Its cache is a marshalled file, which anyone could have placed in the shared temporary folder.
    folder = Path(settings.VAR_DIR) / "jieba"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return tokenizer
