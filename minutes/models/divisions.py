"""Administrative divisions of the archive's bodies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Division(models.Model):
    """A province, city or county: 苏州市 in 江苏省.

    There are rows for the divisions of bodies and their ancestors only.
    """

    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    code = models.CharField("行政区划代码", max_length=12, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="division_once_per_parent"),
            models.UniqueConstraint(fields=["name"], condition=Q(parent=None), name="province_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> list[Division]:
        """Return the divisions from the province down; up to two queries unless fetched."""
        return [*(self.parent.path if self.parent else []), self]
