"""Test error pages."""

from pages.home import views as home


def test_a_missing_page_says_what_to_do_next(client, db):
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    for words in ("没有找到这一页", "按年份看会议", 'action="/search/"'):
        assert words in response.content.decode()


def test_a_failure_says_that_it_is_not_the_readers_fault(client, db, monkeypatch):
    monkeypatch.setattr(home, "latest_items_with_result", lambda meetings: 1 / 0)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 500
    assert "这不是您的错" in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()


def test_a_request_that_cannot_be_meant_is_refused_in_words(client):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "这个请求看不懂" in response.content.decode()
