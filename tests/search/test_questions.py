"""Questions in everyday words: who has to do what by when, what was put off, which meetings there were."""

import datetime

import pytest

from search.query.params import new_search
from search.query.term_forms import with_other_numerals, with_other_unit
from search.service import search
from tests.kept import kept
from tests.pages.reading import read
from tests.search.conftest import bring_up_to_date, into

pytestmark = pytest.mark.django_db

BRIDGES = ("研究桥梁检修事宜", "同意。由市城管局在元旦前完成桥梁检修，发现病害一百一十七处。")
PONDS = ("研究坑塘整治事宜", "同意。市水务局8月底前拿出方案，安排资金8000万元。")
ARCHWAYS = ("审议《云川市牌坊保护办法》", "原则同意。由市文广旅局修改完善后提请市委常委会审议。")
MARKETS = ("研究夜市选址事宜", "会议认为，由市商务局进一步听取意见，条件成熟后再提请会议研究。")
STATUES = ("审议《云川市雕塑管理办法》", "原则同意。由东浦区落实，市消防救援支队配合检查。")
LAMPS = ("研究灯杆改造事宜", "同意。由市消防救援支队8月底前报送，灯杆数减半，修建用1800万元。")
ITEMS = (BRIDGES, PONDS, ARCHWAYS, MARKETS, STATUES)


@kept
def archive(folder):
    take_in = into(folder)
    meetings = [take_in(31, *ITEMS, date="2020年7月2日"), take_in(32, LAMPS, date="2021年3月4日")]
    bring_up_to_date()
    return meetings


def titles(archive, query: str) -> list[str]:
    names = {item.pk: item.title for meeting in archive for item in meeting.items.all()}
    return [names[key.pk] for key in search(new_search(query, only="item")).response.keys]


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("元旦前要完成什么", BRIDGES),
        ("市城管局元旦前要完成哪些工作", BRIDGES),
        ("市水务局8月底前的任务", PONDS),
        ("东浦区要完成哪些工作", STATUES),
        ("报市委常委会审议的文件", ARCHWAYS),
        ("送市委审议", ARCHWAYS),
        ("夜市推迟了吗", MARKETS),
        ("暂缓的事项", MARKETS),
        ("病害117处", BRIDGES),
        ("一百一十七处病害", BRIDGES),
        ("0.8亿元", PONDS),
        ("八千万", PONDS),
        ("壹仟捌佰万元", LAMPS),
        ("0.18亿 灯杆", LAMPS),
        ("灯杆或牌坊 2021年", LAMPS),
        ("2021年8月底前", LAMPS),
        ("2021年8月底前要做什么", LAMPS),
        ("市城管局桥梁几天检修", BRIDGES),
        ("(桥梁 或 灯杆)-灯杆", BRIDGES),
        ("哪些事由市水务局办", PONDS),
        ("桥梁检修还有效吗", BRIDGES),
        ("桥梁检修太慢了", BRIDGES),
        ("桥梁检修谁负责?", BRIDGES),
        ("桥梁检修够不够?什么时候完成", BRIDGES),
        ("桥梁检修有人管吗?什么时候完成", BRIDGES),
        ("啊那个麻烦帮我查一下坑塘整治到底谁出钱", PONDS),
        ("2020年市城管局负责的有哪些事", BRIDGES),
        ("市水务局负责起草的办法", PONDS),
        ("市水务局负责坑塘", PONDS),
        ("水利部门坑塘整治", PONDS),
        ("灯杆2021年改造了多少", LAMPS),
        ("坑塘2020年整治了吗", PONDS),
    ],
)
def test_a_question_finds_its_item_alone(archive, question, item):
    assert titles(archive, question) == [item[0]]


def test_a_part_of_the_name_of_a_unit_is_no_word_of_the_matter(archive):
    assert titles(archive, "市消防救援支队8月底前要做什么") == [LAMPS[0]]


@pytest.mark.parametrize("question", ["2020年的会议", "2020年开了哪些会", "2020年审议的议题有哪些"])
def test_meetings_of_a_year_list_its_items(archive, question):
    among = {title for title, _ in ITEMS} if "审议" not in question else {ARCHWAYS[0], STATUES[0]}
    assert set(titles(archive, question)) == among


def test_what_a_meeting_chaired_by_somebody_discussed(archive):
    assert titles(archive, "市长陆砚青主持的会议讨论了牌坊") == [ARCHWAYS[0]]
    assert titles(archive, "陆砚青主持的会议研究了牌坊") == [ARCHWAYS[0]]
    assert titles(archive, "市长陆砚青主持的会议讨论了灯塔") == []


@pytest.mark.parametrize("typed", ["云川市2020年和2021年的灯杆", "云川市2020年、2021年灯杆"])
def test_two_years_in_a_row_are_one_period(archive, client, typed):
    assert titles(archive, typed) == [LAMPS[0]]
    assert "会议日期：2020年至2021年" in read(client.get("/search/", {"q": typed})).text


def test_a_meeting_with_its_place_lists_its_items(archive):
    assert titles(archive, "云川市政府第32次常务会议纪要") == [LAMPS[0]]


def test_each_addition_is_told_once(archive, client):
    told = read(client.get("/search/", {"q": "市消防救援支队8月底前要做什么"})).text
    assert told.count("“什么”没有计入") == 1
    sent_up = read(client.get("/search/", {"q": "报市委常委会审议"})).text
    assert "“报市委常委会审议”也查：提请市委常委会……审议" in sent_up


