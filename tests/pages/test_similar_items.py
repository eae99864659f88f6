"""Test similar earlier and later items of items without documents."""

import datetime

import pytest

from minutes.models import MeetingStatus
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read
from tests.pages.stories import PARKING_AGAIN, PARKING_DRAFT

pytestmark = pytest.mark.django_db

HEADING = "相近的议题"


def keep(number, title, unit="市应急局", **facts):
    item = ItemFacts(title=title, paragraphs=(f"会议听取了{unit}的汇报。",), reported_by=unit)
    return keep_meeting(number=number, date=datetime.date(2019, number, 5), items=(item,), **facts)


def page_of(client, meeting):
    return read(client.get(f"{meeting.get_absolute_url()}items/1/"))


def test_the_same_matter_of_other_quarters_stands_before_and_after(client):
    keep(1, "听取2018年第四季度安全生产形势的汇报")
    here = keep(4, "听取第一季度安全生产形势汇报")
    keep(7, "研究上半年安全生产工作")
    keep(8, "研究轨道交通建设资金事宜")

    page = page_of(client, here)

    shown = page.text[page.text.index(HEADING) :]
    assert shown.index("以前") < shown.index("2018年第四季度") < shown.index("后来") < shown.index("上半年安全生产")
    assert "轨道交通" not in shown
    assert "不一定是同一件事" in shown


def test_a_distant_title_needs_a_unit_in_common(client):
    here = keep(1, "研究老旧小区停车泊位改造事宜", unit="市城管局")
    keep(2, "研究老旧小区加装电梯及停车泊位增设补助事宜", unit="市财政局")
    assert HEADING not in page_of(client, here).text

    keep(3, "研究老旧小区加装电梯及停车泊位增设补助事宜", unit="市城管局")
    shown = page_of(client, here).text
    assert "2019年3月5日" in shown[shown.index(HEADING) :]
    assert "2019年2月5日" not in shown[shown.index(HEADING) :]


@pytest.mark.parametrize("hidden", [{"status": MeetingStatus.DRAFT}, {"body": "北渚市人民政府"}])
def test_drafts_and_other_governments_are_not_among_them(client, hidden):
    here = keep(1, "研究安全生产工作")
    keep(2, "研究安全生产工作", **hidden)

    assert HEADING not in page_of(client, here).text


def test_a_document_has_its_own_page_instead(client):
    meeting = keep_meeting(number=1, date=datetime.date(2019, 1, 5), items=(PARKING_DRAFT,))
    keep_meeting(number=2, date=datetime.date(2019, 2, 5), items=(PARKING_AGAIN,))

    assert HEADING not in page_of(client, meeting).text
