"""Rebuild the meetings of an operation: few at once, many in the worker."""

from __future__ import annotations

import logging
from collections.abc import Collection

from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import task

from minutes.corrections.changes import CorrectionRefused, meeting_to_change, rebuild_rows
from minutes.ingest.stable_ids import keys_of_rows
from minutes.merging.mergeable import MergeRefused
from minutes.models import MergeOperation, MergeStep, Person

logger = logging.getLogger(__name__)

# Up to this many are rebuilt during the request, in the transaction of the operation.
FEW = 20
NOT_REBUILT = "“{meeting}”没有更新：{reason}"
UNFORESEEN = "意外错误（{error}），已记入日志，请告知管理员。"


def rebuild_or_enqueue(operation: MergeOperation, meetings: Collection[int]) -> None:
    """Rebuild the meetings, or enqueue that.

    Call inside the transaction of the operation.
    """
    for meeting in sorted(meetings):
        MergeStep.objects.update_or_create(
            operation=operation, meeting_id=meeting, defaults={"done_at": None, "problem": ""}
        )
    if len(meetings) > FEW:
        rebuild_meetings.enqueue(operation.pk)
        return
    for step in operation.steps.filter(done_at=None).select_related("meeting__body"):
        try:
            rebuild(step)
        except CorrectionRefused as error:
            raise MergeRefused(NOT_REBUILT.format(meeting=step.meeting, reason=error)) from error
    delete_people_created_for(operation)


@task(priority=-5)
def rebuild_meetings(operation_id: int) -> int:
    """Rebuild the meetings left, one transaction each; return how many."""
    operation = MergeOperation.objects.get(pk=operation_id)
    done = 0
    for step_id in list(operation.steps.filter(done_at=None).values_list("pk", flat=True)):
        done += try_step(step_id)
    with transaction.atomic():
        delete_people_created_for(MergeOperation.objects.select_for_update().get(pk=operation_id))
    return done


def try_step(step_id: int) -> bool:
    """Rebuild one meeting; return whether it was, or store the reason."""
    try:
        with transaction.atomic():
            step = MergeStep.objects.select_for_update().get(pk=step_id)
            if step.done_at:
                return False  # another worker was faster
            rebuild(step)
            return True
    except OperationalError:
        raise  # the database is unavailable, so the task fails and is retried
    except CorrectionRefused as error:
        problem = str(error)
    except Exception as error:
        logger.exception("Step %s of a merge operation failed", step_id)
        problem = UNFORESEEN.format(error=type(error).__name__)
    MergeStep.objects.filter(pk=step_id, done_at=None).update(problem=problem)
    return False


def rebuild(step: MergeStep) -> None:
    """Rebuild the meeting, and store the ids of rows that no longer exist."""
    meeting = meeting_to_change(step.meeting_id)
    before = list(keys_of_rows(meeting))
    rebuild_rows(meeting)
    left = {(identity[0], pk) for identity, pk in keys_of_rows(meeting)}
    step.former_keys += [[list(identity), pk] for identity, pk in before if (identity[0], pk) not in left]
    step.done_at, step.problem = timezone.now(), ""
    step.save(update_fields=["former_keys", "done_at", "problem"])


def delete_people_created_for(operation: MergeOperation) -> None:
    """Delete people created for an operation that is undone, if nothing names them."""
    if operation.undone_at is None or operation.steps.filter(done_at=None).exists():
        return
    created = Person.objects.filter(pk__in=operation.changes.get("made", ()), attendance=None, task_actors=None)
    unmerged = created.filter(merged_from=None, merged_into=None)
    for person in unmerged.filter(merge_operations_as_record=None, merge_operations_as_other=None):
        person.delete()


def resume_unfinished_operations() -> None:
    """Enqueue operations that an interrupted worker left unfinished."""
    unfinished = MergeStep.objects.filter(done_at=None).order_by("operation")
    for operation_id in unfinished.values_list("operation", flat=True).distinct():
        rebuild_meetings.enqueue(operation_id)
