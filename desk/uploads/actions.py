"""Actions on uploads: receive, read again, replace a source file, set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from desk.models import UNDECIDED, Upload, UploadState
from desk.uploads.tasks import read_upload, unfinished_readings
from minutes.extraction.archives import Document
from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.files import display_name
from minutes.models import AuditAction, AuditEntry

CAN_BE_READ_AGAIN = (UploadState.FAILED, UploadState.NEEDS_BODY, UploadState.SET_ASIDE)
CAN_BE_SET_ASIDE = (UploadState.FAILED, UploadState.NEEDS_BODY, UploadState.CONFLICT)
CHANGED_MEANWHILE = "“{name}”的状态已经变了（{state}），刚才的操作没有执行。请看过现在的状态再决定。"


class UploadChanged(Exception):
    """The upload changed since it was shown; the message gives its current state."""


@transaction.atomic
def receive(name: str, content: bytes, by: AbstractBaseUser | None, **details: Any) -> Upload:
    """Store an upload together with the task that will read it."""
    upload = Upload.objects.create(
        by=by,
        name=display_name(name),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        **details,
    )
    AuditEntry.note(AuditAction.UPLOADED, by, upload, f"{upload.size} 字节，SHA-256 {upload.sha256}")
    read_upload.enqueue(upload.pk)
    return upload


def receive_member(archive: Upload, document: Document) -> None:
    """Store a file of a ZIP as an upload of its own."""
    details = {"archive": archive, "body_name": archive.body_name, "source_url": archive.source_url}
    receive_document(document, archive.by, **details)


def receive_document(document: Document, by: AbstractBaseUser | None, **details: Any) -> None:
    """Store a file as an upload; mark it as failed if its bytes are unavailable."""
    if not document.reason:
        receive(document.name, document.content, by, **details)
        return
    Upload.objects.create(
        by=by,
        name=document.name,
        size=0,
        state=UploadState.FAILED,
        message=str(UnreadableText(document.reason)),
        finished_at=timezone.now(),
        **details,
    )


def read_again(upload: Upload, by: AbstractBaseUser, body_name: str = "") -> None:
    """Queue a file that was not ingested again, optionally with its body."""
    wish = {"body_name": body_name} if body_name else {}
    queue_reading(upload, CAN_BE_READ_AGAIN, by, in_place_of=None, in_place_of_revision=None, **wish)


def replace_source(upload: Upload, by: AbstractBaseUser) -> None:
    """Queue the replacement of the meeting's source file by this upload."""
    meeting = upload.meeting
    revision = meeting.revision if meeting else None
    queue_reading(upload, [UploadState.CONFLICT], by, in_place_of=meeting, in_place_of_revision=revision)


def keep_both(upload: Upload, by: AbstractBaseUser, distinction: str) -> None:
    """Queue the upload as a meeting of its own, distinguished by `distinction`."""
    queue_reading(upload, [UploadState.CONFLICT], by, distinction=distinction, in_place_of=None)


def set_aside(upload: Upload, by: AbstractBaseUser) -> None:
    """Leave a file out of the archive; its bytes are kept."""
    transition(upload, CAN_BE_SET_ASIDE, UploadState.SET_ASIDE, by)


@transaction.atomic
def queue_reading(upload: Upload, allowed_from: Collection[str], by: AbstractBaseUser, **changes: Any) -> None:
    transition(upload, allowed_from, UploadState.WAITING, by, attempts=0, message="", finished_at=None, **changes)
    read_upload.enqueue(upload.pk)


def transition(upload: Upload, allowed_from: Collection[str], state: str, by: AbstractBaseUser, **changes: Any) -> None:
    """Change the state of an upload, or raise UploadChanged if it changed meanwhile."""
    as_seen = Upload.objects.filter(pk=upload.pk, state__in=allowed_from, meeting=upload.meeting_id)
    if not as_seen.update(state=state, decided_by=by, **changes):
        upload.refresh_from_db(fields=["state"])
        raise UploadChanged(CHANGED_MEANWHILE.format(name=upload, state=upload.get_state_display()))


def resume_uploads() -> None:
    """Queue every undecided upload that has no task, as after a worker's crash."""
    in_hand = {task.args_kwargs["args"][0] for task in unfinished_readings()}
    for upload_id in Upload.objects.filter(state__in=UNDECIDED).order_by("pk").values_list("pk", flat=True):
        if upload_id not in in_hand:
            read_upload.enqueue(upload_id)
