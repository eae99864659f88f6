"""What cannot be answered is refused in a Chinese sentence, as problem JSON, and never fails."""

import pytest
from django.core.cache import cache
from rest_framework.throttling import AnonRateThrottle

from minutes.models import Meeting, MeetingStatus


@pytest.mark.parametrize(
    ("path", "parameters", "said"),
    [
        ("items/", {"departement": "市住建局"}, "不认识的条件：departement"),
        ("items/", {"format": "xml"}, "不认识的条件：format"),
        ("items/", {"year": ["2018", "2019"]}, "year：这个条件只能写一次"),
        ("items/", {"year": "19"}, "year：这不是年份"),
        ("items/", {"year": "0000"}, "year：这不是年份"),
        ("items/", {"date_after": "2019-13-01"}, "date_after：这不是日期"),
        ("items/", {"date_after": "2020-01-02", "date_before": "2020-01-01"}, "结束日期早于起始日期"),
        ("items/", {"outcome": "rejected"}, "“rejected”不在可选的值中：approved_in_principle（原则同意）、"),
        ("items/", {"year": "九" * 5000}, "year：这不是年份"),
        ("items/", {"number": "九" * 5000}, "number：这不是次数"),
        ("items/", {"number": "9" * 30}, "number：这不是次数"),
        ("items/", {"meeting": "9" * 30}, "档案里没有"),
        ("items/", {"lead": "市月球局"}, "档案里没有“市月球局”"),
        ("items/", {"lead": "住建"}, "是否指：市住建局？"),
        ("items/", {"lead": "住\x00建"}, "lead："),
        ("items/", {"cursor": "x"}, "cursor：这不是翻页的位置"),
        ("items/", {"cursor": "cD1hYmM="}, "cursor：这不是翻页的位置"),
        ("items/", {"cursor": "\u4e00"}, "cursor：这不是翻页的位置"),
        ("items/", {"page_size": "0"}, "page_size：请写 1 到 200"),
        ("items/", {"page_size": "201"}, "page_size：请写 1 到 200"),
        ("items/", {"page_size": "many"}, "page_size：请写 1 到 200"),
        ("items/", {"fields": "title,secret"}, "没有这些字段：secret。可选的字段：id、"),
        ("items/", {"fields": ""}, "请在 fields 后面写上字段的名称，用逗号隔开。可选的字段：id、"),
        ("items/", {"fields": "title,"}, "请在 fields 后面写上字段的名称"),
        ("items/", {"title": "改" * 301}, "title：最长 300 个字，这里有 301 个字。"),
        ("", {"year": "2019"}, "不认识的参数：year"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(refusal, archive, path, parameters, said):
    assert said in refusal(path, **parameters)


def test_a_record_takes_no_conditions(refusal, archive):
    assert "不认识的参数：year" in refusal(f"meetings/{archive.pk}/", year=2019)


@pytest.mark.parametrize(
    "path", ["items/999999999/", f"items/{'9' * 18}/", f"items/{'9' * 19}/", "nothing/", "items/x/"]
)
def test_what_is_not_there_is_not_found(refusal, archive, path):
    assert "没有" in refusal(path, status=404)


def test_a_unit_known_from_drafts_alone_is_as_unknown_as_any_other(refusal, archive):
    known = refusal("items/", lead="市月球局")
    Meeting.objects.update(status=MeetingStatus.DRAFT)

    assert refusal("items/", lead="市住建局") == known.replace("市月球局", "市住建局")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_can_be_written(client, archive, method):
    response = getattr(client, method)("/api/v1/items/")

    assert response.status_code == 405
    assert "GET" in response.json()["detail"]


def test_whatever_a_program_accepts_it_gets_json(client, archive):
    response = client.get("/api/v1/items/", headers={"accept": "text/html"})

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_who_asks_too_often_is_told_when_to_come_back(client, archive, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "rate", "2/min", raising=False)
    answers = [client.get("/api/v1/bodies/", headers={"x-forwarded-for": f"10.0.0.{n}"}) for n in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert f"{answers[-1]['Retry-After']} 秒" in answers[-1].json()["detail"]

    cache.clear()
    assert client.get("/api/v1/bodies/").status_code == 200
