"""Split a task in two, or merge it with the next one, on the review page."""

from __future__ import annotations

from desk.review.sections import Entry, Section
from minutes.corrections.changes import Change, CorrectionRefused
from minutes.corrections.paths import Node, fingerprint
from minutes.corrections.task_nodes import merge_tasks, split_task

LONGEST_NUMBER = 10


def split_changes(section: Section, entry: Entry, seen: str, at: str, source: str) -> list[Change]:
    """Return the changes that split a task at a character of the source."""
    cut = int(at) if at.isascii() and at.isdigit() and len(at) < LONGEST_NUMBER else 0
    first, second = split_task(task_in(entry), cut, source)
    return [
        Change(entry.place, first, seen),
        Change(addition_beside(section, entry), second, fingerprint(None)),
    ]


def merge_changes(section: Section, entry: Entry, seen: str, source: str) -> list[Change]:
    """Return the changes that merge a task with the next one in the text."""
    task, following = task_in(entry), next_task(section, entry)
    merged = merge_tasks(task, following.node, source)
    return [Change(entry.place, merged, seen), Change(following.place, None, following.seen)]


def task_in(entry: Entry) -> Node:
    if not entry.is_task or entry.node is None:
        raise CorrectionRefused("这一处不是任务，请重新打开本页。")
    return entry.node


def addition_beside(section: Section, entry: Entry) -> str:
    tasks = entry.place.rpartition("/")[0]
    return next(place for place in section.additions if place.rpartition("/")[0] == tasks)


def next_task(section: Section, entry: Entry) -> Entry:
    following = [
        each
        for each in section.entries
        if each.is_task and each.node is not None and each.node["span"][0] >= entry.node["span"][1]
    ]
    if not following:
        raise CorrectionRefused("这是这一部分的最后一条任务，后面没有可以合并的。")
    return min(following, key=lambda each: each.node["span"][0])
