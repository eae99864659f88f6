"""Lead and supporting units of a decision, from the tasks that implement it."""

from __future__ import annotations

import re

from minutes.parser.types import Field, Task
from minutes.parser.vocabulary.characters import matching_form

# 由市水务局根据会议意见 · 责成区住建局 · 责任单位：市财政局 · 牵头领导：左岸；责任单位：县水务局
# 县财政局负责筹措 · 市发改委牵头 (not 市水务局要抓好)
CHARGES = re.compile(
    r"(?:由|请|责成|责令|委托|授权|指定|(?:责任|牵头|主办|承办|主责|配合|协办)(?:单位|部门))"
    r"|(?:责任|牵头|包联|分管)(?:领导|人)：[^。：]{2,30}(?:责任|牵头|主办|承办)(?:单位|部门)："
    r"|(?:(?!要|应|须)[^，。；]){2,80}?(?:负责|牵头(?!作用)|配合|具体(?:落实|实施|承办|办理))"
)
# 配合单位：县城管局 (a label counts whoever brings the document forward)
LABELS_SUPPORTING = re.compile(r"(?:配合|协办|参与)(?:单位|部门)：")
# The same unit with its level of government: 县交通局 besides 交通局.
LEVELS = "省市县区州旗镇乡"


def is_assignment(task: Task) -> bool:
    """Return whether a task assigns responsibility, as opposed to an appeal."""
    named = bool(task.actors) and not task.collective
    charged = task.assigned or task.kind == "procedure" or CHARGES.match(matching_form(task.text)) is not None
    return named and charged


def responsible_for(tasks: list[Task]) -> tuple[tuple[Field[str], ...], tuple[Field[str], ...]]:
    """Return the lead and the supporting units of a decision.

    These are the actors of procedures; without any, those of work.
    """
    assignments = [task for task in tasks if is_assignment(task)]
    carrying = [task for task in assignments if task.kind == "procedure"] or assignments
    lead = _units(carrying, "lead")
    labelled = [task for task in assignments if LABELS_SUPPORTING.search(matching_form(task.text))]
    supporting = _units(carrying, "supporting") | _units(labelled, "supporting")
    return (
        tuple(unit for name, unit in lead.items() if not any(level + name in lead for level in LEVELS)),
        tuple(unit for name, unit in supporting.items() if name not in lead),
    )


def _units(tasks: list[Task], role: str) -> dict[str, Field[str]]:
    """Return the units of that role at their first occurrence, without persons."""
    units: dict[str, Field[str]] = {}
    for task in tasks:
        for actor in task.actors:
            if actor.role == role and actor.form != "post":
                units.setdefault(actor.text, Field(actor.text, actor.span))
    return units
