"""Test exports of all results: complete, and safe in spreadsheets."""

import csv
import io
import json

import pytest

from minutes.models import MeetingStatus
from search.models import PendingIndexUpdate
from search.results import exports
from tests.kept import kept
from tests.search.conftest import bring_up_to_date, into

pytestmark = pytest.mark.django_db

ROADS = [(f"研究第{place}条道路事宜", "原则同意该方案。由市住建局牵头修改完善后实施。") for place in range(1, 10)]


@kept
def archive(folder):
    """Three meetings of nine items, more than a page of results."""
    take_in = into(folder)
    meetings = [take_in(number, *ROADS, date=f"20{number}年5月6日") for number in (18, 19, 20)]
    bring_up_to_date()
    return meetings


@pytest.fixture
def table(client):
    """Return the rows of an exported table as dictionaries."""

    def export(**conditions):
        response = client.get("/search/results.csv", conditions)
        assert response.status_code == 200
        text = response.getvalue().decode()
        assert text.startswith("\ufeff序号,")
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    return export


@pytest.fixture
def lines(client):
    """Return the lines of a JSON Lines export."""

    def export(**conditions):
        response = client.get("/search/results.jsonl", conditions)
        assert response["Content-Type"] == "application/jsonl; charset=utf-8"
        return [json.loads(line) for line in response.getvalue().decode().splitlines()]

    return export


def test_every_result_is_in_the_table(archive, table, monkeypatch):
    monkeypatch.setattr(exports, "_RECORDS_AT_ONCE", 5)
    rows = table(q="道路事宜", sort="oldest")
    assert [row["标题"] for row in rows] == [title for title, _ in ROADS] * 3
    assert [row["序号"] for row in rows] == [str(number) for number in range(1, 28)]
    assert rows[0]["会议日期"] == "2018-05-06"
    assert rows[0]["会议"] == "云川市人民政府第18次常务会议"
    assert rows[0]["牵头单位"] == "市住建局"
    assert rows[0]["网址"] == f"http://testserver/meetings/{archive[0].pk}/items/1/"


def test_every_row_records_what_was_asked_when_and_of_which_index(archive, table, client):
    index_version = json.loads(client.get("/api/search/").content)["index"]["version"]
    rows = table(q="道路事宜", year=2019)
    assert {row["检索条件"] for row in rows} == {"q=道路事宜&year=2019"}
    assert {row["结果总数"] for row in rows} == {"9"}
    assert {row["索引版本"] for row in rows} == {index_version}
    assert all(row["导出时间"].endswith("+08:00") for row in rows)


def test_the_first_line_for_programs_records_the_same(archive, lines, client):
    head, *results = lines(q="道路事宜")
    assert head["export"]["query"] == "道路事宜"
    assert head["export"]["url"].startswith("http://testserver/search/results.jsonl?q=")
    assert head["export"]["total"] == len(results) == 27
    assert head["export"]["index_version"] == json.loads(client.get("/api/search/").content)["index"]["version"]
    assert [result["item"]["lead"] for result in results if result["item"]["position"] == 1] == [["市住建局"]] * 3


def test_an_export_of_nothing_still_says_what_was_asked(archive, table, lines):
    assert table(q="飞船") == []
    assert [line["export"]["total"] for line in lines(q="飞船")] == [0]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1 的研究", "'=1+1 的研究"),
        ("＝1+1 的研究", "'＝1+1 的研究"),
        ("+86 电话的研究", "'+86 电话的研究"),
        ("－5 度停课的研究", "'－5 度停课的研究"),
        ("@全体的研究", "'@全体的研究"),
        ("研究 =1+1", "研究 =1+1"),
    ],
)
def test_no_cell_is_a_formula(take_in, index, table, title, cell):
    meeting = take_in(1, ("研究旧事", "会议听取了情况。"))
    meeting.items.update(title=title)
    index("--rebuild")
    assert [row["标题"] for row in table()] == [cell]


def test_a_query_that_begins_with_a_dash_is_no_formula_either(archive, table):
    assert {row["检索条件"] for row in table(q="-飞船")} == {"q=-飞船"}


def test_markup_stays_text(take_in, index, client, table):
    meeting = take_in(1, ("研究旧事", "会议听取了情况。"))
    meeting.items.update(title='研究"><script>alert(1)</script>事宜')
    index("--rebuild")
    assert table(q='“"><script>”')[0]["标题"] == '研究"><script>alert(1)</script>事宜'
    sent = client.get("/search/results.jsonl", {"q": '“"><script>”'}).getvalue().decode()
    assert "<script" not in sent
    assert json.loads(sent.splitlines()[1])["title"] == '研究"><script>alert(1)</script>事宜'


def test_what_was_withdrawn_since_the_index_was_written_is_not_exported(archive, table):
    archive[0].status = MeetingStatus.WITHDRAWN
    archive[0].save()
    assert len(table(q="道路事宜")) == 18


@pytest.mark.parametrize("address", ["/search/results.csv", "/search/results.jsonl", "/search/feed/"])
@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        ({"page": "2"}, "这里不能用条件 page"),
        ({"size": "3"}, "不认识的条件：size"),
        ({"q": "改*"}, "通配符"),
        ({"year": "去年"}, "年份（year）：“去年”不是年份"),
        ({"q": ["改造", "更新"]}, "只能写一次"),
    ],
)
def test_what_is_impossible_is_refused_with_a_sentence(archive, client, address, conditions, says):
    response = client.get(address, conditions)
    assert response.status_code == 400
    assert says in response.content.decode()


@pytest.mark.parametrize("address", ["/search/results.csv", "/search/results.jsonl", "/search/feed/"])
def test_without_an_index_there_is_no_export(db, client, address):
    response = client.get(address)
    assert response.status_code == 503
    assert "检索暂不可用" in response.content.decode()


def test_the_page_leads_to_its_exports_with_the_whole_state(archive, client):
    page = client.get("/search/", {"q": "道路事宜", "year": 2019, "page": 1, "sort": "newest"}).content.decode()
    for address in ("/search/results.csv", "/search/results.jsonl"):
        assert f'href="{address}?q=%E9%81%93%E8%B7%AF%E4%BA%8B%E5%AE%9C&amp;year=2019&amp;sort=newest"' in page
    assert 'href="/search/feed/?q=%E9%81%93%E8%B7%AF%E4%BA%8B%E5%AE%9C&amp;year=2019"' in page
    assert PendingIndexUpdate.objects.count() == 0
