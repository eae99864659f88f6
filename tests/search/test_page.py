"""The results page, as a reader's browser gets it."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.utils.html import strip_tags

from minutes.models import MeetingStatus, Organization
from tests.kept import kept
from tests.pages.reading import read
from tests.search.conftest import bring_up_to_date, into

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

HOUSING = (
    "审议《云川市老旧小区改造实施办法（草案）》",
    "原则同意《云川市老旧小区改造实施办法》。由市住建局会同市财政局作进一步修改完善后提请市委常委会审议。",
)
SAFETY = ("听取安全生产专项整治情况的汇报", "原则同意市应急局关于专项整治的汇报。由市应急局牵头，继续开展专项整治。")
SCHOOLS = ("研究幼儿园收费标准调整事宜", "同意收费方案，由市教育局做好<b>政策</b>解释工作。")


@kept
def archive(folder):
    """Two meetings of two years."""
    take_in = into(folder)
    meetings = [
        take_in(31, HOUSING, SAFETY),
        take_in(58, SCHOOLS, ("研究老旧小区加装电梯事宜", "会议听取了有关情况。"), date="2020年7月2日"),
    ]
    bring_up_to_date()
    return meetings


@pytest.fixture
def page(client):
    """Return a results page; tests look at its text, links and titles."""

    def open_page(**conditions):
        response = client.get("/search/", conditions)
        response.html = response.content.decode()
        response.words = re.sub(r"\s+", " ", unescape(strip_tags(response.html)))
        found, _, offered = response.html.partition('<section class="offers"')
        response.titles, response.offered = (
            [unescape(strip_tags(each)) for each in re.findall(r'<h3 class="row-title">(.*?)</h3>', html)]
            for html in (found, offered)
        )
        response.links = {
            re.sub(r"\s+", " ", unescape(strip_tags(label))).strip(): unescape(address)
            for address, label in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', response.html, re.DOTALL)
        }
        return response

    return open_page


def test_words_find_items_and_the_snippet_leads_to_the_paragraph(archive, page):
    response = page(q="老旧小区 财政局")
    assert response.titles == [HOUSING[0]]
    assert "原则同意 · 牵头：市住建局" in response.words
    assert re.search(rf'href="/meetings/{archive[0].pk}/items/1/\?marked=[^"]+#p1"', response.html)
    assert "<mark>老旧小区</mark>" in response.html


def test_the_words_found_are_marked_where_the_result_leads(archive, page, client):
    (address, *_) = re.findall(r'class="snippet"><a href="([^"]+)"', page(q="老旧小区 财政局").html)
    item = client.get(unescape(address)).content.decode()

    assert "<mark>财政局</mark>" in item
    assert "<mark>老旧小区</mark>" in item


def test_names_on_the_attendance_lead_to_the_meeting(archive, page):
    response = page(q='"市教育局季敏"', year=2019)
    assert response.titles == [str(archive[0])]
    assert "<mark>市教育局季敏</mark>" in response.html


def test_a_line_that_only_the_source_holds_leads_into_the_source(archive, page):
    response = page(q='"一、审议《云川市老旧"')
    assert response.titles == [HOUSING[0]]
    address = next(
        each for each in response.links.values() if each.startswith(f"/meetings/{archive[0].pk}/source/?from=")
    )
    start, end = (int(number) for number in re.findall(r"=(\d+)", address))
    assert archive[0].source.text[start:end].startswith("一、审议《云川市老旧")


def test_without_words_all_items_are_listed_newest_first(archive, page):
    response = page()
    assert response.titles == [SCHOOLS[0], "研究老旧小区加装电梯事宜", HOUSING[0], SAFETY[0]]
    assert "共 4 项议题" in response.words


def test_year_organization_dates_and_kind_narrow_the_results(archive, page):
    housing = Organization.objects.get(name="市住建局").pk
    assert page(q="老旧小区", year=2020).titles[0] == "研究老旧小区加装电梯事宜"
    assert page(organization=housing).titles == [HOUSING[0]]
    assert page(organization=housing, role="reporting").titles == []
    assert page(date_before="2019-12-31").titles == [HOUSING[0], SAFETY[0]]
    assert page(date_after="2019-12-31", date_before="2020-12-31", kind="executive").titles[0] == SCHOOLS[0]
    assert page(kind="plenary").titles == []


def test_facets_count_and_lead_on_with_the_whole_state(archive, page):
    response = page(q="老旧小区", sort="newest")
    assert "2020年 1 条" in response.links
    narrowed = page(**dict(parse_qsl(response.links["2019年 1 条"][1:])))
    assert "找到 1 项议题" in narrowed.words
    assert "2020年 1 条" in narrowed.links
    assert "sort=newest" in narrowed.links["市住建局 1 条"]
    assert "year=" not in narrowed.links["去掉筛选：2019年 1 条"]


def test_a_single_value_is_offered_where_it_narrows_and_only_there(take_in, index, page):
    take_in(1, ("审议河岸改造方案", "原则同意。由市住建局修改完善后印发。"), ("研究渡口改造事宜", "会议听取了情况。"))
    index()
    found = page(q="改造")
    assert "找到 2 项议题" in found.words
    assert "市住建局 1 条" in found.links
    assert not any(link.startswith("常务会议 ") for link in found.links)


def test_order_is_a_choice(archive, page):
    assert page(q="研究 OR 审议 OR 听取", sort="oldest").titles[0] == HOUSING[0]
    assert page(q="研究 OR 审议 OR 听取", sort="newest").titles[0] == SCHOOLS[0]
    assert "最早" in page(q="研究 OR 审议").links


def test_long_results_come_in_pages(take_in, index, page):
    for number in range(1, 4):
        take_in(number, *[(f"研究第{place}条道路事宜", "会议听取了情况。") for place in range(1, 9)])
    index()
    assert "第 1 页，共 2 页" in page(q='"条道路事宜"').words
    second = page(q='"条道路事宜"', page=2)
    assert len(second.titles) == 4
    beyond = page(q='"条道路事宜"', page=10**9)
    assert beyond.status_code == 400
    assert "一共 2 页" in beyond.words
    assert "page=2" in beyond.links["到最后一页"]


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        ({"q": "改" * 201}, "最长 200 个字"),
        ({"q": '"未成对'}, "引号没有成对"),
        ({"q": "改*"}, "通配符"),
        ({"q": "改\x00造"}, "空字符"),
        ({"date_after": "2019-13-01"}, "不是日期"),
        ({"date_after": "2020-01-01", "date_before": "2019-01-01"}, "结束日期早于起始日期"),
        ({"year": "去年"}, "不是年份"),
        ({"year": "0000"}, "不是年份"),
        ({"kind": "secret"}, "secret"),
        ({"organization": "99999"}, "99999"),
        ({"organization": "x"}, "单位：“x”不在可选的值中。"),
        ({"role": "boss"}, "“boss”不在可选的值中。"),
        ({"sort": "random"}, "“random”不在可选的值中。"),
        ({"page": "0"}, "从 1 开始"),
        ({"page": "x"}, "从 1 开始"),
        ({"size": "-1"}, "不认识的条件：size"),
        ({"q": ["改造", "更新"]}, "只能写一次"),
    ],
)
def test_what_is_impossible_is_refused_with_a_sentence(archive, page, conditions, says):
    response = page(**conditions)
    assert response.status_code == 400
    assert says in response.words
    assert 'role="alert"' in response.html
    assert response.titles == []


def test_a_refused_query_never_reaches_the_engine(page, monkeypatch):
    def search(*_):
        raise AssertionError("the engine was asked")

    monkeypatch.setattr("search.index.engines.whoosh.engine.WhooshEngine.search", search)
    for query in ("改" * 201, "(" * 100, "*", '"', " ".join("改" * 100)):
        assert page(q=query).status_code == 400


def test_nothing_found_says_what_would_find_something(archive, page):
    response = page(q="老旧小区 幼儿园")
    assert "没有找到" in response.words
    assert page(q=dict(parse_qsl(response.links["有其中一个词即可"][1:]))["q"]).titles
    filtered = page(q="幼儿园", year=2019)
    assert "year" not in filtered.links["不限年份"]
    assert "不按原句，按词查" in page(q='"改造小区"').links
    assert "按年份浏览全部会议" in page(q="查无此事").words


def test_markup_in_texts_and_queries_is_shown_as_text(archive, page):
    response = page(q="政策")
    assert "&lt;b&gt;<mark>政策</mark>&lt;/b&gt;" in response.html
    hostile = page(q='"><script>alert(1)</script>"')
    assert "<script>" not in hostile.html


def test_without_an_index_the_page_says_unavailable_and_browsing_goes_on(take_in, page, client):
    meeting = take_in(31, HOUSING)
    response = page(q="老旧小区")
    assert response.status_code == 503
    assert "检索暂不可用" in response.words
    assert "没有找到" not in response.words
    assert client.get(meeting.get_absolute_url()).status_code == 200


def test_an_empty_archive_says_so(index, page):
    index()
    assert "还没有公开的会议" in page(q="老旧小区").words


def test_only_what_is_published_is_shown_even_before_the_index_knows(archive, take_in, index, page):
    take_in(77, ("研究内部事项", "草稿里的话"), publish=False)
    index()
    assert page(q="草稿里的话").titles == []
    archive[0].status = MeetingStatus.WITHDRAWN
    archive[0].save()
    assert HOUSING[0] not in page(q="老旧小区").titles
    response = page(q='"会同市财政局"')
    assert response.titles == []
    assert "1 条结果的记录刚刚变更" in response.words


def test_the_number_of_database_queries_does_not_grow_with_the_results(archive, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert len(page(q="研究 OR 审议 OR 市").titles) > 3


def test_an_index_of_another_dictionary_is_searched_and_says_that_it_is_old(archive, page, monkeypatch):
    monkeypatch.setattr("search.index.engines.stamp.dictionary_fingerprint", lambda: "another")
    response = page(q="老旧小区")
    assert response.status_code == 200
    assert "检索索引是旧版本做的" in response.words


@pytest.mark.parametrize("typed", ["老舊小區", "老旧小区"])
def test_what_was_sought_is_marked_where_a_result_leads_in_traditional_and_simplified_characters(
    take_in, index, client, typed
):
    take_in(31, ("研究城区改造事宜", "老旧小区改造进展顺利。\n\n（二）云川老舊小區的資金另行研究。"))
    index()
    results = read(client.get("/search/", {"q": typed}))
    [address] = results.links_saying("研究城区改造事宜")
    item = client.get(address).content.decode()
    assert "<mark>老旧小区</mark>改造" in item
    assert "云川<mark>老舊小區</mark>的" in item
