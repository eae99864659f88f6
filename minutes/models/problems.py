"""Problems in the minutes of a meeting, and their settlement."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from minutes.models.meetings import Meeting
from minutes.models.published import PartQuerySet
from minutes.parser.problems.kinds import KINDS, Weight, name_of_kind, weight_of

NOTES = [code for code, kind in KINDS.items() if kind.weight == "note"]


class Settlement(models.Model):
    """A settlement of all open problems with one code, in one meeting or several."""

    code = models.CharField("代码", max_length=60)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核实人"
    )
    made_at = models.DateTimeField("核实时间", auto_now_add=True)
    count = models.PositiveIntegerField("核实的处数")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "成批核实"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{name_of_kind(self.code)}（{self.count}处）"


class ProblemQuerySet(PartQuerySet):
    """Problems by weight.

    A code without a weight must be settled; a note needs no settlement.
    """

    def weighing(self, weight: Weight) -> Self:
        """Return the problems of a weight."""
        if weight == "must":
            return self.exclude(code__in=[code for code, kind in KINDS.items() if kind.weight != "must"])
        return self.filter(code__in=[code for code, kind in KINDS.items() if kind.weight == weight])

    def open(self, weight: Weight) -> Self:
        """Return the unsettled problems of a weight."""
        return self.weighing(weight).filter(settled_at=None)

    def to_settle(self) -> Self:
        """Return the unsettled problems except notes."""
        return self.filter(settled_at=None).exclude(code__in=NOTES)

    def of_outer_meeting(self) -> Self:
        """Return the problems of the outer query's meeting."""
        return self.filter(meeting=OuterRef("pk")).order_by()

    def count_of_outer_meeting(self) -> Coalesce:
        """Return the number of problems of the outer query's meeting."""
        counts = self.of_outer_meeting().values("meeting").annotate(count=Count("pk")).values("count")
        return Coalesce(Subquery(counts), 0)


class Problem(models.Model):
    """Something the parser could not decide: docs/reference/problems.md."""

    PATH_TO_MEETING = "meeting"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="problems", verbose_name="会议")
    code = models.CharField("代码", max_length=60)
    message = models.TextField("说明")
    start = models.PositiveIntegerField("起始字符", null=True, blank=True)
    end = models.PositiveIntegerField("结束字符", null=True, blank=True)
    settled_at = models.DateTimeField("核实时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核实人"
    )
    # Set if it was settled together with others of its code.
    settlement = models.ForeignKey(
        Settlement, models.SET_NULL, null=True, blank=True, related_name="problems", verbose_name="成批核实"
    )

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待核问题"
        ordering = [models.F("start").asc(nulls_first=True), "id"]

    def __str__(self) -> str:
        return f"{self.kind_name}：{self.message}"

    @property
    def place(self) -> list[int] | None:
        """Return the span in the source text, or None."""
        return None if self.start is None else [self.start, self.end]

    @property
    def weight(self) -> Weight:
        """Return whether it must be settled, is worth a look, or is a note."""
        return weight_of(self.code)

    @property
    def kind_name(self) -> str:
        """Return the name of its code for people."""
        return name_of_kind(self.code)

    @property
    def is_open(self) -> bool:
        """Return whether it needs attention."""
        return self.settled_at is None and self.code not in NOTES
