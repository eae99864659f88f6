"""Roles of staff. Migration 0002 defines what each role may do."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, User
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from minutes.models import Meeting, MeetingStatus


def role_names(user: AbstractUser) -> str:
    """Return a user's roles as one line: 编辑、发布员."""
    roles = [group.name for group in user.groups.all()]
    return "、".join([*(["超级用户"] if user.is_superuser else []), *roles]) or "无"


def may_replace_source(user: AbstractUser, meeting: Meeting) -> bool:
    """Return whether the user may replace the source file.

    Replacing that of a published meeting takes the permission to publish.
    """
    if meeting.status in (MeetingStatus.PUBLISHED, MeetingStatus.WITHDRAWN):
        return user.has_perms(["minutes.review_minutes", "minutes.publish_minutes"])
    return user.has_perm("minutes.review_minutes")


@receiver(m2m_changed, sender=User.groups.through)
def grant_staff_status(instance, action: str, reverse: bool, pk_set: set[int] | None, **kwargs) -> None:
    """Keep is_staff in step with roles: set with the first, cleared with the last."""
    if not action.startswith("post_"):
        return
    for user in User.objects.filter(pk__in=pk_set or ()) if reverse else [instance]:
        user.is_staff = user.is_superuser or user.groups.exists()
        user.save(update_fields=["is_staff"])
