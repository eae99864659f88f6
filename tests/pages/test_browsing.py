"""Ways through the archive: by body, by kind, by day; and the help that explains them."""

import datetime
import re

from minutes.models import Meeting, MeetingKind
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import HOUSING


def test_each_body_has_a_start_page_of_its_own(client, long_meeting):
    other = keep_meeting(body="南屏县人民政府", number=3, items=(HOUSING,))

    page = read(client.get(other.body.get_absolute_url()))

    assert "收录 1 次会议、1 项议题、1 份文件、" in page.text
    assert "南屏县人民政府第3次常务会议" in page.text
    assert "云川市人民政府第" not in page.text
    assert page.links_saying("2019") == [f"/meetings/?body={other.body_id}&year=2019"]
    assert page.links_saying("常务会议 1") == [f"/meetings/?body={other.body_id}&kind=executive"]
    search = re.search(r'<form [^>]*action="/search/".*?</form>', client.get(other.body.get_absolute_url()).text, re.S)
    assert f'name="body" value="{other.body_id}"' in search[0]


def test_the_first_page_leads_to_the_start_page_of_each_of_several_bodies(client, long_meeting, later_meeting):
    start_page = long_meeting.body.get_absolute_url()
    assert start_page not in [address for _, address in read(client.get("/")).links]
    other = keep_meeting(body="南屏县人民政府", number=3)
    keep_meeting(body="北渚市人民政府", number=4, status="draft")

    page = read(client.get("/"))

    assert page.links_saying("云川市人民政府 2 次会议") == [start_page]
    assert page.links_saying("南屏县人民政府 1 次会议") == [other.body.get_absolute_url()]
    assert "北渚市" not in page.text


def test_a_body_without_published_meetings_has_no_page(client, db):
    draft = keep_meeting(status="draft")

    assert client.get(draft.body.get_absolute_url()).status_code == 404


def test_meetings_are_narrowed_by_body_and_kind(client, long_meeting, later_meeting):
    other = keep_meeting(body="南屏县人民政府", number=3, date=datetime.date(2018, 2, 1))
    Meeting.objects.filter(pk=later_meeting.pk).update(kind=MeetingKind.THEMATIC, kind_text="专题会议")

    by_body = read(client.get("/meetings/", {"body": other.body_id}))
    by_kind = read(client.get("/meetings/", {"kind": "executive"}))

    assert "2018年的会议" in by_body.text
    assert "云川市人民政府第" not in by_body.text
    assert "2019年的会议" in by_kind.text
    assert "第79次" not in by_kind.text
    assert "没有符合这些条件的会议" in read(client.get("/meetings/", {"kind": "plenary"})).text
    assert by_kind.links_saying("2018 1 次会议") == ["?kind=executive&year=2018"]


def test_the_meetings_of_a_year_stand_under_their_months(client, long_meeting):
    keep_meeting(number=66, date=datetime.date(2019, 6, 3))

    page = read(client.get("/meetings/?year=2019"))

    assert [line for line in page.text.splitlines() if re.fullmatch("[0-9]+月", line)] == ["11月", "6月"]
    assert page.text.index("6月3日") > page.text.index("\n6月\n") > page.text.index("11月21日")
    assert {"month-11", "month-6"} <= set(page.ids)


def test_the_calendar_leads_from_a_day_to_its_meetings(client, earlier_meeting, long_meeting, later_meeting):
    page = read(client.get("/meetings/calendar/2019/"))

    assert page.links_saying("21日，云川市人民政府第70次常务会议") == [long_meeting.get_absolute_url()]
    assert "11月 1 次" in page.text
    assert page.links_saying("上一年2018年") == ["/meetings/calendar/2018/"]
    assert page.links_saying("下一年2020年") == ["/meetings/calendar/2020/"]


def test_two_meetings_of_one_day_are_both_reached(client, long_meeting):
    other = keep_meeting(body="南屏县人民政府", number=3, date=long_meeting.date)
    keep_meeting(number=71, date=datetime.date(2019, 11, 28))
    (day,) = read(client.get("/meetings/calendar/2019/")).links_saying("21日，2 次会议")
    addresses = [address for _, address in read(client.get(day)).links if address.count("/") == 3]

    assert {long_meeting.get_absolute_url(), other.get_absolute_url()} <= set(addresses)
    assert Meeting.objects.get(number=71).get_absolute_url() not in addresses


def test_the_calendar_of_one_body_shows_its_meetings_alone(client, long_meeting, later_meeting):
    other = keep_meeting(body="南屏县人民政府", number=3, date=datetime.date(2018, 2, 1))
    way, _ = read(client.get(other.body.get_absolute_url())).links_saying("日历")
    page = read(client.get(way, follow=True))
    addresses = [address for _, address in page.links]

    assert "2018年会议日历" in page.text
    assert other.get_absolute_url() in addresses
    assert long_meeting.get_absolute_url() not in addresses
    assert "下一年" not in page.text
    elsewhere = read(client.get("/meetings/calendar/2019/", {"body": other.body_id}))
    assert "这一年没有符合这些条件的会议" in elsewhere.text
    assert elsewhere.links_saying("上一年2018年") == [f"/meetings/calendar/2018/?body={other.body_id}"]


def test_the_calendar_opens_with_the_latest_year(client, long_meeting):
    assert client.get("/meetings/calendar/").url == "/meetings/calendar/2019/"
    assert client.get("/meetings/calendar/1999/").status_code == 404
    keep_meeting(number=71, date=datetime.date(2021, 1, 5), status="draft")
    assert client.get("/meetings/calendar/").url == "/meetings/calendar/2019/"
    assert client.get("/meetings/calendar/2021/").status_code == 404


def test_without_meetings_the_calendar_leads_to_the_list(client, db):
    assert client.get("/meetings/calendar/").url == "/meetings/"


def test_help_explains_the_words_of_the_minutes(client, db):
    text = read(client.get("/help/")).text

    for words in (
        "怎样检索",
        "原则同意",
        "按程序印发、发文",
        "列席",
        "提请……审议",
        "怎样引用",
        "怎样取用数据",
        "怎样报告错误",
    ):
        assert words in text
    assert client.post("/help/").status_code == 405
