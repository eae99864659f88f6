"""Test that everyday words match official terms, and the page says so."""

import re

import pytest

from minutes.fold import fold
from search.models import Synonym
from search.query.params import new_search
from search.query.synonyms import SYNONYMS_FILE
from search.service import search
from tests.kept import kept
from tests.pages.reading import read
from tests.search.conftest import bring_up_to_date, into

pytestmark = pytest.mark.django_db

BICYCLES = ("审议《云川市电动自行车管理规定（草案）》", "原则同意。由市公安局牵头。")
SCHOOLS = ("研究义务教育招生事宜", "同意。由市教育局牵头。")
LEARNING = ("传达会议精神", "会议要求深入学习领会。")


@kept
def archive(folder):
    take_in = into(folder)
    meeting = take_in(31, BICYCLES, SCHOOLS, LEARNING)
    bring_up_to_date()
    return meeting


def titles(archive, query: str) -> list[str]:
    names = {item.pk: item.title for item in archive.items.all()}
    return [names[key.pk] for key in search(new_search(query, only="item")).response.keys]


@pytest.mark.parametrize(
    ("typed", "title"), [("电瓶车", BICYCLES[0]), ("孩子上学", SCHOOLS[0]), ("电瓶车怎么办", BICYCLES[0])]
)
def test_everyday_words_find_official_ones(archive, typed, title):
    assert titles(archive, typed) == [title]


def test_what_was_added_is_told_and_can_be_left_out(archive, client):
    page = read(client.get("/search/", {"q": "电瓶车"}))
    assert "“电瓶车”也查：电动自行车" in page.text
    [exactly] = page.links_saying("只按所写的查")
    assert "没有找到" in read(client.get(f"/search/{exactly}")).text
    assert "没有计入" in read(client.get("/search/", {"q": "电瓶车怎么办"})).text


def test_a_former_unit_finds_its_successor(take_in, index, archive):
    [item] = take_in(32, ("审议地质灾害应急预案", "原则同意。由市自然资源局牵头。"), date="2021年5月6日").items.all()
    index()
    for typed in ("国土局 地质灾害", "市国土局 应急预案"):
        assert [key.pk for key in search(new_search(typed, only="item")).response.keys] == [item.pk]


@pytest.mark.parametrize(
    "typed", ["十月底前", "10月底前", "市城管局十月底前要做什么", "十月底前要完成什么", "3年行动", "三年行动"]
)
def test_months_and_years_are_found_in_either_numerals(take_in, index, typed):
    meeting = take_in(32, ("研究三年行动事宜", "由市城管局负责，10月底前完成整治。"), ("研究校车事宜", "同意。"))
    index()
    assert titles(meeting, typed) == ["研究三年行动事宜"]


@pytest.mark.parametrize(
    "typed", ["补多少钱", "加装电梯补多少钱", "加装电梯进展", "加装电梯经过几次会议", "哪些文件补助加装电梯"]
)
def test_a_question_of_amount_progress_or_documents_finds_its_matter(take_in, index, typed):
    meeting = take_in(32, ("研究加装电梯事宜", "同意补助办法，每台补助二十万元。"), date="2021年5月6日")
    index()
    assert titles(meeting, typed) == ["研究加装电梯事宜"]


@pytest.mark.parametrize("typed", ["20万元", "二十万元", "２０万元", "加装电梯 20万元"])
def test_an_amount_is_found_in_either_numerals(take_in, index, typed):
    meeting = take_in(32, ("研究加装电梯事宜", "同意每台补助二十万元。"), ("研究校车事宜", "同意补助20万元。"))
    index()
    found = titles(meeting, typed)
    assert found == ["研究加装电梯事宜"] if "电梯" in typed else set(found) == {"研究加装电梯事宜", "研究校车事宜"}


@pytest.mark.parametrize(
    "question",
    [
        "电瓶车什么时候能上牌",
        "哪个部门负责电瓶车",
        "请问市里对电瓶车有没有新的政策",
        "谁来管电瓶车",
        "电瓶车可不可以在楼道充电，有人管吗",
    ],
)
def test_a_question_finds_what_it_is_about(archive, question):
    assert titles(archive, question) == [BICYCLES[0]]


