"""Test the search API: the same results as the page, and error messages."""

import json

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from hypothesis import given
from rest_framework.throttling import AnonRateThrottle

from tests.api.test_description import AS_IT_IS, CHECKS, EXAMPLES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

HOUSING = ("审议《云川市老旧小区改造实施办法（草案）》", "原则同意该办法。由市住建局牵头修改完善后提请市委常委会审议。")


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def archive(take_in, index):
    """One meeting of one item."""
    meeting = take_in(31, HOUSING)
    index()
    return meeting


@pytest.fixture
def api(client):
    """Return status and data of an API response."""

    def ask(**conditions):
        response = client.get("/api/v1/search/", conditions)
        kind = "application/json" if response.status_code == 200 else "application/problem+json"
        assert response["Content-Type"] == kind
        return response.status_code, json.loads(response.content)

    return ask


def test_a_result_says_what_it_is_and_where_it_stands(archive, api):
    status, answer = api(q="老旧小区 市住建局")
    assert status == 200
    assert answer["total"] == 1
    [result] = answer["results"]
    address = f"http://testserver/meetings/{archive.pk}/items/1/"
    assert result["type"] == "item"
    assert result["url"] == address
    assert result["meeting"]["date"] == "2019-05-06"
    assert result["item"]["lead"] == ["市住建局"]
    assert result["item"]["next_step"] == "提请市委常委会审议"
    assert result["passage"]["url"] == f"{address}#p1"
    text = result["passage"]["text"]
    assert [text[start:end] for start, end in result["passage"]["matches"]] == ["市住建局"]


def test_the_answer_says_how_it_was_understood_and_of_what_index(archive, api):
    _, answer = api(q="老旧小区改造 -绿化")
    assert answer["understood"] == [
        {"text": "老旧小区改造", "cut": ["老旧小区", "改造"]},
        {"text": "不含绿化", "cut": []},
    ]
    assert answer["index"]["items"] == 1
    assert answer["index"]["meetings"] == 1
    assert answer["index"]["meetings_behind"] == 0


def test_pages_lead_on(take_in, index, api, client):
    for number in (1, 2, 3):
        take_in(number, *[(f"研究第{place}条道路事宜", "会议听取了情况。") for place in range(1, 9)])
    index()
    _, first = api(q="“条道路事宜”")
    assert (first["page"], first["pages"], first["previous"]) == (1, 2, None)
    second = json.loads(client.get(first["next"]).content)
    assert (second["page"], second["next"]) == (2, None)
    found = {result["url"] for result in first["results"] + second["results"]}
    assert len(found) == first["total"] == 24


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        ({"page": str(10**9)}, "没有这一页"),
        ({"page": "-1"}, "page：页码"),
        ({"size": "-1"}, "不认识的条件：size"),
        ({"cursor": "tampered"}, "不认识的条件：cursor"),
        ({"year": "NaN"}, "“NaN”不是年份"),
        ({"q": '"'}, "引号没有成对"),
        ({"q": "(" * 3000}, "最长 200 个字"),
        ({"date_after": "2020-01-01", "date_before": "2019-01-01"}, "结束日期早于起始日期"),
    ],
)
def test_what_is_impossible_is_refused_with_a_sentence(archive, api, conditions, says):
    status, answer = api(**conditions)
    assert status == 400
    assert says in answer["detail"]


@pytest.mark.parametrize(
    "words", ["[a TO z]", "'; DROP TABLE minutes_meeting; --", "title:*:*".replace("*", "x"), '{"$ne": 1}']
)
def test_what_other_programs_would_obey_is_text(archive, api, words):
    status, answer = api(q=f"“{words}”")
    assert (status, answer["total"]) == (200, 0)


def test_markup_cannot_leave_the_answer(take_in, index, client, api):
    meeting = take_in(1, ("研究旧事", "会议听取了情况。"))
    meeting.items.update(title='研究"><script>alert(1)</script>事宜')
    index("--rebuild")
    assert client.get("/api/v1/search/", {"q": '“"><script>”'})["X-Content-Type-Options"] == "nosniff"
    _, answer = api(q='“"><script>”')
    assert answer["results"][0]["title"] == '研究"><script>alert(1)</script>事宜'


def test_without_an_index_there_is_no_answer(db, api):
    status, answer = api(q="改造")
    assert status == 503
    assert "检索暂不可用" in answer["detail"]


def test_what_is_addressed_by_facets_is_found_by_them(archive, api, client):
    _, answer = api(q="老旧小区")
    for choices in answer["facets"].values():
        for choice in choices:
            narrowed = json.loads(client.get(choice["url"]).content)
            assert choice["count"] in (narrowed["total"], None)


def test_whatever_is_asked_the_answer_is_as_described(archive, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "allow_request", lambda self, request, view: True)
    operation = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())["/api/v1/search/"]["GET"]

    @EXAMPLES
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate(checks=CHECKS, headers=AS_IT_IS)

    ask()


@pytest.mark.parametrize("conditions", [{}, {"q": "老旧小区"}, {"q": "云川市人民政府第31次"}, {"q": "无此词语"}])
def test_what_is_found_is_as_described(archive, conditions):
    operation = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())["/api/v1/search/"]["GET"]

    assert operation.Case(query=conditions).call_and_validate(checks=CHECKS, headers=AS_IT_IS).status_code == 200


def test_the_address_without_a_version_answers_as_before(archive, client):
    """Existing programs keep working: the same pages, errors in the former format."""
    old = client.get("/api/search/", {"q": "老旧小区"}).json()
    assert old["results"] == client.get("/api/v1/search/", {"q": "老旧小区"}).json()["results"]
    assert next(iter(old["facets"].values()))[0]["url"].startswith("http://testserver/api/search/?")
    refused = client.get("/api/search/", {"year": "NaN"})
    assert refused.status_code == 400
    assert refused.json() == {"error": {"status": 400, "message": refused.json()["error"]["message"]}}
    assert "“NaN”不是年份" in refused.json()["error"]["message"]


def test_who_asks_too_often_is_told_when_to_come_back(client, archive, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "rate", "2/min", raising=False)
    answers = [client.get("/api/v1/search/", {"q": "改造"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1]["Content-Type"] == "application/problem+json"


def test_the_search_can_only_be_read(client, archive):
    assert client.post("/api/v1/search/", {"q": "改造"}).status_code == 405
