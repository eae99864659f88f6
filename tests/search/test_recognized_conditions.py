"""Places, years, units and people in the words of a search become conditions that can be taken away."""

import datetime
from collections.abc import Callable

import pytest
from django.core.management import call_command

from minutes.models import AgendaItem
from search.query.params import find_all, new_search
from tests.kept import kept
from tests.pages.reading import read
from tests.search.conftest import bring_up_to_date

pytestmark = pytest.mark.django_db


def write_minutes(body: str, number: int, date: str, level: str, *items: tuple[str, str]) -> str:
    agenda = "\n\n".join(f"{'一二三四'[place]}、{title}\n\n（一）{text}" for place, (title, text) in enumerate(items))
    return (
        f"{body}人民政府\n\n常务会议纪要\n\n〔{date[:4]}〕{number}号\n\n"
        f"{date}上午，祁远{level}长主持召开{level}政府第{number}次常务会议。\n\n会议议定以下意见：\n\n{agenda}\n\n"
        f"出席：祁远 {'柏舟' if number == 3 else '闻韬'}\n"
    )


@kept
def archive(folder) -> None:
    """Two cities and a county, whose bureaus of finance have one name."""
    texts = [
        write_minutes("云川市", 1, "2019年5月6日", "市", ("研究安全生产事宜", "由市财政局牵头安排资金。")),
        write_minutes(
            *("北渚市", 2, "2021年5月6日", "市"),
            ("听取安全生产情况的汇报", "由市财政局牵头。借鉴云川市的做法，抓好安全生产。"),
            ("研究河道清淤事宜", "会议同意。"),
        ),
        write_minutes(
            *("南屏县", 3, "2021年7月6日", "县"),
            ("研究粮食储备事宜", "由县财政局牵头。2019年的粮食储备已经轮换。"),
            ("听取安全生产情况的汇报", "会议强调抓好安全生产。"),
        ),
    ]
    for number, text in enumerate(texts):
        path = folder / f"minutes-{number}.txt"
        path.write_text(text, "utf-8")
        call_command("ingest", str(path), "--publish", verbosity=0)
    bring_up_to_date()


@pytest.fixture
def found(archive) -> Callable[[str], list[str]]:
    """Return the items found by a search, with their bodies."""

    def titles(query: str) -> list[str]:
        items = AgendaItem.objects.select_related("meeting__body").in_bulk()
        keys = [key.pk for key in find_all(new_search(query, only="item")).keys]
        return [f"{items[pk].meeting.body.name[:2]} {items[pk].title}" for pk in keys]

    return titles


@pytest.mark.parametrize("place", ["云川", "云川市", "云川市人民政府", "云川市政府"])
def test_a_place_beside_a_topic_is_a_condition_and_texts_that_hold_it_come_along(found, place):
    assert found(f"{place} 安全生产")[0] == "云川 研究安全生产事宜"
    if place in ("云川", "云川市"):
        assert found(f"{place} 安全生产")[1:] == ["北渚 听取安全生产情况的汇报"]


def test_a_place_before_a_topic_is_a_condition_too(found):
    assert found("南屏县粮食") == ["南屏 研究粮食储备事宜"]
    assert found("云川安全生产") == ["云川 研究安全生产事宜", "北渚 听取安全生产情况的汇报"]


def test_a_place_before_a_topic_is_a_condition_where_both_stand_in_a_text_too(tmp_path, index, found):
    text = write_minutes("北渚市", 4, "2021年9月6日", "市", ("研究合作事宜", "学习云川市安全生产经验。"))
    path = tmp_path / "minutes-quoting.txt"
    path.write_text(text, "utf-8")
    call_command("ingest", str(path), "--publish", verbosity=0)
    index()
    first, *others = found("云川市安全生产")
    assert first == "云川 研究安全生产事宜"
    assert set(others) == {"北渚 研究合作事宜", "北渚 听取安全生产情况的汇报"}, "texts with the name come along"
    assert found("“云川市安全生产”") == ["北渚 研究合作事宜"]


