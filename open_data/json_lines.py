"""Serialize a meeting as in `manage.py parse`, with the ids of its records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minutes.models import (
    AgendaItem,
    Attendance,
    Deadline,
    Decision,
    DocumentReference,
    Involvement,
    InvolvementRole,
    Meeting,
    ReferenceKind,
    Task,
    TaskActor,
)
from minutes.models.spanned import Spanned
from minutes.parser.json_format import FORMAT, summary_of
from minutes.parser.meeting_fields import names_of
from minutes.parser.problems.kinds import weight_of


def as_json(meeting: Meeting) -> dict[str, Any]:
    """Return the meeting as JSON-compatible data; None for what is not in the text."""
    return {
        "format": FORMAT,
        "id": meeting.pk,
        "source": {
            "name": meeting.source.name,
            "sha256": meeting.source.sha256,
            "characters": len(meeting.source.text),
        },
        "body": meeting.body.name,
        "body_id": meeting.body_id,
        "kind": meeting.kind_text or None,
        **{name: getattr(meeting, name) or None for name in names_of("text")},
        **{name: getattr(meeting, name) for name in names_of("number")},
        **{name: iso(getattr(meeting, name)) for name in names_of("date")},
        "chair": chair_of(meeting),
        "distribution": meeting.distribution,
        "opening": passage(meeting, "opening"),
        "items": [item_as_json(item) for item in meeting.items.all()],
        "closing": passage(meeting, "closing"),
        "attendance": [attendance_as_json(entry) for entry in meeting.attendance.all()],
        "problems": [
            {
                "code": problem.code,
                "weight": weight_of(problem.code),
                "message": problem.message,
                "span": None if problem.start is None else [problem.start, problem.end],
            }
            for problem in meeting.problems.all()
        ],
    }


def chair_of(meeting: Meeting) -> dict[str, Any] | None:
    if not meeting.chair_name:
        return None
    return {"name": meeting.chair_name, "title": meeting.chair_title or None, "span": meeting.spans.get("chair")}


def passage(meeting: Meeting, name: str) -> dict[str, Any] | None:
    text = getattr(meeting, name)
    if not text:
        return None
    tasks = [task_as_json(task) for task in meeting.tasks.all() if task.part == name]
    return {"text": text, "span": meeting.spans.get(name), "tasks": tasks}


def item_as_json(item: AgendaItem) -> dict[str, Any]:
    references = list(item.references.all())
    decisions = [decision_as_json(decision) for decision in item.decisions.all()]
    return {
        "id": item.pk,
        "position": item.position,
        "title": item.title,
        "title_derived": item.title_derived,
        "span": span(item),
        "actions": [action.written for action in item.actions.all()],
        "documents": [
            {
                "id": reference.document_id,
                "title": title_with_stage(reference),
                "stage": reference.stage or None,
                "short_title": reference.short_title or None,
                "span": span(reference),
            }
            for reference in references
            if reference.kind == ReferenceKind.SUBJECT
        ],
        "mentions": [
            title_with_stage(reference) for reference in references if reference.kind == ReferenceKind.MENTION
        ],
        "mentioned_ids": [reference.document_id for reference in references if reference.kind == ReferenceKind.MENTION],
        "paragraphs": [
            {
                "id": paragraph.pk,
                "marker": paragraph.marker or None,
                "text": paragraph.text,
                "span": span(paragraph),
            }
            for paragraph in item.paragraphs.all()
        ],
        "decision": summary_of(decisions),
        "decisions": decisions,
        "tasks": [task_as_json(task) for task in item.meeting.tasks.all() if task.item_id == item.pk],
        "reported_by": units_in_role(item.involvements.all(), InvolvementRole.REPORTING),
        "topics": [{"code": topic.code, "name": topic.name, "words": topic.words} for topic in item.topics.all()],
        "units": [
            {
                "organization_id": involvement.organization_id,
                "organization": involvement.organization.name,
                "role": involvement.role,
                "written": involvement.written,
            }
            for involvement in item.involvements.all()
        ],
    }


def title_with_stage(reference: DocumentReference) -> str:
    """Return the title with its stage: 云川市河道管理办法（草案）."""
    return f"{reference.document.title}（{reference.stage}）" if reference.stage else reference.document.title


def decision_as_json(decision: Decision) -> dict[str, Any]:
    units = list(decision.units.all())
    return {
        "id": decision.pk,
        "outcome": decision.outcome_text or None,
        "lead": units_in_role(units, InvolvementRole.LEAD),
        "supporting": units_in_role(units, InvolvementRole.SUPPORTING),
        "next_step": decision.next_step or None,
        "deadlines": [deadline_as_json(deadline) for deadline in decision.deadlines.all()],
        "span": span(decision),
    }


def task_as_json(task: Task) -> dict[str, Any]:
    return {
        "id": task.pk,
        "kind": task.kind,
        "collective": task.collective,
        "actors": [actor_as_json(actor) for actor in task.actors.all()],
        "about": task.spans.get("about"),
        "text": task.text,
        "span": span(task),
        "deadlines": [deadline_as_json(deadline) for deadline in task.deadlines.all()],
    }


def actor_as_json(actor: TaskActor) -> dict[str, Any]:
    return {
        "text": actor.text,
        "name": actor.name or None,
        "title": actor.title or None,
        "role": actor.role,
        "form": actor.form,
        "organization_id": actor.organization_id,
        "person_id": actor.person_id,
        "span": span(actor),
    }


def units_in_role(involvements: Iterable[Involvement], role: InvolvementRole) -> list[str]:
    """Return the units in this role as the text writes them."""
    return [involvement.written for involvement in involvements if involvement.role == role]


def deadline_as_json(deadline: Deadline) -> dict[str, Any]:
    return {"id": deadline.pk, "text": deadline.text, "date": iso(deadline.date), "span": span(deadline)}


def attendance_as_json(entry: Attendance) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "role": entry.role,
        "name": entry.person.name if entry.person else None,
        "person_id": entry.person_id,
        "organization": entry.organization.name if entry.organization else None,
        "organization_id": entry.organization_id,
        "title": entry.title or None,
        "note": entry.note or None,
        "span": span(entry),
    }


def span(record: Spanned) -> list[int]:
    return [record.start, record.end]


def iso(date: Any) -> str | None:
    return date.isoformat() if date else None


def tombstone_of(meeting: Meeting) -> dict[str, Any]:
    """Return the public data of a withdrawn meeting.

    Its identity, date and reason of withdrawal, without any text.
    """
    return {
        "id": meeting.pk,
        "body": meeting.body.name,
        "kind": meeting.kind,
        "number": meeting.number,
        "doc_number": meeting.doc_number or None,
        "date": iso(meeting.date),
        "withdrawn": True,
        "withdrawn_at": iso(meeting.withdrawn_at),
        "reason": meeting.withdrawal_reason or None,
    }
