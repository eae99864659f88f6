"""Arrange the bodies with published meetings in the tree of divisions."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Max, Min

from minutes.models import Body, Division, Meeting


@dataclass(slots=True)
class Branch:
    """A division with its bodies and the divisions below it."""

    division: Division
    bodies: list[Body] = field(default_factory=list)
    children: list[Branch] = field(default_factory=list)

    @property
    def meetings(self) -> int:
        """Count the published meetings of this division and everything below it."""
        return sum(body.meeting_count for body in self.bodies) + sum(child.meetings for child in self.children)


def bodies_with_counts() -> list[Body]:
    """Return published bodies with meeting_count, first and last date."""
    published = Meeting.objects.published().order_by().values("body")
    counts = {row["body"]: row for row in published.annotate(meetings=Count("pk"), first=Min("date"), last=Max("date"))}
    bodies = list(Body.objects.filter(pk__in=counts).select_related("division__parent__parent"))
    for body in bodies:
        row = counts[body.pk]
        body.meeting_count, body.first, body.last = row["meetings"], row["first"], row["last"]
    return bodies


def division_tree(bodies: list[Body]) -> tuple[list[Branch], list[Body]]:
    """Return the provinces as branches, and the bodies without a known division."""
    branches: dict[int, Branch] = {}
    roots: list[Branch] = []
    unplaced = []
    for body in bodies:
        if body.division is None:
            unplaced.append(body)
            continue
        above: Branch | None = None
        for division in body.division.path:
            branch = branches.get(division.pk)
            if branch is None:
                branch = branches[division.pk] = Branch(division)
                (above.children if above else roots).append(branch)
            above = branch
        if above:
            above.bodies.append(body)
    for branch in branches.values():
        branch.children.sort(key=lambda child: (child.division.code, child.division.name))
    return sorted(roots, key=lambda root: (root.division.code, root.division.name)), unplaced
