"""A search as a feed, as a feed reader reads it."""

import xml.etree.ElementTree as ET
from html import unescape

import pytest

from minutes.models import Meeting

pytestmark = pytest.mark.django_db

ATOM = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def entries(client):
    """Return the entries of a feed as dictionaries."""

    def fetch(**conditions):
        response = client.get("/search/feed/", conditions)
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ET.fromstring(response.content)
        return [
            {
                "title": entry.findtext("atom:title", namespaces=ATOM),
                "summary": entry.findtext("atom:summary", namespaces=ATOM),
                "id": entry.findtext("atom:id", namespaces=ATOM),
                "link": entry.find("atom:link", ATOM).get("href"),
            }
            for entry in feed.findall("atom:entry", ATOM)
        ]

    return fetch


def test_the_newest_meeting_comes_first(take_in, index, entries):
    take_in(1, ("研究道路改造", "会议听取了情况。改造改造改造。"), date="2018年5月6日")
    newest = take_in(3, ("研究学校改造", "会议听取了情况。"), date="2020年5月6日")
    take_in(2, ("研究医院改造", "会议听取了情况。"), date="2019年5月6日")
    index()
    found = entries(q="改造")
    assert [each["title"] for each in found] == ["研究学校改造", "研究医院改造", "研究道路改造"]
    assert found[0]["id"] == f"http://testserver/meetings/{newest.pk}/items/1/"
    assert [each["title"] for each in entries(q="改造", year=2019)] == ["研究医院改造"]


def test_a_feed_changes_only_when_there_is_something_new(take_in, index, client):
    take_in(1, ("研究道路改造", "会议听取了情况。"))
    index()
    for words in ("改造", "飞船"):
        first = client.get("/search/feed/", {"q": words})
        again = client.get("/search/feed/", {"q": words}, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304


def test_markup_and_control_characters_are_text(take_in, index, entries):
    take_in(1, ("研究旧事", "会议听取了情况。"))
    item = Meeting.objects.get().items.get()
    item.paragraphs.update(text='改造\x0c"><script>alert(1)</script>')
    item.title = "研究\x0b<b>改造</b>"
    item.save()
    index("--rebuild")
    [entry] = entries(q="改造")
    assert entry["title"] == "研究<b>改造</b>"
    assert "<script" not in entry["summary"]
    assert '改造"><script>' in unescape(entry["summary"])
    assert entries(q="\x0c改造")


def test_sort_means_nothing_to_a_feed(take_in, index, client):
    index()
    response = client.get("/search/feed/", {"q": "改造", "sort": "oldest"})
    assert response.status_code == 400
    assert "这里不能用条件 sort" in response.content.decode()


def test_readers_find_the_feed_by_the_page(take_in, index, client):
    take_in(1, ("研究道路改造", "会议听取了情况。"))
    index()
    page = client.get("/search/", {"q": "改造"}).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page


def test_a_browser_shows_it_as_a_page_with_links(take_in, index, client):
    take_in(1, ("研究小区改造", "会议听取了情况。"))
    index()
    answer = client.get("/search/feed/?q=小区", headers={"accept": "text/html,application/xhtml+xml"})
    text = answer.content.decode()

    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    assert "Accept" in answer["Vary"]
    assert text.index('<?xml-stylesheet href="/static/css/feed.css"') < text.index("<feed")
    assert '<a href="http://testserver/search/?q=%E5%B0%8F%E5%8C%BA">看网页</a>' in text
    assert client.get("/search/feed/?q=小区")["Content-Type"].startswith("application/atom+xml")
