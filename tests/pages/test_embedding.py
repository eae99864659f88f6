"""Test embedded decisions: the only page that may be framed, and oEmbed."""

import html
import re

import pytest
from django.urls import reverse

from minutes.models import MeetingStatus
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import HOUSING, PARKING_DRAFT

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return keep_meeting(items=(HOUSING,)).items.get()


def frame_of(item):
    return reverse("embed-item", args=[item.meeting_id, item.position])


def test_only_the_card_may_be_framed(client, item):
    framed = client.get(frame_of(item))
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "script-src 'self'" in framed["Content-Security-Policy"]

    page = client.get(item.get_absolute_url())
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_the_card_says_the_decision_and_leads_to_the_page(client, item):
    card = read(client.get(frame_of(item)))

    assert "原则同意" in card.text
    assert item.get_absolute_url() in [address for _, address in card.links]
    assert not [address for _, address in card.links if address.startswith("#")]


def test_the_page_offers_code_and_discovery_that_lead_to_the_card(client, item):
    page = client.get(item.get_absolute_url()).content.decode()
    address = html.unescape(re.search(r'type="application/json\+oembed"[^>]*href="([^"]+)"', page)[1])

    answer = client.get(address).json()

    assert answer["version"] == "1.0"
    assert answer["title"] == item.title
    assert f'<iframe src="http://testserver{frame_of(item)}"' in answer["html"]
    assert answer["html"] in html.unescape(page)


def test_it_is_as_wide_as_the_other_site_has_room(client, item):
    asked = {"url": f"http://testserver{item.get_absolute_url()}", "maxwidth": 300, "maxheight": 4000, "anything": 1}
    answer = client.get("/oembed/", asked).json()

    assert (answer["width"], answer["height"]) == (300, 320)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"url": "no address"}, 404),
        ({"url": "http://["}, 404),
        ({"url": "http://testserver/meetings/1/items/1/", "maxwidth": "wide"}, 400),
        ({"url": "https://elsewhere.example/meetings/1/items/1/"}, 404),
        ({"url": "http://testserver/meetings/"}, 404),
        ({"url": "http://testserver/no/such/page/"}, 404),
        ({"url": f"http://testserver/meetings/{'9' * 30}/items/1/"}, 404),
    ],
)
def test_what_is_no_item_is_refused(client, item, asked, status):
    answer = client.get("/oembed/", asked)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_xml_is_not_implemented_as_the_standard_says(client, item):
    asked = {"url": f"http://testserver{item.get_absolute_url()}", "format": "xml"}
    assert client.get("/oembed/", asked).status_code == 501


def test_a_frame_of_what_went_says_so_and_of_a_draft_nothing(client, item):
    item.meeting.status = MeetingStatus.DRAFT
    item.meeting.save()
    assert client.get(frame_of(item)).status_code == 404
    assert client.get("/oembed/", {"url": f"http://testserver{item.get_absolute_url()}"}).status_code == 404


def test_items_are_taken_along_with_deadlines_and_whole_text(client):
    meeting = keep_meeting(items=(HOUSING, PARKING_DRAFT))
    table = b"".join(client.get("/items.csv").streaming_content).decode("utf-8-sig")

    first = meeting.items.first()
    assert all(paragraph.text in table for paragraph in first.paragraphs.all())
    assert HOUSING.deadline[0] in table
    assert f"http://testserver{first.get_absolute_url()}" in table
    of_unit = client.get("/items.csv", {"organization": HOUSING.lead, "role": "lead"})
    assert PARKING_DRAFT.title not in b"".join(of_unit.streaming_content).decode()
    assert client.get("/items.csv", {"organization": "没有这个单位"}).status_code == 400
