"""Sitemaps of all public pages for search engines."""

from __future__ import annotations

import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Model, QuerySet
from django.urls import reverse

from minutes.models import AgendaItem, Body, Document, Meeting, Organization, Person


class Records(Sitemap):
    """The pages of one kind of record."""

    limit = 5000


class OfMeetings(Records):
    """Pages that change with a meeting."""

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """Return when a meeting was last changed; Django would load every record to find it."""
        return Meeting.objects.published().aggregate(last=Max("updated_at"))["last"]


class Meetings(OfMeetings):
    def items(self) -> QuerySet[Meeting]:
        return Meeting.objects.published().only("pk", "updated_at").order_by("pk")

    def lastmod(self, meeting: Meeting) -> datetime.datetime:
        """Return when the meeting was last changed."""
        return meeting.updated_at


class Items(OfMeetings):
    def items(self) -> QuerySet[AgendaItem]:
        items = AgendaItem.objects.published().select_related("meeting").order_by("pk")
        return items.only("meeting_id", "position", "meeting__updated_at")

    def lastmod(self, item: AgendaItem) -> datetime.datetime:
        """Return when the meeting of the item was last changed."""
        return item.meeting.updated_at


class Documents(Records):
    def items(self) -> QuerySet[Model]:
        return Document.objects.published().only("pk").order_by("pk")


class Organizations(Records):
    def items(self) -> QuerySet[Model]:
        return Organization.objects.published().only("pk").order_by("pk")


class Bodies(Records):
    def items(self) -> QuerySet[Model]:
        return Body.objects.published().only("pk").order_by("pk")


class People(Records):
    def items(self) -> QuerySet[Model]:
        return Person.objects.published().only("pk").order_by("pk")


class Calendars(Sitemap):
    """The calendar of each year with meetings."""

    def items(self) -> list[int]:
        return [day.year for day in Meeting.objects.published().filter(date__isnull=False).dates("date", "year")]

    def location(self, year: int) -> str:
        return reverse("calendar-year", args=[year])


class Lists(Sitemap):
    def items(self) -> list[str]:
        records = ["home", "meetings", "documents", "organizations", "people", "tasks"]
        return [*records, "tasks-by-unit", "attendance", "coverage", "compare", "help", "data", "api-docs"]

    def location(self, name: str) -> str:
        return reverse(name)


SITEMAPS = {
    "lists": Lists,
    "meetings": Meetings,
    "items": Items,
    "documents": Documents,
    "organizations": Organizations,
    "people": People,
    "bodies": Bodies,
    "calendars": Calendars,
}
