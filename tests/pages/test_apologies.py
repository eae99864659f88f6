"""What the archive says when it cannot show what was asked for."""

import pytest
from django.template.loader import render_to_string

from minutes.views import home


def test_a_missing_page_says_what_to_do_next(client, db):
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    for words in ("没有找到这一页", "按年份看会议", 'action="/search/"'):
        assert words in response.content.decode()


def test_a_failure_says_that_it_is_not_the_readers_fault(client, db, monkeypatch):
    monkeypatch.setattr(home, "latest_decided_items", lambda: 1 / 0)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 500
    assert "这不是您的错" in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()


@pytest.mark.parametrize(("name", "words"), [("503.html", "检索暂时不能用"), ("400.html", "这个请求看不懂")])
def test_other_apologies_are_written(name, words):
    assert words in render_to_string(name)
