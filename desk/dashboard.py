"""The dashboard: the user's pending work, and the state of the archive."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_tasks import TaskResultStatus

from desk.models import LEFT_TO_PEOPLE, UNDECIDED, Job, Upload
from desk.operations.checks import TASK_LATE_AFTER
from desk.worker.presence import last_beat, living_workers, machines_of
from minutes.models import ErrorReport, Meeting, MeetingStatus, Problem, SourceFile
from minutes.parser import PARSER_VERSION
from pages.coverage.statistics import coverage_by_body
from search.index.index_stats import index_time
from search.models import PendingIndexUpdate

# A running worker indexes a change much sooner.
WORKER_LATE_AFTER = datetime.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PendingWork:
    """A number of things to do, the next step, and its URL.

    The URL is empty for users without permission to open it.
    """

    count: int
    what: str
    next_step: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """When the index was last updated (None if unreadable), and pending meetings."""

    updated_at: datetime.datetime | None
    behind: int
    behind_since: datetime.datetime | None

    @property
    def worker_is_late(self) -> bool:
        return self.behind_since is not None and timezone.now() - self.behind_since > WORKER_LATE_AFTER


def is_empty() -> bool:
    """Return whether nothing was ever uploaded or ingested."""
    return not (SourceFile.objects.exists() or Upload.objects.exists())


def pending_work(user: AbstractBaseUser) -> list[PendingWork]:
    """Return what this user can act on or should know about; empty entries omitted."""
    work = [*uploads(user), *meetings(user), *reports(user), *failed_jobs(user)]
    return [each for each in work if each.count]


def uploads(user: AbstractBaseUser) -> Iterator[PendingWork]:
    if not user.has_perm("minutes.upload_minutes"):
        return
    counts = Upload.objects.aggregate(
        left=Count("pk", filter=Q(state__in=LEFT_TO_PEOPLE)), undecided=Count("pk", filter=Q(state__in=UNDECIDED))
    )
    page = reverse("desk-uploads")
    yield PendingWork(counts["left"], "份上传的文件没有收录", "查看原因并决定", f"{page}?left=1")
    yield PendingWork(counts["undecided"], "份上传的文件正在排队读取", "不必等候，读完即成草稿", page)


def meetings(user: AbstractBaseUser) -> Iterator[PendingWork]:
    doubtful = Exists(Problem.objects.open("must").of_outer_meeting())
    draft = Q(status=MeetingStatus.DRAFT)
    counts = Meeting.objects.alias(doubtful=doubtful).aggregate(
        in_doubt=Count("pk", filter=draft & Q(doubtful=True)),
        settled=Count("pk", filter=draft & Q(doubtful=False)),
        reviewed=Count("pk", filter=Q(status=MeetingStatus.REVIEWED)),
        withdrawn=Count("pk", filter=Q(status=MeetingStatus.WITHDRAWN)),
    )
    if user.has_perm("minutes.review_minutes"):
        yield PendingWork(
            counts["in_doubt"], "份草稿有必须核实的问题", "逐处核实", meeting_list_url("draft", problems="must")
        )
        yield PendingWork(
            counts["settled"],
            "份草稿没有必须核实的问题",
            "通读后标为已审核",
            meeting_list_url("draft", problems="settled"),
        )
        yield PendingWork(
            Meeting.objects.published().filter(doubtful).count(),
            "次已公开的会议有必须核实的问题",
            "逐处核实",
            meeting_list_url("published", problems="must"),
        )
        yield PendingWork(
            Meeting.objects.exclude(parser_version=PARSER_VERSION).count(),
            "次会议由旧版解析器读出",
            "看看重新解析有什么不同",
            f"{reverse('admin:minutes_meeting_changelist')}?{urlencode({'parser': 'old'})}",
        )
    if user.has_perm("minutes.publish_minutes"):
        yield PendingWork(counts["reviewed"], "次会议已审核", "发布", meeting_list_url("reviewed"))
        yield PendingWork(counts["withdrawn"], "次会议已撤回", "更正后可恢复", meeting_list_url("withdrawn"))


def meeting_list_url(status: str, **more: str) -> str:
    return f"{reverse('admin:minutes_meeting_changelist')}?{urlencode({'status__exact': status, **more})}"


def reports(user: AbstractBaseUser) -> Iterator[PendingWork]:
    if user.has_perm("minutes.change_errorreport"):
        count = ErrorReport.objects.filter(handled=False).count()
        yield PendingWork(count, "份错误报告待处理", "核对并回应", reverse("admin:minutes_errorreport_changelist"))


def failed_jobs(user: AbstractBaseUser) -> Iterator[PendingWork]:
    count = Job.objects.filter(status=TaskResultStatus.FAILED).count()
    if user.has_perm("minutes.view_auditentry"):
        page = f"{reverse('admin:desk_job_changelist')}?state=FAILED"
        yield PendingWork(count, "项后台任务失败", "查看错误，排除原因后重新执行", page)
    else:
        yield PendingWork(count, "项后台任务失败", "请告知管理员")


def index_status() -> IndexStatus:
    """Return the state of the search index."""
    noted = PendingIndexUpdate.objects.aggregate(behind=Count("meeting_id", distinct=True), since=Min("noted_at"))
    return IndexStatus(index_time(), noted["behind"], noted["since"])


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    """Live workers and their machines, the last heartbeat, and late tasks."""

    count: int
    machines: list[str]
    seen_at: datetime.datetime | None
    late_tasks: int


def worker_status() -> WorkerStatus:
    """Return whether a worker is alive and whether tasks are late."""
    living = living_workers()
    late = Job.objects.ready().filter(run_after__lt=timezone.now() - TASK_LATE_AFTER).count()
    return WorkerStatus(len(living), machines_of(living), last_beat(), late)


def missing_numbers() -> int:
    """Return how many meetings are missing, judging by gaps in published numbers."""
    return sum(series.missing for coverage in coverage_by_body() for series in coverage.series)
