"""Process an upload and record the outcome for its uploader."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from desk.accounts.roles import may_replace_source
from desk.models import IN_ARCHIVE, UNDECIDED, Upload, UploadState
from desk.uploads.actions import receive_member
from desk.uploads.tasks import recognize_upload
from minutes.corrections.changes import CorrectionRefused
from minutes.extraction.archives import documents_in, is_archive
from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.results import Progress
from minutes.ingest.ingest_file import BodyNotNamed, IngestOptions, NotMinutes, Result, Status, ingest_bytes
from minutes.ingest.record_meeting import AlreadyRecorded
from minutes.models import Meeting, MeetingStatus
from minutes.models.engine_sql import is_server_gone

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
MAX_PROGRESS_UPDATES = 1000
MAX_PAGES = 1_000_000

TAKEN_IN = "已收录为“{meeting}”的草稿，共{items}项议题，{problems}处待核。"
TAKEN_IN_BEFORE = "已收录为“{meeting}”。读取中断过，其间已存好，没有重复收录。"
TAKEN_IN_PLACE = "已替换“{meeting}”的来源文件，原来的文件仍保存。共{items}项议题，{problems}处待核。"
KNOWN = "与“{meeting}”的来源文件完全相同，没有重复收录。"
KNOWN_BEFORE = "与“{meeting}”从前的来源文件完全相同，那份文件已由另一份替换，没有重复收录。"
STAYS_WITHDRAWN = "该会议已撤回，仍保持撤回。"
CONFLICT = "“{meeting}”已由另一份文件“{source}”收录。请比较两份文件，决定保留哪一份；如果是两次会议，可以都收录。"
NO_BODY = "原文没有写明是哪一级政府的会议。请填写会议主体，再读一次。"
NO_MINUTES = "这不像会议纪要：没有议题，也没有会议日期和次数。请确认文件；如果是扫描件，请换更清晰的。"
UNPACKED = "压缩包里有{count}份文件，逐份读取，结果各自列出。"
REFUSED = "其中{count}份取不出来，原因见各份。"
EMPTY_ARCHIVE = "压缩包里没有文件。请确认压缩包。"
NO_ROOM = "读到的内容存不进档案：磁盘已满，或数据库一时写不进去。文件仍保存着，请管理员检查磁盘后再读一次。"
UNFORESEEN = "读取时出现意外错误（{error}），已记入日志。文件仍保存着，可以再读一次；若仍不成功，请告知管理员。"
CORRECTIONS_DO_NOT_FIT = (
    "没有替换：对“{meeting}”的人工更正放不进新文件。{reason}"
    "原来的来源文件和更正都没有变。请先在审核页改那一处更正，再读一次，然后重新选择替换。"
)
RIGHTS_LOST = "没有收录：“{user}”已停用，或者不再有这样做的权限。文件仍保存着，可以由有权限的人再读一次。"
WORKER_ENDED = "读取{times}次都没有读完，读取程序每次都被终止。文件仍保存着，请换一种格式（如纯文本）再上传。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The new state of an upload, its meeting, and a message to people."""

    state: UploadState
    message: str
    meeting_id: int | None = None
    text: str = ""
    candidates: tuple[str, ...] = ()


def process_upload(upload_id: int, recognizes: bool) -> str | None:
    """Read an upload; return its new state, or None if it was decided already.

    A scan that needs character recognition is queued as a task of its own, unless this is that task.
    """
    upload = claim(upload_id)
    if upload is None:
        return None
    try:
        outcome = ingest(upload, recognizes)
    except MustBeRecognized:
        return queue_recognition(upload)
    save_outcome(outcome, upload)
    return outcome.state


def claim(upload_id: int) -> Upload | None:
    """Mark the upload as being read and return it with its bytes, or None."""
    undecided = Upload.objects.filter(pk=upload_id, state__in=UNDECIDED)
    if not undecided.update(state=UploadState.READING, attempts=F("attempts") + 1, page=0, pages=0):
        return None
    return Upload.objects.defer(None).select_related("by", "decided_by", "in_place_of").get(pk=upload_id)


@transaction.atomic
def queue_recognition(upload: Upload) -> str:
    """Queue the recognition; the attempt so far does not count."""
    state = UploadState.WAITING
    if Upload.objects.filter(pk=upload.pk, state=UploadState.READING).update(state=state, attempts=F("attempts") - 1):
        recognize_upload.enqueue(upload.pk)
    return state


