"""Test pages of withdrawn meetings: 410 with date and reason, no content."""

import datetime
import re

import pytest

from minutes.models import Meeting, MeetingStatus
from tests.pages.factory import keep_meeting
from tests.pages.reading import Reading
from tests.pages.stories import HOUSING

PLACES = ("/meetings/{pk}/", "/meetings/{pk}/items/1/", "/meetings/{pk}/source/", "/meetings/{pk}/original/")
CITATIONS = ("/cite/{pk}/", "/cite/{pk}/1/", "/cite/{pk}/1/2/")


@pytest.fixture
def withdrawn(db):
    meeting = keep_meeting(items=(HOUSING,))
    Meeting.objects.update(
        status=MeetingStatus.WITHDRAWN,
        published_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        withdrawn_at=datetime.datetime(2020, 2, 2, 18, 0, tzinfo=datetime.UTC),
        withdrawal_reason="附件误收<个人信息>。",
    )
    return meeting


@pytest.mark.parametrize("address", [*PLACES, *CITATIONS])
def test_each_page_says_which_meeting_went_when_and_why(client, withdrawn, address):
    response = client.get(address.format(pk=withdrawn.pk))
    page = Reading()
    page.feed(response.content.decode())

    assert response.status_code == 410
    for words in (
        "云川市人民政府第70次常务会议",
        "2019年11月21日",
        "〔2019〕70号",
        "2020年2月3日",
        "附件误收<个人信息>。",
    ):
        assert words in page.text
    for words in ("老旧小区", "市住建局", "陆砚青"):
        assert words not in page.text
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_it_is_back_at_the_same_address_once_it_is_restored(client, withdrawn):
    Meeting.objects.update(status=MeetingStatus.PUBLISHED, withdrawn_at=None, withdrawal_reason="")

    assert client.get(f"/meetings/{withdrawn.pk}/items/1/").status_code == 200


def test_what_was_never_public_is_not_found(client, withdrawn):
    Meeting.objects.update(published_at=None)

    for address in (*PLACES, *CITATIONS):
        assert client.get(address.format(pk=withdrawn.pk)).status_code == 404


def test_an_item_that_never_was_is_not_told_apart_from_one_that_was(client, withdrawn):
    said = [client.get(f"/meetings/{withdrawn.pk}/items/{position}/") for position in (1, 99)]
    there, never = (re.sub("items(/|%2F)99", r"items\g<1>1", each.content.decode()) for each in said)

    assert [each.status_code for each in said] == [410, 410]
    assert there == never
