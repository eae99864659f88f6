"""The workflow of a meeting: draft → reviewed → published → withdrawn → restored.

Every step that changes public content is announced in its transaction, and every step is recorded in the audit log.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from minutes.models import AuditAction, AuditEntry, Meeting, MeetingStatus
from minutes.signals import meeting_changed


class StepRefused(Exception):
    """The step is not possible now; the message says why, and what to do first."""


def publish(meeting: Meeting, by: AbstractBaseUser | None = None) -> None:
    """Publish a draft or reviewed meeting. Staff pages call `mark_reviewed` first."""
    take_step(
        meeting,
        {MeetingStatus.DRAFT, MeetingStatus.REVIEWED},
        MeetingStatus.PUBLISHED,
        AuditAction.PUBLISHED,
        by,
        published_at=timezone.now(),
    )


def mark_reviewed(meeting: Meeting, by: AbstractBaseUser | None) -> None:
    """Mark a draft as reviewed; refuse while blocking problems are open."""
    if waiting := meeting.problems.open("must").count():
        raise StepRefused(f"还有{waiting}处必须核实的问题。请逐一核实或更正，再标为已审核。")
    take_step(meeting, {MeetingStatus.DRAFT}, MeetingStatus.REVIEWED, AuditAction.REVIEWED, by)


def reopen(meeting: Meeting, by: AbstractBaseUser | None) -> None:
    """Return a reviewed meeting to draft."""
    take_step(meeting, {MeetingStatus.REVIEWED}, MeetingStatus.DRAFT, AuditAction.REOPENED, by)


def withdraw(meeting: Meeting, reason: str, by: AbstractBaseUser | None) -> None:
    """Withdraw a published meeting; the public sees when and why."""
    if not reason.strip():
        raise StepRefused("请写明撤回的原因，它会向公众显示。")
    if len(reason) > (longest := Meeting._meta.get_field("withdrawal_reason").max_length):
        raise StepRefused(f"撤回的原因不超过{longest}字，现有{len(reason)}字。")
    take_step(
        meeting,
        {MeetingStatus.PUBLISHED},
        MeetingStatus.WITHDRAWN,
        AuditAction.WITHDRAWN,
        by,
        detail=reason.strip(),
        withdrawn_at=timezone.now(),
        withdrawal_reason=reason.strip(),
    )


def restore(meeting: Meeting, by: AbstractBaseUser | None) -> None:
    """Publish a withdrawn meeting again; its first publication date stays."""
    take_step(
        meeting,
        {MeetingStatus.WITHDRAWN},
        MeetingStatus.PUBLISHED,
        AuditAction.RESTORED,
        by,
        withdrawn_at=None,
        withdrawal_reason="",
        restored_at=timezone.now(),
    )


@transaction.atomic
def take_step(
    meeting: Meeting,
    allowed_from: set[MeetingStatus],
    to: MeetingStatus,
    action: AuditAction,
    by: AbstractBaseUser | None,
    detail: str = "",
    **changes: object,
) -> None:
    """Apply a status transition if status and revision are unchanged."""
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.status not in allowed_from:
        raise StepRefused(f"这次会议现在是“{now.get_status_display()}”，不能“{action.label}”。请重新打开本页。")
    if now.revision != meeting.revision:
        raise StepRefused("您打开之后，这次会议又有更改。请看过更改后的内容再决定。")
    changes = {"status": to, "revision": now.revision + 1, **changes}
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=[*changes, "updated_at"])
    AuditEntry.note(action, by, meeting, detail)
    if MeetingStatus.PUBLISHED in (now.status, to):
        meeting_changed.send(sender=Meeting, meeting_id=meeting.pk)


def announce_change(meeting: Meeting) -> None:
    """Send meeting_changed for a published meeting; call inside a transaction."""
    if meeting.status == MeetingStatus.PUBLISHED:
        meeting_changed.send(sender=Meeting, meeting_id=meeting.pk)
