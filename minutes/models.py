"""The records of the archive: who met, what was decided, who has to do it, and the file it stands in."""

from django.db import models
from django.db.models import Q
from django.urls import reverse


class Body(models.Model):
    """A government that holds meetings: 云川市人民政府."""

    name = models.CharField("名称", max_length=120, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "会议主体"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SourceFileManager(models.Manager):
    def get_queryset(self):
        """Source files without their bytes and text, which no list needs in memory."""
        return super().get_queryset().defer("content", "text")


class SourceFile(models.Model):
    """A file as it was received: the bytes are the truth, everything else is read from them."""

    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    content = models.BinaryField("原始字节", editable=False)
    encoding = models.CharField("编码", max_length=32)
    text = models.TextField("解码后的文本", editable=False)
    received_at = models.DateTimeField("收到时间", auto_now_add=True)

    objects = SourceFileManager()

    class Meta:
        verbose_name = verbose_name_plural = "来源文件"
        ordering = ["-received_at", "-id"]
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.name


class Organization(models.Model):
    """A unit as one body's minutes know it: 市住建局 of 云川市人民政府."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="organizations", verbose_name="会议主体")
    name = models.CharField("名称", max_length=120)
    full_name = models.CharField("全称", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="organization_name_once_per_body")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization", args=[self.pk])


class OrganizationAlias(models.Model):
    """Another way the minutes of a body write a unit: its full, short or former name."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="organization_aliases", verbose_name="会议主体")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="aliases", verbose_name="单位")
    name = models.CharField("别名", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "单位别名"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="alias_means_one_organization_per_body")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A name as it stands beside a unit; the same name with another unit is another record."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="people", verbose_name="会议主体")
    name = models.CharField("姓名", max_length=60)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="单位"
    )

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name", "organization"], name="person_once_per_unit", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name


class MeetingKind(models.TextChoices):
    EXECUTIVE = "executive", "常务会议"
    PLENARY = "plenary", "全体会议"
    THEMATIC = "thematic", "专题会议"
    OTHER = "other", "其他会议"


class MeetingStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"


class MeetingQuerySet(models.QuerySet):
    def published(self):
        """Only what the public may see."""
        return self.filter(status=MeetingStatus.PUBLISHED)


class Meeting(models.Model):
    """One meeting and the minutes that tell of it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="会议主体")
    source = models.OneToOneField(SourceFile, models.PROTECT, related_name="meeting", verbose_name="来源文件")
    status = models.CharField("状态", max_length=12, choices=MeetingStatus, default=MeetingStatus.DRAFT, db_index=True)
    kind = models.CharField("会议类型", max_length=12, choices=MeetingKind)
    kind_text = models.CharField("会议类型（原文）", max_length=60, blank=True)
    number = models.PositiveIntegerField("会议次数", null=True, blank=True)
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
    disclosure = models.CharField("公开属性", max_length=60, blank=True)
    distribution = models.JSONField("分送", default=list, blank=True)
    opening = models.TextField("开头", blank=True)
    closing = models.TextField("其他事项", blank=True)
    parser_version = models.CharField("解析器版本", max_length=20)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = [models.F("date").desc(nulls_last=True), "-number", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "date", "number"],
                condition=Q(date__isnull=False),
                nulls_distinct=False,
                name="meeting_once_per_body_kind_date_number",
            ),
            models.UniqueConstraint(
                fields=["body", "kind", "doc_number"], condition=~Q(doc_number=""), name="doc_number_once_per_body_kind"
            ),
        ]

    def __str__(self) -> str:
        number = f"第{self.number}次" if self.number else ""
        return f"{self.body.name}{number}{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])


class AgendaItem(models.Model):
    """One matter a meeting dealt with. The unit of search and of citation."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name="会议")
    position = models.PositiveIntegerField("序号")
    title = models.TextField("标题")
    title_derived = models.BooleanField("标题由正文得出", default=False)
    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        verbose_name = verbose_name_plural = "议题"
        ordering = ["meeting", "position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="item_position_once_per_meeting")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.meeting_id, self.position])


class ActionKind(models.TextChoices):
    DELIBERATE = "deliberate", "审议"
    HEAR_REPORT = "hear_report", "听取汇报"
    CONVEY = "convey", "传达学习"
    STUDY = "study", "研究"
    BRIEF = "brief", "通报"
    REPEAL = "repeal", "废止"
    AMEND = "amend", "修订"
    OTHER = "other", "其他"


class Action(models.Model):
    """What the meeting did with an item: 审议, 听取, 传达 …"""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="actions", verbose_name="议题")
    kind = models.CharField("类别", max_length=12, choices=ActionKind)
    written = models.CharField("原文", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "议题动作"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.written


class Paragraph(models.Model):
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="paragraphs", verbose_name="议题")
    position = models.PositiveIntegerField("序号")
    marker = models.CharField("编号", max_length=20, blank=True)
    text = models.TextField("正文")
    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        verbose_name = verbose_name_plural = "段落"
        ordering = ["item", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="paragraph_position_once_per_item")]

    def __str__(self) -> str:
        return f"{self.marker}{self.text}"


