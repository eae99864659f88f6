"""What people do with the files they bring: hand in, try again, choose between two of one meeting, set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from desk.models import UNDECIDED, Upload, UploadState
from desk.uploads.tasks import read_upload
from minutes.extraction.files import shown_name
from minutes.models import AuditAction, AuditEntry

CAN_BE_READ_AGAIN = (UploadState.FAILED, UploadState.NEEDS_BODY, UploadState.SET_ASIDE)
CAN_BE_SET_ASIDE = (UploadState.FAILED, UploadState.NEEDS_BODY, UploadState.CONFLICT)
CHANGED_MEANWHILE = "“{name}”的状态已经变了（{state}），刚才的操作没有执行。请看过现在的状态再决定。"


class DecidedMeanwhile(Exception):
    """Somebody else, or the worker, was faster; the message says where the upload stands now."""


@transaction.atomic
def receive(name: str, content: bytes, by: AbstractBaseUser, body_name: str = "") -> Upload:
    """The upload, on record together with the task that will read it."""
    upload = Upload.objects.create(
        by=by,
        name=shown_name(name),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        body_name=body_name,
    )
    AuditEntry.note(AuditAction.UPLOADED, by, upload, f"{upload.size} 字节，SHA-256 {upload.sha256}")
    read_upload.enqueue(upload.pk)
    return upload


def read_again(upload: Upload, by: AbstractBaseUser, body_name: str = "") -> None:
    """Has the worker read a file again that it could not take in, now perhaps with the name of the body."""
    wish = {"body_name": body_name} if body_name else {}
    have_read(upload, CAN_BE_READ_AGAIN, by, in_place_of=None, **wish)


def take_in_place(upload: Upload, by: AbstractBaseUser) -> None:
    """Has the worker put the file in the place of the one that its meeting was read from."""
    have_read(upload, [UploadState.CONFLICT], by, in_place_of=upload.meeting)


def set_aside(upload: Upload, by: AbstractBaseUser) -> None:
    """Leaves a file out of the archive; its bytes are kept."""
    decide(upload, CAN_BE_SET_ASIDE, UploadState.SET_ASIDE, by)


@transaction.atomic
def have_read(upload: Upload, allowed_from: Collection[str], by: AbstractBaseUser, **changes: Any) -> None:
    decide(upload, allowed_from, UploadState.WAITING, by, attempts=0, message="", finished_at=None, **changes)
    read_upload.enqueue(upload.pk)


def decide(upload: Upload, allowed_from: Collection[str], state: str, by: AbstractBaseUser, **changes: Any) -> None:
    """Changes the state of an upload that still stands where it stood when somebody looked at it."""
    as_seen = Upload.objects.filter(pk=upload.pk, state__in=allowed_from, meeting=upload.meeting_id)
    if not as_seen.update(state=state, decided_by=by, **changes):
        upload.refresh_from_db(fields=["state"])
        raise DecidedMeanwhile(CHANGED_MEANWHILE.format(name=upload, state=upload.get_state_display()))


def take_up_what_was_left() -> None:
    """Asks the worker for every upload of which nothing was said yet, for its task may have died with a worker.

    One task too many does no harm: it finds that nothing is left to do.
    """
    for upload_id in Upload.objects.filter(state__in=UNDECIDED).order_by("pk").values_list("pk", flat=True):
        read_upload.enqueue(upload_id)
