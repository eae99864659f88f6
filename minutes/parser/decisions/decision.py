"""What was decided about an item, read from all of its paragraphs."""

from __future__ import annotations

import datetime

from minutes.parser.decisions.assignments import assigned_in
from minutes.parser.decisions.deadlines import deadlines_in
from minutes.parser.decisions.outcomes import comes_after_revision, next_step_in, outcome_in, resolution_in
from minutes.parser.source_text import Tracked
from minutes.parser.types import Deadline, Decision, Field, Span


def decisions_of(title: Tracked, texts: list[Tracked], met: datetime.date | None) -> tuple[Decision, ...]:
    """Return what title and paragraphs of an item decide, charge somebody with, or set a date for."""
    reading = _Reading()
    deadlines: list[Deadline] = []
    for text in texts:
        deadlines += deadlines_in(text, met)
        reading.begin_paragraph()
        for sentence in text.parts("。！？"):
            reading.take(sentence)
    if reading.outcome is None and (told := outcome_in(title)):
        reading.outcome = told
        reading.evidence.append(title.span)
    decision = reading.result(tuple(deadlines))
    return (decision,) if decision else ()


LEVELS = "省市县区州旗镇乡"


class _Reading:
    """What the sentences have decided so far, and the places that prove it."""

    def __init__(self) -> None:
        self.outcome: Field[str] | None = None
        self.resolution: Field[str] | None = None
        self.next_step: Field[str] | None = None
        self.lead: dict[str, Field[str]] = {}
        self.supporting: dict[str, Field[str]] = {}
        self.evidence: list[Span] = []
        self.sentences_since_decided = 0

    def begin_paragraph(self) -> None:
        """Forgets how near the last decision was."""
        # What comes next is said in the sentence that decides or right behind it, within the same paragraph.
        self.sentences_since_decided = 2

    def take(self, sentence: Tracked) -> None:
        """Adds what the sentence decides."""
        outcome = outcome_in(sentence)
        lead, supporting = assigned_in(sentence)
        self.resolution = self.resolution or resolution_in(sentence)
        self.sentences_since_decided = 0 if outcome or lead else self.sentences_since_decided + 1
        is_near = self.sentences_since_decided <= 1 or comes_after_revision(sentence)
        step = next_step_in(sentence) if is_near and self.next_step is None else None
        if lead or step or (outcome and self.outcome is None):
            self.evidence.append(sentence.span)
        self.outcome = self.outcome or outcome
        self.next_step = self.next_step or step
        for unit in lead:
            self.lead.setdefault(unit.value, unit)
        for unit in supporting:
            self.supporting.setdefault(unit.value, unit)

    def _leads_under_its_full_name(self, name: str) -> bool:
        """Whether the unit leads under its name with the level of government too: 交通局 beside 县交通局."""
        return any(level + name in self.lead for level in LEVELS)

    def result(self, deadlines: tuple[Deadline, ...]) -> Decision | None:
        """Return the decision; 决定 is its outcome only where nothing else is."""
        outcome, evidence = self.outcome, self.evidence
        if outcome is None and self.resolution is not None:
            outcome, evidence = self.resolution, [*evidence, self.resolution.span]
        spans = evidence or [deadline.span for deadline in deadlines]
        if not spans:
            return None
        return Decision(
            outcome,
            tuple(unit for name, unit in self.lead.items() if not self._leads_under_its_full_name(name)),
            tuple(unit for name, unit in self.supporting.items() if name not in self.lead),
            self.next_step,
            deadlines,
            Span(min(span.start for span in spans), max(span.end for span in spans)),
        )
