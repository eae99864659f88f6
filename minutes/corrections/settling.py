"""Settle problems: a person confirms that what was read is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from minutes.models import AuditAction, AuditEntry, Meeting, Problem, Settlement
from minutes.parser.problems.kinds import Weight, name_of_kind, weight_of


@dataclass(frozen=True, slots=True)
class OpenKind:
    """A code with open problems: how many, in how many meetings."""

    code: str
    count: int
    meetings: int = 1

    @property
    def name(self) -> str:
        return name_of_kind(self.code)

    @property
    def weight(self) -> Weight:
        return weight_of(self.code)


def open_kinds(meetings: QuerySet[Meeting]) -> list[OpenKind]:
    """Return the codes of open problems in these meetings, blocking ones first."""
    problems = Problem.objects.to_settle().filter(meeting__in=meetings.order_by().values("pk")).order_by()
    counts = problems.values("code").annotate(count=Count("pk"), meetings=Count("meeting", distinct=True))
    return in_order(OpenKind(**each) for each in counts)


def count_kinds(problems: Iterable[Problem]) -> list[OpenKind]:
    """Return the codes of these problems of one meeting, in the same order."""
    counts = Counter(problem.code for problem in problems)
    return in_order(OpenKind(code, count) for code, count in counts.items())


def in_order(kinds: Iterable[OpenKind]) -> list[OpenKind]:
    return sorted(kinds, key=lambda kind: (kind.weight != "must", -kind.count, kind.code))


@transaction.atomic
def settle_problem(problem: Problem, by: AbstractBaseUser | None) -> None:
    """Mark a problem as settled."""
    changed = Problem.objects.filter(pk=problem.pk, settled_at=None)
    if changed.update(settled_at=timezone.now(), settled_by=by):
        AuditEntry.note(AuditAction.SETTLED, by, problem.meeting, problem.message)


@transaction.atomic
def reopen_problem(problem: Problem, by: AbstractBaseUser | None) -> None:
    """Reopen a settled problem."""
    changed = Problem.objects.filter(pk=problem.pk).exclude(settled_at=None)
    if changed.update(settled_at=None, settled_by=None, settlement=None):
        AuditEntry.note(AuditAction.UNSETTLED, by, problem.meeting, problem.message)


@transaction.atomic
def settle_kind(code: str, meetings: QuerySet[Meeting], by: AbstractBaseUser | None) -> Settlement | None:
    """Settle every open problem with this code in these meetings.

    Return the settlement, or None if there was no such problem.
    """
    matching = Problem.objects.to_settle().filter(code=code, meeting__in=meetings.order_by().values("pk"))
    problems = list(matching.select_related("meeting__body"))
    if not problems:
        return None
    settlement = Settlement.objects.create(code=code, made_by=by, count=len(problems))
    pks = [problem.pk for problem in problems]
    Problem.objects.filter(pk__in=pks).update(settled_at=settlement.made_at, settled_by=by, settlement=settlement)
    note_each_meeting(AuditAction.SETTLED, by, problems, settlement)
    return settlement


@transaction.atomic
def undo(settlement: Settlement, by: AbstractBaseUser | None) -> int:
    """Reopen the problems of a settlement; return how many.

    A settlement already undone counts as 0.
    """
    undone = Settlement.objects.filter(pk=settlement.pk, undone_at=None)
    if not undone.update(undone_at=timezone.now(), undone_by=by):
        return 0
    problems = list(settlement.problems.select_related("meeting__body"))
    settlement.problems.update(settled_at=None, settled_by=None)
    note_each_meeting(AuditAction.UNSETTLED, by, problems, settlement)
    return len(problems)


def note_each_meeting(
    action: AuditAction, by: AbstractBaseUser | None, problems: Iterable[Problem], settlement: Settlement
) -> None:
    """Add an audit entry to every meeting with one of these problems."""
    for meeting, count in Counter(problem.meeting for problem in problems).items():
        AuditEntry.note(action, by, meeting, f"“{name_of_kind(settlement.code)}”这一类{count}处")
