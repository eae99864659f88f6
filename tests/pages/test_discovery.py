"""How search engines and browsers find their way in."""

import datetime
import time
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.http import http_date

from minutes.models import Meeting, MeetingStatus
from search.service import index_everything
from tests.pages.factory import keep_meeting
from tests.pages.stories import HOUSING, PARKING_DRAFT

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def locations(client):
    def locations_in(address):
        tree = ElementTree.fromstring(client.get(address).content)
        return [each.text for each in tree.findall(".//s:loc", SITEMAP)]

    return locations_in


@pytest.mark.slow
def test_the_sitemap_names_pages_that_are_there(client, db, locations):
    meeting = keep_meeting(items=(PARKING_DRAFT, HOUSING))
    pages = [page for part in locations("/sitemap.xml") for page in locations(part)]

    assert f"http://testserver{meeting.get_absolute_url()}" in pages
    assert f"http://testserver{meeting.items.last().get_absolute_url()}" in pages
    for record in (meeting.body, meeting.attendance.first().person):
        assert f"http://testserver{record.get_absolute_url()}" in pages
    for path in ("coverage/", "help/", "people/", "tasks/", "attendance/", "meetings/calendar/2019/"):
        assert f"http://testserver/{path}" in pages
    assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("status", [MeetingStatus.DRAFT, MeetingStatus.WITHDRAWN])
def test_the_sitemap_names_nothing_that_is_not_public(db, locations, status):
    keep_meeting(items=(PARKING_DRAFT,))
    before = [page for part in locations("/sitemap.xml") for page in locations(part)]
    Meeting.objects.update(status=status)
    after = [page for part in locations("/sitemap.xml") for page in locations(part)]

    assert any("/items/" in page for page in before)
    assert not any(character.isdigit() for page in after for character in page)


@pytest.fixture
def rules(client, db):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


def test_crawlers_are_told_of_the_sitemap_and_may_read_what_it_names(client, rules, locations):
    keep_meeting(items=(PARKING_DRAFT, HOUSING))
    (sitemap,) = rules.site_maps()
    pages = [page for part in locations(sitemap) for page in locations(part)]

    assert [page for page in pages if not rules.can_fetch("Crawler", page)] == []


@pytest.mark.parametrize("name", ["search", "search-csv", "search-jsonl", "search-feed", "search-alert", "report"])
def test_crawlers_are_kept_from_searches_forms_and_files(rules, name):
    assert not rules.can_fetch("Crawler", reverse(name))


def test_a_search_that_finds_something_is_a_page_to_find_and_no_other(client, rules):
    keep_meeting(items=(HOUSING,))
    index_everything()
    noindex = '<meta name="robots" content="noindex">'

    assert rules.can_fetch("Crawler", "/search/?q=老旧小区")
    assert "Disallow: /search/?q=*&" in client.get("/robots.txt").content.decode().splitlines()
    assert noindex not in client.get("/search/?q=老旧小区").content.decode()
    assert noindex in client.get("/search/?q=不存在的词句").content.decode()
    assert noindex in client.get("/search/?q=老旧小区&year=1999").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        *("/admin/", "/cite/1/2/", "/data/minutes.jsonl", "/api/v1/items/"),
        *("/attendance/attendance.csv?year=2019", "/tasks/tasks.csv"),
    ],
)
def test_crawlers_are_kept_from_what_is_no_page_to_find(rules, path):
    assert not rules.can_fetch("Crawler", path)


def test_a_sitemap_from_which_a_page_went_is_sent_again(client, db):
    keep_meeting(items=(HOUSING,))
    gone = keep_meeting(number=71)
    Meeting.objects.filter(pk=gone.pk).update(updated_at=datetime.datetime(2019, 1, 1, tzinfo=datetime.UTC))
    cached = client.get("/sitemap-meetings.xml")
    Meeting.objects.filter(pk=gone.pk).update(status=MeetingStatus.WITHDRAWN)

    since = cached.headers.get("Last-Modified", http_date(time.time()))
    assert client.get("/sitemap-meetings.xml", headers={"if-modified-since": since}).status_code == 200


def test_the_index_of_sitemaps_loads_no_items(client, db, django_assert_max_num_queries):
    keep_meeting(items=(HOUSING,))
    with django_assert_max_num_queries(12) as asked:
        client.get("/sitemap.xml")

    assert not [query["sql"] for query in asked if 'SELECT "minutes_agendaitem"' in query["sql"]]


def test_browsers_are_offered_the_search(client, db):
    assert '<link rel="search" type="application/opensearchdescription+xml"' in client.get("/").content.decode()
    response = client.get("/opensearch.xml")
    url = ElementTree.fromstring(response.content).find("{http://a9.com/-/spec/opensearch/1.1/}Url")

    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert url.get("template") == "http://testserver/search/?q={searchTerms}"