@pytest.mark.parametrize("typed", ["请问南屏县粮食", "2021年南屏县粮食", "什么时候南屏县粮食"])
def test_a_place_behind_a_year_or_a_question_is_a_condition_too(found, typed):
    assert found(typed) == ["南屏 研究粮食储备事宜"]


@pytest.mark.parametrize("places", ["云川和北渚", "云川市、北渚市", "云川市与北渚市"])
def test_places_in_a_row_are_either_of_them(found, places):
    both = ["北渚 听取安全生产情况的汇报", "云川 研究安全生产事宜"]
    assert sorted(found(f"{places} 安全生产")) == sorted(found(f"{places}安全生产")) == sorted(both)


def test_a_year_is_one_in_which_there_are_meetings(found):
    assert found("2021年 安全生产") == ["南屏 听取安全生产情况的汇报", "北渚 听取安全生产情况的汇报"]
    assert found("2019年 粮食") == ["南屏 研究粮食储备事宜"]
    assert found("2019年 安全生产") == ["云川 研究安全生产事宜"]
    assert found("北渚 2021年 河道") == ["北渚 研究河道清淤事宜"]
    assert found("1999年 粮食") == []


SAFETY_2021 = ["南屏 听取安全生产情况的汇报", "北渚 听取安全生产情况的汇报"]


@pytest.mark.parametrize(
    ("period", "titles"),
    [
        ("2021年7月", SAFETY_2021[:1]),
        ("二〇二一年七月", SAFETY_2021[:1]),
        ("2021-07", SAFETY_2021[:1]),
        ("2021年7月6日", SAFETY_2021[:1]),
        ("2021年上半年", SAFETY_2021[1:]),
        ("2021年第三季度", SAFETY_2021[:1]),
        ("2021年2季度", SAFETY_2021[1:]),
        ("去年", SAFETY_2021),
        ("去年七月", SAFETY_2021[:1]),
        ("去年下半年", SAFETY_2021[:1]),
        ("2021年前三季度", SAFETY_2021),
        ("2021上半年", SAFETY_2021[1:]),
        ("2021年7月至2022年1月", SAFETY_2021[:1]),
        ("2021年6-8月", SAFETY_2021[:1]),
        ("从2020年到2021年", SAFETY_2021),
        ("2020-2021年", SAFETY_2021),
        ("2021年7月以来", SAFETY_2021[:1]),
        ("2021年7月以后", SAFETY_2021[:1]),
        ("2021年5月以前", ["云川 研究安全生产事宜"]),
        ("最近一年", SAFETY_2021),
        ("近九个月", SAFETY_2021[:1]),
        ("2021.7.6", SAFETY_2021[:1]),
        ("2021-7-6", SAFETY_2021[:1]),
        ("21年7月", SAFETY_2021[:1]),
        ("20210706", SAFETY_2021[:1]),
        ("大前年", ["云川 研究安全生产事宜"]),
        ("三年前", ["云川 研究安全生产事宜"]),
        ("这一年", SAFETY_2021),
        ("7月以来", SAFETY_2021[:1]),
        ("今年", []),
        ("2021年8月", []),
    ],
)
def test_a_period_in_which_there_are_meetings_is_a_condition(found, monkeypatch, period, titles):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: datetime.date(2022, 3, 8))
    assert found(f"{period} 安全生产") == titles
    assert found(f"{period}安全生产") == titles


@pytest.mark.parametrize(
    "typed",
    ["2021 年 5 月", "2021.5.6", "2021-5-6", "二〇二一年五月 六日", "2021年1月 至 2021 年 6 月"],
)
def test_a_period_is_one_however_it_is_written(client, found, typed):
    assert found(typed) == ["北渚 听取安全生产情况的汇报", "北渚 研究河道清淤事宜"]
    answer = client.get("/api/v1/search/", {"q": typed, "only": "item"}).json()
    assert [hit["title"] for hit in answer["results"]] == ["听取安全生产情况的汇报", "研究河道清淤事宜"]


