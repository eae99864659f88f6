"""Pending updates of the index, and synonyms added by staff."""

from django.db import models

from search.alerts.models import Alert

__all__ = ["Alert", "PendingIndexUpdate", "Synonym"]


class PendingIndexUpdate(models.Model):
    """A meeting that changed since the index was written.

    One row per change, deleted once it is indexed, so that a change made while the index is being written is not
    lost.
    """

    meeting_id = models.BigIntegerField("会议编号")
    noted_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "待更新的索引"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"会议 {self.meeting_id}"


class Synonym(models.Model):
    """Everyday words and the official terms for them, in addition to synonyms.txt."""

    typed = models.CharField("输入的词", max_length=200, help_text="人们会输入的词，几个词用顿号隔开：电瓶车、小电驴。")
    written = models.CharField(
        "也查", max_length=400, blank=True, help_text="纪要里的写法，几个词用顿号隔开：电动自行车。留空表示不计入检索。"
    )
    reason = models.CharField("理由", max_length=200, help_text="为什么加这一条，如：市民来电这样问。")
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索同义词"
        ordering = ["typed"]

    def __str__(self) -> str:
        return f"{self.typed} = {self.written}"
