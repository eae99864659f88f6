"""Merge and split operations on records."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models


class Mergeable(models.Model):
    """A record that may be merged into another; its row remains, to redirect its URL."""

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name="已并入"
    )

    class Meta:
        abstract = True

    @property
    def kept(self) -> Self:
        """Return the record that replaces this one: itself, or its merge target."""
        record = self
        while record.merged_into is not None:
            record = record.merged_into
        return record


def find_kept(records: models.QuerySet, pk: int) -> Mergeable | None:
    """Return which of these records the one with this id was merged into."""
    if not issubclass(records.model, Mergeable):
        return None
    merged = records.model.objects.filter(pk=pk).exclude(merged_into=None).select_related("merged_into").first()
    return records.filter(pk=merged.kept.pk).first() if merged else None


class RecordKind(models.TextChoices):
    ORGANIZATION = "organization", "单位"
    PERSON = "person", "人员"
    DOCUMENT = "document", "文件"


class MergeAction(models.TextChoices):
    MERGED = "joined", "合并"
    SPLIT = "parted", "拆分"


def operand(model: str, side: str) -> models.ForeignKey:
    """Return a foreign key to a record that an operation concerns."""
    return models.ForeignKey(
        f"minutes.{model}", models.PROTECT, null=True, blank=True, related_name=f"merge_operations_as_{side}"
    )


class MergeOperation(models.Model):
    """A merge of one record into another, or a split of one record off another.

    What was changed is stored with it, so that it can be undone.
    """

    action = models.CharField("动作", max_length=8, choices=MergeAction)
    kind = models.CharField("类别", max_length=12, choices=RecordKind)
    # `record` and `other` below are one pair of these: the merged record and its target, or the record split and the
    # one split off.
    organization = operand("Organization", "record")
    other_organization = operand("Organization", "other")
    person = operand("Person", "record")
    other_person = operand("Person", "other")
    document = operand("Document", "record")
    other_document = operand("Document", "other")
    # Contains the names at that time.
    description = models.CharField("说明", max_length=700)
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
        db_table = "minutes_joining"
        verbose_name = verbose_name_plural = "合并与拆分"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_action_display()}{self.get_kind_display()}：{self.description}"

    @property
    def record(self) -> Mergeable:
        """Return the record that was merged, or split."""
        return getattr(self, self.kind)

    @property
    def other(self) -> Mergeable:
        """Return the record merged into, or split off."""
        return getattr(self, f"other_{self.kind}")


class MergeStep(models.Model):
    """A meeting to rebuild for an operation."""

    operation = models.ForeignKey(MergeOperation, models.CASCADE, related_name="steps", verbose_name="合并与拆分")
    meeting = models.ForeignKey("minutes.Meeting", models.CASCADE, related_name="+", verbose_name="会议")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    # The reason if the meeting could not be rebuilt.
    problem = models.TextField("未能更新的原因", blank=True)
    # Ids of rows that no longer exist, by their identity in `minutes.ingest.stable_ids`: a row that reappears gets
    # its former id.
    former_keys = models.JSONField("原有编号", default=list, blank=True)

    class Meta:
        db_table = "minutes_joiningstep"
        verbose_name = verbose_name_plural = "合并与拆分的会议"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["operation", "meeting"], name="merge_step_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.operation}：{self.meeting}"


class SplitSpan(models.Model):
    """A span in a meeting's text that refers to a namesake split off."""

    operation = models.ForeignKey(MergeOperation, models.CASCADE, related_name="spans", verbose_name="拆分")
    meeting = models.ForeignKey("minutes.Meeting", models.CASCADE, related_name="split_spans", verbose_name="会议")
    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        db_table = "minutes_partedplace"
        verbose_name = verbose_name_plural = "拆分所指的位置"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.operation}：{self.meeting} {self.start}–{self.end}"
