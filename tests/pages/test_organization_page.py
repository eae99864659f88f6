"""Test the page of a unit: activity by year, deadlines, attendees."""

import datetime

from minutes.models import Attendance, AttendanceRole, Involvement, Meeting, Organization
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FIRE, HOUSING, PARKING_AGAIN, PARKING_DRAFT


def page_of(client, name):
    return read(client.get(Organization.objects.get(name=name).get_absolute_url()))


def section(page, title, until):
    return page.text.rsplit(title, 1)[1].split(until)[0]


def test_the_ledger_counts_each_role_by_year(client, long_meeting, later_meeting):
    page = page_of(client, "市城管局")
    rows = page.text.split("牵头、责任、配合、汇报按议题计")[0].rsplit("年份", 1)[1].splitlines()

    assert rows[1:4] == ["牵头", "到会", "2020"]
    assert rows[4:6] == ["1", "0"]
    assert rows[6:9] == ["2019", "1", "1"]
    assert "“责任”指会议在议题中交给它具体的事" in page.text


def test_a_bar_is_as_long_as_its_share_of_the_greatest_figure(client, db):
    for number, year in ((1, 2018), (2, 2019), (3, 2019), (4, 2019), (5, 2019)):
        keep_meeting(number=number, date=datetime.date(year, number, 5), items=(HOUSING,), attendees=0)

    html = client.get(Organization.objects.get(name="市住建局").get_absolute_url()).content.decode()

    assert '<rect width="25.0" height="4"/>' in html
    assert '<rect width="100.0" height="4"/>' in html


def test_its_names_stand_with_the_years_in_which_items_wrote_them(client, earlier_meeting, long_meeting, later_meeting):
    unit = Organization.objects.get(name="市住建局")
    assert "议题中写作" not in page_of(client, unit.name).text
    keep_meeting(number=8, date=datetime.date(2016, 5, 4), items=(HOUSING,))
    of_2016 = Involvement.objects.filter(organization=unit, item__meeting__date__year=2016)
    of_2016.update(written="市建设局")

    assert "议题中写作市建设局（2016年）、市住建局（2019–2020年）" in page_of(client, unit.name).text
    Meeting.objects.filter(number=8).update(status="withdrawn")
    assert "市建设局" not in page_of(client, unit.name).text


def test_drafts_do_not_count(client, long_meeting):
    keep_meeting(number=71, date=datetime.date(2021, 1, 5), items=(PARKING_AGAIN,), status="draft")

    assert "2021" not in page_of(client, "市城管局").text


def test_deadlines_stand_with_their_sentence_and_claim_nothing(client, long_meeting):
    page = page_of(client, "市住建局")
    tasks = section(page, "任务 1 条", "办了没有")

    assert "市住建局要确保首批36个小区在2020年10月底前完工" in tasks
    assert "期限 2020年10月底前 2020年10月31日" in tasks
    for claim in ("未完成", "逾期", "超期", "没有完成"):
        assert claim not in page.text


def test_a_unit_leads_to_its_tasks_with_a_deadline(client, long_meeting):
    (address,) = page_of(client, "市住建局").links_saying("写明期限的")

    assert "36个小区" in read(client.get(address)).text


def test_from_a_unit_to_its_deadline_to_the_words_in_the_source(client, long_meeting):
    (address,) = page_of(client, "市住建局").links_saying("2020年10月底前")

    assert '<mark id="mark">2020年10月底前</mark>' in client.get(address).content.decode()


def test_who_came_for_a_unit_and_from_when_to_when(client, long_meeting):
    keep_meeting(number=75, date=datetime.date(2020, 2, 6), items=(FIRE,), attendees=87)
    unit = Organization.objects.get(name="市发改委")
    came = Attendance.objects.filter(organization=unit, role=AttendanceRole.IN_ATTENDANCE).first().person

    people = section(page_of(client, "市发改委"), "起止", "参会记录")

    assert f"{came}\n2\n2019年11月至2020年2月" in people


def test_the_page_asks_a_fixed_number_of_times(client, django_assert_max_num_queries, db):
    for number in range(1, 9):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), items=(PARKING_DRAFT, HOUSING), attendees=60)
    address = Organization.objects.get(name="市城管局").get_absolute_url()

    with django_assert_max_num_queries(27):
        client.get(address)
