"""Topics from ingest to page, feed, interface and back through a correction."""

import pytest

from minutes.models import Body, ItemTopic, Meeting, MeetingStatus
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FIRE, HOUSING

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    meeting = keep_meeting(items=(FIRE, HOUSING))
    fire, housing = meeting.items.order_by("position")
    ItemTopic.objects.create(item=fire, position=1, code="09.3", words=["消防"])
    ItemTopic.objects.create(item=housing, position=1, code="10.2", words=["住房"])
    ItemTopic.objects.create(item=housing, position=2, code="04.1", words=["预算"])
    return meeting


def test_classes_are_counted_once_an_item_and_lead_to_their_items(client, meeting):
    page = read(client.get("/topics/"))
    assert "城乡建设、环境保护 1 项议题" in page.text
    [address] = page.links_saying("城市建设、住房")
    topic = read(client.get(address))
    assert topic.links_saying(HOUSING.title)
    assert not topic.links_saying(FIRE.title)


def test_a_class_lists_the_items_of_all_its_sub_classes(client, meeting):
    assert read(client.get("/topics/10/")).links_saying(HOUSING.title)


def test_an_item_names_its_topics_and_the_words_that_decided(client, meeting):
    text = read(client.get(meeting.items.get(position=2).get_absolute_url())).text
    assert "主题 城市建设、住房 （依据：住房）、财政 （依据：预算）" in text


def test_drafts_and_withdrawn_meetings_count_nowhere(client, meeting):
    Meeting.objects.update(status=MeetingStatus.WITHDRAWN)
    for address in ("/topics/", "/topics/10.2/", "/feeds/topics/10.2/", "/api/v1/items/?topic=10.2"):
        assert HOUSING.title not in client.get(address).content.decode(), address


def test_feed_and_interface_narrow_by_topic(client, meeting):
    assert HOUSING.title in client.get("/feeds/topics/10/").content.decode()
    [item] = client.get("/api/v1/items/?topic=10").json()["results"]
    assert [topic["name"] for topic in item["topics"]] == ["城市建设、住房", "财政"]
    assert client.get("/api/v1/items/?topic=99").status_code == 400


@pytest.mark.parametrize("address", ["/topics/99/", "/topics/10.99/", "/feeds/topics/x/"])
def test_a_topic_that_is_none_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_page_costs_the_same_however_many_items_it_lists(client, meeting, django_assert_max_num_queries):
    for number in range(71, 76):
        for item in keep_meeting(number=number, items=(HOUSING,)).items.all():
            ItemTopic.objects.create(item=item, position=1, code="10.2")
    with django_assert_max_num_queries(14):
        client.get("/topics/10.2/")


def test_one_body_can_be_chosen(client, meeting):
    keep_meeting(body="北渚市人民政府")
    other = Body.objects.get(name="北渚市人民政府")
    assert "没有符合条件的议题" in client.get(f"/topics/10.2/?body={other.pk}").content.decode()
