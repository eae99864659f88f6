"""No page asks the database more often because the archive or a meeting is larger."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minutes.models import Document, Organization
from tests.pages.factory import keep_meeting
from tests.pages.stories import FLOODS, HOUSING, LONG_AGENDA, PARKING_AGAIN, PARKING_DRAFT

pytestmark = pytest.mark.slow

PAGES = {
    "home": "/",
    "bodies": "/bodies/",
    "body": "{body}",
    "topics": "/topics/",
    "topic": "/topics/10.2/",
    "meetings": "/meetings/?year=2019",
    "calendar": "/meetings/calendar/2019/",
    "meeting": "{meeting}",
    "item": "{meeting}items/1/",
    "source": "{meeting}source/?from=0&to=9",
    "documents": "/documents/",
    "document": "{document}",
    "organizations": "/organizations/",
    "organization": "{organization}",
    "everything a unit led": "{organization}?role=lead",
    "all its meetings": "{organization}?role=attendance",
    "people": "/people/",
    "person": "{person}",
    "tasks": "/tasks/",
    "tasks of a unit by deadline": "/tasks/?organization=市水务局&deadline=any&sort=due&collective=all",
    "tasks without a later record": "/tasks/?no_later_record=1",
    "units by tasks": "/tasks/by-unit/",
    "breakdown": "{meeting}tasks/",
    "breakdown as a workbook": "{meeting}tasks.xlsx",
    "table of tasks": "/tasks/tasks.csv",
    "workbook of tasks": "/tasks/tasks.xlsx",
    "calendar of tasks": "/tasks/tasks.ics?year=2020",
    "feed of tasks": "/feeds/tasks/",
    "attendance": "/attendance/?year=2019",
    "table of meetings": "/meetings/meetings.csv",
    "table of items": "/items.csv",
    "embedded item": "/embed{meeting}items/1/",
    "table of units": "/organizations/organizations.csv",
    "coverage": "/coverage/",
    "governments side by side": "/compare/?body=云川市人民政府",
    "table of governments": "/compare/compare.csv?body=云川市人民政府",
    "citation of a meeting": "/cite/{pk}/",
    "citation of an item": "/cite/{pk}/1/",
    "citation of a sentence": "/cite/{pk}/1/1/1/",
    "data": "/data/",
    "api": "/api/docs/",
    "help": "/help/",
    "report": "/report/",
    "feed of meetings": "/feeds/meetings/",
    "sitemap": "/sitemap-items.xml",
}
MOST = 28


@pytest.fixture
def address(db, settings, tmp_path):
    """Return the URL of a page in an archive of two meetings."""
    settings.EXPORT_DIR = tmp_path
    keep_meeting(number=69, items=(PARKING_AGAIN, HOUSING), attendees=60, date=datetime.date(2019, 11, 7))
    meeting = keep_meeting(items=(PARKING_DRAFT, HOUSING, FLOODS), attendees=60)
    records = {
        "pk": meeting.pk,
        "meeting": meeting.get_absolute_url(),
        "body": meeting.body.get_absolute_url(),
        "document": Document.objects.get(title=PARKING_DRAFT.document).get_absolute_url(),
        "organization": Organization.objects.get(name="市城管局").get_absolute_url(),
        "person": meeting.attendance.first().person.get_absolute_url(),
    }
    return lambda page: PAGES[page].format(**records)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked]


@pytest.mark.parametrize("page", PAGES)
def test_a_larger_archive_is_asked_no_more_often(client, address, page):
    client.get(address(page))  # what is kept from the first time on is kept now
    few = queries_of(client, address(page))
    for number in range(1, 4):
        agenda = (PARKING_AGAIN, FLOODS, *LONG_AGENDA)
        keep_meeting(number=number, date=datetime.date(2019, number, 5), items=agenda, attendees=60)

    many = queries_of(client, address(page))

    assert len(many) <= len(few), "\n".join(many)
    assert len(many) <= MOST
