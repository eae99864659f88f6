"""What stays of a meeting that was public once and is withdrawn: that it was, when and why it went, and no text."""

from __future__ import annotations

from typing import Any

from minutes.models import Meeting


def tombstone_of(meeting: Meeting) -> dict[str, Any]:
    """Return what the public learns about a withdrawn meeting."""
    return {
        "id": meeting.pk,
        "body": meeting.body.name,
        "kind": meeting.kind,
        "number": meeting.number,
        "doc_number": meeting.doc_number or None,
        "date": meeting.date.isoformat() if meeting.date else None,
        "withdrawn": True,
        "withdrawn_at": meeting.withdrawn_at.isoformat() if meeting.withdrawn_at else None,
        "reason": meeting.withdrawal_reason or None,
    }
