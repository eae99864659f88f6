"""The audit log."""

from django.conf import settings
from django.db import models

from minutes.models.meetings import Meeting


class AuditAction(models.TextChoices):
    LOGGED_IN = "logged_in", "登录"
    LOGGED_OUT = "logged_out", "退出"
    LOGIN_FAILED = "login_failed", "登录失败"
    LOCKED_OUT = "locked_out", "登录锁定"
    UPLOADED = "uploaded", "上传"
    REVIEWED = "reviewed", "标为已审核"
    REOPENED = "reopened", "退回草稿"
    PUBLISHED = "published", "发布"
    WITHDRAWN = "withdrawn", "撤回"
    RESTORED = "restored", "恢复公开"
    REPARSED = "reparsed", "重新解析"
    SETTLED = "settled", "核实无误"
    UNSETTLED = "unsettled", "重新列为待核"
    REPLACED = "replaced", "更换来源文件"
    MERGED = "joined", "合并"
    SPLIT = "parted", "拆分"
    UNDONE = "undone", "撤销合并或拆分"
    EXPORTED = "exported", "导出未公开数据"
    BACKUP_RESTORED = "backup_restored", "从备份恢复"
    RIGHTS_CHANGED = "rights_changed", "权限变更"


class AuditEntry(models.Model):
    """An entry of the append-only audit log.

    Database triggers reject updates and deletions.
    """

    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="用户"
    )
    # The name at that time: it may change, and a failed login has no user.
    by_name = models.CharField("用户名", max_length=150, blank=True)
    action = models.CharField("动作", max_length=20, choices=AuditAction)
    about = models.CharField("对象", max_length=300, blank=True)
    # The meeting concerned, if any.
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="audit_entries", verbose_name="会议"
    )
    detail = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计日志"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.by_name} {self.get_action_display()} {self.about}"

    @classmethod
    def note(cls, action: AuditAction, by, about: object = "", detail: str = "", by_name: str = "") -> None:
        """Add an entry about an action; `by` is None for the system or an unknown user."""
        name = by_name or (by.get_username() if by else "")
        meeting = about if isinstance(about, Meeting) else None
        written = f"{meeting}（{meeting.pk}）" if meeting else str(about)
        cls.objects.create(
            by=by, by_name=name[:150], action=action, about=written[:300], meeting=meeting, detail=detail
        )