@pytest.mark.parametrize("typed", ["2021年", "2021", "二〇二一年", "去年"])
def test_a_year_alone_lists_its_items_before_texts_with_its_number(found, monkeypatch, typed):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: datetime.date(2022, 3, 8))
    assert [title[:2] for title in found(typed)] == ["南屏", "南屏", "北渚", "北渚"]


def test_a_text_with_the_year_alone_comes_behind(found):
    assert found("2019年") == ["云川 研究安全生产事宜", "南屏 研究粮食储备事宜"]


def test_a_day_without_a_year_is_that_day_of_any_year(client, found):
    assert set(found("5月6日 安全生产")) == {"北渚 听取安全生产情况的汇报", "云川 研究安全生产事宜"}
    assert found("七月六日 粮食") == ["南屏 研究粮食储备事宜"]
    assert found("5月7日 安全生产") == []
    page = read(client.get("/search/", {"q": "5月6日 安全生产"}))
    assert "会议日期：2021年5月6日、2019年5月6日" in page.text


@pytest.mark.parametrize(
    "typed", ["第2次常务会议 安全生产", "安全生产 市政府第二次会议", "北渚 第2次常务会议纪要 安全生产"]
)
def test_a_meeting_beside_words_is_a_condition(client, found, typed):
    assert found(typed) == ["北渚 听取安全生产情况的汇报"]
    page = read(client.get("/search/", {"q": typed}))
    assert "会议：北渚市人民政府第2次常务会议" in page.text


def test_a_meeting_of_another_place_or_kind_is_no_condition(client, found):
    assert found("南屏 第2次常务会议 安全生产") == found("第2次全体会议 安全生产") == []
    assert found("第2次常务会议") == [], "alone, the meeting itself is listed"
    assert "北渚市人民政府第2次常务会议" in read(client.get("/search/", {"q": "第2次常务会议"})).text


@pytest.mark.parametrize("typed", ["安全生产 不含 2021年", "安全生产 -2021年", "安全生产 (2019年5月 或 1998年)"])
def test_a_period_is_one_behind_an_operator_too(found, typed):
    assert found(typed) == ["云川 研究安全生产事宜"]


def test_a_place_behind_an_operator_is_the_body_and_the_word(client, found):
    assert found("安全生产 -云川") == ["南屏 听取安全生产情况的汇报"], "北渚 mentions 云川市"
    assert "云川 研究安全生产事宜" not in found("-云川市")
    page = read(client.get("/search/", {"q": "安全生产 -云川"}))
    assert "不含云川（会议主体：云川市）" in page.text
    assert set(found("安全生产 (南屏 或 云川)")[:2]) == {"南屏 听取安全生产情况的汇报", "云川 研究安全生产事宜"}
    assert set(found("安全生产 -南屏")) == {"北渚 听取安全生产情况的汇报", "云川 研究安全生产事宜"}


def test_either_of_two_periods(found):
    assert found("2019年5月 或 2021年7月") == [
        "南屏 研究粮食储备事宜",
        "南屏 听取安全生产情况的汇报",
        "云川 研究安全生产事宜",
    ]


def test_a_month_lately_is_a_condition(found, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: datetime.date(2021, 7, 30))
    assert found("本月 安全生产") == SAFETY_2021[:1]
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: datetime.date(2021, 8, 1))
    assert found("上个月 安全生产") == SAFETY_2021[:1]


def test_a_period_alone_lists_what_was_dealt_with_in_it(client, found):
    assert found("2021年5月份") == ["北渚 听取安全生产情况的汇报", "北渚 研究河道清淤事宜"]
    page = read(client.get("/search/", {"q": "2021年5月"}))
    assert "会议日期：2021年5月" in page.text
    assert "找到 2 项议题" in page.text
    assert found("2021年5月6日") == [], "a day alone is that of a meeting, which is listed"
    assert "北渚市人民政府第2次常务会议" in read(client.get("/search/", {"q": "2021年5月6日"})).text
    page = read(client.get("/search/", {"q": "2021年8月 安全生产"}))
    assert "档案里没有2021年8月的会议，“2021年8月”按文字查" in page.text