class Outcome(models.TextChoices):
    APPROVED_IN_PRINCIPLE = "approved_in_principle", "原则同意"
    APPROVED = "approved", "同意"
    ADOPTED = "adopted", "通过"
    OTHER = "other", "其他"


class Decision(models.Model):
    """What was decided about an item, as far as the text says it in so many words."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="decision", verbose_name="议题")
    outcome = models.CharField("议定结果", max_length=24, choices=Outcome, blank=True)
    outcome_text = models.CharField("议定结果（原文）", max_length=60, blank=True)
    next_step = models.CharField("下一步", max_length=300, blank=True)
    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        verbose_name = verbose_name_plural = "议定意见"

    def __str__(self) -> str:
        return self.outcome_text or self.next_step


class Deadline(models.Model):
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="deadlines", verbose_name="议定意见")
    text = models.CharField("原文", max_length=200)
    date = models.DateField("日期", null=True, blank=True)
    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["date", "start"]

    def __str__(self) -> str:
        return self.text


class InvolvementRole(models.TextChoices):
    LEAD = "lead", "牵头"
    SUPPORTING = "supporting", "配合"
    RESPONSIBLE = "responsible", "责任"
    REPORTING = "reporting", "汇报"
    MENTIONED = "mentioned", "提及"


class Involvement(models.Model):
    """How a unit stands in an item: it leads, supports, reported, or is only mentioned."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="involvements", verbose_name="议题")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="involvements", verbose_name="单位"
    )
    role = models.CharField("角色", max_length=12, choices=InvolvementRole)
    written = models.CharField("原文", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "单位与议题"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "organization", "role"], name="involvement_once_per_item_and_role")
        ]

    def __str__(self) -> str:
        return f"{self.organization}（{self.get_role_display()}）"


class Document(models.Model):
    """A document that comes before meetings; its drafts share the title without the stage."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="documents", verbose_name="会议主体")
    title = models.CharField("标题", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="document_title_once_per_body")]

    def __str__(self) -> str:
        return f"《{self.title}》"

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])


class ReferenceKind(models.TextChoices):
    SUBJECT = "subject", "议题文件"
    MENTION = "mention", "提及"


class DocumentReference(models.Model):
    """Where a document stands in an item: as what the item is about, or only mentioned."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="references", verbose_name="议题")
    document = models.ForeignKey(Document, models.PROTECT, related_name="references", verbose_name="文件")
    kind = models.CharField("类别", max_length=8, choices=ReferenceKind)
    stage = models.CharField("稿次", max_length=40, blank=True)
    short_title = models.CharField("简称", max_length=120, blank=True)
    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        verbose_name = verbose_name_plural = "文件引用"
        ordering = ["start"]

    def __str__(self) -> str:
        return f"{self.document}{self.stage}"


class AttendanceRole(models.TextChoices):
    PRESENT = "present", "出席"
    IN_ATTENDANCE = "in_attendance", "列席"
    APOLOGIES = "apologies", "请假"
    REPRESENTED = "represented", "派代表"


class Attendance(models.Model):
    """One entry of a meeting's attendance, in the order of the text."""

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
    start = models.PositiveIntegerField("起始字符")
    end = models.PositiveIntegerField("结束字符")

    class Meta:
        verbose_name = verbose_name_plural = "出席记录"
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="attendance_position_once_per_meeting"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organization__isnull=False), name="attendance_names_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization or ''}{self.person or '代表'}"


class Problem(models.Model):
    """Something the parser could not settle, for a person to look at. Codes: docs/problems.md."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="problems", verbose_name="会议")
    code = models.CharField("代码", max_length=60)
    message = models.TextField("说明")
    start = models.PositiveIntegerField("起始字符", null=True, blank=True)
    end = models.PositiveIntegerField("结束字符", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待核问题"
        ordering = ["start", "id"]

    def __str__(self) -> str:
        return f"{self.code}：{self.message}"
