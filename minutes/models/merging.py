"""Records that turn out to be one and the same, or to be two; and who said so."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models


class Joinable(models.Model):
    """A record that may be joined into another: it stays, so that its address does, but nothing refers to it."""

    joined_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", verbose_name="已并入"
    )

    class Meta:
        abstract = True

    @property
    def kept(self) -> Self:
        """The record this one stands for: itself, or what it was joined into."""
        record = self
        while record.joined_into is not None:
            record = record.joined_into
        return record


class RecordKind(models.TextChoices):
    ORGANIZATION = "organization", "单位"
    PERSON = "person", "人员"
    DOCUMENT = "document", "文件"


class JoiningAct(models.TextChoices):
    JOINED = "joined", "合并"
    PARTED = "parted", "拆分"


class Joining(models.Model):
    """One act on the records: one of them was joined into another, or another was parted from it.

    What was changed is kept with it, so that it can be undone.
    """

    act = models.CharField("动作", max_length=8, choices=JoiningAct)
    kind = models.CharField("类别", max_length=12, choices=RecordKind)
    # The keys of what was joined and what it was joined into; or of what was parted and what came of it.
    record = models.PositiveBigIntegerField("记录")
    other = models.PositiveBigIntegerField("另一记录")
    # As they were called at that time.
    said = models.CharField("说明", max_length=700)
    changes = models.JSONField("改动", default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="用户"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "合并与拆分"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}{self.get_kind_display()}：{self.said}"


class JoiningStep(models.Model):
    """A meeting whose rows have to be made again because of an act, or were."""

    joining = models.ForeignKey(Joining, models.CASCADE, related_name="steps", verbose_name="合并与拆分")
    meeting = models.ForeignKey("minutes.Meeting", models.CASCADE, related_name="+", verbose_name="会议")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    # Why the meeting could not be made again, when it could not.
    problem = models.TextField("未能更新的原因", blank=True)
    # The keys of rows that became one with others, as `minutes.ingest.stable_ids` knows them: should these
    # rows come back, they come back under their own keys.
    former_keys = models.JSONField("原有编号", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "合并与拆分的会议"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["joining", "meeting"], name="joining_step_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.joining}：{self.meeting}"


class PartedPlace(models.Model):
    """Characters of a meeting that mean, of two records of one name, the one that was parted from the other."""

    joining = models.ForeignKey(Joining, models.CASCADE, related_name="places", verbose_name="拆分")
    meeting = models.ForeignKey("minutes.Meeting", models.CASCADE, related_name="parted_places", verbose_name="会议")
    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        verbose_name = verbose_name_plural = "拆分所指的位置"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.joining}：{self.meeting} {self.start}–{self.end}"
