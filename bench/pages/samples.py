"""Serve the samples as an archive of their own, with one page of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db.models import Count

from bench.search.website import Website, served
from config.prepare import prepare
from minutes.models import Document, Meeting, Organization, Person
from open_data.public import regenerate


@contextmanager
def served_samples() -> Iterator[Website]:
    """Serve the samples, all of them published, within the context."""
    prepare(minutes="samples")
    regenerate()
    with served() as website:
        yield website


def pages() -> dict[str, str]:
    """Return a URL for each kind of page, of the records with the most content."""
    meeting = _most(Meeting, "items")
    return {
        "first page": "/",
        "results": f"/search/?q={quote('老旧小区')}",
        "nothing found": f"/search/?q={quote('飞碟 老旧小区')}",
        "meeting": meeting.get_absolute_url(),
        "item": meeting.items.first().get_absolute_url(),
        "source": f"/meetings/{meeting.pk}/source/",
        "document": _most(Document, "references").get_absolute_url(),
        "unit": _most(Organization, "involvements").get_absolute_url(),
        "person": _most(Person, "attendance").get_absolute_url(),
        "body": meeting.body.get_absolute_url(),
        "meetings": f"/meetings/?year={meeting.date.year}",
        "documents": "/documents/",
        "units": "/organizations/",
        "people": "/people/",
        "tasks": "/tasks/?deadline=any&sort=due-latest",
        "tasks of units": "/tasks/by-unit/",
        "breakdown": f"{meeting.get_absolute_url()}tasks/",
        "attendance": f"/attendance/?year={meeting.date.year}",
        "coverage": "/coverage/",
        "calendar": f"/meetings/calendar/{meeting.date.year}/",
        "trend": f"/search/trend/?term={quote('改造')}&term={quote('市城管局')}",
        "data": "/data/",
        "interface for programs": "/api/docs/",
        "citation": f"/cite/{meeting.pk}/1/",
        "report": "/report/",
        "help": "/help/",
        "how to search": "/search/help/",
    }


def _most(model, relation: str):
    """Return the record with the most related rows."""
    return model.objects.annotate(belonging=Count(relation)).order_by("-belonging", "pk")[0]
