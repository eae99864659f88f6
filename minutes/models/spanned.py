"""The base class of records with a span."""

from django.db import models
from django.db.models import F, Q

from minutes.models.published import PartQuerySet


class Spanned(models.Model):
    """A record with a span `[start, end)` in the source text.

    It counts characters of `SourceFile.text`, the source of the record's meeting.
    """

    # The lookup from a row to its meeting; most rows belong to an item.
    PATH_TO_MEETING = "item__meeting"

    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="%(class)s_span_in_order")]
