"""The decisions of an item, each fact with the sentence it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from minutes.models import Involvement, Organization, Paragraph
from minutes.models.spanned import Spanned
from minutes.sentences import Part, Place, parts_of, place_of, sentence_around
from pages.items.decided_items import DecidedItem, DecisionWithUnits


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a decision: 市住建局, 按程序印发实施, 明年1月底前."""

    words: str
    read_from: Spanned | list[int]
    place: Place | None
    organization: Organization | None = None
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Facts with a label: 牵头, 配合, 期限."""

    label: str
    facts: list[Fact]
    name: str = ""

    @property
    def sentences(self) -> tuple[Place, ...]:
        """Return the sentences that state these facts, without duplicates, in order."""
        return tuple(dict.fromkeys(sentence_around(fact.place) for fact in self.facts if fact.place))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of the minutes with the words of the facts highlighted."""

    sentence: Place
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stated:
    """Rows stated by the same sentences, and these sentences."""

    rows: list[Row]
    quotations: list[Quotation]


def cards_of(decided: DecidedItem) -> list[list[Stated]]:
    """Return the rows of each decision.

    Adjacent rows with the same sentences share their quotation.
    """
    paragraphs = list(decided.item.paragraphs.all())
    cards = [list(rows_of(decision, paragraphs)) for decision in decided.decisions]
    return [stated(rows) for rows in cards if rows]


def stated(rows: list[Row]) -> list[Stated]:
    card = []
    for sentences, rows_here in groupby(rows, key=lambda row: row.sentences):
        together = list(rows_here)
        places = [fact.place for row in together for fact in row.facts if fact.place]
        card.append(Stated(together, [quotation_of(sentence, places) for sentence in sentences]))
    return card


def quotation_of(sentence: Place, places: list[Place]) -> Quotation:
    within = [place for place in places if sentence_around(place) == sentence]
    return Quotation(sentence, parts_of(sentence, within))


def rows_of(decided: DecisionWithUnits, paragraphs: list[Paragraph]) -> Iterator[Row]:
    """Yield outcome, units, next step and deadlines, as far as they are stated."""
    decision = decided.decision
    if decision.outcome_text:
        read_from = decision.spans.get("outcome") or decision
        yield Row("结果", [fact_of(decision.outcome_text, read_from, paragraphs)], name="outcome")
    for label, units in (("牵头", decided.lead), ("配合", decided.supporting)):
        if units:
            yield Row(label, [unit_fact(unit, paragraphs) for unit in units])
    if decision.next_step:
        read_from = decision.spans.get("next_step") or decision
        yield Row("下一步", [fact_of(decision.next_step, read_from, paragraphs)])
    for deadline in decision.deadlines.all():
        place = place_of(deadline.text, deadline, paragraphs)
        yield Row("期限", [Fact(deadline.text, deadline, place, date=deadline.date)])


def fact_of(words: str, read_from: Spanned | list[int], paragraphs: list[Paragraph]) -> Fact:
    return Fact(words, read_from, place_of(words, read_from, paragraphs))


def unit_fact(unit: Involvement, paragraphs: list[Paragraph]) -> Fact:
    place = place_of(unit.written, unit, paragraphs)
    return Fact(str(unit.organization), unit, place, organization=unit.organization)
