"""The decisions of an item, and its units by role."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from minutes.models import AgendaItem, Deadline, Decision, Involvement, InvolvementRole, Paragraph
from minutes.models.prepared import attach, prepared


@dataclass(frozen=True, slots=True)
class DecisionWithUnits:
    """A decision and the units that lead and support it."""

    decision: Decision
    lead: list[Involvement]
    supporting: list[Involvement]


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """An item with its decisions and its units by role."""

    item: AgendaItem
    decisions: list[DecisionWithUnits]
    lead: list[Involvement]
    supporting: list[Involvement]
    responsible: list[Involvement]
    reporting: list[Involvement]
    mentioned: list[Involvement]


def decided_items(items: Iterable[AgendaItem]) -> list[DecidedItem]:
    """Return the decisions and units of items, with four queries."""
    items = list(items)
    decisions = attach(items, "decisions", _decisions)
    attach(decisions, "deadlines", _deadlines)
    attach(decisions, "units", _units)
    attach(items, "involvements", _involvements)
    return [decided(item) for item in items]


@prepared
def paragraphs_of(items: list[int]) -> QuerySet[Paragraph]:
    """Find the paragraphs of items, in text order."""
    return Paragraph.objects.filter(item__in=items).order_by("position")


@prepared
def _decisions(items: list[int]) -> QuerySet[Decision]:
    return Decision.objects.filter(item__in=items).order_by("position")


@prepared
def _deadlines(decisions: list[int]) -> QuerySet[Deadline]:
    return Deadline.objects.filter(decision__in=decisions)


@prepared
def _units(decisions: list[int]) -> QuerySet[Involvement]:
    units = Involvement.objects.filter(decisions__in=decisions).annotate(of=F("decisions"))
    return units.select_related("organization")


@prepared
def _involvements(items: list[int]) -> QuerySet[Involvement]:
    return Involvement.objects.filter(item__in=items).select_related("organization")


def with_units(decision: Decision) -> DecisionWithUnits:
    """Return the decision with its units by role."""
    units = list(decision.units.all())
    return DecisionWithUnits(
        decision,
        [unit for unit in units if unit.role == InvolvementRole.LEAD],
        [unit for unit in units if unit.role == InvolvementRole.SUPPORTING],
    )


def decided(item: AgendaItem) -> DecidedItem:
    """Return the decisions and units of an item that were loaded with it."""
    units: dict[str, list[Involvement]] = {role: [] for role in InvolvementRole.values}
    for involvement in item.involvements.all():
        units[involvement.role].append(involvement)
    return DecidedItem(
        item=item,
        decisions=[with_units(decision) for decision in item.decisions.all()],
        lead=units[InvolvementRole.LEAD],
        supporting=units[InvolvementRole.SUPPORTING],
        responsible=units[InvolvementRole.RESPONSIBLE],
        reporting=units[InvolvementRole.REPORTING],
        mentioned=units[InvolvementRole.MENTIONED],
    )
