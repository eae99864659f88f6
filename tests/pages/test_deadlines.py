"""The register of deadlines: what was to be done by when, beside today, and no word on whether it was."""

import datetime

import pytest
from django.utils import timezone

from minutes.models import Deadline, Organization
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read
from tests.pages.stories import HOUSING, PARKING_DRAFT

SENTENCE = "市级机关大院的停车场于明年1月底前向周边居民错时开放，由市机关事务局带头落实。"


@pytest.fixture
def on_new_years_day(monkeypatch):
    """The first of January 2020 in Shanghai, while it is still the year before in Greenwich."""
    moment = datetime.datetime(2019, 12, 31, 16, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def three_deadlines(db):
    over = ItemFacts(
        title="研究元旦市场供应",
        paragraphs=("原则同意。由市商务局在12月31日前备足货源。",),
        outcome="原则同意",
        lead="市商务局",
        deadline=("12月31日前", datetime.date(2019, 12, 31)),
    )
    return keep_meeting(items=(PARKING_DRAFT, HOUSING, over))


def rows(text):
    return text.split("日期未定", 1)[1].split("登记册只照录")[0]


def test_those_to_come_stand_first_the_next_on_top(client, on_new_years_day, three_deadlines):
    text = read(client.get("/deadlines/")).text

    assert "以今天（2020年1月1日）为界" in text
    assert "今天以后 2 项 已过日期 1 项 日期未定 0 项" in " ".join(text.split())
    assert rows(text).index("2020年1月31日 还有 30 天") < rows(text).index("2020年10月31日")
    assert SENTENCE in rows(text)
    assert "市商务局" not in rows(text)


def test_those_past_are_told_apart_by_the_day_in_shanghai(client, on_new_years_day, three_deadlines):
    text = rows(read(client.get("/deadlines/?when=past")).text)

    assert "2019年12月31日 1 天前" in text
    assert "停车场" not in text


def test_nothing_is_called_done_or_not_done(client, on_new_years_day, three_deadlines):
    for when in ("upcoming", "past", "undated"):
        text = read(client.get("/deadlines/", {"when": when})).text
        for claim in ("未完成", "逾期", "超期", "没有完成", "已完成", "未办结"):
            assert claim not in text
        assert "本册也不作判断" in text


def test_a_deadline_without_a_certain_day_is_not_lost(client, on_new_years_day, three_deadlines):
    Deadline.objects.filter(text="明年1月底前").update(date=None)

    assert SENTENCE in rows(read(client.get("/deadlines/?when=undated")).text)


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"answerable": "市住建局"}, ["老旧小区"]),
        ({"answerable": "市公安局"}, []),
        ({"year": "2020"}, ["停车场", "老旧小区"]),
        ({"year": "2020", "answerable": "市城管局"}, ["停车场"]),
    ],
)
def test_the_register_is_narrowed_by_its_address(client, on_new_years_day, three_deadlines, conditions, found):
    text = rows(read(client.get("/deadlines/", conditions)).text)

    assert [word for word in ("停车场", "老旧小区") if word in text] == found
    assert ("没有符合这些条件的期限" in text) == (not found)


def test_the_register_of_one_body(client, on_new_years_day, three_deadlines):
    other = keep_meeting(body="南屏县人民政府", items=(HOUSING,))

    text = rows(read(client.get("/deadlines/", {"body": other.body_id})).text)

    assert "南屏县人民政府" in text
    assert "云川市人民政府第" not in text


def test_a_unit_leads_to_its_part_of_the_register(client, on_new_years_day, three_deadlines):
    unit = Organization.objects.get(name="市住建局")
    (address,) = read(client.get(unit.get_absolute_url())).links_saying("在期限登记册中看全部 1 项")

    assert "老旧小区" in rows(read(client.get(address)).text)


def test_deadlines_of_drafts_are_not_registered(client, on_new_years_day, db):
    keep_meeting(items=(HOUSING,), status="draft")

    assert "这一类里还没有期限" in read(client.get("/deadlines/")).text


def test_the_register_asks_a_fixed_number_of_times(client, django_assert_max_num_queries, db):
    for number in range(1, 9):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), items=(PARKING_DRAFT, HOUSING))

    with django_assert_max_num_queries(10):
        client.get("/deadlines/?when=past")
