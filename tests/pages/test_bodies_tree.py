"""The tree of governments: province, city, county, with counts; and the way from every record to its government."""

import pytest

from minutes.divisions.placement import get_or_create_division, place
from minutes.divisions.register import Entry
from minutes.models import Body, Meeting, MeetingStatus
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FIRE

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_governments():
    for path in (("澜川省", "云川市", "南屏县"), ("澜川省", "北渚市")):
        get_or_create_division(Entry(path))
    meetings = [keep_meeting(items=(FIRE,)), keep_meeting(body="南屏县人民政府")]
    for body in Body.objects.all():
        place(body)
    return meetings


def test_each_body_is_listed_below_its_divisions_with_the_meetings_of_all_below(client, two_governments):
    lines = read(client.get("/bodies/")).text.splitlines()
    start = lines.index("澜川省 2 次会议")
    assert [line.split(" ")[0] for line in lines[start : start + 5]] == [
        "澜川省",
        "云川市",
        "云川市人民政府",
        "南屏县",
        "南屏县人民政府",
    ]
    assert "云川市 2 次会议" in lines


def test_a_body_without_published_meetings_and_its_divisions_are_left_out(client, two_governments):
    Meeting.objects.filter(body__name="南屏县人民政府").update(status=MeetingStatus.DRAFT)
    content = client.get("/bodies/").content.decode()
    assert "南屏县" not in content
    assert "1 次会议" in content


def test_a_body_in_no_division_is_listed_too(client):
    keep_meeting()
    assert "云川市人民政府" in client.get("/bodies/").content.decode()


def test_the_tree_costs_two_queries_whatever_its_size(client, two_governments, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/bodies/")


def test_a_body_names_the_divisions_it_belongs_to(client, two_governments):
    body = Body.objects.get(name="南屏县人民政府")
    assert "政府 › 澜川省 › 云川市 › 南屏县" in read(client.get(body.get_absolute_url())).text


def test_every_record_leads_to_its_government(client, two_governments):
    meeting = two_governments[0]
    item = meeting.items.first()
    addresses = [
        meeting.get_absolute_url(),
        item.get_absolute_url(),
        f"/meetings/{meeting.pk}/source/",
        meeting.body.organizations.first().get_absolute_url(),
        meeting.body.people.first().get_absolute_url(),
        f"/cite/{meeting.pk}/1/",
    ]
    for address in addresses:
        assert f'href="{meeting.body.get_absolute_url()}"' in client.get(address).content.decode(), address
