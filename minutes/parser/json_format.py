"""The public JSON formats 2 and 1: docs/reference/parse-format.md."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from minutes.parser.meeting_fields import MEETING_FIELDS
from minutes.parser.topics.classes import topic_classes
from minutes.parser.types import AgendaItem, Chair, Deadline, Decision, Field, ParsedMinutes, Passage, Task

FORMAT = 2
FORMATS = (1, 2)


def as_json(parsed: ParsedMinutes, source: dict[str, Any] | None = None, format_number: int = FORMAT) -> dict[str, Any]:
    """Return the result as JSON data: dates in ISO 8601, spans as [start, end)."""
    data = _format_2(parsed, source)
    return as_format_1(data) if format_number == 1 else data


def as_format_1(data: dict[str, Any]) -> dict[str, Any]:
    """Convert format 2 to format 1.

    That has one decision an item, no tasks, no noise and no weights.
    """
    old = {name: value for name, value in data.items() if name not in ("term", "serial", "web_published_on", "noise")}
    for passage in ("opening", "closing"):
        old[passage] = _without(data[passage], "tasks") if data[passage] else None
    old["items"] = [_without(item, "title_derived", "decisions", "tasks", "topics") for item in data["items"]]
    old["attendance"] = [_without(attendee, "note") for attendee in data["attendance"]]
    old["problems"] = [_without(problem, "weight") for problem in data["problems"]]
    return old | {"format": 1}


def summary_of(decisions: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return several decisions as one, or None without any.

    With the first outcome and next step, and all units and deadlines.
    """
    if len(decisions) < 2:
        return decisions[0] if decisions else None
    lead = _each_once(unit for decision in decisions for unit in decision["lead"])
    supporting = _each_once(unit for decision in decisions for unit in decision["supporting"])
    spans = [decision["span"] for decision in decisions]
    return decisions[0] | {
        "outcome": next((decision["outcome"] for decision in decisions if decision["outcome"]), None),
        "lead": lead,
        "supporting": [unit for unit in supporting if unit not in lead],
        "next_step": next((decision["next_step"] for decision in decisions if decision["next_step"]), None),
        "deadlines": [deadline for decision in decisions for deadline in decision["deadlines"]],
        "span": [min(start for start, _ in spans), max(end for _, end in spans)],
    }


def _format_2(parsed: ParsedMinutes, source: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "source": source,
        **{field.name: _fact(getattr(parsed, field.name)) for field in MEETING_FIELDS if field.type != "passage"},
        "opening": _passage(parsed.opening, parsed.opening_tasks),
        "items": [_item(item) for item in parsed.items],
        "closing": _passage(parsed.closing, parsed.closing_tasks),
        "attendance": [
            {
                "role": attendee.role,
                "name": attendee.name,
                "organization": attendee.organization,
                "title": attendee.title,
                "note": attendee.note,
                "span": list(attendee.span),
            }
            for attendee in parsed.attendance
        ],
        "noise": [{"text": noise.text, "reason": noise.reason, "span": list(noise.span)} for noise in parsed.noise],
        "problems": [
            {
                "code": problem.code,
                "weight": problem.weight,
                "message": problem.message,
                "span": list(problem.span) if problem.span else None,
            }
            for problem in parsed.problems
        ],
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    decisions = [_decision(decision) for decision in item.decisions]
    return {
        "position": item.position,
        "title": item.title.value,
        "title_derived": item.title_derived,
        "span": list(item.span),
        "actions": [action.value for action in item.actions],
        "documents": [
            {
                "title": document.title,
                "stage": document.stage,
                "short_title": document.short_title,
                "span": list(document.span),
            }
            for document in item.documents
        ],
        "mentions": [mention.value for mention in item.mentions],
        "paragraphs": [
            {"marker": paragraph.marker, "text": paragraph.text, "span": list(paragraph.span)}
            for paragraph in item.paragraphs
        ],
        "decision": summary_of(decisions),
        "decisions": decisions,
        "tasks": [_task(task) for task in item.tasks],
        "reported_by": [unit.value for unit in item.reported_by],
        "topics": [
            {"code": topic.code, "name": topic_classes()[topic.code].name, "words": list(topic.words)}
            for topic in item.topics
        ],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": _value(decision.outcome),
        "lead": [unit.value for unit in decision.lead],
        "supporting": [unit.value for unit in decision.supporting],
        "next_step": _value(decision.next_step),
        "deadlines": [_deadline(deadline) for deadline in decision.deadlines],
        "span": list(decision.span),
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "kind": task.kind,
        "collective": task.collective,
        "actors": [
            {
                "text": actor.text,
                "name": actor.name,
                "title": actor.title,
                "role": actor.role,
                "form": actor.form,
                "span": list(actor.span),
            }
            for actor in task.actors
        ],
        "about": list(task.about) if task.about else None,
        "text": task.text,
        "span": list(task.span),
        "deadlines": [_deadline(deadline) for deadline in task.deadlines],
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "text": deadline.text,
        "date": deadline.date.isoformat() if deadline.date else None,
        "span": list(deadline.span),
    }


def _value(field: Field[Any] | None) -> Any:
    return field.value if field else None


def _fact(fact: Field[Any] | tuple[Field[str], ...] | Chair | None) -> Any:
    match fact:
        case tuple():
            return [each.value for each in fact]
        case Chair():
            return {"name": fact.name, "title": fact.title, "span": list(fact.span)}
        case Field(value=datetime.date() as day):
            return day.isoformat()
    return _value(fact)


def _passage(passage: Passage | None, tasks: tuple[Task, ...]) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {"text": passage.text, "span": list(passage.span), "tasks": [_task(task) for task in tasks]}


def _without(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in names}


def _each_once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