def test_the_page_says_which_words_of_a_question_were_left_out(archive, client):
    page = read(client.get("/search/", {"q": "哪个部门负责电瓶车"}))
    assert "“哪个”没有计入" in page.text
    assert "不含“部门、负责”的也列出，排在后面" in page.text
    assert "不含“充电”的也列出" in read(client.get("/search/", {"q": "电瓶车怎么充电"})).text


def test_words_of_a_question_that_stand_in_an_item_put_it_first(take_in, index):
    meeting = take_in(
        33,
        ("研究电动自行车充电事宜", "同意。"),
        ("研究电动自行车上牌政策", "同意。"),
        ("研究粮食政策", "同意。"),
        date="2020年1月2日",
    )
    index()
    assert titles(meeting, "电瓶车有什么政策") == ["研究电动自行车上牌政策", "研究电动自行车充电事宜"]


def test_words_that_name_no_matter_are_looked_for_where_nothing_is_asked(archive):
    assert titles(archive, "电瓶车政策") == []


def test_counts_are_found_in_either_numerals(take_in, index):
    items = [("研究有轨电车3号线建设事宜", "同意。"), ("研究第五次普查事宜", "同意。")]
    meeting = take_in(34, *items, date="2020年1月2日")
    index()
    assert titles(meeting, "三号线建设") == ["研究有轨电车3号线建设事宜"]
    assert titles(meeting, "第5次普查") == ["研究第五次普查事宜"]
    assert titles(meeting, "“三号线”") == []


def test_words_that_all_they_mean_already_holds_are_looked_for(take_in, index, client):
    """老旧小区 has the synonym 老旧小区改造, which contains it: nothing to add."""
    flats = "研究城镇老旧小区电梯加装事宜"
    meeting = take_in(32, (flats, "同意。"), ("研究医院电梯加装事宜", "同意。"), date="2020年1月2日")
    index()
    assert titles(meeting, "老旧小区电梯") == [flats]
    assert "没有计入" not in read(client.get("/search/", {"q": "老旧小区"})).text


def test_quoted_and_excluded_words_are_looked_for_as_written(archive):
    assert titles(archive, "“电瓶车”") == []
    assert titles(archive, "-电瓶车") == [BICYCLES[0], SCHOOLS[0], LEARNING[0]]


def test_a_known_text_within_other_words_is_no_everyday_word(archive):
    """上学 within 网上学习 is not a word."""
    assert not [each for each in new_search("网上学习").expanded.expansions if each.kind == "synonym"]


def test_staff_add_words_of_their_own(archive):
    line = Synonym.objects.create(typed="小绵羊、踏板车", written="电动自行车", reason="市民来电这样问")
    assert titles(archive, "小绵羊") == titles(archive, "踏板车") == [BICYCLES[0]]
    line.is_active = False
    line.save()
    assert titles(archive, "小绵羊") == []


def test_a_whole_word_ranks_above_characters_across_words(take_in, index):
    meeting = take_in(
        32,
        ("研究新生入学事宜", "会议听取了情况。"),
        ("传达精神", "深入学习，深入学习，再深入学习。"),
        date="2020年1月2日",
    )
    index()
    assert titles(meeting, "入学") == ["研究新生入学事宜", "传达精神"]


def test_long_words_that_stand_nowhere_are_cut(archive, client):
    assert titles(archive, "义务教育法") == [SCHOOLS[0]]
    assert "纪要里没有“义务教育法”，也分开查：义务、教育" in read(client.get("/search/", {"q": "义务教育法"})).text


def test_every_line_of_the_file_says_why_it_is_there():
    lines = [line for line in SYNONYMS_FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert len(lines) > 300
    for line in lines:
        # 电瓶车、电动车 = 电动自行车 | 俗称
        assert re.fullmatch(r"[^=|]+ =[^=|]* \| (?:口语|俗称|简称|旧称|近义|包含|疑问|泛指)", line), line
    typed = [fold(text) for line in lines for text in line.partition(" =")[0].split("、")]
    assert len(typed) == len(set(typed)), {text for text in typed if typed.count(text) > 1}
