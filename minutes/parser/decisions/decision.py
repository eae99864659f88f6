"""The decisions of an item: one for each matter that its paragraphs decide."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from minutes.parser.decisions.assignments import is_assignment, responsible_for
from minutes.parser.decisions.outcomes import REFERS_BACK, outcome_in, resolution_in
from minutes.parser.items.documents import documents_in
from minutes.parser.items.paragraphs import RawParagraph, is_opinion
from minutes.parser.items.titles import TITLE_START
from minutes.parser.source_text import Tracked
from minutes.parser.types import Deadline, Decision, Field, Span, Task
from minutes.parser.vocabulary.verbs import PUT_OFF, REFUSALS, any_of

# 由市水务局办理；（会议同意将二中更名）· ；原则通过《云川市节水条例》 (a decision after a semicolon)
# 一是原则同意市水务局的方案；二是同意拨付经费 · （1）同意立项；（2）同意拨付经费 (as one of several points, too)
# ；水泵购置事项，资金尚未落实，暂缓研究 · ；水泵购置事项，待资金落实后再议。
# 审议通过《云川市节水条例》，原则同意《云川市供水规划》 (on another document, after a comma too)
DECIDES_BEHIND = re.compile(
    r"；(?=(?:[二三四五六七八九十]是|第[二三四五六七八九十]，|（[二三四五六七八九十2-9]）|[2-9②-⑨][.、]?)?"
    r"(?:会议)?(?:一致)?(?:原则上?)?(?:同意|通过|批准)(?!后))"
    r"|；(?=[^。；]{2,80}，(?:会议(?:决定)?，?)?(?:暂缓|暂不|不予(?:同意|通过|批准)))"
    rf"|；(?=[^。；]{{2,80}}，(?:会议(?:决定)?，?)?(?:待[^，。；]{{2,30}}后，?)?{any_of(PUT_OFF)}(?:[。；]|$))"
    r"|(?<=[》）])，(?=(?:会议)?(?:一致)?(?:原则上?)?(?:同意|通过|批准)了?[^，。；《》]{0,24}《)"
)
# 其他事项 · 关于其他工作 (a title above matters that have nothing to do with each other)
OTHER_MATTERS = re.compile(r"(?:关于|研究)?其[他它](?:有关)?(?:事项|事宜|工作|问题|议题)")
# （三）会议明确，危房改造由县住建局负责 (after several decisions, one more of its own)
SETTLES = re.compile(r"会议(?:还|同时)?(?:研究)?(?:明确|决定|确定|议定)")


# One matter is not both approved and put off.
NOT_APPROVED = frozenset((*REFUSALS, *PUT_OFF))
# 关于水泵购置事宜，会议议定，由县水务局办理 (behind a decision, another matter that the sentence names)
ON_ANOTHER_MATTER = re.compile(r"(?:关于|对于|针对)[^，。；]{2,40}(?:事宜|问题|事项|请示|方案)，(?:会议|经研究)")


def decisions_of(
    title: Tracked, paragraphs: list[RawParagraph], tasks: tuple[Task, ...], deadlines: list[Deadline]
) -> tuple[Decision, ...]:
    """Return the decisions, assignments and deadlines of an item as decisions."""
    sentences = _sentences(paragraphs, tasks, deadlines, OTHER_MATTERS.fullmatch(title.folded) is not None)
    starts = [0, *_where_another_decision_begins(sentences)]
    readings = [_read(sentences[start:end]) for start, end in zip(starts, [*starts[1:], None], strict=True)]
    if not any(reading.outcome for reading in readings) and (outcome := outcome_in(title)):
        readings[0].outcome = outcome
        readings[0].evidence.append(title.span)
    return tuple(decision for reading in readings if (decision := reading.result()))


@dataclass(frozen=True)
class Sentence:
    """A sentence of an item with what it decides.

    `matter` is the number of preceding paragraphs that start a matter, `section` of those that are headings.
    `marked`: the sentence starts a numbered paragraph.
    """

    text: Tracked
    outcome: Field[str] | None
    deadlines: list[Deadline]
    tasks: list[Task]
    matter: int
    section: int
    marked: bool

    @property
    def assigns(self) -> bool:
        """Return whether the sentence assigns responsibility."""
        return any(is_assignment(task) for task in self.tasks)


def _sentences(
    paragraphs: list[RawParagraph], tasks: tuple[Task, ...], deadlines: list[Deadline], each_point_is_a_matter: bool
) -> list[Sentence]:
    sentences: list[Sentence] = []
    starts = [task.span.start for task in tasks]
    limits = [deadline.span.start for deadline in deadlines]
    matter = section = 0
    for paragraph in paragraphs:
        begins_matter = bool(paragraph.marker and (each_point_is_a_matter or TITLE_START.match(paragraph.text.folded)))
        matter += begins_matter
        section += begins_matter and (each_point_is_a_matter or "。" not in paragraph.text.folded)
        # 王岚：同意 is a statement of one person, not a decision of the meeting; votes are given to the items voted on.
        decides_nothing = paragraph.is_a_vote or is_opinion(paragraph.text)
        for index, text in enumerate(part for each in paragraph.text.parts("。！？") for part in decided_in(each)):
            start, end = text.span
            within = deadlines[bisect_left(limits, start) : bisect_left(limits, end)]
            begun = list(tasks[bisect_left(starts, start) : bisect_left(starts, end)])
            outcome = None if decides_nothing else outcome_in(text)
            marked = index == 0 and paragraph.marker is not None
            sentences.append(Sentence(text, outcome, within, begun, matter, section, marked))
    return sentences


def decided_in(sentence: Tracked) -> list[Tracked]:
    """Split a sentence before each further decision in it."""
    parts = []
    start = 0
    for mark in DECIDES_BEHIND.finditer(sentence.folded):
        parts.append(sentence[start : mark.start()])
        start = mark.end()
    return [part for part in (*parts, sentence[start:]) if part]


def _where_another_decision_begins(sentences: list[Sentence]) -> list[int]:
    """Return the indexes of sentences that start decisions on further matters."""
    starts: list[int] = []
    last: Sentence | None = None
    approved: Sentence | None = None
    for index, sentence in enumerate(sentences):
        if not sentence.outcome and not sentence.assigns:
            continue
        below_another_heading = last is not None and sentence.section != last.section
        settles_another = bool(starts) and sentence.marked and SETTLES.match(sentence.text.folded) is not None
        names_another = last is not None and ON_ANOTHER_MATTER.match(sentence.text.folded) is not None
        if (
            below_another_heading
            or settles_another
            or names_another
            or (approved and sentence.outcome and _is_about_another_matter(sentence, approved))
        ):
            starts.append(
                _start_of_matter(sentences, index) if last is None or sentence.matter != last.matter else index
            )
        last = sentence
        approved = sentence if sentence.outcome else None if below_another_heading else approved
    return starts


def _start_of_matter(sentences: list[Sentence], index: int) -> int:
    """Return the index of the sentence that starts the numbered matter."""
    while index and sentences[index - 1].matter == sentences[index].matter:
        index -= 1
    return index


def _is_about_another_matter(sentence: Sentence, decided: Sentence) -> bool:
    """Return whether a sentence decides on another matter than the previous decision."""
    if sentence.matter != decided.matter:
        return True
    here, there = _titles_in(sentence.text), _titles_in(decided.text)
    if here:
        return not any(title.endswith(other) or other.endswith(title) for title in here for other in there)
    if sentence.outcome is None:
        return False
    if decided.outcome and (sentence.outcome.value in NOT_APPROVED) != (decided.outcome.value in NOT_APPROVED):
        return True
    behind = sentence.text.folded[sentence.text.position_of(sentence.outcome.span.end - 1) + 1 :]
    return not REFERS_BACK.match(behind)


def _titles_in(text: Tracked) -> list[str]:
    """Return titles and short titles of the documents in a sentence, without stage."""
    documents = documents_in(text)
    short = [document.mention.short_title for document in documents if document.mention.short_title]
    return [document.base for document in documents] + short


def _read(sentences: list[Sentence]) -> _Reading:
    reading = _Reading()
    for sentence in sentences:
        reading.take(sentence)
    return reading


class _Reading:
    """State of parsing the sentences on one matter."""

    def __init__(self) -> None:
        self.outcome: Field[str] | None = None
        self.resolution: Field[str] | None = None
        self.next_step: Field[str] | None = None
        self.tasks: list[Task] = []
        self.deadlines: list[Deadline] = []
        self.evidence: list[Span] = []

    def take(self, sentence: Sentence) -> None:
        """Add what the sentence decides."""
        text, outcome = sentence.text, sentence.outcome
        self.resolution = self.resolution or resolution_in(text)
        step = next((task.next_step for task in sentence.tasks if task.next_step), None)
        if sentence.assigns or step or (outcome and self.outcome is None):
            self.evidence.append(text.span)
        self.outcome = self.outcome or outcome
        self.next_step = self.next_step or step
        self.deadlines += sentence.deadlines
        self.tasks += sentence.tasks

    def result(self) -> Decision | None:
        """Return the decision; 决定 is its outcome only if there is no other."""
        outcome, evidence = self.outcome, self.evidence
        if outcome is None and self.resolution is not None:
            outcome, evidence = self.resolution, [*evidence, self.resolution.span]
        spans = evidence or [deadline.span for deadline in self.deadlines]
        if not spans:
            return None
        return Decision(
            outcome,
            *responsible_for(self.tasks),
            self.next_step,
            tuple(self.deadlines),
            Span(min(span.start for span in spans), max(span.end for span in spans)),
        )
