"""People by name and unit: the meetings that name them, and nothing beyond the minutes."""

import datetime

import pytest
from django.urls import reverse

from minutes.models import Attendance, AttendanceRole, Organization, Person
from minutes.pinyin import sound_of_name
from tests.pages.factory import keep_meeting
from tests.pages.reading import read


def test_the_list_tells_name_unit_meetings_and_years(client, earlier_meeting, long_meeting):
    text = read(client.get("/people/")).text
    person = long_meeting.attendance.get(role=AttendanceRole.APOLOGIES).person

    assert "共 80 条" in text or "共 88 条" in text
    assert f"{person}\n市审计局\n1\n2019" in text
    assert "\n2\n2018–2019" in text


def test_a_person_is_found_by_name_and_by_unit(client, long_meeting):
    by_name = read(client.get("/people/", {"name": "闵若水"})).text
    by_unit = read(client.get("/people/", {"organization": "市审计局"})).text
    nowhere = read(client.get("/people/", {"name": "无此姓名"})).text

    assert "符合条件的 1 条" in by_name
    assert "闵若水" in by_unit
    assert "市审计局" in by_unit
    assert "市教育局" not in by_unit
    assert "没有符合这些条件的人员" in nowhere


def test_an_unknown_unit_is_named_and_not_applied(client, long_meeting):
    text = read(client.get("/people/", {"organization": "市不存在局"})).text

    assert "档案里没有“市不存在局”。请写编号，或写档案所用的全名。这个条件没有使用。" in text
    assert "闵若水" in text


def test_roles_and_meetings_over_time(client, earlier_meeting, long_meeting):
    person = Person.objects.get(name="闵若水")
    entry = earlier_meeting.attendance.last()
    Attendance.objects.filter(pk=entry.pk).update(person=person, title="总审计师")

    page = read(client.get(person.get_absolute_url()))

    assert "2 次会议，2018年9月4日至 2019年11月21日" in page.text
    meetings = page.text.split("历次会议")[1]
    assert meetings.index("第70次常务会议") < meetings.index("请假（公出）") < meetings.index("第39次常务会议")
    assert "总审计师" in meetings
    years = page.text.split("年份")[1].split("历次会议")[0].split()
    assert years == ["列席", "请假", "2019", "0", "1", "2018", "1", "0"]


def test_one_name_may_be_several_persons(client, long_meeting):
    unit = Organization.objects.get(name="市教育局")
    other = Person.objects.create(body=unit.body, name="闵若水", organization=unit)
    last = long_meeting.attendance.filter(role=AttendanceRole.IN_ATTENDANCE).last()
    Attendance.objects.filter(pk=last.pk).update(person=other)

    page = read(client.get(Person.objects.get(organization__name="市审计局", name="闵若水").get_absolute_url()))

    assert "同一个姓名可能是几个人" in page.text
    assert page.links_saying("闵若水（市教育局）") == [other.get_absolute_url()]


def test_a_person_whom_only_a_draft_names_has_no_page(client, db):
    meeting = keep_meeting(status="draft")

    assert client.get(meeting.attendance.first().person.get_absolute_url()).status_code == 404
    assert "档案里还没有人员" in read(client.get("/people/")).text


def test_the_pages_ask_a_fixed_number_of_times(client, django_assert_max_num_queries, db):
    for number in range(1, 9):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), attendees=60)
    address = Person.objects.first().get_absolute_url()

    with django_assert_max_num_queries(4):
        client.get("/people/")
    with django_assert_max_num_queries(7):
        client.get(address)


@pytest.fixture
def people(long_meeting):
    """Create four people whose pinyin order differs from that of code points."""
    people = [entry.person for entry in long_meeting.attendance.filter(person__isnull=False)[:4]]
    for person, name in zip(people, ("周望舒", "单文", "曾可", "阿依古丽"), strict=True):
        person.name = name
        person.save()
    return people


def test_people_are_listed_by_pinyin(client, people):
    text = read(client.get("/people/")).text
    assert text.index("阿依古丽") < text.index("单文") < text.index("曾可") < text.index("周望舒")


def test_the_letter_of_a_surname_leads_to_those_who_have_it(client, people):
    count = Person.objects.filter(sound__startswith="s").count()
    [address] = read(client.get("/people/")).links_saying(f"S，{count} 条")
    page = read(client.get(address))
    assert "单文" in page.text
    assert "周望舒" not in page.text
    assert f"符合条件的 {count} 条" in page.text
    assert "单文" in client.get(reverse("people-csv"), {"initial": "s"}).getvalue().decode()


@pytest.mark.parametrize("typed", ["shanwen", "shan wen", "shanw", "Shan"])
def test_a_person_is_found_by_pinyin(client, people, typed):
    found = read(client.get("/people/", {"name": typed})).text
    assert "单文" in found
    assert "周望舒" not in found
    assert "符合条件的 0 条" in read(client.get("/people/", {"name": "wenshan"})).text


def test_letters_count_under_the_other_conditions_and_a_wrong_one_is_refused(client, people):
    assert "S，1 条" not in read(client.get("/people/", {"name": "单文"})).text, "one letter is no choice"
    assert "“9”不在可选的值中" in read(client.get("/people/", {"initial": "9"})).text


@pytest.mark.parametrize(("name", "sound"), [("单文", "shan wen"), ("解明", "xie ming"), ("长孙望", "zhang sun wang")])
def test_surnames_are_read_as_surnames(name, sound):
    assert sound_of_name(name) == sound


def test_long_lists_offer_the_first_the_last_and_the_nearest_pages(client, db, monkeypatch):
    keep_meeting()
    monkeypatch.setattr("pages.people.views.PEOPLE_A_PAGE", 2)
    page = read(client.get("/people/", {"page": 3}))
    assert page.links_saying("第1页") == ["?page=1"]
    assert page.links_saying("第4页") == ["?page=4"]
    assert page.links_saying("第3页") == []
