"""Any address is answered: 400 with a sentence, or a search for these characters at bounded cost."""

import pytest

from search.index.engines.whoosh.engine import WhooshEngine
from search.index.engines.whoosh.texts import TextFile

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# The search itself, and what is tried when it finds nothing.
MOST_QUESTIONS = 40
# A query of 200 characters has no more tokens; each is looked for once in every field that may contain it.
MOST_SCANS = 400
ITEM = ("研究检索语法事宜", '会议听取了关于[a TO z]、title:x^2~和\' OR 1=1 --的汇报，{"query": {"match_all": {}}}。')


@pytest.fixture
def archive(take_in, index):
    take_in(31, ITEM)
    index()


@pytest.fixture
def work(monkeypatch) -> dict[str, int]:
    """Count engine queries and scans of whole text files."""
    counts = {"questions": 0, "scans": 0}
    search, scan = WhooshEngine.search, TextFile.rows_containing

    def counted_search(self, request):
        counts["questions"] += 1
        return search(self, request)

    def counted_scan(self, text):
        counts["scans"] += 1
        return scan(self, text)

    monkeypatch.setattr(WhooshEngine, "search", counted_search)
    monkeypatch.setattr(TextFile, "rows_containing", counted_scan)
    return counts


REFUSED = [
    {"q": "改" * 201},
    {"q": "(" * 3000 + "改" + ")" * 3000},
    {"q": "(" * 60 + "改" + ")" * 60},
    {"q": " ".join(["改造"] * 20_000)},
    {"q": " ".join("改" * 99)},
    {"q": "*" * 50},
    {"q": "*:*"},
    {"q": "?"},
    {"q": "改?造*"},
    {"q": '"' * 5},
    {"q": "日期:[20190101 TO 20201231]"},
    {"q": "日期:0..99999999999999999999"},
    {"q": "年份:NaN"},
    {"q": "年份:-1"},
    {"q": "改造\x00"},
    {"q": "改造", "page": str(10**9)},
    {"q": "改造", "page": str(10**30)},
    {"q": "改造", "page": "-1"},
    {"q": "改造", "page": "NaN"},
    {"q": "改造", "page": "1e3"},
    {"size": "-1"},
    {"limit": "100000"},
    {"cursor": "cD0yMDIzLTAxLTAx"},
    {"year": "NaN"},
    {"year": "99999999999"},
    {"date_after": "NaN"},
    {"date_after": "9999999-01-01"},
    {"organization": str(2**80)},
    {"person": "1 OR 1=1"},
    {"body": "-1"},
    {"role": "lead' --"},
    {"sort": "-date; DROP TABLE minutes_meeting"},
    {"exact": "2"},
    {"outcome": "approved,adopted"},
    {"q[$ne]": "1"},
]
LITERAL = ["[a TO z]", "' OR 1=1 --", "{“query”: {“match_all”: {}}}", "title:x^2~"]
HOSTILE = [
    *LITERAL,
    "改~2",
    "改^99999",
    "+改造 +资金",
    "NOT 改造 AND (资金)",
    "_exists_:title",
    "title:/.*/",
    "`; rm -rf /`",
    "{{7*7}}",
    "%00%0a",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\u202e改造",
    " ".join("改造资金道路养护安全生产" * 3)[:79],
    "《" * 100 + "》" * 100,
    "-改造 -资金 -道路",
    "|".join(["改造"] * 40),
    "标题:(改造 OR 资金)",
    "日期：",
]


@pytest.mark.parametrize("conditions", REFUSED, ids=lambda conditions: str(conditions)[:40])
def test_the_impossible_is_refused_with_a_sentence(archive, client, work, conditions):
    response = client.get("/search/", conditions)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert work["questions"] <= 1
    assert work["scans"] <= MOST_SCANS


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:20])
def test_the_syntax_of_others_is_text(archive, client, work, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code in (200, 400), query
    assert work["questions"] <= MOST_QUESTIONS
    assert work["scans"] <= MOST_SCANS


@pytest.mark.parametrize("query", LITERAL)
def test_what_a_text_holds_of_it_is_found(archive, client, query):
    assert ITEM[0] in client.get("/search/", {"q": query}).content.decode()


def test_the_longest_question_looks_through_the_text_once_for_each_piece(archive, client, work):
    query = "改造资金 道路 养护 安全 生产 教育 卫生 " * 8
    client.get("/search/", {"q": query[:200]})
    assert work["scans"] <= MOST_SCANS // 4
