"""Test how the results page explains a query, and suggestions without results."""

import pytest
from django.http import QueryDict

from minutes.models import Meeting
from search.models import PendingIndexUpdate
from search.query import parse_query
from search.query.params import parse_params
from search.query.traversal import top_level_parts
from search.results.explain import describe, explain_query, to_query_text
from tests.kept import kept
from tests.pages.reading import read
from tests.search.conftest import bring_up_to_date, into

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

HOUSING = ("审议《云川市老旧小区改造实施办法（草案）》", "原则同意该办法。由市住建局会同市财政局修改完善。")
TREES = ("研究城区绿化事宜", "同意绿化方案。")


@kept
def archive(folder):
    """Six meetings of six years, the years 2015 and 2017 to 2021."""
    take_in = into(folder)
    meetings = [take_in(year - 2000, HOUSING, TREES, date=f"{year}年5月6日") for year in (2015, *range(2017, 2022))]
    bring_up_to_date()
    return meetings


@pytest.fixture
def search(client):
    """Return the results page of a search."""
    return lambda address: read(client.get(f"/search/{address}"))


def follow(search, page, words):
    """Follow the only link with this text; return the page."""
    [address] = page.links_saying(words)
    return search(address)


def test_every_word_is_told_as_it_was_cut_and_can_be_taken_away(archive, search):
    page = search("?q=老旧小区改造 “市财政局” -绿化&year=2019")

    assert "老旧小区改造 × 分作 老旧小区、改造" in page.text
    without_phrase = follow(search, page, "去掉：“市财政局” ×")
    assert "去掉：“市财政局” ×" not in without_phrase.text
    assert "去掉：不含绿化 ×" in without_phrase.text
    assert "去掉筛选：2019年 ×" in without_phrase.text
    assert "找到 1 项议题" in without_phrase.text
    everything = follow(search, search("?q=绿化&year=2019"), "去掉：绿化 ×")
    assert "共 2 项议题" in everything.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("改造 OR 更新", ["改造 或 更新"]),
        ("(改造 资金) OR 更新", ["（改造 和 资金） 或 更新"]),
        ("-(改造 OR 更新) 小区", ["不含改造 或 更新", "小区"]),
        ("ＧＤＰ 舊城", ["gdp", "旧城"]),
        ("-“两个 词”", ["不含“两个词”"]),
    ],
)
def test_a_query_is_told_in_words(typed, words):
    assert [describe(part) for part in top_level_parts(parse_query(typed))] == words


@pytest.mark.parametrize(
    "typed",
    [
        "改造",
        "改造 资金 -绿化",
        "(改造 OR 更新) “资金 来源”",
        "-(改造 OR 更新)",
        "（二）加快改造",
        "A-B C",
        "a OR (b c)",
    ],
)
def test_what_is_typed_anew_is_read_as_the_same_query(typed):
    parts = top_level_parts(parse_query(typed))
    assert top_level_parts(parse_query(to_query_text(parts))) == parts


def test_a_part_that_cannot_be_typed_again_offers_no_link():
    # The full-width bracket without a partner is text; folded, it would be a typed bracket and refused beside OR.
    params = QueryDict("q=改造（ (资金 OR 绿化) 小区")
    parts = explain_query(parse_params(params), params)
    assert [bool(part.without) for part in parts] == [True, True, False]


def test_years_are_chosen_one_by_one_or_from_one_to_another(archive, search):
    page = search("?q=改造")
    assert "连选" not in page.text
    one = follow(search, page, "2017年 1 条")
    assert "去掉筛选：2017年 1 条" in one.text
    # The year beside it is chosen by its own link, so there is nothing in between to choose along with it.
    assert one.links_saying("连选2017至2018年") == []
    stretch = follow(search, one, "连选2017至2020年")
    assert "找到 4 项议题" in stretch.text
    assert len(stretch.links_saying("去掉筛选：2018年 1 条")) == 1
    assert "找到 6 项议题" in follow(search, stretch, "去掉筛选：2017至2020年 ×").text
    assert len(stretch.links_saying("2021年 1 条")) == 1


def test_the_bars_are_as_long_as_the_counts(take_in, index, client):
    take_in(1, HOUSING, date="2019年5月6日")
    take_in(2, HOUSING, date="2020年5月6日")
    take_in(3, HOUSING, date="2020年6月6日")
    index()
    html = client.get("/search/", {"q": "“由市住建局会同”"}).content.decode()
    assert '<rect width="100" height="8"/>' in html.split("2020年 ")[1][:200]
    assert '<rect width="50" height="8"/>' in html.split("2019年 ")[1][:200]


def test_hits_of_one_meeting_stand_together(take_in, index, search):
    take_in(1, *[(f"研究第{place}条道路事宜", "会议听取了情况。") for place in range(1, 7)])
    take_in(2, ("研究一条道路事宜", "会议听取了情况。"), date="2020年5月6日")
    index()
    page = search("?q=“道路事宜”&sort=oldest")
    assert "云川市人民政府第1次常务会议 · 找到 6 项议题" in page.text
    assert "这次会议另外 3 条" in page.text
    assert "第2次常务会议 · 这一页" not in page.text


