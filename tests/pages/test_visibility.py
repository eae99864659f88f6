"""Test that only published data is shown, and is escaped."""

import datetime
import re

import pytest

from minutes.models import Document, Meeting, MeetingStatus, Organization
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FIRE, PARKING_DRAFT

pytestmark = pytest.mark.thorough

HIDDEN = [MeetingStatus.DRAFT, MeetingStatus.WITHDRAWN]


def addresses_of(meeting):
    yield meeting.get_absolute_url()
    yield meeting.items.first().get_absolute_url()
    yield f"/meetings/{meeting.pk}/source/"
    yield f"/meetings/{meeting.pk}/original/"
    yield Document.objects.get(title="云川市公共停车场管理办法").get_absolute_url()
    yield Organization.objects.get(name="市城管局").get_absolute_url()
    yield f"{Organization.objects.get(name='市城管局').get_absolute_url()}?role=lead"
    yield f"{Organization.objects.get(name='市城管局').get_absolute_url()}?role=attendance"
    yield meeting.body.get_absolute_url()
    yield meeting.attendance.first().person.get_absolute_url()
    yield f"/meetings/calendar/{meeting.date.year}/"
    yield "/attendance/attendance.csv"
    yield f"/cite/{meeting.pk}/"
    yield f"/cite/{meeting.pk}/1/2/"


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_published_has_no_page(client, db, status):
    meeting = keep_meeting(items=(PARKING_DRAFT,), status=status)
    hidden = list(addresses_of(meeting))
    assert [client.get(address).status_code for address in hidden] == [404] * len(hidden)

    Meeting.objects.update(status=MeetingStatus.PUBLISHED)
    assert [client.get(address).status_code for address in hidden] == [200] * len(hidden)


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_published_stands_in_no_list(client, later_meeting, status):
    secret = ItemFacts(
        title="审议《云川市保密事项方案》",
        paragraphs=("原则同意《云川市保密事项方案》。由市保密局牵头，市公安局配合。保密检查12月底前完成。",),
        deadline=("12月底前", datetime.date(2031, 12, 31)),
        outcome="原则同意",
        lead="市保密局",
        supporting=("市公安局",),
        document="云川市保密事项方案",
        mentions=(),
    )
    keep_meeting(number=88, items=(secret, PARKING_DRAFT), status=status)

    known = [Document.objects.get(title="云川市公共停车场管理办法"), Organization.objects.get(name="市城管局")]
    lists = [
        "/",
        "/meetings/",
        "/documents/",
        "/organizations/",
        "/people/",
        "/tasks/",
        "/attendance/",
        "/coverage/",
    ]
    lists += ["/tasks/?collective=all", "/meetings/calendar/2020/", later_meeting.body.get_absolute_url()]
    for address in (*lists, *(record.get_absolute_url() for record in known)):
        text = read(client.get(address)).text
        assert "保密" not in text
        assert "第88次" not in text
        assert "草案" not in text
    assert "收录 1 次会议、2 项议题、2 份文件、" in read(client.get("/")).text
    assert client.get("/meetings/?year=2019").content.decode().count("第88次") == 0


def test_a_tag_in_a_text_is_shown_and_never_obeyed(client, db):
    attack = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    item = ItemFacts(
        title=f"审议《{attack}》",
        paragraphs=(f"原则同意{attack}。由{attack}局负责{attack}实施。",),
        outcome=f"原则同意{attack}",
        lead=f"{attack}局",
        next_step=f"{attack}实施",
        document=attack,
    )
    meeting = keep_meeting(items=(item, FIRE), closing=attack, file_name=f"{attack}.txt")
    Meeting.objects.update(place=attack, chair_name=attack, recorder=attack, distribution=[attack])

    records = [Document.objects.get(), Organization.objects.get(name=f"{attack}局")]
    lists = ["/", "/meetings/", "/documents/", "/organizations/"]
    pages = [
        f"/meetings/{meeting.pk}/",
        f"/meetings/{meeting.pk}/items/1/",
        f"/meetings/{meeting.pk}/source/?from=0&to=9",
    ]
    for address in (*lists, *pages, *(record.get_absolute_url() for record in records)):
        html = client.get(address).content.decode()
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert "<" not in data
        ours = html.count('<script src="/static/')
        assert html.count("<script") == 1 + ours
        assert "<img" not in html
    assert attack in read(client.get(pages[1])).text


@pytest.mark.parametrize("address", ["/", "/meetings/", "/documents/", "/organizations/"])
def test_pages_only_answer_reading(client, db, address):
    assert client.post(address).status_code == 405


def test_a_page_already_held_is_not_sent_again_until_it_changes(client, long_meeting):
    address = long_meeting.get_absolute_url()
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304

    Meeting.objects.update(place="市政府三号楼")
    assert "市政府三号楼" in read(client.get(address, headers={"if-none-match": tag})).text
