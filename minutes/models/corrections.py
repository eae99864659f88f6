"""Readings and corrections, kept apart so that neither overwrites the other.

The other rows of a meeting are built from both: docs/develop/corrections.md.
"""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from minutes.models.meetings import Meeting


class Reading(models.Model):
    """The parser's output for a text, as JSON (`minutes.corrections.parsed_json`)."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="reading", verbose_name="会议")
    parser_version = models.CharField("解析器版本", max_length=20)
    parsed = models.JSONField("解析结果")
    # Problems of the file itself, which reparsing the text cannot find again.
    source_problems = models.JSONField("来源问题", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "解析结果"

    def __str__(self) -> str:
        return f"{self.meeting}（{self.parser_version}）"


class Correction(models.Model):
    """A value entered by a person at one path, with the parser's value there.

    `place` is a path as in `minutes.corrections.paths`: number, items/3/title, attendance/+1.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections", verbose_name="会议")
    place = models.CharField("位置", max_length=120)
    parsed = models.JSONField("解析值", null=True, blank=True)
    value = models.JSONField("更正值", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="更正人"
    )
    made_at = models.DateTimeField("更正时间", auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "人工更正"
        ordering = ["meeting", "place"]
        constraints = [models.UniqueConstraint(fields=["meeting", "place"], name="correction_once_per_place")]

    def __str__(self) -> str:
        return f"{self.meeting}：{self.place}"
