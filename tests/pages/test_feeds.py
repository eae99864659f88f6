"""Test Atom feeds and the iCalendar file."""

import datetime
import re
import time
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from django.utils.http import http_date
from icalendar import Calendar

from minutes.models import AgendaItem, Document, Meeting, MeetingStatus, Organization, Person
from tests.kept import kept
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FIRE, HOUSING, PARKING_AGAIN, PARKING_DRAFT

ATOM = {"atom": "http://www.w3.org/2005/Atom"}


@kept
def archive():
    """Publish a meeting of 2019 today, and one of 2020 yesterday."""
    first = keep_meeting(items=(PARKING_DRAFT, HOUSING, FIRE))
    second = keep_meeting(number=79, date=datetime.date(2020, 3, 6), items=(PARKING_AGAIN,))
    now = timezone.now()
    Meeting.objects.filter(pk=first.pk).update(published_at=now)
    Meeting.objects.filter(pk=second.pk).update(published_at=now - datetime.timedelta(days=1))
    return first


@pytest.fixture
def entries(client):
    """Return title, text and URL of each entry of a feed."""

    def entries_of(address):
        response = client.get(address)
        assert response["Content-Type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(response.content)
        assert feed.find("atom:author/atom:name", ATOM).text == "会议纪要档案"
        return [
            (
                entry.find("atom:title", ATOM).text,
                entry.find("atom:summary", ATOM).text,
                entry.find("atom:link", ATOM).get("href"),
            )
            for entry in feed.findall("atom:entry", ATOM)
        ]

    return entries_of


@pytest.fixture
def events(client):
    """Return the events of the calendar with these parameters."""

    def events_of(**conditions):
        response = client.get("/tasks/tasks.ics", conditions)
        assert response["Content-Type"].startswith("text/calendar")
        return Calendar.from_ical(response.content).walk("VEVENT")

    return events_of


def test_meetings_come_in_the_order_of_their_publication(entries, archive):
    found = entries("/feeds/meetings/")

    assert [title for title, _, _ in found] == [
        "云川市人民政府第70次常务会议（2019-11-21）",
        "云川市人民政府第79次常务会议（2020-03-06）",
    ]
    assert "老旧小区" in found[0][1]
    assert found[0][2] == f"http://testserver{archive.get_absolute_url()}"


def test_a_unit_has_a_feed_of_what_it_has_to_do(entries, archive):
    unit = Organization.objects.get(name="市公安局")
    (entry,) = entries(f"/feeds/organizations/{unit.pk}/")

    assert entry[0] == PARKING_DRAFT.title
    assert "原则同意；提请市委常委会审议；明年1月底前" in entry[1]


def test_a_document_has_a_feed_of_its_items(entries, archive):
    document = Document.objects.get(title="云川市公共停车场管理办法")

    assert [title for title, _, _ in entries(f"/feeds/documents/{document.pk}/")] == [
        PARKING_DRAFT.title,
        PARKING_AGAIN.title,
    ]


def test_a_person_has_a_feed_of_meetings(entries, archive):
    person = Person.objects.filter(attendance__meeting=archive).first()

    assert len(entries(f"/feeds/people/{person.pk}/")) == 2


@pytest.mark.parametrize(
    ("kind", "path"), [(Organization, "organizations"), (Document, "documents"), (Person, "people")]
)
def test_what_stands_in_no_published_meeting_has_no_feed(client, archive, kind, path):
    Meeting.objects.update(status=MeetingStatus.WITHDRAWN)

    assert client.get(f"/feeds/{path}/{kind.objects.first().pk}/").status_code == 404


def test_characters_that_xml_forbids_break_no_feed(entries, events, archive):
    AgendaItem.objects.update(title="研究\x0c\x01\ufffe换页\x1b事项")

    assert "研究换页事项" in entries("/feeds/meetings/")[0][1]
    assert {str(event["summary"]) for event in events(due_after="2020-01-01")} == {"期限：研究换页事项"}


def test_a_feed_already_held_is_not_sent_again(client, archive):
    first = client.get("/feeds/meetings/")

    assert client.get("/feeds/meetings/", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(("address", "most"), [("/feeds/meetings/", 2), ("/tasks/tasks.ics?due_after=2020-01-01", 3)])
def test_long_feeds_ask_the_database_a_fixed_number_of_times(client, db, django_assert_max_num_queries, address, most):
    for number in range(1, 9):
        keep_meeting(number=number, items=(PARKING_DRAFT, HOUSING))

    with django_assert_max_num_queries(most):
        assert client.get(address).content.decode().count("老旧小区") >= 8


def test_feeds_only_answer_reading(client, archive):
    assert client.post("/feeds/meetings/").status_code == 405
    assert client.post("/tasks/tasks.ics").status_code == 405
    assert client.post("/deadlines.ics").status_code == 405


def test_a_deadline_is_a_whole_day_with_its_words_units_and_page(events, archive):
    (event,) = events(organization="市住建局", due_after="2020-01-01")

    assert event["dtstart"].dt == datetime.date(2020, 10, 31)
    assert "dtend" not in event
    assert str(event["summary"]) == f"期限：{HOUSING.title}"
    assert "原文期限：2020年10月底前" in event["description"]
    assert "任务：市住建局要确保首批36个小区" in event["description"]
    assert "由谁办理：市住建局" in event["description"]
    assert event["url"] == f"http://testserver{archive.items.get(position=2).get_absolute_url()}"


def test_a_deadline_on_the_last_day_that_there_is_keeps_no_other_from_being_told(events, db):
    keep_meeting(items=(PARKING_DRAFT, replace(HOUSING, deadline=("2020年10月底前", datetime.date.max), tasks=())))

    assert [event["dtstart"].dt.year for event in events(due_after="2020-01-01")] == [2020, 9999]


def test_a_deadline_keeps_its_name_when_its_file_is_read_again(events, archive):
    before = [event["uid"] for event in events(due_after="2020-01-01")]
    assert len(set(before)) == 2

    for deadline in [*archive.items.get(position=1).decisions.get().deadlines.all()]:
        deadline.pk = None
        deadline.save()
        deadline.decision.deadlines.exclude(pk=deadline.pk).delete()

    assert [event["uid"] for event in events(due_after="2020-01-01")] == before


def test_without_a_date_the_calendar_begins_a_year_ago(events, db):
    today = timezone.localdate()
    for number, days in ((1, 400), (2, 300), (3, -30)):
        date = today - datetime.timedelta(days=days)
        item = ItemFacts(
            title=f"研究第{number}事项",
            paragraphs=("原则同意。由市住建局在限期前完成。",),
            outcome="原则同意",
            deadline=("限期前", date),
        )
        keep_meeting(number=number, items=(item,))

    assert [str(event["summary"]) for event in events()] == ["期限：研究第2事项", "期限：研究第3事项"]
    assert len(events(due_after="2000-01-01")) == 3


def test_a_calendar_that_cannot_be_asked_for_is_refused(client, archive):
    response = client.get("/tasks/tasks.ics?unit=市住建局")

    assert response.status_code == 400
    assert "不认识的条件：unit" in response.content.decode()


def test_the_feed_of_meetings_takes_the_conditions_of_their_list(client, archive, entries):
    other = keep_meeting(body="南屏县人民政府", number=3, items=(HOUSING,))

    assert [title for title, *_ in entries(f"/feeds/meetings/?body={other.body_id}")] == [
        "南屏县人民政府第3次常务会议（2019-11-21）"
    ]
    refused = client.get("/feeds/meetings/?body=nobody")
    assert refused.status_code == 400
    assert "档案里没有“nobody”" in refused.content.decode()


def test_a_feed_from_which_an_entry_went_is_sent_again(client, archive):
    cached = client.get("/feeds/meetings/")
    Meeting.objects.filter(number=79).update(status=MeetingStatus.WITHDRAWN)

    since = cached.headers.get("Last-Modified", http_date(time.time()))
    assert client.get("/feeds/meetings/", headers={"if-modified-since": since}).status_code == 200


def record(kind, **known):
    return kind.objects.get(**known).get_absolute_url()


def offered_by(page):
    """Return the feeds in the head of a page, and those it links to."""
    html = page.content.decode()
    return re.findall(r'<link rel="alternate" type="application/atom\+xml" [^>]*href="(.+?)"', html), [
        unescape(address) for _, address in read(page).links
    ]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        (lambda: record(Organization, name="市住建局"), "organizations"),
        (lambda: record(Document, title=HOUSING.document), "documents"),
        (lambda: record(Person, name="陆砚青"), "people"),
    ],
)
def test_each_record_with_a_feed_offers_it_to_readers_and_to_programs(client, archive, page, feed):
    address = page()
    expected = f"/feeds/{feed}/{address.strip('/').rpartition('/')[2]}/"
    in_head, links = offered_by(client.get(address))

    assert expected in in_head
    assert expected in links
    assert client.get(expected).status_code == 200


