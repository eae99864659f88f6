"""The decisions of an item, and its units by role."""

from collections.abc import Iterable
from dataclasses import dataclass

from minutes.models import AgendaItem, Decision, Involvement, InvolvementRole
from minutes.models.parts import load_decisions


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
    load_decisions(items)
    return [decided(item) for item in items]


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
