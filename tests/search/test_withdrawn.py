"""Test that withdrawn meetings disappear before the index is updated."""

import pytest
from django.test import Client

from minutes.models import MeetingStatus, Organization, Person
from search.models import PendingIndexUpdate
from tests.pages.reading import read

pytestmark = pytest.mark.django_db

SECRET = ("研究飞龙岛开发事宜", "由市飞龙局牵头，飞龙岛开发资金由市财政局安排。")
PUBLIC = ("研究道路养护事宜", "由市住建局牵头，同意养护方案。")


@pytest.fixture
def withdrawn(take_in, index):
    """Withdraw a meeting that is still in the index."""
    take_in(1, PUBLIC)
    meeting = take_in(2, SECRET, date="2020年5月6日")
    index()
    meeting.status = MeetingStatus.WITHDRAWN
    meeting.save()
    PendingIndexUpdate.objects.create(meeting_id=meeting.pk)
    return meeting


def test_no_total_count_or_facet_tells_of_it(withdrawn, client: Client):
    api = client.get("/api/v1/search/", {"q": "飞龙岛"}).json()
    assert (api["total"], api["results"]) == (0, [])
    everything = client.get("/api/v1/search/").json()
    assert everything["total"] == 1
    assert (everything["index"]["items"], everything["index"]["meetings"]) == (1, 1)
    assert "2020" not in str(everything["facets"])
    page = read(client.get("/search/", {"q": "飞龙岛"}))
    assert "没有找到" in page.text
    assert "相近的议题" not in page.text
    assert client.get("/search/results.jsonl", {"q": "飞龙岛"}).getvalue().decode().count("\n") == 1


def test_no_suggestion_name_or_spelling_tells_of_it(withdrawn, client: Client):
    assert Organization.objects.filter(name="市飞龙局").exists()
    for typed in ("飞龙", "feilong", "2020"):
        assert client.get("/search/suggest/", {"q": typed}).json() == {"groups": []}, typed
    assert "飞龙" not in read(client.get("/search/", {"q": "飞龙道"})).text.replace("飞龙道", "")
    assert "也查" not in read(client.get("/search/", {"q": "市飞龙局"})).text


def test_no_condition_names_a_unit_or_person_of_it(withdrawn, client: Client):
    Person.objects.create(body=withdrawn.body, name="飞龙子", organization=Organization.objects.get(name="市飞龙局"))
    for typed in ("部门:飞龙", "牵头:市飞龙局", "人员:飞龙"):
        [explained] = client.get("/api/v1/search/", {"q": typed}).json()["added"]
        assert explained["texts"] == [], typed
        assert "市飞龙局" not in read(client.get("/search/", {"q": "部门:飞龙"})).text


def test_no_trend_counts_it(withdrawn, client: Client):
    page = read(client.get("/search/trend/", {"term": "飞龙岛"}))
    assert "2020年" not in page.text


def test_a_meeting_that_is_published_again_is_found_at_once(withdrawn, client: Client):
    withdrawn.status = MeetingStatus.PUBLISHED
    withdrawn.save()
    assert client.get("/api/v1/search/", {"q": "飞龙岛"}).json()["total"] == 1
    assert Person.objects.exists()