@pytest.mark.parametrize(
    "typed",
    [
        *("市财政局 牵头", "市财政局牵头", "由市财政局牵头"),
        *("牵头单位 市财政局", "市财政局牵头的事项", "由市财政局牵头的工作"),
    ],
)
def test_a_role_beside_a_unit_is_a_condition_where_the_text_does_not_hold_the_word(tmp_path, index, found, typed):
    text = write_minutes(
        *("云川市", 4, "2020年9月6日", "市"),
        ("研究预算事宜", "会议同意。由市财政局根据会议讨论意见修改完善后印发。"),
        ("研究审计事宜", "会议同意。由市审计局会同市财政局抓好整改。"),
    )
    path = tmp_path / "minutes-budget.txt"
    path.write_text(text, "utf-8")
    call_command("ingest", str(path), "--publish", verbosity=0)
    index()
    titles = found(typed)
    assert "云川 研究预算事宜" in titles
    assert "云川 研究安全生产事宜" in titles
    assert "云川 研究审计事宜" not in titles
    if typed == "市财政局 牵头":
        assert found("市财政局 配合") == ["云川 研究审计事宜"]
        assert "云川 研究预算事宜" in found("2020年 (市财政局 牵头)")
        assert set(found("(市财政局 配合) 或 (县财政局 牵头)")) == {"云川 研究审计事宜", "南屏 研究粮食储备事宜"}
        assert "云川 研究预算事宜" not in found("市财政局 不含 牵头")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("县财政局粮食储备", "南屏 研究粮食储备事宜"),
        ("县财政局2021年粮食", "南屏 研究粮食储备事宜"),
        ("南屏县财政局粮食", "南屏 研究粮食储备事宜"),
        ("2021年县财政局牵头", "南屏 研究粮食储备事宜"),
        ("2021年县财政局做了什么", "南屏 研究粮食储备事宜"),
        ("第2次常务会议河道", "北渚 研究河道清淤事宜"),
        ("北渚市第2次常务会议安全生产", "北渚 听取安全生产情况的汇报"),
    ],
)
def test_a_unit_a_period_and_a_meeting_before_other_words_are_recognized(found, typed, title):
    assert found(typed)[0] == title


def test_what_a_unit_did_in_a_year_is_asked_for_by_unit_and_year(found):
    assert found("2021年市财政局做了什么")[0] == "北渚 听取安全生产情况的汇报"
    assert found("2019年市财政局要做哪些事")[0] == "云川 研究安全生产事宜"
    assert found("2021年河道做了什么") == ["北渚 研究河道清淤事宜"]


@pytest.mark.parametrize("typed", ["河道 怎么办", "怎么办 河道", "河道 做了什么", "河道 什么时候"])
def test_a_word_that_only_asks_is_left_out(client, found, typed):
    assert found(typed) == ["北渚 研究河道清淤事宜"]
    assert "没有计入" in read(client.get("/search/", {"q": typed})).text


def test_what_a_meeting_discussed_lists_its_items(found):
    items = {"北渚 听取安全生产情况的汇报", "北渚 研究河道清淤事宜"}
    assert set(found("北渚市第2次常务会议讨论了什么")) == items


def test_units_in_a_list_are_recognized_one_by_one(tmp_path, index, found):
    text = write_minutes(
        *("云川市", 4, "2020年9月6日", "市"),
        ("研究预算事宜", "会议同意。由市财政局会同市审计局抓好落实。"),
        ("研究审计事宜", "会议同意。由市审计局会同市财政局抓好整改。"),
        ("研究采购事宜", "会议同意。由市财政局抓好落实。"),
    )
    path = tmp_path / "minutes-budget.txt"
    path.write_text(text, "utf-8")
    call_command("ingest", str(path), "--publish", verbosity=0)
    index()
    assert set(found("市财政局、市审计局")) == {"云川 研究预算事宜", "云川 研究审计事宜"}
    assert found("市审计局、市财政局 采购") == []


