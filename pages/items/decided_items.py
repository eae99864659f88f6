"""What was decided about an item, gathered for the eye: outcome, who has to do it, what comes next."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from minutes.models import AgendaItem, Decision, Involvement, InvolvementRole


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """An item with its decision, if the text holds one, and its units by role."""

    item: AgendaItem
    decision: Decision | None
    lead: list[Involvement]
    supporting: list[Involvement]
    responsible: list[Involvement]
    reporting: list[Involvement]
    mentioned: list[Involvement]

    @property
    def says_anything(self) -> bool:
        return bool(self.decision or self.lead or self.supporting or self.responsible)


def with_decisions(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """The items with all that `decided` reads, in three queries however many they are."""
    return items.select_related("decision", "meeting__body").prefetch_related(
        "decision__deadlines",
        Prefetch("involvements", Involvement.objects.select_related("organization")),
    )


def decided(item: AgendaItem) -> DecidedItem:
    """What was decided about one item."""
    units: dict[str, list[Involvement]] = {role: [] for role in InvolvementRole.values}
    for involvement in item.involvements.all():
        units[involvement.role].append(involvement)
    return DecidedItem(
        item=item,
        decision=getattr(item, "decision", None),
        lead=units[InvolvementRole.LEAD],
        supporting=units[InvolvementRole.SUPPORTING],
        responsible=units[InvolvementRole.RESPONSIBLE],
        reporting=units[InvolvementRole.REPORTING],
        mentioned=units[InvolvementRole.MENTIONED],
    )
