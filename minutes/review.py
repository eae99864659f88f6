"""The life of a record: draft → published. Every step that the public sees is announced in its transaction."""

from __future__ import annotations

from django.utils import timezone

from minutes.models import Meeting, MeetingStatus
from minutes.signals import meeting_changed


def publish(meeting: Meeting) -> None:
    """Shows a meeting to the public. To be called in a transaction: its index task belongs into the same one."""
    meeting.status = MeetingStatus.PUBLISHED
    meeting.published_at = timezone.now()
    meeting.save(update_fields=["status", "published_at", "updated_at"])
    meeting_changed.send(sender=Meeting, meeting_id=meeting.pk)