@pytest.mark.parametrize(
    "question", ["第32次常务会议研究了什么", "2021年3月4日的会议纪要", "20210304", "最近一次市政府常务会议"]
)
def test_a_meeting_asked_for_lists_its_items(archive, question):
    assert titles(archive, question) == [LAMPS[0]]


def test_the_latest_meeting_is_one_alone(archive, client):
    told = read(client.get("/search/", {"q": "最近一次常务会议是什么时候开的"})).text
    assert "会议：云川市人民政府第32次常务会议" in told
    assert titles(archive, "最近一次常务会议 坑塘") == []


@pytest.mark.parametrize("called", ["陆市长", "市长陆砚青", "市政府办主任陆砚青", "代市长陆砚青"])
def test_a_person_is_called_by_surname_and_office(archive, called):
    assert titles(archive, f"{called} 灯杆") == [LAMPS[0]]
    assert set(titles(archive, f"{called}主持了哪些会议")) == {title for title, _ in (*ITEMS, LAMPS)}
    assert titles(archive, "欧阳市长 灯杆") == titles(archive, "陆局长 灯杆") == []


def test_a_person_alone_is_found_without_the_office(archive):
    assert [key.is_meeting for key in search(new_search("市政府办主任陆砚青")).response.keys] == [True, True]


def test_who_attended_a_meeting_finds_the_meeting(archive):
    assert [key.is_meeting for key in search(new_search("谁参加了第32次常务会议")).response.keys][-1:] == [True]


def test_alternatives_within_a_term_are_told(archive, client):
    assert set(titles(archive, "灯杆或牌坊")) == {LAMPS[0], ARCHWAYS[0]}
    page = read(client.get("/search/", {"q": "灯杆或者牌坊"}))
    assert "“灯杆或者牌坊”也查含有其中之一的：灯杆、牌坊" in page.text
    assert titles(archive, "“灯杆或牌坊”") == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("叁号线", ["3号线"]),
        ("六十米", ["60米"]),
        ("一千一百二十六人", ["1126人"]),
        ("百分之七十五", ["75%"]),
        ("二oo五年底前", ["2005年底前"]),
        ("5月31日以前", ["5月31日前", "五月三十一日前"]),
        ("十七种", ["17种"]),
        ("2019年", []),
        ("58.4公里", []),
        ("十一点八万户", ["11.8万户"]),
        ("五十八点零四公里", ["58.04公里"]),
        ("百分之七点五", ["7.5%"]),
    ],
)
def test_numbers_are_written_in_other_ways(typed, written):
    assert with_other_numerals(typed) == written


@pytest.mark.parametrize(("typed", "other"), [("0.8亿元", "8000万元"), ("12000万", "1.2亿"), ("58.4公里", "")])
def test_amounts_are_written_in_another_unit(archive, client, typed, other):
    assert with_other_unit(typed) == other
    told = f"“{typed}”也查：{other}" in read(client.get("/search/", {"q": typed})).text
    assert told == bool(other)


@pytest.mark.parametrize("typed", ["2020年12号", "纪要2020年第12号"])
def test_the_number_of_a_document_is_no_day(archive, typed):
    assert not any(each.kind in ("period", "no_meetings") for each in new_search(typed).expanded.expansions)


def test_tasks_past_their_deadline_are_in_the_register(archive, client):
    page = read(client.get("/search/", {"q": "市水务局逾期的任务"}))
    [address] = page.links_saying("期限已过的任务")
    register = client.get(address).content.decode()
    assert "拿出方案" in register
    assert "桥梁" not in register
    assert not read(client.get("/search/", {"q": "桥梁"})).links_saying("期限已过的任务")


@pytest.mark.parametrize(
    ("question", "label", "day"),
    [
        ("2020年8月到期的任务", "期限在2020年8月的任务", "due_before=2020-08-31"),
        ("本月要完成的任务", "期限在2020年7月的任务", "due_after=2020-07-01"),
        ("9月底到期的任务", "期限在2020年9月的任务", "due_after=2020-09-01"),
        ("下个月有哪些任务要办完", "期限在2020年8月的任务", "due_after=2020-08-01"),
        ("明年到期的任务", "期限在2021年的任务", "due_before=2021-12-31"),
        ("下周截止", "期限在2020年7月13日至2020年7月19日的任务", "due_after=2020-07-13"),
        ("还有哪些任务没到期", "今天以后到期的任务", "deadline=upcoming"),
        ("快到期的任务", "今后90天到期的任务", "deadline=next90"),
        ("过期没完成的任务", "期限已过的任务", "deadline=past"),
    ],
)
def test_tasks_due_in_a_period_are_in_the_register(archive, client, monkeypatch, question, label, day):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: datetime.date(2020, 7, 8))
    [address] = read(client.get("/search/", {"q": question})).links_saying(label)
    assert day in address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("typed", ["2020年31号", "纪要2020年第31号", "二〇二〇年第三十一次常务会议纪要"])
def test_the_number_of_a_document_or_meeting_finds_it(archive, typed):
    [first, *_] = search(new_search(typed, only="meeting")).response.keys
    assert first.pk == archive[0].pk
