"""Test the chosen body: kept in the URL or, on request, in a cookie."""

import pytest

from minutes.models import Body, MeetingStatus
from tests.pages.factory import keep_meeting
from tests.pages.reading import read

pytestmark = pytest.mark.django_db

ONLY = "只查云川市"


@pytest.fixture
def city():
    keep_meeting(number=2, body="北渚市人民政府")
    return keep_meeting(number=1).body


def test_the_menu_and_the_search_keep_what_the_address_says(client, city):
    for asked in (city.pk, city.name):
        page = read(client.get("/meetings/", {"body": asked}))
        assert page.links_saying("任务")[0] == f"/tasks/?body={city.pk}"
        assert ONLY in page.text
    assert ONLY not in read(client.get("/meetings/")).text
    assert read(client.get("/meetings/")).links_saying("任务")[0] == "/tasks/"


def test_it_is_remembered_on_the_device_only_when_asked_for(client, city):
    client.get(city.get_absolute_url())
    assert client.cookies == {}

    answer = client.post("/bodies/choose/", {"body": city.pk})

    assert (answer.status_code, answer["Location"]) == (302, city.get_absolute_url())
    page = read(client.get("/"))
    assert ONLY in page.text
    assert page.links_saying("会议")[0] == f"/meetings/?body={city.pk}"
    assert "private" in client.get("/")["Cache-Control"]
    # The URL takes precedence over the cookie, and a list without filter shows all.
    assert "只查北渚市" in read(client.get("/meetings/?body=北渚市人民政府")).text
    assert len(read(client.get("/bodies/")).links_saying("北渚市人民政府")) == 1

    client.post("/bodies/choose/")
    assert ONLY not in read(client.get("/")).text


@pytest.mark.parametrize("forged", ["9" * 30, "-1", "0", "<script>"])
def test_a_forged_choice_is_no_choice(client, city, forged):
    client.cookies["body"] = forged

    assert "只查" not in read(client.get("/")).text
    assert client.post("/bodies/choose/", {"body": forged}).status_code == 302


def test_a_government_that_is_no_longer_public_is_forgotten(client, city):
    client.post("/bodies/choose/", {"body": city.pk})
    city.meetings.update(status=MeetingStatus.WITHDRAWN)

    assert city.name not in client.get("/").content.decode()


def test_nobody_is_led_to_another_site(client, city):
    answer = client.post("/bodies/choose/", {"body": city.pk, "next": "https://elsewhere.example/"})

    assert answer["Location"] == city.get_absolute_url()
    assert client.post("/bodies/choose/", {"body": city.pk, "next": "/tasks/"})["Location"] == "/tasks/"


def test_pages_without_a_choice_ask_nothing_more(client, django_assert_num_queries):
    Body.objects.all().delete()
    with django_assert_num_queries(0):
        client.get("/help/")
