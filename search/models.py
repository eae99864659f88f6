"""What the index still has to learn."""

from django.db import models

from search.alerts.models import Alert

__all__ = ["Alert", "PendingIndexUpdate"]


class PendingIndexUpdate(models.Model):
    """A meeting that changed since the index was written; stays until the index holds the change.

    One row a change, so that a change made while the index is being written is never taken for done.
    """

    meeting_id = models.BigIntegerField("会议编号")
    noted_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "待更新的索引"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"会议 {self.meeting_id}"
