"""Agenda items with their actions, topics, paragraphs, decisions and units."""

from __future__ import annotations

from django.db import models

from minutes.addresses import address
from minutes.models.bodies import Organization
from minutes.models.meetings import Meeting
from minutes.models.spanned import Spanned
from minutes.parser.topics.classes import topic_classes


class AgendaItem(Spanned):
    """A matter that a meeting dealt with; the unit of search and citation."""

    PATH_TO_MEETING = "meeting"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name="会议")
    position = models.PositiveIntegerField("序号")
    title = models.TextField("标题")
    title_derived = models.BooleanField("标题由正文得出", default=False)

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "议题"
        ordering = ["meeting", "position"]
        constraints = [
            *Spanned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "position"], name="item_position_once_per_meeting"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("item", self.meeting_id, self.position)

    @property
    def first_decision(self) -> Decision | None:
        return next(iter(self.decisions.all()), None)


class ActionKind(models.TextChoices):
    DELIBERATE = "deliberate", "审议"
    HEAR_REPORT = "hear_report", "听取汇报"
    CONVEY = "convey", "传达学习"
    STUDY = "study", "研究"
    BRIEF = "brief", "通报"
    REPEAL = "repeal", "废止"
    AMEND = "amend", "修订"
    OTHER = "other", "其他"


class Action(Spanned):
    """What the meeting did with an item: 审议, 听取, 传达 …"""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="actions", verbose_name="议题")
    kind = models.CharField("类别", max_length=12, choices=ActionKind)
    written = models.CharField("原文", max_length=40)

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "议题动作"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.written


class ItemTopic(models.Model):
    """A topic of an item: the main one at position 1, and up to two more."""

    PATH_TO_MEETING = "item__meeting"

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="topics", verbose_name="议题")
    position = models.PositiveSmallIntegerField("序号")
    code = models.CharField("主题代码", max_length=8, db_index=True)
    words = models.JSONField("依据的词", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "议题主题"
        ordering = ["item", "position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="topic_position_once_per_item"),
            models.UniqueConstraint(fields=["item", "code"], name="topic_once_per_item"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the name of the class: 城市建设、住房."""
        return topic_classes()[self.code].name

    @property
    def main_name(self) -> str:
        """Return the name of the class above: 城乡建设、环境保护."""
        return topic_classes()[self.code[:2]].name


class Paragraph(Spanned):
    """One paragraph of an item, numbered as in the text by its `marker`: （一）."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="paragraphs", verbose_name="议题")
    position = models.PositiveIntegerField("序号")
    marker = models.CharField("编号", max_length=20, blank=True)
    text = models.TextField("正文")

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "段落"
        ordering = ["item", "position"]
        constraints = [
            *Spanned.Meta.constraints,
            models.UniqueConstraint(fields=["item", "position"], name="paragraph_position_once_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.marker}{self.text}"


class Outcome(models.TextChoices):
    """Outcomes of decisions; their words are in minutes/parser/vocabulary/verbs.py."""

    APPROVED_IN_PRINCIPLE = "approved_in_principle", "原则同意"
    APPROVED = "approved", "同意"
    ADOPTED = "adopted", "通过"
    OTHER = "other", "其他"


class Decision(Spanned):
    """A decision on one matter of an item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions", verbose_name="议题")
    position = models.PositiveIntegerField("序号", default=1)
    outcome = models.CharField("议定结果", max_length=24, choices=Outcome, blank=True)
    outcome_text = models.CharField("议定结果（原文）", max_length=60, blank=True)
    next_step = models.CharField("下一步", max_length=300, blank=True)
    # {"outcome": [start, end], "next_step": [start, end]}: the spans of these fields.
    spans = models.JSONField("字段出处", default=dict, blank=True)
    # The units that lead and support this decision, among the item's involvements.
    units = models.ManyToManyField("Involvement", related_name="decisions", blank=True, verbose_name="单位")

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "议定意见"
        ordering = ["item", "position"]
        constraints = [
            *Spanned.Meta.constraints,
            models.UniqueConstraint(fields=["item", "position"], name="decision_position_once_per_item"),
        ]

    def __str__(self) -> str:
        return self.outcome_text or self.next_step

    @property
    def lead(self) -> list[Organization]:
        return self._units_in_role(InvolvementRole.LEAD)

    @property
    def supporting(self) -> list[Organization]:
        return self._units_in_role(InvolvementRole.SUPPORTING)

    def _units_in_role(self, role: InvolvementRole) -> list[Organization]:
        return [unit.organization for unit in self.units.all() if unit.role == role]


class InvolvementRole(models.TextChoices):
    LEAD = "lead", "牵头"
    SUPPORTING = "supporting", "配合"
    RESPONSIBLE = "responsible", "责任"
    REPORTING = "reporting", "汇报"
    MENTIONED = "mentioned", "提及"


class Involvement(Spanned):
    """The role of a unit in an item; a mention has the span of its paragraph."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="involvements", verbose_name="议题")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="involvements", verbose_name="单位")
    role = models.CharField("角色", max_length=12, choices=InvolvementRole)
    written = models.CharField("原文", max_length=120)

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "单位与议题"
        ordering = ["id"]
        constraints = [
            *Spanned.Meta.constraints,
            models.UniqueConstraint(fields=["item", "organization", "role"], name="involvement_once_per_item_and_role"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}（{self.get_role_display()}）"
