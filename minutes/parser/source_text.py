"""Text that keeps the source position of each character, to provide spans.

The parser never reads the source directly but `Tracked` text: the characters as written, the same characters folded
for matching (one width, one kind of bracket), and the position of each in the source.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from minutes.parser.types import Field, Passage, Span, T
from minutes.parser.vocabulary.characters import MATCHING, RADICAL_TO_IDEOGRAPH, is_variation_selector, matching_form

# 会议&nbsp;听取了&ldquo;云川通&rdquo;建设情况的汇报 (entities left over from a web page)
ENTITY = r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});"

# 云川&nbsp;市，第１次 (what may be shown otherwise than it is written: all but printable ASCII and common ideographs)
NOT_PLAIN = re.compile(rf"{ENTITY}|[^\x20-\x7e\u4e00-\u9fff]")

# 由市大数据局按程序印发. (a dot that ends a sentence)
FULL_STOP = re.compile(r"(?<=[\u4e00-\u9fff》）”][\u4e00-\u9fff》）”])\.(?!\d)")

# 〔2O19〕l4号 · 6月l2日 (letters that a program took for the digits of a number or a date)
MISTAKEN_DIGIT = re.compile(
    r"(?<=\d)[OoＯ](?=[\d年])|(?<=\d)[lI](?=[\d年月日号])|(?<=[年月第〕])[lI](?=\d?[\d月日号次])"
)
DIGIT_MEANT = {"O": "0", "o": "0", "Ｏ": "0", "l": "1", "I": "1"}
LETTERS_FOR_DIGITS = frozenset(DIGIT_MEANT)

# 市交通局 | 王岚 · 市交通局  王岚 (a bar or at least two blanks between the cells of a table)
BETWEEN_CELLS = re.compile(r" *\|[ |]*| {2,}")

# 审议“云川市养老服务管理办法（草案）” · 听取"云川市防汛应急预案"的汇报 (not 落实“一企一策”方案, nor 完善“负面清单”)
QUOTED_TITLE = re.compile(
    r"[“\"](?P<title>[^“”\"《》，。；：！？\n]{5,60}(?:办法|规定|方案|规划|条例|细则|章程|意见|报告|请示|预案|纲要)(?:（[^（）]{1,12}）)?)[”\"]"
)

LINE_BREAKS = frozenset("\n\r\f\v\x85\u2028\u2029")


@dataclass(frozen=True)
class Tracked:
    """Characters with the half-open range of source characters each stands for."""

    chars: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @cached_property
    def folded(self) -> str:
        """Return the same number of characters, folded for matching."""
        text = matching_form(self.chars)
        # Most texts contain nothing to replace, which is quick to find out.
        if "." in text:
            text = FULL_STOP.sub("。", text)
        if not LETTERS_FOR_DIGITS.isdisjoint(text):
            text = MISTAKEN_DIGIT.sub(lambda found: DIGIT_MEANT[found[0]], text)
        if "“" in text or '"' in text:
            text = QUOTED_TITLE.sub(r"《\g<title>》", text)
        return text

    def __len__(self) -> int:
        return len(self.chars)

    def __getitem__(self, part: slice) -> Tracked:
        return Tracked(self.chars[part], self.starts[part], self.ends[part])

    @property
    def span(self) -> Span:
        """Return the span of the whole text, which must not be empty."""
        return Span(self.starts[0], self.ends[-1])

    def span_of(self, found: re.Match[str], group: int | str = 0) -> Span:
        """Return the source span of a match on `folded` (or `chars`)."""
        return Span(self.starts[found.start(group)], self.ends[found.end(group) - 1])

    def field(self, found: re.Match[str], group: int | str = 0) -> Field[str]:
        """Return the matched characters as written, with their span."""
        return Field(self.chars[found.start(group) : found.end(group)], self.span_of(found, group))

    def field_as(self, value: T, found: re.Match[str], group: int | str = 0) -> Field[T]:
        """Return a value read from the matched characters, with their span."""
        return Field(value, self.span_of(found, group))

    def as_field(self) -> Field[str]:
        """Return the whole text as written, with its span."""
        return Field(self.chars, self.span)

    def as_passage(self) -> Passage:
        """Return the whole text as a passage."""
        return Passage(self.chars, self.span)

    def stripped(self, characters: str | None = None) -> Tracked:
        """Return the text without the given characters (or whitespace) at either end."""
        start = len(self.chars) - len(self.chars.lstrip(characters))
        end = max(start, len(self.chars.rstrip(characters)))
        return self[start:end]

    def position_of(self, place: int) -> int:
        """Return the index of the first character from that source position."""
        return bisect_left(self.starts, place)

    def without(self, places: set[int]) -> Tracked:
        """Return the text without the characters at those indexes."""
        kept = [index for index in range(len(self)) if index not in places]
        return Tracked(
            "".join(self.chars[index] for index in kept),
            tuple(self.starts[index] for index in kept),
            tuple(self.ends[index] for index in kept),
        )

    @cached_property
    def compact(self) -> Tracked:
        """Return the text as one run, without line breaks and padding."""
        if not any(map(str.isspace, self.chars)):
            return self
        kept = [
            index
            for index, char in enumerate(self.chars)
            if not char.isspace() or _is_between_latin_words(self.chars, index)
        ]
        return Tracked(
            "".join(" " if self.chars[index].isspace() else self.chars[index] for index in kept),
            tuple(self.starts[index] for index in kept),
            tuple(self.ends[index] for index in kept),
        )

    def lines(self) -> list[Tracked]:
        """Return the non-blank lines of the text, without line breaks."""
        lines, start = [], 0
        for index in [*(i for i, char in enumerate(self.chars) if char == "\n"), len(self.chars)]:
            if self.chars[start:index].strip():
                lines.append(self[start:index])
            start = index + 1
        return lines

    def parts(self, separators: str) -> list[Tracked]:
        """Return the text split at each separator, without padding and empty parts."""
        parts, start = [], 0
        for index in [*(i for i, char in enumerate(self.folded) if char in separators), len(self)]:
            part = self[start:index].stripped()
            if part:
                parts.append(part)
            start = index + 1
        return parts


def _is_between_latin_words(chars: str, index: int) -> bool:
    """Return whether the space at `index` is the first one between Latin letters."""
    if index == 0 or not (chars[index - 1].isascii() and chars[index - 1].isalpha()):
        return False
    after = index
    while after < len(chars) and after - index < 8 and chars[after].isspace():
        after += 1
    return after < len(chars) and chars[after].isascii() and chars[after].isalpha()


NOTHING = Tracked("", (), ())


def joined(texts: Iterable[Tracked]) -> Tracked:
    """Return the texts joined by line breaks."""
    texts = [text for text in texts if text]
    if not texts:
        return NOTHING
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for text in texts:
        if chars:
            chars.append("\n")
            starts.append(ends[-1])
            ends.append(ends[-1])
        chars.append(text.chars)
        starts.extend(text.starts)
        ends.extend(text.ends)
    return Tracked("".join(chars), tuple(starts), tuple(ends))


def track(source: str) -> Tracked:
    """Return the source as tracked text with uniform line breaks."""
    # The end of a character is the start of the next, so one number is stored instead of two.
    places = list(range(len(source) + 1))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def keep(text: str, first: list[int], last: list[int]) -> None:
        chars.append(text)
        starts.extend(first)
        ends.extend(last)

    place = 0
    for found in NOT_PLAIN.finditer(source):
        start, end = found.span()
        keep(source[place:start], places[place:start], places[place + 1 : start + 1])
        visible = "".join(_visible(char) for char in html.unescape(found[0]))
        keep(visible, places[start : start + 1] * len(visible), places[end : end + 1] * len(visible))
        place = end
    keep(source[place:], places[place:-1], places[place + 1 :])
    return Tracked("".join(chars), tuple(starts), tuple(ends))


def _visible(char: str) -> str:
    """Return the character as displayed, or "" for an invisible one.

    Private-use characters and those newer than this Unicode version are kept, since names may contain them.
    """
    if "\x20" <= char <= "\x7e" or "\u4e00" <= char <= "\u9fff":
        return char
    if char in LINE_BREAKS:
        return "\n"
    if char == "\t":
        return "  "  # as wide as the separators of names and cells
    if char.isspace():
        return " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs") or is_variation_selector(char):
        return ""
    return RADICAL_TO_IDEOGRAPH.get(ord(char)) or _unified(char)


def _unified(char: str) -> str:
    """Return the unified ideograph of a compatibility ideograph, else the character."""
    return MATCHING[ord(char)] if "\uf900" <= char <= "\ufaff" and ord(char) in MATCHING else char
