"""The meetings that an act concerns, made again: few at once with the act, many one by one by the worker."""

from __future__ import annotations

import logging
from collections.abc import Collection

from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import task

from minutes.corrections.changes import CorrectionRefused, make_again, meeting_to_change
from minutes.ingest.stable_ids import keys_of_rows
from minutes.merging.mergeable import JoinRefused
from minutes.models import Joining, JoiningStep, Person

logger = logging.getLogger(__name__)

# So many can be waited for by whoever asked, and stand or fall with the act.
FEW = 20
NOT_MADE_AGAIN = "“{meeting}”没有更新：{reason}"
UNFORESEEN = "意外错误（{error}），已记入日志，请告知管理员。"


def have_made_again(joining: Joining, meetings: Collection[int]) -> None:
    """Makes the meetings again, or asks the worker to. To be called in the transaction of the act."""
    for meeting in sorted(meetings):
        JoiningStep.objects.update_or_create(
            joining=joining, meeting_id=meeting, defaults={"done_at": None, "problem": ""}
        )
    if len(meetings) > FEW:
        make_meetings_again.enqueue(joining.pk)
        return
    for step in joining.steps.filter(done_at=None).select_related("meeting__body"):
        try:
            take(step)
        except CorrectionRefused as error:
            raise JoinRefused(NOT_MADE_AGAIN.format(meeting=step.meeting, reason=error)) from error
    finish(joining)


@task(priority=-5)
def make_meetings_again(joining_id: int) -> int:
    """How many meetings of an act were made again, each in a transaction of its own; called again, it goes on."""
    joining = Joining.objects.get(pk=joining_id)
    done = 0
    for step_id in list(joining.steps.filter(done_at=None).values_list("pk", flat=True)):
        done += is_taken(step_id)
    with transaction.atomic():
        finish(Joining.objects.select_for_update().get(pk=joining_id))
    return done


def is_taken(step_id: int) -> bool:
    """Whether this step was taken now; what hinders it concerns its meeting alone, and is kept with it."""
    try:
        with transaction.atomic():
            step = JoiningStep.objects.select_for_update().get(pk=step_id)
            if step.done_at:
                return False  # another worker was faster
            take(step)
            return True
    except OperationalError:
        raise  # the disk or the database: of no meeting's making, so the task fails and is taken up again
    except CorrectionRefused as error:
        problem = str(error)
    except Exception as error:
        logger.exception("Step %s of a joining could not be taken", step_id)
        problem = UNFORESEEN.format(error=type(error).__name__)
    JoiningStep.objects.filter(pk=step_id, done_at=None).update(problem=problem)
    return False


def take(step: JoiningStep) -> None:
    """Makes the meeting again, and remembers the keys of rows that became one with others."""
    meeting = meeting_to_change(step.meeting_id)
    before = list(keys_of_rows(meeting))
    make_again(meeting)
    left = {(known_by[0], pk) for known_by, pk in keys_of_rows(meeting)}
    step.former_keys += [[list(known_by), pk] for known_by, pk in before if (known_by[0], pk) not in left]
    step.done_at, step.problem = timezone.now(), ""
    step.save(update_fields=["former_keys", "done_at", "problem"])


def finish(joining: Joining) -> None:
    """Once an act is undone in all meetings: removes the people that were made for it alone."""
    if joining.undone_at is None or joining.steps.filter(done_at=None).exists():
        return
    made = Person.objects.filter(pk__in=joining.changes.get("made", ()))
    for person in made.filter(attendance=None, joined=None, joined_into=None):
        person.delete()


def take_up_unfinished_acts() -> None:
    """Asks the worker for the acts that an interrupted one left unfinished."""
    unfinished = JoiningStep.objects.filter(done_at=None).order_by("joining")
    for joining_id in unfinished.values_list("joining", flat=True).distinct():
        make_meetings_again.enqueue(joining_id)
