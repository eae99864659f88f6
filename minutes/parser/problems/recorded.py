"""Checks of an item or a task alone, repeated whenever it is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from minutes.parser.types import AgendaItem, Problem, Task
from minutes.parser.vocabulary.verbs import action_kind, outcome_kind

# Maximum number of characters of a task quoted in a message.
QUOTED = 30


def unknown_words(item: AgendaItem) -> Iterator[Problem]:
    """Yield a problem for each action and outcome of an unknown kind."""
    for action in item.actions:
        if action_kind(action.value) is None:
            message = f"议题动作“{action.value}”不在词表中，暂归为“其他”，请核对"
            yield Problem("unknown-action", message, action.span)
    for decision in item.decisions:
        if decision.outcome and outcome_kind(decision.outcome.value) is None:
            message = f"议定结果“{decision.outcome.value}”不在词表中，暂归为“其他”，请核对"
            yield Problem("unknown-outcome", message, decision.outcome.span)


def task_without_actor(task: Task) -> Problem:
    """Return the problem of a task without actors."""
    return Problem("task-without-actor", f"“{_beginning(task.text)}”没有读出由谁办理，请核对原文", task.span)


def _beginning(text: str) -> str:
    """Return the quotation for a message."""
    return text if len(text) <= QUOTED else text[:QUOTED] + "…"
