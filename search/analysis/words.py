"""Chinese text to words. The only module that knows jieba."""

import hashlib
import logging
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from django.conf import settings

from minutes.fold import fold

OUR_WORDS = Path(__file__).with_name("words.txt")

# 第3次会议《办法》 → what holds a letter, a digit or a Chinese character is a word; punctuation is not.
_WORD = re.compile(r"[^\W_]")
# They stand between words in nearly every sentence, so asking for them finds everything and means nothing.
PARTICLES = frozenset("的了和与及在等为对将并或")


class Cutter(Protocol):
    """What cuts text into words: jieba, or its edition in Rust.

    Of Chinese words both make the same.
    """

    def cut(self, text: str, /) -> Iterable[str]: ...
    def cut_for_search(self, text: str, /) -> Iterable[str]: ...
    def add_word(self, word: str, freq: int | None, tag: str | None, /) -> object: ...


def words(text: str) -> list[str]:
    """Return the words of a text in its order, folded.

    A long word is followed by the shorter ones within it.
    """
    return [word for word in _cutter().cut_for_search(_apart(fold(text))) if word[0].isalnum() or _WORD.search(word)]


@lru_cache(maxsize=1_000)
def tokens(folded: str) -> tuple[str, ...]:
    """Return the tokens of a folded search term that a text must hold.

    These are its words, single characters kept with a neighbour.

    Every piece is a part of the term, so a text that holds the whole term holds every piece of it. Each passage of
    a page asks for them again.
    """
    runs: list[list[str]] = [[]]
    for word in _cutter().cut(_apart(folded)):
        if not _WORD.search(word) or word in PARTICLES:
            runs.append([])
        else:
            runs[-1].append(word)
    found = [piece for run in runs for piece in _join_single_characters(run)]
    return tuple(dict.fromkeys(found)) or (folded,)


def segments(folded: str) -> list[str]:
    """Return the words that a folded text is cut into, with nothing left out.

    Joined, they are the text again.
    """
    return [word for part in re.split("(-)", folded) for word in _cutter().cut(part)]


@cache
def dictionary_fingerprint() -> str:
    """Return a mark that changes when the same text could come out as other words or other folded characters.

    A process has read the dictionary once, like this.
    """
    import unicodedata
    from importlib.metadata import version

    edition = f"rjieba {version('rjieba')}" if find_spec("rjieba") else f"jieba {version('jieba')}"
    parts = (edition, version("opencc"), unicodedata.unidata_version, OUR_WORDS.read_text("utf-8"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _apart(folded: str) -> str:
    """Return the text with what a hyphen holds together taken apart.

    The edition in Rust makes one word of 2019-2021.
    """
    return folded.replace("-", " ")


def _join_single_characters(run: list[str]) -> list[str]:
    """Return the words of a run with every single character joined to a neighbour.

    第47次, 市住建局, 资金池.
    """
    joined: list[str] = []
    waiting = ""
    for word in run:
        if len(word) == 1 and joined and not waiting and joined[-1][-1].isdigit():
            joined[-1] += word
        elif len(word) == 1:
            waiting += word
        else:
            joined.append(waiting + word)
            waiting = ""
    if len(waiting) == 1 and joined:
        joined[-1] += waiting
    elif waiting:
        joined.append(waiting)
    return joined


@cache
def _cutter() -> Cutter:
    """Return what cuts, with our words.

    Loaded at the first use, since most commands need none.
    """
    cutter = _jieba_in_rust() or _jieba()
    for line in OUR_WORDS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            cutter.add_word(fold(line), None, None)
    return cutter


def _jieba_in_rust() -> Cutter | None:
    """Return the edition in Rust, much faster and smaller, where there is one for this machine; None elsewhere."""
    if not find_spec("rjieba"):
        return None
    from rjieba import Jieba

    return Jieba()


def _jieba() -> Cutter:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # Its cache is a marshalled file; in the shared temporary folder anybody could have put it there.
    folder = Path(settings.VAR_DIR) / "jieba"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return tokenizer