def test_the_page_says_what_was_searched(archive, search):
    page = search("?q=改造")
    assert "查了 6 次会议的 12 项议题，2015—2021 年；索引更新于" in page.text
    assert "索引还没有跟上" not in page.text


def test_the_page_says_while_the_index_is_behind(archive, search):
    for _ in range(2):
        PendingIndexUpdate.objects.create(meeting_id=archive[0].pk)
    assert "索引还没有跟上：有 1 次会议刚刚变更" in search("?q=改造").text


def test_nothing_found_names_the_word_that_is_to_blame(archive, search):
    page = search("?q=改造 绿化方案 住建局 飞船")
    assert "哪里都没有：飞船。" in page.text
    assert page.links_saying("不要“飞船”") == []  # without it there is still nothing
    page = search("?q=改造 飞船")
    assert "找到 " in follow(search, page, "不要“飞船”").text
    page = search("?q=改造 飞船&year=2015")
    assert "在所选的范围里，哪里都没有：飞船。" in page.text


def test_what_holds_some_of_the_words_is_offered_as_that_and_not_as_found(take_in, index, search):
    take_in(1, ("研究停车设施事宜", "会议听取了情况。"), ("研究小区停车事宜", "会议听取了情况。"), TREES)
    index()
    page = search("?q=小区停车飞船")
    assert "没有找到" in page.text
    assert "哪里都没有：飞船。" in page.text
    offered = page.text.split("相近的议题")[1]
    assert offered.index("研究小区停车事宜") < offered.index("研究停车设施事宜")
    assert "绿化" not in offered
    assert "找到 2 项议题" in follow(search, page, "有其中一个词即可").text
    # All besides the words still applies.
    assert "相近的议题" not in search("?q=小区停车飞船&year=1999").text
    assert "研究停车设施事宜" not in search("?q=小区停车飞船 “小区停车事宜”").text
    assert "相近的议题" not in search("?q=飞船").text


def test_items_like_the_words_are_offered_below_few_results(take_in, index, search):
    take_in(1, ("研究停车设施事宜", "会议听取了情况。"), ("研究小区停车事宜", "会议听取了情况。"), TREES)
    index()
    page = search("?q=小区停车")
    assert "找到 1 项议题" in page.text
    results, offered = page.text.split("不含全部检索词，但相近的议题")
    assert "研究小区停车事宜" in results
    assert "研究小区停车事宜" not in offered
    assert "研究停车设施事宜" in offered
    assert "相近的议题" not in search("?q=“小区停车”").text
    assert "相近的议题" not in search("?q=小区停车&exact=1").text


def test_words_that_never_meet_are_not_called_missing(archive, search):
    page = search("?q=“由市住建局会同” “同意绿化方案”")
    assert "哪里都没有" not in page.text
    assert len(page.links_saying("不要“由市住建局会同”")) == 1


def test_dates_that_no_meeting_has_are_no_years(take_in, index, search):
    take_in(3, HOUSING)
    Meeting.objects.update(date=None)
    index("--rebuild")
    page = search("?q=改造")
    assert "查了 1 次会议的 1 项议题；索引更新于" in page.text


def test_other_names_of_a_unit_are_told_and_can_be_left_out(take_in, index, search):
    take_in(1, ("研究规划事宜", "由市发展和改革委员会牵头落实。"))
    index()
    page = search("?q=市发改委")
    assert "“市发改委”也查：" in page.text
    assert "市发展和改革委员会" in page.text.split("也查：")[1]
    assert "找到 1 项议题" in page.text
    exactly = follow(search, page, "只按所写的查")
    assert "没有找到" in exactly.text
    assert "找到 1 项议题" in follow(search, exactly, "去掉：只按所写的查 ×").text


def test_meetings_that_hold_all_words_apart_are_offered_by_themselves(take_in, index, search):
    meeting = take_in(1, ("研究甲区道路", "会议听取了情况。疏浚河道。"), ("研究乙区学校", "会议听取了情况。扩建校舍。"))
    take_in(2, ("研究丙区道路", "疏浚河道。"), date="2020年5月6日")
    index()
    page = search("?q=疏浚河道 扩建校舍")
    assert "没有找到" in page.text
    offered = page.text.split("没有一项议题含有全部的词")[1].split("可以试试")[0]
    assert "第1次常务会议" in offered
    assert "第2次常务会议" not in offered
    assert page.links_saying(str(meeting)) == [meeting.get_absolute_url()]
    assert "没有一项议题含有全部的词" not in search("?q=疏浚河道 飞船").text


@pytest.mark.parametrize("typed", ["laojiuxiaoqu", "laojiu xiaoqu", "Laojiu Xiaoqu", "laojiuxi", "老旧小渠"])
def test_a_word_that_stands_nowhere_is_offered_as_one_that_does(archive, search, typed):
    page = search(f"?q={typed}&year=2019")
    assert "您要找的是不是：" in page.text
    found = follow(search, page, "老旧小区")
    assert "找到 1 项议题" in found.text
    assert "2019年 ×" in found.text
