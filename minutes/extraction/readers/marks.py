"""Marks inserted into a text while it is built; they end as spans of problems."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from minutes.extraction.results import Extraction
from minutes.parser.types import Problem, Span

# Noncharacters: Unicode reserves them for internal use. `clean` removes those in a file.
INSERTION_BEGINS, INSERTION_ENDS = "\ufdd0\ufdd1"
DELETION, COMMENT, HIDDEN, LEFT_OUT, SYMBOL, FORM_VALUE, TURNED, UNMAPPED = (
    "\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7\ufdd8\ufdd9"
)
FORMULA, COMPUTED, STRUCK, UNSEEN, UNREAD_TABLE = "\ufdda\ufddb\ufddc\ufddd\ufdde"
MARKS = re.compile("[\ufdd0-\ufdef]")
MESSAGES = {
    DELETION: ("word-deletion", "此处有修订中删去的文字，未收入正文，请核对原件是否定稿。"),
    COMMENT: ("word-comment", "此处有批注，批注内容未收入正文，请核对原件。"),
    HIDDEN: ("word-hidden", "此处有隐藏文字，未收入正文，请核对原件。"),
    SYMBOL: ("word-symbol", "此处的“□”在原件中是特殊字体的符号，无法还原，请与原件核对。"),
    UNMAPPED: ("pdf-symbol", "此处的“□”在 PDF 中没有通用编码，无法读出，请与原件核对。"),
    FORM_VALUE: ("pdf-form-value", "这里是 PDF 表单中填写的内容，已收入正文，请与原件核对。"),
    TURNED: ("pdf-turned-text", "这里起有竖排或旋转的文字，次序可能不对，请与原件核对。"),
    FORMULA: ("word-formula", "此处是公式或组合字符，只收入其中的文字，排列不能还原，请与原件核对。"),
    COMPUTED: ("word-computed", "此处的日期由 Word 自动更新，可能不是定稿时的日期，请与原件核对。"),
    STRUCK: ("struck-text", "此处有带删除线的文字，已收入正文，请核对是否已删去。"),
    UNSEEN: ("pdf-unseen-text", "这里起有看不见的文字（透明或在页面之外），已收入正文，请与原件核对。"),
    UNREAD_TABLE: ("table-unread", "此处的表格线不完整，没有完全按列读出，请与原文核对。"),
    LEFT_OUT: ("word-left-out", "此处有脚注、嵌入对象等内容，未收入正文，请核对原件。"),
}
INSERTED = ("word-insertion", "这段文字是修订中插入的，已收入正文，请核对原件是否定稿。")
MAX_PLACES_OF_A_KIND = 50


def clean(text: str) -> str:
    """Return characters of the file on one line, without any that look like a mark."""
    return MARKS.sub("", text).replace("\r", " ").replace("\n", " ").replace("\t", " ")


def strip_marks(text: str) -> str:
    return MARKS.sub("", text)


def resolve_marks(marked: str) -> Extraction:
    """Return the text without its marks, and a problem for each of them."""
    pieces: list[str] = []
    problems: list[Problem] = []
    position, after, insertion = 0, 0, None
    for mark in MARKS.finditer(marked):
        pieces.append(marked[after : mark.start()])
        position += mark.start() - after
        after = mark.end()
        if mark[0] == INSERTION_BEGINS:
            insertion = position
        elif mark[0] == INSERTION_ENDS:
            if insertion is not None and insertion < position:
                add_insertion(problems, insertion, position)
            insertion = None
        elif mark[0] in MESSAGES:
            # A span must not be empty, so it is the preceding character.
            problems.append(Problem(*MESSAGES[mark[0]], Span(max(position - 1, 0), max(position, 1))))
    text = "".join([*pieces, marked[after:]])
    return Extraction(text, tuple(capped(problems)) if text else ())


def add_insertion(problems: list[Problem], start: int, end: int) -> None:
    """Add an insertion, merging it with an adjacent one.

    Word writes one for each run of a sentence.
    """
    last = problems[-1] if problems else None
    if last and last.code == INSERTED[0] and last.span and last.span.end == start:
        start = last.span.start
        problems.pop()
    problems.append(Problem(*INSERTED, Span(start, end)))


def capped(problems: list[Problem]) -> list[Problem]:
    """Limit the problems of each kind; the last one kept counts the others."""
    kept: list[Problem] = []
    counts = Counter(problem.code for problem in problems)
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        more = counts[problem.code] - MAX_PLACES_OF_A_KIND
        if seen[problem.code] < MAX_PLACES_OF_A_KIND or (seen[problem.code] == MAX_PLACES_OF_A_KIND and more <= 0):
            kept.append(problem)
        elif seen[problem.code] == MAX_PLACES_OF_A_KIND:
            kept.append(replace(problem, message=f"{problem.message}此后还有{more}处。"))
    return kept
