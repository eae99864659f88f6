"""QuerySets limited to published meetings. Public code starts here."""

from __future__ import annotations

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef


def published(model: str) -> models.QuerySet:
    """Return the published rows of a model, by name to avoid a circular import."""
    return apps.get_model("minutes", model).objects.published()


class MeetingStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    REVIEWED = "reviewed", "已审核"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"


class MeetingQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Return the published meetings."""
        return self.filter(status=MeetingStatus.PUBLISHED)

    def withdrawn(self) -> Self:
        """Return the withdrawn meetings, of which only date and reason are public."""
        return self.filter(status=MeetingStatus.WITHDRAWN, published_at__isnull=False).select_related("body")


class PartQuerySet(models.QuerySet):
    """Rows of one meeting, reached by the model's `PATH_TO_MEETING`."""

    def published(self) -> Self:
        """Return the rows of published meetings."""
        return self.filter(**{f"{self.model.PATH_TO_MEETING}__in": published("Meeting")})

    def published_each(self) -> Self:
        """Return the same, judging row by row: faster for few rows, and for one page of a list in order of ids.

        Otherwise SQLite first lists all published meetings, and may begin with them, and sort all of their rows.
        """
        return self.filter(Exists(published("Meeting").filter(pk=OuterRef(self.model.PATH_TO_MEETING))))

    def latest_first(self) -> Self:
        """Sort rows with a position by meeting, the latest first; those of one meeting are in text order."""
        return self.order_by(models.F("meeting__date").desc(nulls_last=True), "-meeting", "position")


class BodyQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Return the bodies with published meetings."""
        return self.filter(Exists(published("Meeting").filter(body=OuterRef("pk"))))


class OrganizationQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Return the organizations named in items, tasks or attendance of published ones."""
        involved = published("Involvement").filter(organization=OuterRef("pk"))
        attending = published("Attendance").filter(organization=OuterRef("pk"))
        acting = published("TaskActor").filter(organization=OuterRef("pk"))
        return self.filter(Exists(involved) | Exists(attending) | Exists(acting))


class PersonQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Return the people named in the attendance or the tasks of published meetings."""
        attending = published("Attendance").filter(person=OuterRef("pk"))
        acting = published("TaskActor").filter(person=OuterRef("pk"))
        return self.filter(Exists(attending) | Exists(acting))


class DocumentQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Return the documents named in items of published meetings."""
        return self.filter(Exists(published("DocumentReference").filter(document=OuterRef("pk"))))
