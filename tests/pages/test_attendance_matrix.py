"""Units by meetings, in four states, as a table and as CSV."""

import csv
import datetime
import io
import re

import pytest

from minutes.models import Attendance, Organization
from tests.pages.factory import keep_meeting
from tests.pages.reading import read


@pytest.fixture
def two_meetings(db):
    first = keep_meeting(number=70, date=datetime.date(2019, 5, 6), attendees=9, represented=("团市委",))
    keep_meeting(number=71, date=datetime.date(2019, 6, 3), attendees=9, apologies=("闵若水",))
    return first


def table(client, address="/attendance/attendance.csv?year=2019"):
    text = client.get(address).content.decode("utf-8-sig")
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(text))}


def test_four_states_are_told_in_words(client, two_meetings):
    rows = read(client.get("/attendance/?year=2019")).text.split("合计", 1)[1].splitlines()
    words = [line.strip() for line in rows if line.strip()]

    assert words[words.index("市发改委") + 1 :][:3] == ["出席", "出席", "2"]
    assert words[words.index("团市委") + 1 :][:3] == ["派代表", "未列名", "1"]
    assert words[words.index("市审计局") + 1 :][:3] == ["未列名", "请假", "0"]


def test_every_state_has_a_picture_of_its_own(client, two_meetings):
    html = client.get("/attendance/?year=2019").content.decode()

    cells = set(re.findall(r'<td class="state-([a-z-]+)"><span>(.+?)</span>', html))
    assert cells == {("listed", "出席"), ("represented", "派代表"), ("on-leave", "请假"), ("not-listed", "未列名")}


def test_a_unit_with_one_present_and_one_on_leave_was_there(client, two_meetings):
    unit = Organization.objects.get(name="市审计局")
    Attendance.objects.filter(organization__name="市发改委", meeting__number=71).update(organization=unit)

    assert table(client)["市审计局"] == ["未列名", "出席"]


def test_csv_holds_the_same_and_no_formula(client, two_meetings):
    Organization.objects.filter(name="团市委").update(name="=HYPERLINK(1)")

    rows = table(client)

    assert rows["单位"] == ["云川市人民政府第70次常务会议（2019-05-06）", "云川市人民政府第71次常务会议（2019-06-03）"]
    assert rows["市发改委"] == ["出席", "出席"]
    assert rows["'=HYPERLINK(1)"] == ["派代表", "未列名"]


def test_body_and_year_are_chosen_by_the_address(client, two_meetings):
    other = keep_meeting(body="南屏县人民政府", date=datetime.date(2017, 1, 5), attendees=9)

    latest = read(client.get("/attendance/")).text
    chosen = read(client.get(f"/attendance/?body={other.body_id}&year=2017")).text

    assert "云川市人民政府 2019年 2 次会议的纪要里" in latest
    assert "南屏县人民政府 2017年 1 次会议的纪要里" in chosen
    assert "档案里没有" not in latest + chosen


def test_of_a_year_without_meetings_it_says_so_and_shows_another(client, two_meetings):
    other = keep_meeting(body="南屏县人民政府", date=datetime.date(2017, 1, 5), attendees=9)
    asked = f"?body={other.body_id}&year=2019"

    page = read(client.get(f"/attendance/{asked}")).text

    assert "档案里没有南屏县人民政府2019年的出席名单，下面是2017年的" in page
    assert "南屏县人民政府 2017年 1 次会议的纪要里" in page
    assert client.get(f"/attendance/attendance.csv{asked}").status_code == 404


@pytest.mark.parametrize("asked", ["body=999", "body=x", "year=abc"])
def test_a_choice_that_is_not_offered_is_not_found(client, two_meetings, asked):
    assert client.get(f"/attendance/?{asked}").status_code == 404


def test_drafts_are_not_in_it(client, two_meetings):
    keep_meeting(number=72, date=datetime.date(2019, 7, 1), attendees=9, status="draft")

    assert len(table(client)["市发改委"]) == 2


def test_without_attendance_it_says_so(client, db):
    assert "档案里还没有出席名单" in read(client.get("/attendance/")).text
    assert client.get("/attendance/attendance.csv").status_code == 404


def test_the_matrix_asks_a_fixed_number_of_times(client, django_assert_max_num_queries, db):
    for number in range(1, 9):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), attendees=60)

    with django_assert_max_num_queries(7):
        client.get("/attendance/")


def test_it_opens_with_the_latest_year_that_has_meetings_to_compare(client, two_meetings):
    keep_meeting(number=90, date=datetime.date(2021, 1, 8), attendees=9)
    assert "2019年 2 次会议" in read(client.get("/attendance/")).text

    keep_meeting(number=91, date=datetime.date(2021, 2, 8), attendees=9)
    assert "2021年 2 次会议" in read(client.get("/attendance/")).text
    assert "2019年 2 次会议" in read(client.get("/attendance/?year=2019")).text


def test_one_meeting_alone_is_shown_where_no_year_has_two(client, db):
    keep_meeting(date=datetime.date(2019, 5, 6), attendees=9)

    assert "2019年 1 次会议" in read(client.get("/attendance/")).text
