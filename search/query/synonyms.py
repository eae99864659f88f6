"""Everyday words and the official terms for them.

Synonyms.txt, and what staff added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from minutes.fold import fold
from search.analysis.words import segments
from search.models import Synonym

SYNONYMS_FILE = Path(__file__).parent.parent / "synonyms.txt"
_LISTED = re.compile(r"[、，,]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a typed term.

    `written` is what minutes say for it, None where no line knows it.
    """

    text: str
    written: tuple[str, ...] | None = None

    @property
    def is_ignored(self) -> bool:
        """Whether the part asks and names nothing: 怎么办."""
        return self.written == ()


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What minutes say for a typed text, by the text."""

    written: Mapping[str, tuple[str, ...]]

    def segments_of(self, term: str) -> list[Segment]:
        """Return a folded term in parts, known texts apart; an empty list where none is known.

        A known text begins and ends where words do: 上学 is no part of 网上学习.
        """
        if term in self.written:
            return [Segment(term, self.written[term])]
        found = _joined(list(self._parts(segments(term))))
        return found if any(segment.written is not None for segment in found) else []

    def _parts(self, words: list[str]) -> Iterator[Segment]:
        place = 0
        while place < len(words):
            for end in range(len(words), place, -1):
                text = "".join(words[place:end])
                if text in self.written:
                    yield Segment(text, self.written[text])
                    break
            else:
                end = place + 1
                yield Segment(words[place])
            place = end


def load_synonyms() -> Synonyms:
    """Return the lines of synonyms.txt with those of staff, which come first."""
    written: dict[str, tuple[str, ...]] = {}
    for line in Synonym.objects.filter(is_active=True).order_by("pk"):
        for typed in _texts(line.typed):
            written[typed] = (*written.get(typed, ()), *_texts(line.written))
    for typed, texts in _synonyms_of_file().items():
        written[typed] = (*written.get(typed, ()), *texts)
    # Where every text holds the typed one, there is nothing to add: that is no reason to leave the typed one out.
    added = {typed: _apart_from(typed, texts) for typed, texts in written.items()}
    return Synonyms({typed: texts for typed, texts in added.items() if texts or not written[typed]})


@cache
def _synonyms_of_file() -> Mapping[str, tuple[str, ...]]:
    lines = [line for line in SYNONYMS_FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    written: dict[str, tuple[str, ...]] = {}
    for line in lines:
        entry, _, _ = line.partition("|")
        typed, _, texts = entry.partition("=")
        for each in _texts(typed):
            written[each] = (*written.get(each, ()), *_texts(texts))
    return written


def _texts(listed: str) -> tuple[str, ...]:
    return tuple(folded for text in _LISTED.split(listed) if (folded := fold(text)))


def _apart_from(typed: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts once each.

    One that holds the typed text, or another of them, is found with that.
    """
    others = [text for text in dict.fromkeys(texts) if typed not in text]
    return tuple(text for text in others if not any(other in text for other in others if other != text))


def _joined(found: list[Segment]) -> list[Segment]:
    """Return the segments with unknown words beside each other as one."""
    joined: list[Segment] = []
    for segment in found:
        if segment.written is None and joined and joined[-1].written is None:
            joined[-1] = Segment(joined[-1].text + segment.text)
        else:
            joined.append(segment)
    return joined
