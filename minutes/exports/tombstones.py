"""What stays of a meeting that was public once and is withdrawn: that it was, and nothing of what it said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from minutes.models import Meeting, MeetingStatus


def withdrawn_meetings() -> QuerySet[Meeting]:
    """The meetings that were public once and are not any more."""
    return Meeting.objects.filter(status=MeetingStatus.WITHDRAWN, published_at__isnull=False).select_related("body")


def tombstone_of(meeting: Meeting) -> dict[str, Any]:
    """The meeting as it is told of in public once it is withdrawn."""
    return {
        "id": meeting.pk,
        "body": meeting.body.name,
        "kind": meeting.kind,
        "number": meeting.number,
        "doc_number": meeting.doc_number or None,
        "date": meeting.date.isoformat() if meeting.date else None,
        "withdrawn": True,
    }
