"""Split a task node in two, or merge two."""

from __future__ import annotations

from minutes.corrections.changes import CorrectionRefused
from minutes.corrections.paths import Node


def text_of(source: str, span: list[int]) -> str:
    """Return the text of a span as tasks quote it: without whitespace."""
    return "".join(source[slice(*span)].split())


def split_task(task: Node, at: int, source: str) -> tuple[Node, Node]:
    """Return the task up to a character, and a second task from there on.

    Actors and deadlines stay with the text they are in; a part without actors keeps those of the whole task.
    """
    start, end = task["span"]
    if not start < at < end:
        raise CorrectionRefused(f"请填写后一条任务从第几字开始，应在第{start + 1}字至第{end - 1}字之间。")
    return part_of(task, [start, at], source), part_of(task, [at, end], source)


def part_of(task: Node, span: list[int], source: str) -> Node:
    within = {
        name: [each for each in task[name] if span[0] <= each["span"][0] < span[1]] for name in ("actors", "deadlines")
    }
    return task | {
        "actors": within["actors"] or task["actors"],
        "deadlines": within["deadlines"],
        "text": text_of(source, span),
        "span": span,
    }


def merge_tasks(first: Node, second: Node, source: str) -> Node:
    """Return one task spanning both, with the actors of both."""
    span = [min(first["span"][0], second["span"][0]), max(first["span"][1], second["span"][1])]
    actors = {(actor["role"], actor["text"]): actor for actor in (*second["actors"], *first["actors"])}
    return first | {
        "actors": sorted(actors.values(), key=lambda actor: actor["span"][0]),
        "deadlines": sorted([*first["deadlines"], *second["deadlines"]], key=lambda deadline: deadline["span"][0]),
        "collective": first["collective"] and second["collective"],
        "text": text_of(source, span),
        "span": span,
    }
