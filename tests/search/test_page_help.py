"""Test that all examples on the help page are valid."""

import pytest

from tests.pages.reading import read

pytestmark = pytest.mark.django_db


def test_every_example_is_a_search_that_works(take_in, index, client):
    take_in(
        31,
        ("审议《云川市公共停车场管理办法（草案）》", "原则同意该办法。由市住建局牵头落实。专项整治老旧小区改造资金。"),
    )
    index()
    page = read(client.get("/search/help/"))
    examples = [address for _, address in page.links if address.startswith("/search/?q=")]
    assert len(examples) == 19
    answers = [read(client.get(address)).text for address in examples]
    assert all("这样理解" in text for text in answers)
    assert sum("没有找到" in text for text in answers) == 1


def test_the_search_page_leads_to_it(client, index):
    index()
    assert read(client.get("/search/")).links_saying("更多写法") == ["/search/help/"]


def test_the_examples_name_what_the_archive_holds(take_in_of, index, client):
    take_in_of("北渚市", 3, ("审议《北渚市渡口管理办法》", "原则同意。由市交通局牵头落实。"), date="2024年3月5日")
    index()
    page = read(client.get("/search/help/"))
    for typed in ("牵头:市交通局", "《北渚市渡口管理办法》", "年份:2024"):
        [address] = page.links_saying(typed)
        assert "没有找到" not in read(client.get(address)).text
    assert "云川" not in page.text
