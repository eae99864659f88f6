"""Meetings and their attendance."""

from django.db import models
from django.db.models import Q, QuerySet

from minutes.addresses import address
from minutes.models.bodies import Body, Organization, Person
from minutes.models.published import MeetingQuerySet, MeetingStatus
from minutes.models.sources import SourceFile
from minutes.models.spanned import Spanned


class MeetingKind(models.TextChoices):
    """Kinds of meetings; read in minutes/parser/head/opening.py, mapped in minutes/ingest/enums.py."""

    EXECUTIVE = "executive", "常务会议"
    PLENARY = "plenary", "全体会议"
    THEMATIC = "thematic", "专题会议"
    OTHER = "other", "其他会议"


class Meeting(models.Model):
    """A meeting and its minutes."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="会议主体")
    source = models.OneToOneField(SourceFile, models.PROTECT, related_name="meeting", verbose_name="来源文件")
    status = models.CharField("状态", max_length=12, choices=MeetingStatus, default=MeetingStatus.DRAFT, db_index=True)
    kind = models.CharField("会议类型", max_length=12, choices=MeetingKind)
    kind_text = models.CharField("会议类型（原文）", max_length=60, blank=True)
    # Term of the body: 十三届 → 13.
    term = models.PositiveIntegerField("届次", null=True, blank=True)
    number = models.PositiveIntegerField("会议次数", null=True, blank=True)
    # Serial number in the head: 第7期 → 7.
    serial = models.PositiveIntegerField("期号", null=True, blank=True)
    # Entered by staff if two meetings share number or time and both took place.
    distinction = models.CharField("区分", max_length=30, blank=True)
    doc_number = models.CharField("文号", max_length=60, blank=True)
    date = models.DateField("会议日期", null=True, blank=True, db_index=True)
    part_of_day = models.CharField("时段", max_length=10, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    chair_name = models.CharField("主持人", max_length=60, blank=True)
    chair_title = models.CharField("主持人职务", max_length=200, blank=True)
    recorder = models.CharField("记录", max_length=120, blank=True)
    compiled_by = models.CharField("整理单位", max_length=200, blank=True)
    compiled_on = models.DateField("整理日期", null=True, blank=True)
    issued_by = models.CharField("印发单位", max_length=200, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    web_published_on = models.DateField("网页发布日期", null=True, blank=True)
    disclosure = models.CharField("公开属性", max_length=60, blank=True)
    distribution = models.JSONField("分送", default=list, blank=True)
    opening = models.TextField("开头", blank=True)
    closing = models.TextField("其他事项", blank=True)
    # {"number": [start, end], "date": [start, end], …}: the spans of the fields above.
    spans = models.JSONField("字段出处", default=dict, blank=True)
    parser_version = models.CharField("解析器版本", max_length=20)
    # Incremented by every change, so that a decision applies only to the state it was based on.
    revision = models.PositiveIntegerField("修订号", default=0)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    restored_at = models.DateTimeField("恢复公开时间", null=True, blank=True)
    withdrawal_reason = models.TextField("撤回原因", max_length=500, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = [models.F("date").desc(nulls_last=True), models.F("number").desc(nulls_last=True), "-id"]
        permissions = [
            ("upload_minutes", "上传文件"),
            ("review_minutes", "审核、更正"),
            ("publish_minutes", "发布、撤回、恢复"),
            ("join_records", "合并、拆分单位、人员、文件"),
        ]
        # A meeting is identified by its number, else by its doc_number, else by its time.
        # kind_text rather than kind: two sorts of "other" meetings are numbered separately.
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind_text", "date", "number", "distinction"],
                condition=Q(date__isnull=False, number__isnull=False),
                name="meeting_once_per_body_kind_date_number",
            ),
            models.UniqueConstraint(
                fields=["body", "kind_text", "date", "part_of_day", "distinction"],
                condition=Q(date__isnull=False, number__isnull=True, doc_number=""),
                name="meeting_without_number_once_per_part_of_day",
            ),
            models.UniqueConstraint(
                fields=["body", "kind_text", "doc_number", "distinction"],
                condition=~Q(doc_number=""),
                name="doc_number_once_per_body_kind",
            ),
        ]

    def __str__(self) -> str:
        number = f"第{self.number}次" if self.number else ""
        distinction = f"（{self.distinction}）" if self.distinction else ""
        return f"{self.body.name}{number}{self.kind_text or self.get_kind_display()}{distinction}"

    def get_absolute_url(self) -> str:
        return address("meeting", self.pk)


# What is shown of a meeting where it is only mentioned.
MEETING_SUMMARY = ("id", "body", "kind", "kind_text", "number", "distinction", "doc_number", "date")


def with_meeting_summary(records: QuerySet, path: str = "meeting") -> QuerySet:
    """Load with each record what is shown of its meeting, and the body."""
    unneeded = (field.name for field in Meeting._meta.concrete_fields if field.name not in MEETING_SUMMARY)
    return records.select_related(f"{path}__body").defer(*(f"{path}__{name}" for name in unneeded))


class AttendanceRole(models.TextChoices):
    PRESENT = "present", "出席"
    IN_ATTENDANCE = "in_attendance", "列席"
    APOLOGIES = "apologies", "请假"
    REPRESENTED = "represented", "派代表"


class Attendance(Spanned):
    """An entry of the attendance, in text order."""

    PATH_TO_MEETING = "meeting"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name="会议")
    position = models.PositiveIntegerField("序号")
    role = models.CharField("出席情况", max_length=16, choices=AttendanceRole)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attendance", verbose_name="人员"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="attendance", verbose_name="单位"
    )
    title = models.CharField("职务", max_length=200, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "出席记录"
        ordering = ["meeting", "position"]
        constraints = [
            *Spanned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "position"], name="attendance_position_once_per_meeting"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organization__isnull=False), name="attendance_names_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization or ''}{self.person or '代表'}"
