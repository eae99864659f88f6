"""Parse queries into nodes.

Text is often pasted, possibly truncated, so unbalanced brackets and quotation marks are text. Only an unbalanced ",
and an unbalanced ( or ) beside an OR that it was meant to group, are errors reported to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes.fold import fold
from search.query.fields import FIELDS, read_field
from search.query.nodes import And, Field, Node, Not, Or, Phrase, QueryError, Term
from search.query.periods import join_dates

MAX_CHARACTERS = 200
MAX_DEPTH = 8
MAX_TERMS = 40

_OPEN, _CLOSE = "(（", ")）"
_CLOSING_QUOTE = {'"': '"', "＂": "＂", "“": "”"}
_TYPED_BRACKETS = "()"
_COLONS = ":："
_BARS = "|｜"
_DASHES = "-－"
# Operators written as words. They are words of texts as well, so they only count between two words: 停车 或 充电,
# or behind another: 停车 或 不含 绿化.
_OPERATORS = {
    **dict.fromkeys(("or", "或", "或者"), "or"),
    **dict.fromkeys(("and", "并且"), "and"),
    **dict.fromkeys(("not", "不要", "不含", "不包括", "不包含", "除了", "排除"), "not"),
}
_SOUGHT = ("term", "phrase", "title", "field")
# 垃圾分类? · 停车位够吗?!
_END_OF_QUESTION = re.compile(r"(?<=\w)[?？!！]+$")
# 有补贴吗?多少钱一台 · 充电的地方够不够?打算新建多少 (停?场 has a wildcard)
_MID_QUESTION = re.compile(r"(?<=[吗呢吧么])\?|(?<=\w{4})\?(?=\w{4})")


def parse_query(text: str) -> Node | None:
    """Parse a query; return None if it contains nothing to search for."""
    if len(text) > MAX_CHARACTERS:
        raise QueryError(f"检索词最长 {MAX_CHARACTERS} 个字，这里有 {len(text)} 个字。请只保留最有特点的一小段。")
    tokens = list(_with_operators(list(_tokens(join_dates(text)))))
    if sum(token.kind in _SOUGHT for token in tokens) > MAX_TERMS:
        raise QueryError(f"一次最多检索 {MAX_TERMS} 个词。请删去一些。")
    return _Reader(tokens).read()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # term, phrase, title, field, or, not, open, close
    text: str = ""
    field: Field | None = None


def _tokens(text: str) -> Iterator[_Token]:
    quoted = _quoted_stretches(text)
    grouping = _grouping_brackets(text, quoted)
    word = ""
    place = 0
    while place < len(text):
        character = text[place]
        if place in quoted:
            yield from _word(word)
            word = ""
            end = quoted[place]
            yield from _phrase(text[place + 1 : end], titled=character == "《")
            place = end + 1
            continue
        if character.isspace() or character in _BARS or place in grouping:
            yield from _word(word)
            word = ""
            if character in _BARS:
                yield _Token("or")
            elif place in grouping:
                yield _Token("open" if character in _OPEN else "close")
        elif character in _DASHES and not word and _starts_an_exclusion(text, place, grouping):
            yield _Token("not")
        elif character in _COLONS and (value := _value_of_field(text, word, place, quoted, grouping)):
            yield _field(text, word, place, value, quoted)
            word, place = "", value[1]
            continue
        else:
            word += character
        place += 1
    yield from _word(word)


def _with_operators(tokens: list[_Token]) -> Iterator[_Token]:
    """Yield the tokens with operators for the words between two others that mean one."""
    before = ""
    for place, token in enumerate(tokens):
        behind = tokens[place + 1].kind if place + 1 < len(tokens) else ""
        stands_between = before in (*_SOUGHT, "close") and behind in (*_SOUGHT, "open")
        kind = _OPERATORS.get(token.text) if token.kind == "term" else None
        if not stands_between and not (kind == "not" and before in ("or", "and") and behind):
            kind = None
        before = kind or token.kind
        if kind != "and":
            yield _Token(kind) if kind else token


def _word(text: str) -> Iterator[_Token]:
    if text == "OR":
        yield _Token("or")
        return
    asked = _END_OF_QUESTION.sub("", text)
    _refuse_wildcards(_MID_QUESTION.sub("", asked))
    if folded := fold(asked):
        yield _Token("term", folded)


def _refuse_wildcards(text: str) -> None:
    if "*" in text or "?" in text:
        raise QueryError(
            "检索词里不能用通配符 * 和 ?：写出词的一部分即可找到含有它的文字。"
            "要查找这两个符号本身，请给整段文字加上引号。"
        )


def _value_of_field(
    text: str, word: str, colon: int, quoted: dict[int, int], grouping: set[int]
) -> tuple[int, int] | None:
    """Return the range of a field's value, or None.

    None, if there is no field, or nothing before or after the colon.
    """
    start = colon + 1
    while start < len(text) and text[start].isspace():
        start += 1
    if fold(word) not in FIELDS or start == len(text):
        return None
    if start in quoted:
        return start, quoted[start] + 1
    end = start
    while end < len(text) and not (text[end].isspace() or text[end] in _BARS or end in grouping or end in quoted):
        end += 1
    return (start, end) if fold(text[start:end]) else None


def _field(text: str, word: str, colon: int, value: tuple[int, int], quoted: dict[int, int]) -> _Token:
    start, end = value
    is_quoted = start in quoted
    inside = text[start + 1 : end - 1] if is_quoted else text[start:end]
    if not is_quoted:
        _refuse_wildcards(inside)
    if not fold(inside):
        return _Token("term", fold(text[colon - len(word) : end]))
    written = fold(text[colon - len(word) : end])
    return _Token("field", field=read_field(fold(word), fold(inside), is_quoted, written))


def _phrase(text: str, titled: bool) -> Iterator[_Token]:
    if folded := fold(text):
        yield _Token("title" if titled else "phrase", folded)


def _starts_an_exclusion(text: str, place: int, grouping: set[int]) -> bool:
    """Return whether a dash precedes a word and follows none.

    改造 -绿化 and (停车 或 公交)-绿化, but not 2019-2020 nor a dash alone.
    """
    begins_word = place == 0 or text[place - 1].isspace() or text[place - 1] in _OPEN + _BARS or place - 1 in grouping
    return begins_word and place + 1 < len(text) and not text[place + 1].isspace()


def _quoted_stretches(text: str) -> dict[int, int]:
    """Return start and end of each quoted phrase and each 《title》."""
    stretches: dict[int, int] = {}
    place = 0
    while place < len(text):
        closing = _CLOSING_QUOTE.get(text[place])
        end = text.find(closing, place + 1) if closing else _end_of_title(text, place)
        if end > 0:
            stretches[place] = end
            place = end
        elif text[place] == '"':
            raise QueryError('引号没有成对：请在短语的末尾补上一个 "，或删去这个引号。')
        place += 1
    return stretches


def _end_of_title(text: str, place: int) -> int:
    """Return the end of the 《 at this position, or -1; titles may be nested."""
    depth = 0
    for end in range(place, len(text)):
        depth += (text[end] == "《") - (text[end] == "》")
        if depth == 0:
            return end if end > place else -1
    return -1


def _grouping_brackets(text: str, quoted: dict[int, int]) -> set[int]:
    """Return the positions of grouping brackets, each with its partner.

    Other brackets are text.
    """
    grouping: set[int] = set()
    alone: list[int] = []
    waiting: list[int] = []
    place = 0
    while place < len(text):
        if place in quoted:
            place = quoted[place]
        elif text[place] in _OPEN:
            waiting.append(place)
            _refuse_deep_nesting(len(waiting))
        elif text[place] in _CLOSE and waiting:
            opened = waiting.pop()
            if opened == 0 or text[opened - 1].isspace() or text[opened - 1] in _OPEN + _BARS + _DASHES:
                grouping |= {opened, place}
        elif text[place] in _CLOSE:
            alone.append(place)
        place += 1
    if any(text[place] in _TYPED_BRACKETS for place in (*alone, *waiting)) and _has_alternatives(text):
        raise QueryError("括号没有成对：请补上另一半，或删去它。要查找括号本身，请给整段文字加上引号。")
    return grouping


def _has_alternatives(text: str) -> bool:
    return "OR" in text.split() or any(bar in text for bar in _BARS)


def _refuse_deep_nesting(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise QueryError(f"括号最多套 {MAX_DEPTH} 层。请把检索词写得简单一些。")


class _Reader:
    """Parse tokens by the grammar.

    OR separates alternatives; adjacent words must all match.
    """

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.place = 0

    def read(self) -> Node | None:
        """Return the whole query."""
        return self._alternatives()

    def _alternatives(self) -> Node | None:
        parts = [self._words()]
        while self._next_is("or"):
            self.place += 1
            parts.append(self._words())
        if len(parts) > 1 and None in parts:
            raise QueryError("OR（或 |）的前后都要有检索词。请补上，或删去 OR。")
        known = [part for part in parts if part is not None]
        return _one_or(Or, known)

    def _words(self) -> Node | None:
        parts = []
        while self.place < len(self.tokens) and not self._next_is("or") and not self._next_is("close"):
            part = self._word()
            if part is not None:
                parts.append(part)
        return _one_or(And, parts)

    def _word(self) -> Node | None:
        token = self.tokens[self.place]
        self.place += 1
        if token.kind == "term":
            return Term(token.text)
        if token.kind in ("phrase", "title"):
            return Phrase(token.text, titled=token.kind == "title")
        if token.field:
            return token.field
        if token.kind == "open":
            inner = self._alternatives()
            self.place += 1
            return inner
        return self._excluded()

    def _excluded(self) -> Node | None:
        if self.place == len(self.tokens) or self.tokens[self.place].kind in ("or", "close"):
            return None
        part = self._word()
        return None if part is None else Not(part)

    def _next_is(self, kind: str) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place].kind == kind


def _one_or(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
