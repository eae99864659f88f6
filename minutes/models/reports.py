"""Error reports of readers."""

from django.db import models
from simple_history.models import HistoricalRecords

LONGEST_REPORT = 2000
LONGEST_PLACE = 300
LONGEST_NOTE = 1000


class ErrorReport(models.Model):
    """A reader's report about a page; nothing about the reader is stored."""

    place = models.CharField("所在页面", max_length=LONGEST_PLACE, blank=True)
    text = models.TextField("内容", max_length=LONGEST_REPORT)
    reported_at = models.DateTimeField("报告时间", auto_now_add=True)
    handled = models.BooleanField("已处理", default=False)
    note = models.TextField("处理说明", max_length=LONGEST_NOTE, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "错误报告"
        ordering = ["handled", "-reported_at", "-id"]

    def __str__(self) -> str:
        return self.text[:40]
