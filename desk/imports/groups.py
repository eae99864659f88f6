"""Groups of the import page: records that need the same decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, QuerySet

from desk.models import Upload, UploadState
from minutes.models import Meeting, MeetingStatus, Problem


@dataclass(frozen=True, slots=True)
class Group:
    """Records that need the same decision, and the permission to make it."""

    key: str
    title: str
    next_step: str
    permission: str
    records: Callable[[], QuerySet]
    # Actions below /admin/imports/ that apply to its records.
    steps: tuple[str, ...] = ()

    @property
    def is_of_meetings(self) -> bool:
        return self.records().model is Meeting


def meetings(status: MeetingStatus) -> QuerySet[Meeting]:
    return Meeting.objects.filter(status=status).select_related("body", "source").order_by("-pk")


def drafts_in_doubt() -> QuerySet[Meeting]:
    """Return drafts with problems that must be settled.

    `waiting` is the number of problems to look at.
    """
    must = Exists(Problem.objects.open("must").of_outer_meeting())
    waiting = Problem.objects.to_settle().count_of_outer_meeting()
    return meetings(MeetingStatus.DRAFT).filter(must).annotate(waiting=waiting)


def settled_drafts() -> QuerySet[Meeting]:
    return meetings(MeetingStatus.DRAFT).exclude(Exists(Problem.objects.open("must").of_outer_meeting()))


def reviewed_meetings() -> QuerySet[Meeting]:
    return meetings(MeetingStatus.REVIEWED)


def uploads(state: UploadState) -> Callable[[], QuerySet[Upload]]:
    return lambda: Upload.objects.filter(state=state).select_related("by", "meeting__body", "archive")


REVIEW, PUBLISH, UPLOAD = "minutes.review_minutes", "minutes.publish_minutes", "minutes.upload_minutes"
GROUPS = (
    Group("ready", "可以审核", "没有必须核实的问题，通读后标为已审核", REVIEW, settled_drafts, ("reviewed",)),
    Group("doubts", "有待核问题", "逐类、逐份核实", REVIEW, drafts_in_doubt, ("settle",)),
    Group("reviewed", "可以发布", "已审核，发布后公众可见", PUBLISH, reviewed_meetings, ("publish",)),
    Group(
        "body",
        "未写明会议主体",
        "选出会议主体，再读一次",
        UPLOAD,
        uploads(UploadState.NEEDS_BODY),
        ("body", "likeliest", "aside"),
    ),
    Group(
        "conflict",
        "会议已有另一文件",
        "比较两份，决定保留哪一份，或都收录",
        UPLOAD,
        uploads(UploadState.CONFLICT),
        ("aside",),
    ),
    Group("failed", "未能收录", "按原因处理", UPLOAD, uploads(UploadState.FAILED), ("again", "aside")),
    Group("known", "档案中已有", "不用处理", UPLOAD, uploads(UploadState.KNOWN)),
)


def groups_for(user: AbstractBaseUser) -> list[Group]:
    """Return the groups this user may decide about."""
    return [group for group in GROUPS if user.has_perm(group.permission)]
