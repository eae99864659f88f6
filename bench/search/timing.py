"""Time queries alternately, and summarize the times.

Engines in this process are measured in processor time of all threads: that is the time of a query on an idle machine,
and independent of other work on a shared one.
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
    """Milliseconds of one engine by kind of query: the first run, and later ones."""

    first: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    warm: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def in_turns(contenders: Sequence[Contender], questions: Iterable[Question], rounds: int) -> dict[str, Times]:
    """Return the times of each engine; every engine answers before a repetition."""
    times = {contender.name: Times() for contender in contenders}
    for question in questions:
        for contender in contenders:
            times[contender.name].first[question.kind].append(_asking(contender, question))
        for _ in range(rounds):
            for contender in contenders:
                times[contender.name].warm[question.kind].append(_asking(contender, question))
    return times


def _asking(contender: Contender, question: Question) -> float:
    # A server runs in another process, and provides its own clock.
    clock = getattr(contender, "clock", time.process_time)
    return milliseconds(partial(contender.ask, question), clock)


def milliseconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the milliseconds that the call took."""
    began = clock()
    work()
    return (clock() - began) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """Return the percentile of the values; `share` is from 0 to 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def all_of(times: dict[str, list[float]]) -> list[float]:
    """Return the times of all kinds together."""
    return [each for kind in times.values() for each in kind]
