"""Where in the source text a record was read from."""

from django.db import models
from django.db.models import F, Q

from minutes.models.published import PartQuerySet


class Spanned(models.Model):
    """A record that knows the characters `[start, end)` of the source text it was read from."""

    # The lookup that leads from a row to its meeting; most belong to an item.
    PATH_TO_MEETING = "item__meeting"

    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="%(class)s_span_in_order")]
