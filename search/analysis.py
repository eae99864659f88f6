"""Chinese text to words. The only module that knows jieba, here in its edition in Rust."""

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from search.fold import fold

if TYPE_CHECKING:
    import rjieba

OUR_WORDS = Path(__file__).with_name("words.txt")

# 第3次会议《办法》 → what holds a letter, a digit or a Chinese character is a word; punctuation is not.
_WORD = re.compile(r"[^\W_]")
# They stand between words in nearly every sentence, so asking for them finds everything and means nothing.
_PARTICLES = frozenset("的了和与及在等为对将并或")


def words(text: str) -> list[str]:
    """The words of a text in its order, folded; a long word is followed by the shorter ones within it."""
    return [word for word in _cutter().cut_for_search(fold(text)) if _WORD.search(word)]


@lru_cache(maxsize=1_000)
def pieces(folded: str) -> tuple[str, ...]:
    """The parts of a folded search term that a text must hold: its words, single characters kept with a neighbour.

    Every piece is a part of the term, so a text that holds the whole term holds every piece of it. Each passage of
    a page asks for them again.
    """
    runs: list[list[str]] = [[]]
    for word in _cutter().cut(folded):
        if not _WORD.search(word) or word in _PARTICLES:
            runs.append([])
        else:
            runs[-1].append(word)
    found = [piece for run in runs for piece in _join_single_characters(run)]
    return tuple(dict.fromkeys(found)) or (folded,)


def dictionary_fingerprint() -> str:
    """A mark that changes when the same text could come out as other words or other folded characters."""
    import unicodedata
    from importlib.metadata import version

    parts = (version("rjieba"), version("opencc"), unicodedata.unidata_version, OUR_WORDS.read_text("utf-8"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _join_single_characters(run: list[str]) -> list[str]:
    """The words of a run with every single character joined to a neighbour: 第47次, 市住建局, 资金池."""
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
def _cutter() -> "rjieba.Jieba":
    """What cuts, with its dictionary: loaded at the first use, since most commands need none."""
    import rjieba

    cutter = rjieba.Jieba()
    for line in OUR_WORDS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            cutter.add_word(fold(line), None, None)
    return cutter
