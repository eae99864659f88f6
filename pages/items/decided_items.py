"""The decisions of an item, and its units by role."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from minutes.models import AgendaItem, Decision, Involvement, InvolvementRole


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


def with_decisions(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """Prefetch everything that `decided` reads, with five queries in total."""
    with_organizations = Involvement.objects.select_related("organization")
    return items.select_related("meeting__body").prefetch_related(
        "decisions__deadlines",
        Prefetch("decisions__units", with_organizations),
        Prefetch("involvements", with_organizations),
    )


def with_units(decision: Decision) -> DecisionWithUnits:
    """Return the decision with its units by role."""
    units = list(decision.units.all())
    return DecisionWithUnits(
        decision,
        [unit for unit in units if unit.role == InvolvementRole.LEAD],
        [unit for unit in units if unit.role == InvolvementRole.SUPPORTING],
    )


def decided(item: AgendaItem) -> DecidedItem:
    """Return the decisions and units of an item."""
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