def ingest(upload: Upload, recognizes: bool) -> Outcome:
    """Ingest the file; a failure affects this upload only."""
    if upload.attempts > MAX_ATTEMPTS:
        return Outcome(UploadState.FAILED, WORKER_ENDED.format(times=MAX_ATTEMPTS))
    if not may_still(upload):
        return Outcome(UploadState.FAILED, RIGHTS_LOST.format(user=(upload.decided_by or upload.by)))
    try:
        if is_archive(upload.name, bytes(upload.content)):
            return unpack(upload)
        options = replace(options_for(upload), recognizes=recognizes)
        result = ingest_bytes(upload.name, bytes(upload.content), options, progress_of(upload))
        return outcome_of_result(result, upload)
    except MustBeRecognized:
        raise
    except UnreadableText as error:
        return Outcome(UploadState.FAILED, str(error))
    except BodyNotNamed as error:
        return Outcome(UploadState.NEEDS_BODY, NO_BODY, candidates=tuple(error.candidates))
    except NotMinutes:
        return Outcome(UploadState.FAILED, NO_MINUTES)
    except AlreadyRecorded as error:
        message = CONFLICT.format(meeting=error.meeting, source=error.meeting.source)
        return Outcome(UploadState.CONFLICT, message, error.meeting.pk, error.text)
    except CorrectionRefused as refused:
        meeting = upload.in_place_of
        message = CORRECTIONS_DO_NOT_FIT.format(meeting=meeting, reason=refused)
        return Outcome(UploadState.FAILED, message, meeting.pk if meeting else None)
    except OperationalError as error:
        if is_server_gone(error):
            raise  # the task is retried
        logger.exception("What was read in upload %s could not be stored", upload.pk)
        return Outcome(UploadState.FAILED, NO_ROOM)
    except Exception as error:
        # Unexpected errors must not stop the uploads after this one.
        logger.exception("Upload %s could not be taken in", upload.pk)
        return Outcome(UploadState.FAILED, UNFORESEEN.format(error=type(error).__name__))


def may_still(upload: Upload) -> bool:
    """Return whether the user who queued the upload still has the permission."""
    if upload.in_place_of:
        return may_replace_source(upload.decided_by, upload.in_place_of)
    user = upload.decided_by or upload.by
    # Commands run on the server have all permissions.
    return user is None or user.has_perm("minutes.upload_minutes")


@transaction.atomic
def unpack(upload: Upload) -> Outcome:
    """Create an upload for each file in a ZIP: all or none, and only once."""
    if not upload.members.exists():
        for document in documents_in(upload.name, bytes(upload.content)):
            receive_member(upload, document)
    count, refused = upload.members.count(), upload.members.filter(state=UploadState.FAILED, size=0).count()
    if not count:
        return Outcome(UploadState.FAILED, EMPTY_ARCHIVE)
    message = UNPACKED.format(count=count) + (REFUSED.format(count=refused) if refused else "")
    return Outcome(UploadState.UNPACKED, message)


def options_for(upload: Upload) -> IngestOptions:
    """Ingest as a draft of the uploader; a replacement, of who decided on it."""
    return IngestOptions(
        body_name=upload.body_name or None,
        by=upload.decided_by if upload.in_place_of else upload.by,
        source_url=upload.source_url,
        distinction=upload.distinction,
        in_place_of=upload.in_place_of,
        in_place_of_revision=upload.in_place_of_revision,
    )


def outcome_of_result(result: Result, upload: Upload) -> Outcome:
    meeting = Meeting.objects.select_related("body", "source").get(pk=result.meeting)
    if result.status == Status.ADDED:
        sentence = TAKEN_IN_PLACE if upload.in_place_of else TAKEN_IN
        message = sentence.format(meeting=meeting, items=result.items, problems=result.problems)
        message += "".join(meeting.problems.filter(code="number-repeated").values_list("message", flat=True))
        return Outcome(UploadState.ADDED, message, meeting.pk)
    if was_taken_in_before(upload, meeting):
        return Outcome(UploadState.ADDED, TAKEN_IN_BEFORE.format(meeting=meeting), meeting.pk)
    known = KNOWN if meeting.source.sha256 == upload.sha256 else KNOWN_BEFORE
    message = known.format(meeting=meeting)
    if meeting.status == MeetingStatus.WITHDRAWN:
        message += STAYS_WITHDRAWN
    return Outcome(UploadState.KNOWN, message, meeting.pk)


def was_taken_in_before(upload: Upload, meeting: Meeting) -> bool:
    """Return whether an interrupted attempt already stored the meeting."""
    source = meeting.source
    same_bytes, same_hand = source.sha256 == upload.sha256, source.received_by == options_for(upload).by
    came_by_it = same_bytes and same_hand and source.received_at >= upload.received_at
    return came_by_it and not Upload.objects.filter(sha256=upload.sha256, state=UploadState.ADDED).exists()


def progress_of(upload: Upload) -> Progress:
    """Return a callback that stores progress, at most MAX_PROGRESS_UPDATES times."""
    stored = 0

    def progress(page: int, pages: int) -> None:
        nonlocal stored
        # The numbers come from a process that a malicious file may control.
        if not 0 < page <= pages <= MAX_PAGES:
            return
        step = page * MAX_PROGRESS_UPDATES // pages if pages > MAX_PROGRESS_UPDATES else page
        if step > stored:
            stored = step
            # A failed update only leaves an older page number on display.
            with suppress(DatabaseError):
                Upload.objects.filter(pk=upload.pk, state=UploadState.READING).update(page=page, pages=pages)

    return progress


@transaction.atomic
def save_outcome(outcome: Outcome, upload: Upload) -> None:
    """Store the outcome unless another worker already did."""
    changes = {"content": b""} if outcome.state in IN_ARCHIVE else {}
    Upload.objects.filter(pk=upload.pk, state=UploadState.READING).update(
        state=outcome.state,
        message=outcome.message,
        meeting=outcome.meeting_id,
        text=outcome.text,
        body_candidates=outcome.candidates,
        finished_at=timezone.now(),
        **changes,
    )
