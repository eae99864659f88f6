"""Times of questions, taken in turns, and what they come to.

What answers in this process is measured in processor time, all threads together: that is how long a question takes
on a machine that does nothing else, and other work on a shared one adds nothing to it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from bench.search.contender import Contender
from bench.search.questions import Question


@dataclass(slots=True)
class Times:
    """Milliseconds of one contender, by kind of question: the first asking, and all later ones."""

    first: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    warm: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def in_turns(contenders: Sequence[Contender], questions: Iterable[Question], rounds: int) -> dict[str, Times]:
    """Return the times of every contender; each question goes to all of them before it is repeated."""
    times = {contender.name: Times() for contender in contenders}
    for question in questions:
        for contender in contenders:
            times[contender.name].first[question.kind].append(_asking(contender, question))
        for _ in range(rounds):
            for contender in contenders:
                times[contender.name].warm[question.kind].append(_asking(contender, question))
    return times


def _asking(contender: Contender, question: Question) -> float:
    # A server answers in a process of its own, and tells what that took.
    clock = getattr(contender, "clock", time.process_time)
    return milliseconds(partial(contender.ask, question), clock)


def milliseconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long it took."""
    began = clock()
    work()
    return (clock() - began) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def all_of(times: dict[str, list[float]]) -> list[float]:
    """Return the times of all kinds together."""
    return [each for kind in times.values() for each in kind]
