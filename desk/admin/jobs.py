"""Admin list of background jobs; failed ones can be run again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import SuspiciousOperation
from django.db import models, transaction
from django.http import HttpRequest
from django_tasks import TaskResultStatus
from django_tasks_db import admin as replaced  # noqa: F401  registers the list that this one replaces
from django_tasks_db.models import DBTaskResult

from desk.admin.base import ReadOnlyAdmin
from desk.models import Job

NAMES = {
    "bring_index_up_to_date": "更新检索索引",
    "regenerate_exports": "生成下载文件",
    "read_upload": "读取上传的文件",
    "recognize_upload": "识别扫描件的文字",
    "rebuild_meetings": "更新合并、拆分涉及的会议",
    "send_letters": "发送新结果提醒",
    "send_confirmation": "发送订阅确认信",
}
STATES = {
    TaskResultStatus.READY: "等待",
    TaskResultStatus.RUNNING: "进行中",
    TaskResultStatus.SUCCESSFUL: "完成",
    TaskResultStatus.FAILED: "失败",
}

admin.site.unregister(DBTaskResult)


def is_known(job: Job) -> bool:
    """Return whether this version of the program still defines the task."""
    try:
        return job.task is not None
    except (ImportError, SuspiciousOperation):
        return False


class StateFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(state.value, name) for state, name in STATES.items()]

    def queryset(self, request: HttpRequest, jobs: models.QuerySet) -> models.QuerySet:
        return jobs.filter(status=self.value()) if self.value() else jobs


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ["name", "state", "asked_at", "ended_at", "error"]
    list_filter = [StateFilter]
    search_fields = ["task_path", "exception_class_path"]
    date_hierarchy = "enqueued_at"
    ordering = ["-enqueued_at"]
    fields = ["name", "state", "asked_at", "ended_at", "error", "trace"]
    actions = ["run_again"]

    def has_view_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        """Allow users who may also read the audit log."""
        return request.user.has_perm("minutes.view_auditentry")

    @admin.display(description="任务", ordering="task_path")
    def name(self, job: Job) -> str:
        task = job.task_path.rpartition(".")[2]
        return NAMES.get(task, task)

    @admin.display(description="状态", ordering="status")
    def state(self, job: Job) -> str:
        return STATES[TaskResultStatus(job.status)]

    @admin.display(description="提出时间", ordering="enqueued_at")
    def asked_at(self, job: Job) -> object:
        return job.enqueued_at

    @admin.display(description="结束时间", ordering="finished_at")
    def ended_at(self, job: Job) -> object:
        return job.finished_at

    @admin.display(description="错误")
    def error(self, job: Job) -> str:
        """Return the last line of the traceback."""
        return job.traceback.strip().rpartition("\n")[2]

    @admin.display(description="错误经过")
    def trace(self, job: Job) -> str:
        return job.traceback

    @admin.action(description="重新执行失败的任务", permissions=["view"])
    def run_again(self, request: HttpRequest, jobs: models.QuerySet) -> None:
        """Queue the failed jobs among the selected ones again, replacing their entries."""
        failed = list(jobs.filter(status=TaskResultStatus.FAILED))
        known = [job for job in failed if is_known(job)]
        for job in known:
            with transaction.atomic():
                job.task.enqueue(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
                job.delete()
        self.message_user(request, f"{len(known)}项任务已重新排队。", messages.SUCCESS)
        if unknown := len(failed) - len(known):
            text = f"{unknown}项任务属于其他版本的程序，本版本没有，不能重新执行；未完成的工作由现有任务接续。"
            self.message_user(request, text, messages.WARNING)
