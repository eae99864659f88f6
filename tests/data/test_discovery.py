"""How search engines and browsers find their way in."""

from xml.etree import ElementTree

import pytest

from minutes.models import Meeting, MeetingStatus
from tests.pages.factory import keep_meeting
from tests.pages.stories import HOUSING, PARKING_DRAFT

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def locations(client):
    def locations_in(address):
        tree = ElementTree.fromstring(client.get(address).content)
        return [each.text for each in tree.findall(".//s:loc", SITEMAP)]

    return locations_in


def test_the_sitemap_names_pages_that_are_there(client, db, locations):
    meeting = keep_meeting(items=(PARKING_DRAFT, HOUSING))
    pages = [page for part in locations("/sitemap.xml") for page in locations(part)]

    assert f"http://testserver{meeting.get_absolute_url()}" in pages
    assert f"http://testserver{meeting.items.last().get_absolute_url()}" in pages
    assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("status", [MeetingStatus.DRAFT, MeetingStatus.WITHDRAWN])
def test_the_sitemap_names_nothing_that_is_not_public(db, locations, status):
    keep_meeting(items=(PARKING_DRAFT,))
    before = [page for part in locations("/sitemap.xml") for page in locations(part)]
    Meeting.objects.update(status=status)
    after = [page for part in locations("/sitemap.xml") for page in locations(part)]

    assert any("/items/" in page for page in before)
    assert not any(character.isdigit() for page in after for character in page)


def test_crawlers_are_told_of_the_sitemap_and_kept_from_endless_searches(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /search/" in lines


def test_browsers_are_offered_the_search(client, db):
    assert '<link rel="search" type="application/opensearchdescription+xml"' in client.get("/").content.decode()
    response = client.get("/opensearch.xml")
    url = ElementTree.fromstring(response.content).find("{http://a9.com/-/spec/opensearch/1.1/}Url")

    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert url.get("template") == "http://testserver/search/?q={searchTerms}"
