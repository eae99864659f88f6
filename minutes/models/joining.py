"""Records that turn out to be one and the same."""

from __future__ import annotations

from django.db import models


class Joinable(models.Model):
    """A record that may be joined into another: it stays, so that its address does, but nothing refers to it."""

    joined_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", verbose_name="已并入"
    )

    class Meta:
        abstract = True

    @property
    def kept(self) -> Joinable:
        """The record this one stands for: itself, or what it was joined into."""
        record = self
        while record.joined_into is not None:
            record = record.joined_into
        return record
