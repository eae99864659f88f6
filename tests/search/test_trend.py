"""Test word frequencies over time: numbers, chart, and links to results."""

import pytest

from minutes.fold import fold
from tests.kept import kept
from tests.pages.reading import read
from tests.search.conftest import bring_up_to_date, into
from tests.search.engine_documents import document, meeting_document
from tests.search.memory_engine import MemoryEngine

pytestmark = pytest.mark.django_db


@kept
def archive(folder):
    """Ingest three meetings of 2019 (绿化 four times) and one of 2021 (once)."""
    take_in = into(folder)
    take_in(1, ("研究绿化事宜", "会议指出，绿化要快。加快绿化。"), date="2019年5月6日")
    take_in(2, ("研究道路事宜", "会议听取了情况。绿 化工程推迟。"), date="2019年6月6日")
    take_in(3, ("研究道路事宜", "会议听取了情况。"), date="2019年6月20日")
    take_in(4, ("研究绿化事宜", "会议听取了情况。"), date="2021年5月6日")
    bring_up_to_date()


@pytest.fixture
def trend(client):
    """Return the page for these terms."""
    return lambda address: read(client.get(f"/search/trend/{address}"))


def row_of(page, period):
    """Return the lines of the table from this period to the next."""
    lines = page.text.splitlines()
    start = next(place for place, line in enumerate(lines) if line == period)
    return lines[start : start + 4]


def test_every_year_counts_how_often_the_word_stands_there(archive, trend):
    page = trend("?term=绿化")
    year, meetings, characters, times = row_of(page, "2019年")
    assert (year, meetings) == ("2019年", "3")
    assert times == f"4 次每次会议 1.33 每万字 {4 * 10000 / int(characters):.2f}"
    assert row_of(page, "2021年")[1] == "1 样本少"
    assert row_of(page, "2021年")[3].startswith("1 次每次会议 1.00")
    assert "2020年" not in page.text


def test_every_number_leads_to_its_results(archive, trend, client):
    [address] = trend("?term=绿化").links_saying("1 次")
    results = read(client.get(address))
    assert "找到 1 项议题" in results.text
    assert "2021年5月6日" in results.text


def test_months_stand_apart(archive, trend):
    page = trend("?term=绿化&by=month")
    assert row_of(page, "2019年5月")[3].startswith("3 次")
    assert row_of(page, "2019年6月")[1:2] == ["2 样本少"]
    assert row_of(page, "2019年6月")[3].startswith("1 次")


def test_up_to_five_words_stand_side_by_side(archive, trend, client):
    page = trend("?term=绿化&term=道路&term=绿化&term=")
    assert row_of(page, "2019年")[3].startswith("4 次")
    assert "道路 共 2 次 去掉：道路" in page.text
    refused = client.get("/search/trend/?" + "&".join(f"term=词{place}" for place in range(6)))
    assert refused.status_code == 400
    assert "一次最多比较 5 个词，这里有 6 个" in refused.content.decode()


def test_results_lead_to_the_trend_of_their_words(archive, client):
    results = read(client.get("/search/", {"q": "绿化 “加快”"}))
    [address] = results.links_saying("看这些词历年的走势")
    assert "加快 共 1 次" in read(client.get(address)).text


def test_small_samples_are_hollow_in_the_picture(archive, client):
    html = client.get("/search/trend/?term=绿化").content.decode()
    assert html.count('class="full-sample"') == 1
    assert html.count('class="small-sample"') == 1
    assert "2021年：绿化 1 次，样本少" in html


@pytest.mark.parametrize("measure", ["characters", "meeting", "times"])
def test_the_highest_point_touches_the_top_and_the_first_year_the_left(archive, client, measure):
    html = client.get("/search/trend/", {"term": "加快绿化", "measure": measure}).content.decode()
    assert 'cx="14.0" cy="14.0"' in html
    assert 'cx="626.0" cy="226.0"' in html


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        ("term=" + "长" * 41, "每个词最长 40 个字"),
        ("term=%00", "没有可以查找的文字"),
        ("by=day", "day"),
        ("measure=guess", "guess"),
        ("words=绿化", "不认识的条件：words"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_sentence(archive, client, conditions, says):
    response = client.get(f"/search/trend/?{conditions}")
    assert response.status_code == 400
    assert says in response.content.decode()


def test_a_word_is_text_and_never_markup(archive, client):
    html = client.get("/search/trend/", {"term": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html


def test_without_an_index_nothing_is_counted(client):
    response = client.get("/search/trend/?term=绿化")
    assert response.status_code == 503
    assert "检索暂不可用" in response.content.decode()


def test_an_archive_without_dates_has_no_picture(index, trend):
    index()
    assert "没有可以比较的年份" in trend("?term=绿化").text


def test_queries_do_not_grow_with_the_archive(archive, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get("/search/trend/?term=绿化&term=道路&by=month")


def test_every_engine_counts_as_the_reference_does(engine):
    documents = [
        document(1, "绿化绿化，道路绿化", meeting=1),
        document(2, "道路", meeting=1),
        document(3, "綠 化", meeting=2),
        document(4, "", meeting=2, texts=("道路", "绿化，原样又写了一遍")),
        meeting_document(3, "绿化，会议的开头", meeting=3),
    ]
    reference = MemoryEngine()
    for each in (reference, engine):
        each.replace_all(documents)
    for text in ("绿化", "绿化绿化", "道路", "化", "飞船"):
        assert engine.occurrences(fold(text)) == reference.occurrences(fold(text))
    assert engine.occurrences("绿化") == {1: 3, 2: 1}
    assert engine.characters() == reference.characters()


@pytest.fixture
def two_cities(archive, take_in_of, index):
    """Add a meeting of another city in 2021 with one occurrence of 绿化."""
    take_in_of("北渚市", 7, ("研究绿化事宜", "会议听取了情况。"), date="2021年7月6日")
    index()


def test_governments_stand_side_by_side_in_table_and_file(two_cities, trend, client):
    asked = "?term=绿化&body=云川市人民政府&body=北渚市人民政府"
    page = trend(asked)
    assert "绿化（北渚市人民政府） 共 1 次" in page.text
    years = page.text.splitlines()
    assert years[years.index("2019年") + 2] == "没有会议"
    file = client.get(f"/search/trend/trend.csv{asked}").content.decode("utf-8-sig").splitlines()
    assert file[0].startswith("时间,会议主体,词,次数,会议,字数")
    assert [line.split(",")[:5] for line in file if "北渚" in line] == [
        ["2019年", "北渚市人民政府", "绿化", "0", "0"],
        ["2021年", "北渚市人民政府", "绿化", "1", "1"],
    ]


def test_a_figure_of_one_government_leads_to_its_results_alone(two_cities, trend, client):
    addresses = trend("?term=绿化&body=云川市人民政府&body=北渚市人民政府").links_saying("1 次")
    assert len(addresses) == 2
    for address in addresses:
        assert "找到 1 项议题" in read(client.get(address)).text


def test_more_lines_than_colours_are_refused(two_cities, client):
    words = "&".join(f"term=词{place}" for place in range(3))
    for path in ("/search/trend/", "/search/trend/trend.csv"):
        refused = client.get(f"{path}?{words}&body=云川市人民政府&body=北渚市人民政府")
        assert refused.status_code == 400
        assert "3 个词、2 个政府，一共 6 条线，图上最多 5 条" in refused.content.decode()
