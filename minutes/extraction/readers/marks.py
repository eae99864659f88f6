"""Marks that ride in a text while it is put together, and become places in it at the end."""

from __future__ import annotations

import re
from collections import Counter

from minutes.extraction.results import Doubt, Found

# Noncharacters: Unicode keeps them for such inner use. From the file itself none comes through: see `unmarked`.
INSERTION_BEGINS, INSERTION_ENDS, DELETION, COMMENT, HIDDEN, LEFT_OUT = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
MARKS = re.compile("[\ufdd0-\ufdef]")
MESSAGES = {
    DELETION: ("word-deletion", "此处有修订中删去的文字，未收入正文，请核对原件是否定稿。"),
    COMMENT: ("word-comment", "此处有批注，批注内容未收入正文，请核对原件。"),
    HIDDEN: ("word-hidden", "此处有隐藏文字，未收入正文，请核对原件。"),
    LEFT_OUT: ("word-left-out", "此处有脚注、嵌入对象等内容，未收入正文，请核对原件。"),
}
INSERTED = ("word-insertion", "这段文字是修订中插入的，已收入正文，请核对原件是否定稿。")
MOST_PLACES_OF_A_KIND = 50


def unmarked(text: str) -> str:
    """Characters of the file as they may enter the text: on one line, and none that could be taken for a mark."""
    return MARKS.sub("", text).replace("\r", " ").replace("\n", " ").replace("\t", " ")


def without_marks(text: str) -> str:
    return MARKS.sub("", text)


def found_in(marked: str) -> Found:
    """The text without its marks, and a doubt for each place where one was."""
    pieces: list[str] = []
    doubts: list[Doubt] = []
    position, after, insertion = 0, 0, None
    for mark in MARKS.finditer(marked):
        pieces.append(marked[after : mark.start()])
        position += mark.start() - after
        after = mark.end()
        if mark[0] == INSERTION_BEGINS:
            insertion = position
        elif mark[0] == INSERTION_ENDS:
            if insertion is not None and insertion < position:
                note_insertion(doubts, insertion, position)
            insertion = None
        elif mark[0] in MESSAGES:
            # The character before the place, so that there is something to point at.
            doubts.append(Doubt(*MESSAGES[mark[0]], max(position - 1, 0), max(position, 1)))
    text = "".join([*pieces, marked[after:]])
    return Found(text, not_too_many(doubts) if text else [])


def note_insertion(doubts: list[Doubt], start: int, end: int) -> None:
    """Adds an insertion; Word writes one for each piece of a sentence, which together are one place."""
    if doubts and doubts[-1].code == INSERTED[0] and doubts[-1].end == start:
        start = doubts.pop().start or 0
    doubts.append(Doubt(*INSERTED, start, end))


def not_too_many(doubts: list[Doubt]) -> list[Doubt]:
    """The first places of each kind; the last one of them says how many more there are."""
    kept: list[Doubt] = []
    counts = Counter(doubt.code for doubt in doubts)
    seen: Counter[str] = Counter()
    for doubt in doubts:
        seen[doubt.code] += 1
        more = counts[doubt.code] - MOST_PLACES_OF_A_KIND
        if seen[doubt.code] < MOST_PLACES_OF_A_KIND or (seen[doubt.code] == MOST_PLACES_OF_A_KIND and more <= 0):
            kept.append(doubt)
        elif seen[doubt.code] == MOST_PLACES_OF_A_KIND:
            kept.append(doubt._replace(message=f"{doubt.message}此后还有{more}处。"))
    return kept