def test_the_page_says_what_a_role_covers(client, archive):
    page = read(client.get("/search/", {"q": "县财政局 牵头"}))
    assert "“牵头”也包括没有写这个词、但县财政局是牵头单位的议题" in page.text


@pytest.mark.parametrize("period", ["去年三月", "去年下半年", "前年下半年 安全生产"])
def test_of_a_period_without_meetings_the_year_alone_is_no_condition(client, found, monkeypatch, period):
    today = datetime.date(2020 if "去年" in period else 2021, 3, 1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)

    page = read(client.get("/search/", {"q": period})).text

    assert "档案里没有" in page
    assert "会议日期" not in page.partition("这样理解")[2].partition("找到")[0]


@pytest.mark.parametrize("amount", ["2356.8", "0001-01", "9999年12月", "2356年上半年"])
def test_an_amount_is_no_month(client, found, amount):
    assert "档案里没有" not in read(client.get("/search/", {"q": amount})).text


def test_what_was_not_agreed_is_no_more_than_its_words(found):
    assert found("同意")
    assert found("不同意") == found("未同意") == found("暂不研究") == []


def test_a_count_or_a_name_is_not_cut(tmp_path, index, found):
    text = write_minutes("云川市", 4, "2020年9月6日", "市", ("研究王国展览事宜", "月底完成布展，第九批展品运到。"))
    path = tmp_path / "minutes-exhibition.txt"
    path.write_text(text, "utf-8")
    call_command("ingest", str(path), "--publish", verbosity=0)
    index()
    assert found("布展") == ["云川 研究王国展览事宜"]
    assert [found(typed) for typed in ("3月底前", "王国庆", "第九十六次")] == [[], [], []]


def test_a_person_is_one_who_was_there(found):
    assert found("柏舟 安全生产") == ["南屏 听取安全生产情况的汇报"]


def test_the_unit_that_was_named_comes_first(found):
    assert found("南屏县财政局")[0] == "南屏 研究粮食储备事宜"
    assert found("云川 市财政局") == ["云川 研究安全生产事宜", "北渚 听取安全生产情况的汇报"]
    assert found("北渚 财政局")[0] == "北渚 听取安全生产情况的汇报"


def test_quoted_words_and_words_alone_are_text(found):
    assert found("“云川” 安全生产") == ["北渚 听取安全生产情况的汇报"]
    assert found("云川") == ["北渚 听取安全生产情况的汇报"]


def test_the_page_says_so_and_leads_to_the_words_as_text(client, archive):
    page = read(client.get("/search/", {"q": "云川 安全生产"}))
    assert "会议主体：云川市" in page.text
    [as_text] = page.links_saying("按文字查：会议主体：云川市")
    assert "找到 1 项议题" in read(client.get(f"/search/{as_text}")).text
    [without] = page.links_saying("去掉：会议主体：云川市 ×")
    assert "找到 3 项议题" in read(client.get(f"/search/{without}")).text

    page = read(client.get("/search/", {"q": "云川安全生产"}))
    [without] = page.links_saying("去掉：会议主体：云川市 ×")
    assert "找到 3 项议题" in read(client.get(f"/search/{without}")).text
    [as_text] = page.links_saying("按文字查：会议主体：云川市")
    assert "找到 1 项议题" in read(client.get(f"/search/{as_text}")).text


def test_units_of_one_name_carry_their_city(client, archive):
    page = read(client.get("/search/", {"q": "安全生产"}))
    assert "市财政局（云川市）" in page.text
    assert "市财政局（北渚市）" in page.text
    assert "市财政局（云川市）" in client.get("/search/suggest/", {"q": "财政局"}).content.decode()
