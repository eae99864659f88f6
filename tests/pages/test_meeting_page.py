import datetime

import pytest

from minutes.models import Attendance, AttendanceRole, Meeting
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import TALK


def test_the_decisions_stand_before_the_text(client, long_meeting):
    text = read(client.get(long_meeting.get_absolute_url())).text

    assert text.index("提请市委常委会审议") < text.index("市区机动车保有量已达58万辆")
    assert text.index("本次会议议定") < text.index("纪要正文") < text.index("出席情况") < text.index("来源")


def test_each_item_tells_outcome_lead_next_step_and_deadline(client, long_meeting):
    page = read(client.get(long_meeting.get_absolute_url()))
    decided = page.text[page.text.rindex("本次会议议定") : page.text.rindex("纪要正文")]
    parking = decided[decided.index("公共停车场") : decided.index("老旧小区")]

    for words in ("原则同意", "市城管局", "市公安局、市交通局", "提请市委常委会审议", "明年1月底前", "2020年1月31日"):
        assert words in parking


def test_an_item_without_a_decision_says_so(client, db):
    meeting = keep_meeting(items=(TALK,))

    assert "纪要没有写明议定结果" in read(client.get(meeting.get_absolute_url())).text


def test_the_contents_lead_to_every_item_of_the_text(client, long_meeting):
    page = read(client.get(long_meeting.get_absolute_url()))
    anchors = [address[1:] for _, address in page.links if address.startswith("#") and address != "#content"]

    assert [f"item-{position}" for position in range(1, 11)] == [a for a in dict.fromkeys(anchors) if "item" in a]
    assert set(anchors) <= set(page.ids)


def test_attendance_is_grouped_by_role_and_unit_with_counts(client, long_meeting):
    text = read(client.get(long_meeting.get_absolute_url())).text

    assert "出席 8 人" in text
    assert "列席 79 人 · 37 个单位" in text
    assert "派代表 2 个单位" in text
    assert "请假 1 人 · 1 个单位" in text
    assert "闵若水 （公出）" in text or "闵若水（公出）" in text


def test_a_unit_listed_twice_is_told_once_with_both_names(client, long_meeting):
    section = read(client.get(long_meeting.get_absolute_url())).text.split("列席 79 人")[1].split("派代表")[0]

    assert section.count("市发改委") == 1
    of_unit = Attendance.objects.filter(organization__name="市发改委", role=AttendanceRole.IN_ATTENDANCE)
    names = [entry.person.name for entry in of_unit]
    assert len(names) > 1
    assert " ".join(names) in section


def test_the_three_dates_and_the_days_between(client, long_meeting):
    text = read(client.get(long_meeting.get_absolute_url())).text
    dates = text[text.rindex("日期") :]

    assert "开会 2019年11月21日" in dates
    assert "整理 2019年12月9日" in dates
    assert "印发 2019年12月11日" in dates
    assert "会后 20 天" in dates


def test_dates_that_the_minutes_do_not_give_are_not_made_up(client, db):
    meeting = keep_meeting(date=None)
    text = read(client.get(meeting.get_absolute_url())).text

    assert text.count("纪要没有写明") >= 3
    assert "会后" not in text


def test_minutes_issued_before_they_met_claim_no_days(client, db):
    meeting = keep_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(issued_on=meeting.date - datetime.timedelta(days=3))

    assert "会后" not in read(client.get(meeting.get_absolute_url())).text


def test_the_matters_after_the_last_item_are_there(client, long_meeting):
    assert "还进行了学法专题：《云川市物业管理条例》解读。" in read(client.get(long_meeting.get_absolute_url())).text


def test_neighbours_in_time_are_linked(client, earlier_meeting, long_meeting, later_meeting):
    page = read(client.get(long_meeting.get_absolute_url()))

    assert page.links_saying("上一次会议云川市人民政府第39次常务会议") == [earlier_meeting.get_absolute_url()]
    assert page.links_saying("下一次会议云川市人民政府第79次常务会议") == [later_meeting.get_absolute_url()]


def test_minutes_without_items_lead_to_the_source(client, db):
    meeting = keep_meeting(items=(), attendees=0)
    page = read(client.get(meeting.get_absolute_url()))

    assert "这份纪要没有分出议题" in page.text
    assert f"/meetings/{meeting.pk}/source/" in [address for _, address in page.links]


@pytest.mark.parametrize("items", [1, 10])
def test_the_queries_do_not_grow_with_the_meeting(client, django_assert_max_num_queries, long_meeting, items):
    long_meeting.items.filter(position__gt=items).delete()

    with django_assert_max_num_queries(12):
        client.get(long_meeting.get_absolute_url())
