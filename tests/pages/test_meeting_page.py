import datetime

import pytest

from minutes.models import Attendance, AttendanceRole, Meeting, Problem
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
    assert "会后 18 天" in dates
    assert "会后 20 天" in dates


def test_dates_that_the_minutes_do_not_give_are_not_made_up(client, db):
    meeting = keep_meeting(date=None)
    text = read(client.get(meeting.get_absolute_url())).text

    assert text.count("纪要没有写明") >= 3
    assert "会后" not in text


def test_term_issue_and_day_of_the_web_page_are_shown(client, db):
    meeting = keep_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(term=16, serial=9, web_published_on=datetime.date(2021, 3, 20))
    text = "".join(read(client.get(meeting.get_absolute_url())).text.split())

    for fact in ("届次第16届", "期号第9期", "网页发布2021年3月20日"):
        assert fact in text


def test_minutes_issued_before_they_met_claim_no_days(client, db):
    meeting = keep_meeting()
    before = meeting.date - datetime.timedelta(days=3)
    Meeting.objects.filter(pk=meeting.pk).update(compiled_on=before, issued_on=before)

    assert "会后" not in read(client.get(meeting.get_absolute_url())).text


def test_the_matters_after_the_last_item_are_there(client, long_meeting):
    assert "还进行了学法专题：《云川市物业管理条例》解读。" in read(client.get(long_meeting.get_absolute_url())).text


def test_neighbours_are_linked_with_the_numbers_not_held_between(client, earlier_meeting, long_meeting, later_meeting):
    page = read(client.get(long_meeting.get_absolute_url()))

    before = "上一次会议云川市人民政府第39次常务会议其间第40至69次未收录"
    assert page.links_saying(before) == [earlier_meeting.get_absolute_url()]
    after = "下一次会议云川市人民政府第79次常务会议其间第71至78次未收录"
    assert page.links_saying(after) == [later_meeting.get_absolute_url()]


def test_between_two_counts_no_number_is_missed(client, long_meeting):
    keep_meeting(number=3, date=datetime.date(2021, 6, 1))
    keep_meeting(number=4, date=datetime.date(2021, 6, 20))

    text = read(client.get(Meeting.objects.get(number=3).get_absolute_url())).text

    assert "下一次会议云川市人民政府第4次常务会议" in text
    assert "未收录" not in text


def test_who_came_for_the_first_or_the_last_time_is_noted(client, earlier_meeting, long_meeting, later_meeting):
    text = read(client.get(long_meeting.get_absolute_url())).text

    came_only_here = long_meeting.attendance.filter(role=AttendanceRole.IN_ATTENDANCE).last().person.name
    came_always = long_meeting.attendance.first().person.name
    assert f"{came_only_here} 首次、末次" in text or f"{came_only_here}首次、末次" in text
    assert f"{came_always}首次" not in text
    assert f"{came_always} 首次" not in text


def test_a_name_leads_to_its_page_and_a_list_of_names_to_its_characters(client, long_meeting):
    page = read(client.get(long_meeting.get_absolute_url()))
    entries = long_meeting.attendance.order_by("position")
    on_leave = entries.get(role=AttendanceRole.APOLOGIES)

    assert on_leave.person.get_absolute_url() in page.links_saying(on_leave.person.name)
    present = entries.filter(role=AttendanceRole.PRESENT)
    marked = f"?from={present.first().start}&to={present.last().end}#mark"
    assert page.links_saying("原文：出席") == [f"/meetings/{long_meeting.pk}/source/{marked}"]


def test_in_the_only_meeting_held_nobody_is_called_first_or_last(client, long_meeting):
    attendance = read(client.get(long_meeting.get_absolute_url())).text.split("出席 8 人")[1].split("没有列出的单位")[0]

    assert "首次" not in attendance
    assert "末次" not in attendance


def test_what_the_opening_names_and_no_item_is_about_is_told(client, long_meeting):
    message = "开头提到《云川市雨水利用规划》，正文中没有对应的议题"
    Problem.objects.create(meeting=long_meeting, code="opening-item-missing", message=message, start=40, end=49)
    Problem.objects.create(meeting=long_meeting, code="line-unaccounted", message="这一行没有归入任何字段")

    page = read(client.get(long_meeting.get_absolute_url()))

    assert page.links_saying(message) == [f"/meetings/{long_meeting.pk}/source/?from=40&to=49#mark"]
    assert "这一行没有归入任何字段" not in page.text


def test_minutes_without_items_lead_to_the_source(client, db):
    meeting = keep_meeting(items=(), attendees=0)
    page = read(client.get(meeting.get_absolute_url()))

    assert "这份纪要没有分出议题" in page.text
    assert f"/meetings/{meeting.pk}/source/" in [address for _, address in page.links]


@pytest.mark.parametrize("items", [1, 10])
def test_the_queries_do_not_grow_with_the_meeting(client, django_assert_max_num_queries, long_meeting, items):
    long_meeting.items.filter(position__gt=items).delete()

    with django_assert_max_num_queries(17):
        client.get(long_meeting.get_absolute_url())


@pytest.mark.parametrize(("number", "sentence"), [(71, ""), (72, "第71次"), (73, "第71至72次")])
def test_a_gap_of_one_meeting_is_told_and_no_gap_is_not(client, long_meeting, number, sentence):
    keep_meeting(number=number, date=datetime.date(2019, 12, 30))

    later = client.get(long_meeting.get_absolute_url()).content.decode().partition('rel="next"')[2]
    assert ("未收录" in later.partition("</a>")[0]) is bool(sentence)
    assert sentence in later.partition("</a>")[0]
