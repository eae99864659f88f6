"""Where in the source text a record was read from."""

from django.db import models
from django.db.models import F, Q


class Spanned(models.Model):
    """A record that knows the characters `[start, end)` of the source text it was read from."""

    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="%(class)s_span_in_order")]
