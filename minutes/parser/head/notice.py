"""The notice forwarding the minutes (关于印发……的通知): addressees and text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from minutes.parser.layout.lines import Line
from minutes.parser.source_text import Tracked, joined
from minutes.parser.types import Noise
from minutes.parser.vocabulary import labels

# 各乡镇人民政府，县政府各部门、各直属机构： (below the title of the notice)
ADDRESSEES = re.compile(r"(?:[^。：]{0,60}[，、])?各[^。：]{2,200}：")
MOST_LINES_OF_ADDRESSEES = 4
SHORTEST_BROKEN_LINE = 16
# 现将会议纪要印发给你们，请认真贯彻执行 (all that most notices say)
PASSES_ON = re.compile(
    r"[^。]{0,120}(?:印发|转发)(?:给)?(?:你们|各单位)?(?:，(?:望|请)[^。\d]{2,40}?(?:执行|落实|办理))?"
    r"|(?:望|请)[^。\d]{2,40}?(?:执行|落实|办理)"
)
# 云川市水务局关于转发《云川市防汛专题会议纪要》的通知 (whose minutes these are is said behind the word)
FORWARDS = re.compile(r"(?:关于)?转发(?=.{2,60}纪要)")


@dataclass(frozen=True)
class Notice:
    """The lines after the addressees; their boilerplate and other sentences."""

    lines: list[Line]
    passing_on: list[Tracked]
    asking: list[Tracked]

    def as_noise(self) -> tuple[Noise, ...]:
        """Return the boilerplate as noise, since it says nothing about the meeting."""
        return tuple(Noise(sentence.chars, "notice", sentence.span) for sentence in self.passing_on)


def read_notice(head: list[Line]) -> Notice:
    """Return the notice above the minutes; empty if there is none."""
    addressees = addressees_in(head)
    lines = list(takewhile(_is_running_text, head[addressees.stop :])) if addressees else []
    sentences = joined([line.text for line in lines]).compact.parts("。")
    passing_on = [sentence for sentence in sentences if PASSES_ON.fullmatch(sentence.folded)]
    return Notice(lines, passing_on, [sentence for sentence in sentences if sentence not in passing_on])


def without_who_forwarded(head: list[Line]) -> list[Tracked]:
    """Return the lines of the head without who forwarded the minutes of another body (关于转发……的通知).

    Of the title of such a notice, what it forwards is left.
    """
    texts = [line.text for line in head]
    title = next((place for place, line in enumerate(head) if FORWARDS.search(line.folded)), None)
    if title is None:
        return texts
    forwarded = FORWARDS.search(texts[title].folded)
    of_minutes = [place for place, line in enumerate(head) if place > title and line.folded.endswith("纪要")]
    below = texts[of_minutes[0] :] if of_minutes else []
    return [*([texts[title][forwarded.end() :]] if forwarded else []), *below]


def addressees_in(head: list[Line]) -> range | None:
    """Return the line indexes of the addressees, which may take several lines."""
    for index, line in enumerate(head):
        if not line.folded.endswith("："):
            continue
        for start in range(index, max(-1, index - MOST_LINES_OF_ADDRESSEES), -1):
            text = joined([each.text for each in head[start : index + 1]]).compact
            if ADDRESSEES.fullmatch(text.folded):
                return range(start, index + 1)
            if start and (len(head[start - 1].text) < SHORTEST_BROKEN_LINE or head[start - 1].ends_a_sentence):
                break
    return None


def _is_running_text(line: Line) -> bool:
    """Return whether the line is text, not office, date or the minutes' title."""
    forms = (labels.OFFICE_AND_DATE, labels.DATE_LINE, labels.DISCLOSURE)
    return not line.folded.endswith("纪要") and not any(form.fullmatch(line.folded) for form in forms)
