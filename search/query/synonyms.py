"""Everyday words and the official terms for them, from synonyms.txt and staff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from minutes.fold import fold
from minutes.models.prepared import prepared
from search.analysis.words import PARTICLES, has_letters, segments
from search.models import Synonym

SYNONYMS_FILE = Path(__file__).with_name("synonyms.txt")
_LISTED = re.compile(r"[、，,]")
# The reason on lines with words that name no subject.
_VAGUE = "泛指"

# 3月底前 · 10月25日前 · 十月中旬前 · 年底前 · 元旦前 · 主汛期前
_DEADLINE = re.compile(
    r"((?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}[日号]|[底初末]|[上中下]旬)?|年[底末]|月[底末]"
    r"|元旦|春节|清明|国庆|中秋|春运|主?汛期?|[春秋]季开学)(?:以|之)?前)"
)
# 哪些事（由市司法局办）, of which 事由 would be a word
_ASKED_BEFORE = re.compile(r"^(?:哪些|什么|哪几[项件])(?:事[情项]?|工作|任务)(?=由)")
# 报市委审议（的文件） · 今年（的会议） · 5月6日（会议纪要） · 票价（涨没涨） · 审批（太慢了）
_WHAT_IS_SOUGHT = re.compile(
    r"的(?:文件|会议?|议题|事项|事情|事|任务|纪要|工作|内容|决定)$|的?会议纪要$|(.)[没不]\1了?$|太[慢快贵难远近少多挤吵脏乱差旧小大高低][了啊]?$"
)

# 不同意 · 暂不研究 · 未予通过 · 没有批准 (without the first word, the opposite)
_NEGATED = re.compile(
    r"^(?:暂?不|[未没]|没有)(?:予以?|再)?(?:同意|通过|批准|研究|审议|收费|建设|实施|执行|支持|办理|列入|纳入|安排|采纳|公开)"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a typed term.

    `written` are the official terms, None if unknown. `is_vague`: a word that names no subject of its own, such as
    政策, 部门.
    """

    text: str
    written: tuple[str, ...] | None = None
    is_vague: bool = False

    @property
    def is_ignored(self) -> bool:
        """Return whether the part is only a question word: 怎么办."""
        return self.written == ()


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Official terms by typed text."""

    written: Mapping[str, tuple[str, ...]]
    vague: frozenset[str] = frozenset()

    def segments_of(self, term: str) -> list[Segment]:
        """Split a folded term into known and unknown parts; empty if none is known, or if it denies a decision.

        A known text must match at word boundaries: 上学 is no part of 网上学习.
        """
        if term in self.written:
            return [Segment(term, self.written[term])]
        if is_negated(term):
            denied = _WHAT_IS_SOUGHT.sub("", term)
            return [Segment(denied, self.written[denied])] if denied in self.written else []
        found = _joined(self._parts_of(term))
        return found if any(segment.written is not None or segment.is_vague for segment in found) else []

    def without_leading_question(self, term: str) -> str:
        """Return a folded term without leading question words: 云川市停车 of 请问云川市停车."""
        parts = self._parts_of(_ASKED_BEFORE.sub("", term))
        asks = [part.is_ignored or (place > 0 and part.is_vague) for place, part in enumerate(parts)]
        asking = asks.index(False) if False in asks else len(parts)
        return "".join(part.text for part in parts[asking:])

    def only_asks(self, term: str, asks: bool = False) -> bool:
        """Return whether a folded term has question words and vague ones alone: 做了什么, 怎么办.

        With `asks`, the question word stands elsewhere: 办 of 哪些事由市司法局办.
        """
        parts = [part for part in self._parts_of(term) if has_letters(part.text) and part.text not in PARTICLES]
        return (asks or any(part.is_ignored for part in parts)) and all(
            part.is_ignored or part.is_vague for part in parts
        )

    def _parts_of(self, term: str) -> list[Segment]:
        """Return the parts of a folded term, without 的文件 or 太慢 at its end."""
        sought = _WHAT_IS_SOUGHT.search(term)
        if not sought:
            return list(self._parts(_words(term)))
        return [*self._parts(_words(term[: sought.start()])), Segment(sought[0], ())]

    def _parts(self, words: list[str]) -> Iterator[Segment]:
        place = 0
        while place < len(words):
            for end in range(len(words), place, -1):
                text = "".join(words[place:end])
                if text in self.written:
                    yield Segment(text, self.written[text])
                    break
                if text in self.vague:
                    yield Segment(text, is_vague=True)
                    break
            else:
                end = place + 1
                yield Segment(words[place])
            place = end


def _words(term: str) -> list[str]:
    """Return the words of a term, in which a deadline is one word: 3月底前 and 要 of 3月底前要, not 前要."""
    pieces = _DEADLINE.split(term)
    return [word for piece in pieces for word in ([piece] if _DEADLINE.fullmatch(piece) else segments(piece))]


def load_synonyms() -> Synonyms:
    """Return the lines of synonyms.txt and those of staff, which come first."""
    return _with_lines_of_staff(tuple(_lines_of_staff()))


@prepared
def _lines_of_staff() -> QuerySet[Any, Any]:
    return Synonym.objects.filter(is_active=True).order_by("pk").values_list("typed", "written")


@lru_cache(maxsize=1)
def _with_lines_of_staff(lines: tuple[tuple[str, str], ...]) -> Synonyms:
    """Return the synonyms of the file and of staff; cached until staff change theirs."""
    written: dict[str, tuple[str, ...]] = {}
    for listed, meant in lines:
        for typed in _texts(listed):
            written[typed] = (*written.get(typed, ()), *_texts(meant))
    of_file = _synonyms_of_file()
    for typed, texts in of_file.written.items():
        written[typed] = (*written.get(typed, ()), *texts)
    # If every text contains the typed one, nothing is added, but the typed text must remain.
    added = {typed: _without_redundant(typed, texts) for typed, texts in written.items()}
    known = {typed: texts for typed, texts in added.items() if texts or not written[typed]}
    return Synonyms(known, of_file.vague - known.keys())


@cache
def _synonyms_of_file() -> Synonyms:
    lines = [line for line in SYNONYMS_FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    written: dict[str, tuple[str, ...]] = {}
    vague: set[str] = set()
    for line in lines:
        entry, _, reason = line.partition("|")
        typed, _, texts = entry.partition("=")
        if reason.strip() == _VAGUE:
            vague.update(_texts(typed))
            continue
        for each in _texts(typed):
            written[each] = (*written.get(each, ()), *_texts(texts))
    return Synonyms(written, frozenset(vague))


def _texts(listed: str) -> tuple[str, ...]:
    return tuple(folded for text in _LISTED.split(listed) if (folded := fold(text)))


def _without_redundant(typed: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts without duplicates and without redundant ones.

    A text that contains the typed text, or another one, is found by that.
    """
    others = [text for text in dict.fromkeys(texts) if typed not in text]
    return tuple(text for text in others if not any(other in text for other in others if other != text))


def _joined(found: list[Segment]) -> list[Segment]:
    """Return the segments with adjacent unknown ones joined."""
    joined: list[Segment] = []
    for segment in found:
        if _is_unknown(segment) and joined and _is_unknown(joined[-1]):
            joined[-1] = Segment(joined[-1].text + segment.text)
        else:
            joined.append(segment)
    return joined


def _is_unknown(segment: Segment) -> bool:
    return segment.written is None and not segment.is_vague


def is_negated(text: str) -> bool:
    """Return whether the text denies a decision: 不同意."""
    return _NEGATED.match(text) is not None
