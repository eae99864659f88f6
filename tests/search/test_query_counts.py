"""How often a search asks the database."""

import pytest

from minutes.models import Organization
from tests.kept import kept
from tests.search.conftest import bring_up_to_date, into

pytestmark = pytest.mark.django_db

ITEM = ("审议《云川市老旧小区改造实施办法（草案）》", "原则同意。由市住建局会同市财政局修改完善后提请市委常委会审议。")


@kept
def archive(folder):
    take_in = into(folder)
    for number in range(1, 7):
        take_in(number, ITEM, ("研究道路养护事宜", "由市交通局牵头。"), date=f"{2013 + number}年5月6日")
    bring_up_to_date()


@pytest.mark.parametrize(
    "query", ["改造", "云川 2019年 老旧小区改造", "市住建局 云川市老旧小区改造实施办法", "陆砚青 道路", ""]
)
def test_a_page_asks_at_most_ten_times(archive, client, django_assert_max_num_queries, query):
    client.get("/search/", {"q": query})
    with django_assert_max_num_queries(10):
        assert "项议题" in client.get("/search/", {"q": query}).content.decode()


def test_a_narrowed_page_asks_at_most_ten_times(archive, client, django_assert_max_num_queries):
    unit = Organization.objects.get(name="市住建局").pk
    with django_assert_max_num_queries(10):
        assert "找到 6 项议题" in client.get("/search/", {"q": "改造", "organization": unit}).content.decode()


def test_the_api_asks_at_most_ten_times(archive, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        assert client.get("/api/v1/search/", {"q": "市住建局 云川市老旧小区改造实施办法"}).json()["total"]


@pytest.mark.parametrize("query", ["老旧小区 飞船", "老旧小曲 “不在任何地方的话” 改造", "市住建居 -道路 飞船"])
def test_a_page_without_results_asks_at_most_fifteen_times(archive, client, django_assert_max_num_queries, query):
    client.get("/search/", {"q": query})
    with django_assert_max_num_queries(15):
        assert "没有找到" in client.get("/search/", {"q": query}).content.decode()
