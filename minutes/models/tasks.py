"""Tasks given by meetings, with actors and deadlines."""

from django.db import models
from django.db.models import Q

from minutes.addresses import address
from minutes.models.bodies import Organization, Person
from minutes.models.documents import Document
from minutes.models.items import AgendaItem, Decision
from minutes.models.meetings import Meeting
from minutes.models.spanned import Spanned


class TaskKind(models.TextChoices):
    WORK = "work", "工作"
    PROCEDURE = "procedure", "办文程序"


class TaskPart(models.TextChoices):
    """The part of the minutes with the task; only those in items have an `item`."""

    OPENING = "opening", "开头"
    ITEM = "item", "议题"
    CLOSING = "closing", "其他事项"


class Task(Spanned):
    """A passage of the minutes that tells somebody to do something.

    `text` is taken from the source.
    """

    PATH_TO_MEETING = "meeting"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="tasks", verbose_name="会议")
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name="议题"
    )
    part = models.CharField("所在部分", max_length=8, choices=TaskPart, default=TaskPart.ITEM)
    position = models.PositiveIntegerField("序号")
    kind = models.CharField("类别", max_length=10, choices=TaskKind)
    collective = models.BooleanField("泛指", default=False)
    about = models.TextField("事项", blank=True)
    text = models.TextField("任务原文")
    # {"about": [start, end]}: the span of the matter.
    spans = models.JSONField("字段出处", default=dict, blank=True)
    # The documents within the task's span; for a procedure, those that the item is about.
    documents = models.ManyToManyField(Document, related_name="tasks", verbose_name="文件")

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "任务"
        ordering = ["meeting", "position"]
        constraints = [
            *Spanned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "position"], name="task_position_once_per_meeting"),
            models.CheckConstraint(
                condition=Q(part=TaskPart.ITEM, item__isnull=False) | (~Q(part=TaskPart.ITEM) & Q(item__isnull=True)),
                name="task_in_an_item_or_outside_of_all",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Return the URL of the task in the list of its item, or of its meeting."""
        page = self.item.get_absolute_url() if self.item else address("meeting", self.meeting_id)
        return f"{page}#task-{self.position}"


class ActorRole(models.TextChoices):
    LEADER = "leader", "责任领导"
    LEAD = "lead", "牵头"
    SUPPORTING = "supporting", "配合"
    REVIEWING = "reviewing", "审核"


class ActorForm(models.TextChoices):
    UNIT = "unit", "单位"
    POST = "post", "职务"
    PLACE = "place", "地方"
    FIELD = "field", "领域"
    CROWD = "crowd", "泛指"


class TaskActor(Spanned):
    """An actor of a task as written, linked to a record only if exactly one matches."""

    PATH_TO_MEETING = "task__meeting"

    task = models.ForeignKey(Task, models.CASCADE, related_name="actors", verbose_name="任务")
    position = models.PositiveIntegerField("序号")
    role = models.CharField("角色", max_length=10, choices=ActorRole)
    form = models.CharField("写法", max_length=5, choices=ActorForm)
    text = models.CharField("原文", max_length=200)
    name = models.CharField("名称", max_length=120, blank=True)
    title = models.CharField("职务", max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="task_actors", verbose_name="单位"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="task_actors", verbose_name="人员"
    )

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "任务承办者"
        ordering = ["task", "position"]
        constraints = [
            *Spanned.Meta.constraints,
            models.UniqueConstraint(fields=["task", "position"], name="actor_position_once_per_task"),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(person__isnull=True), name="actor_is_a_unit_or_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(form=ActorForm.CROWD) | Q(organization__isnull=True, person__isnull=True),
                name="crowd_is_linked_to_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Deadline(Spanned):
    """A date by which something is due; `date` is None if the text is ambiguous.

    It belongs to the task whose span contains it, to a decision, or to both.
    """

    PATH_TO_MEETING = "meeting"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="deadlines", verbose_name="会议")
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="deadlines", verbose_name="议题"
    )
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="deadlines", verbose_name="任务")
    decision = models.ForeignKey(
        Decision, models.CASCADE, null=True, blank=True, related_name="deadlines", verbose_name="议定意见"
    )
    text = models.CharField("原文", max_length=200)
    date = models.DateField("日期", null=True, blank=True)

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "期限"
        ordering = [models.F("date").asc(nulls_first=True), "start"]
        constraints = [
            *Spanned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(task__isnull=False) | Q(decision__isnull=False), name="deadline_of_a_task_or_a_decision"
            ),
        ]

    def __str__(self) -> str:
        return self.text
