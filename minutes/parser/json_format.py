"""The public JSON form of what was read (format 1); docs/parse-format.md describes it."""

from __future__ import annotations

from typing import Any

from minutes.parser.types import AgendaItem, Decision, Field, ParsedMinutes, Passage

FORMAT = 1


def as_json(parsed: ParsedMinutes, source: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the result as plain data ready for JSON (ISO dates, [start, end))."""
    return {
        "format": FORMAT,
        "source": source,
        "body": _value(parsed.body),
        "kind": _value(parsed.kind),
        "number": _value(parsed.number),
        "doc_number": _value(parsed.doc_number),
        "date": _date(parsed.date),
        "part_of_day": _value(parsed.part_of_day),
        "place": _value(parsed.place),
        "chair": {"name": parsed.chair.name, "title": parsed.chair.title, "span": list(parsed.chair.span)}
        if parsed.chair
        else None,
        "recorder": _value(parsed.recorder),
        "compiled_by": _value(parsed.compiled_by),
        "compiled_on": _date(parsed.compiled_on),
        "issued_by": _value(parsed.issued_by),
        "issued_on": _date(parsed.issued_on),
        "disclosure": _value(parsed.disclosure),
        "distribution": [recipient.value for recipient in parsed.distribution],
        "opening": _passage(parsed.opening),
        "items": [_item(item) for item in parsed.items],
        "closing": _passage(parsed.closing),
        "attendance": [
            {
                "role": attendee.role,
                "name": attendee.name,
                "organization": attendee.organization,
                "title": attendee.title,
                "span": list(attendee.span),
            }
            for attendee in parsed.attendance
        ],
        "problems": [
            {"code": problem.code, "message": problem.message, "span": list(problem.span) if problem.span else None}
            for problem in parsed.problems
        ],
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "position": item.position,
        "title": item.title.value,
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
        "decision": _decision(item.decision) if item.decision else None,
        "reported_by": [unit.value for unit in item.reported_by],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": _value(decision.outcome),
        "lead": [unit.value for unit in decision.lead],
        "supporting": [unit.value for unit in decision.supporting],
        "next_step": _value(decision.next_step),
        "deadlines": [
            {
                "text": deadline.text,
                "date": deadline.date.isoformat() if deadline.date else None,
                "span": list(deadline.span),
            }
            for deadline in decision.deadlines
        ],
        "span": list(decision.span),
    }


def _value(field: Field[Any] | None) -> Any:
    return field.value if field else None


def _date(field: Field[Any] | None) -> str | None:
    return field.value.isoformat() if field else None


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    return {"text": passage.text, "span": list(passage.span)} if passage else None
