"""What was to be done by when: every deadline on record, beside the day it is looked at.

The archive holds what was decided, never what became of it: nothing here says that something was or was not done.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from minutes.models import Deadline, Involvement, InvolvementRole, Organization
from minutes.sentences import Part, parts_of, place_of, sentence_around

A_YEAR = 365
# The units that an item makes answerable; whether for this very deadline, only its sentence says.
ANSWERABLE = (InvolvementRole.LEAD, InvolvementRole.RESPONSIBLE)


@dataclass(frozen=True, slots=True)
class StandingDeadline:
    """A deadline with the units of its item and the sentence that sets it."""

    deadline: Deadline
    units: list[Involvement]
    sentence: list[Part]
    today: datetime.date

    @property
    def is_past(self) -> bool:
        return self.deadline.date is not None and self.deadline.date < self.today

    @property
    def days(self) -> int | None:
        """How many days lie between today and the deadline, either way; None past a year, where nobody counts them."""
        days = abs((self.deadline.date - self.today).days) if self.deadline.date else A_YEAR + 1
        return days if days <= A_YEAR else None


def deadlines_of(organization: Organization) -> QuerySet[Deadline]:
    """Return the deadlines in items that an organization leads or answers for."""
    return Deadline.objects.published().filter(answered_for_by([organization.pk]))


def answered_for_by(organizations: Iterable[int]) -> Exists:
    answerable = Involvement.objects.filter(role__in=ANSWERABLE, organization__in=organizations)
    return Exists(answerable.filter(item=OuterRef("item")))


def upcoming(deadlines: QuerySet[Deadline], today: datetime.date) -> QuerySet[Deadline]:
    """Today's and later ones, the next first."""
    return deadlines.filter(date__gte=today).order_by("date", "pk")


def past(deadlines: QuerySet[Deadline], today: datetime.date) -> QuerySet[Deadline]:
    """Those before today, the latest first."""
    return deadlines.filter(date__lt=today).order_by("-date", "pk")


def undated(deadlines: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Those whose day the text does not settle, of the latest meetings first."""
    return deadlines.filter(date=None).order_by(F("meeting__date").desc(nulls_last=True), "pk")


def with_items(deadlines: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Fetch all that `standing` reads, in three queries for any number of deadlines."""
    answerable = Involvement.objects.filter(role__in=ANSWERABLE).select_related("organization")
    return deadlines.select_related("item", "meeting__body").prefetch_related(
        "item__paragraphs", Prefetch("item__involvements", answerable, to_attr="answerable")
    )


def standing(deadlines: Iterable[Deadline], today: datetime.date) -> list[StandingDeadline]:
    """Describe the deadlines as of today; fetch them with `with_items`."""
    return [
        StandingDeadline(deadline, deadline.item.answerable if deadline.item else [], sentence_of(deadline), today)
        for deadline in deadlines
    ]


def sentence_of(deadline: Deadline) -> list[Part]:
    """Return the sentence that sets a deadline, its words marked; empty if not found."""
    paragraphs = deadline.item.paragraphs.all() if deadline.item else ()
    place = place_of(deadline.text, deadline, paragraphs)
    return parts_of(sentence_around(place), [place]) if place else []
