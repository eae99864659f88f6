"""Test the coverage page: published and missing meetings, delay of issue."""

import datetime

from minutes.models import Meeting
from search.service import index_everything
from tests.pages.factory import keep_meeting
from tests.pages.reading import read


def keep_numbers(year, *numbers, **facts):
    return [keep_meeting(number=n, date=datetime.date(year, 1, n), attendees=0, **facts) for n in numbers]


def test_numbers_not_held_are_told_with_the_meetings_around_them(client, db):
    before, after = keep_numbers(2019, 3, 4, 9, 11)[1:3]

    page = read(client.get("/coverage/"))

    assert "第 3 至 11 次，2019年1月至2019年1月：收录 4 次，缺 5 次" in page.text
    assert "第5至8次\n4\n2019年1月4日至2019年1月9日" in page.text
    assert "第10次\n1" in page.text
    assert page.links_saying("2019年1月4日") == [before.get_absolute_url()]
    assert after.get_absolute_url() in page.links_saying("2019年1月9日")


def test_a_new_term_counts_anew_and_misses_nothing(client, db):
    keep_numbers(2019, 8, 9)
    keep_numbers(2022, 1, 2)

    text = read(client.get("/coverage/")).text

    assert text.count("没有缺漏") == 2
    assert "缺 " not in text


def test_bodies_are_told_apart(client, db):
    keep_numbers(2019, 1, 3)
    keep_numbers(2019, 2, body="南屏县人民政府")

    text = read(client.get("/coverage/")).text

    assert "第2次\n1" in text
    assert text.index("云川市人民政府 常务会议 2 次") < text.index("南屏县人民政府 常务会议 1 次")


def test_minutes_without_number_or_date_are_counted(client, db):
    keep_numbers(2019, 1, 2)
    keep_meeting(number=7, date=None)

    assert "1 份没有写明日期，没有计入上面的序列" in read(client.get("/coverage/")).text


def test_the_days_until_issue_by_year(client, db):
    for meeting, days in zip(keep_numbers(2019, 1, 2, 3), (5, 20, 10), strict=True):
        Meeting.objects.filter(pk=meeting.pk).update(issued_on=meeting.date + datetime.timedelta(days=days))

    response = client.get("/coverage/")

    assert "2019\n10 天\n20 天\n3 次会议" in read(response).text
    assert 'd="M25.0 1V10M50.0 1V10M100.0 1V10"' in response.content.decode()


def test_of_minutes_without_numbers_alone_no_gap_is_told(client, db):
    keep_numbers(2019, 1, 7)
    Meeting.objects.update(number=None)

    text = read(client.get("/coverage/")).text

    assert "2 份纪要没有写明次数，所以看不出中间缺不缺" in text
    assert "上面的序列" not in text


def test_what_is_not_shown_is_counted_and_not_named(client, db):
    keep_numbers(2019, 1)
    keep_numbers(2020, 22, status="draft")
    keep_numbers(2021, 23, 24, status="withdrawn")

    text = read(client.get("/coverage/")).text

    assert "等待核对发布 1 份" in " ".join(text.split())
    assert "已撤回 2 份" in " ".join(text.split())
    for hidden in ("22", "23", "24次", "2020", "2021"):
        assert hidden not in text.split("档案现状")[0]


def test_it_tells_when_the_search_was_brought_up_to_date(client, db):
    keep_numbers(2019, 1)
    index_everything()

    text = " ".join(read(client.get("/coverage/")).text.split())

    assert "检索更新于 20" in text


def test_an_empty_archive_says_so(client, db):
    assert "档案里还没有公开的会议" in read(client.get("/coverage/")).text


def test_coverage_asks_a_fixed_number_of_times(client, django_assert_max_num_queries, db):
    keep_numbers(2019, *range(1, 20, 2))

    with django_assert_max_num_queries(5):
        client.get("/coverage/")
