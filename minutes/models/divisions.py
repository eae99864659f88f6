"""Administrative divisions, as far as the archive's bodies need them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Division(models.Model):
    """A province, city or county: 苏州市 in 江苏省. Rows exist for divisions of bodies and for what contains them."""

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
        """Return the divisions from the province down to this one; two queries at most unless fetched."""
        return [*(self.parent.path if self.parent else []), self]
