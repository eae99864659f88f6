"""Tables of the desk: uploads, background jobs and workers."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from minutes.models import Meeting, SourceFile

__all__ = ["Job", "Upload", "UploadState", "Worker"]


class UploadState(models.TextChoices):
    WAITING = "waiting", "等待读取"
    READING = "reading", "正在读取"
    ADDED = "added", "已收录"
    KNOWN = "known", "档案中已有"
    CONFLICT = "conflict", "会议已有另一文件"
    NEEDS_BODY = "needs_body", "未写明会议主体"
    FAILED = "failed", "未能收录"
    SET_ASIDE = "set_aside", "已搁置"
    UNPACKED = "unpacked", "已拆成多份"


# The worker has not decided on them yet.
UNDECIDED = (UploadState.WAITING, UploadState.READING)
# A person has to decide on them.
LEFT_TO_PEOPLE = (UploadState.CONFLICT, UploadState.NEEDS_BODY, UploadState.FAILED)
# Their content is stored as a source file.
IN_ARCHIVE = (UploadState.ADDED, UploadState.KNOWN)


class UploadManager(models.Manager):
    def get_queryset(self):
        """Return uploads without content and text, which no list needs in memory."""
        return super().get_queryset().defer("content", "text")


class Upload(models.Model):
    """A file received from a user.

    Its bytes stay here until they are stored as a source file, whatever fails.
    """

    # Empty for files from `manage.py ingest`.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传人"
    )
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("字节数")
    content = models.BinaryField("原始字节", editable=False)
    # The ZIP that contained this file.
    archive = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name="所在压缩包"
    )
    source_url = models.URLField("来源网址", max_length=1000, blank=True)
    # For texts that do not name the body.
    body_name = models.CharField("指定的会议主体", max_length=120, blank=True)
    # Possible bodies, the most likely first.
    body_candidates = models.JSONField("可能的会议主体", default=list, blank=True, editable=False)
    # Distinguishes its meeting from the one it conflicted with, once a person decided that both took place.
    distinction = models.CharField("区分", max_length=30, blank=True)
    # The meeting whose source file this one is to replace, once a person decided so.
    in_place_of = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="替换其来源文件的会议"
    )
    # The revision of that meeting when the decision was made.
    in_place_of_revision = models.PositiveIntegerField("替换时会议的修订号", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=UploadState, default=UploadState.WAITING, db_index=True)
    page = models.PositiveIntegerField("已读页数", default=0)
    pages = models.PositiveIntegerField("总页数", default=0)
    # Bounded, because a file may crash its worker each time.
    attempts = models.PositiveSmallIntegerField("读取次数", default=0)
    message = models.TextField("结果说明", blank=True)
    # The text of a file in conflict, for the comparison.
    text = models.TextField("提取的文本", blank=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="uploads", verbose_name="会议"
    )
    # Who made the last decision on it.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    finished_at = models.DateTimeField("处理完毕时间", null=True, blank=True)

    objects = UploadManager()

    class Meta:
        verbose_name = verbose_name_plural = "上传的文件"
        ordering = ["-id"]
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk-upload", args=[self.pk])

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED

    @property
    def is_left_to_people(self) -> bool:
        return self.state in LEFT_TO_PEOPLE

    @property
    def original(self) -> bytes:
        """Return the bytes as received, wherever they are stored now."""
        source = SourceFile.objects.filter(sha256=self.sha256).values_list("content", flat=True).first()
        return bytes(self.content if source is None else source)


class Job(DBTaskResult):
    """A background task under a Chinese name; the library's own has none."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "后台任务"
        default_permissions = ()


class Worker(models.Model):
    """A worker and its last heartbeat, by the clock of the database."""

    id = models.CharField("编号", max_length=64, primary_key=True)
    machine = models.CharField("机器", max_length=100)
    seen_at = models.DateTimeField("最近一次心跳")

    class Meta:
        verbose_name = verbose_name_plural = "后台程序"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.machine} {self.pk}"