@pytest.mark.parametrize("address", ["/", "/meetings/", "{body}", "/meetings/?body={body_pk}"])
def test_pages_of_meetings_offer_the_feed_of_the_same_meetings(client, archive, address):
    narrowed = "body" in address
    expected = f"/feeds/meetings/{f'?body={archive.body_id}' if narrowed else ''}"
    page = address.format(body=archive.body.get_absolute_url(), body_pk=archive.body_id)
    in_head, links = offered_by(client.get(page))

    assert expected in in_head
    assert expected in links


@pytest.mark.parametrize(
    ("page", "data", "count"),
    [
        ("/meetings/?year=2019", "/api/v1/meetings/", 1),
        ("/meetings/", "/api/v1/meetings/", 1),
        ("/documents/?title=停车", "/api/v1/documents/", 1),
        ("/documents/?stage=修订稿", "/api/v1/documents/", 1),
        ("/people/?name=陆砚青&utm_source=letter", "/api/v1/people/", 1),
        ("/organizations/?name=市住建局", "/api/v1/organizations/", 1),
        ("/tasks/?organization=市住建局&deadline=past", "/api/v1/tasks/", 1),
        ("/meetings/calendar/2020/", "/api/v1/meetings/", 1),
    ],
)
def test_each_list_leads_to_the_same_records_as_data(client, archive, page, data, count):
    (address,) = [link for link in offered_by(client.get(page))[1] if link.startswith(data)]

    assert len(client.get(address).json()["results"]) == count


@pytest.mark.parametrize("role", ["lead", "attendance"])
def test_what_a_unit_did_is_told_as_data_too(client, archive, role):
    page = client.get(f"{record(Organization, name='市住建局')}?role={role}")
    (address,) = [link for link in offered_by(page)[1] if link.startswith("/api/v1/")]

    assert client.get(address).status_code == 200


def test_meeting_item_document_and_person_lead_to_themselves_as_data(client, archive):
    pages = [archive.get_absolute_url(), archive.items.last().get_absolute_url()]
    pages += [record(Document, title=HOUSING.document), record(Person, name="陆砚青")]
    for page in pages:
        (address,) = [link for link in offered_by(client.get(page))[1] if link.startswith("/api/v1/")]
        assert client.get(address).status_code == 200
